package org.minutebook.extract;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.StoreSettings;
import org.minutebook.traces.TraceSettings;
import org.minutebook.traces.Traces;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The service that reads documents and cuts them into agenda items. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableConfigurationProperties({StoreSettings.class, TraceSettings.class})
public class ExtractService {

    public static void main(String[] arguments) {
        SpringApplication.run(ExtractService.class, arguments);
    }

    @Bean
    DocumentStore documentStore(StoreSettings settings) {
        return settings.open();
    }

    @Bean
    Traces traces(TraceSettings settings, MeterRegistry meters) {
        return new Traces(settings, "extract-service", meters);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
