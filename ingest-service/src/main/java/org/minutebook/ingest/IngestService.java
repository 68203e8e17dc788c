package org.minutebook.ingest;

import java.time.Clock;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.StoreSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service that takes documents in. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableConfigurationProperties(StoreSettings.class)
@EnableScheduling
public class IngestService {

    public static void main(String[] arguments) {
        SpringApplication.run(IngestService.class, arguments);
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
