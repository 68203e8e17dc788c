package org.minutebook.extract;

import java.time.Clock;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.StoreSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The service that reads documents and cuts them into agenda items. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableConfigurationProperties(StoreSettings.class)
public class ExtractService {

    public static void main(String[] arguments) {
        SpringApplication.run(ExtractService.class, arguments);
    }

    @Bean
    DocumentStore documentStore(StoreSettings settings) {
        return settings.open();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
