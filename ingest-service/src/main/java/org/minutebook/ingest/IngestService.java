package org.minutebook.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.minutebook.ingest.access.AccessKeys;
import org.minutebook.ingest.access.AccessSettings;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.StoreSettings;
import org.minutebook.traces.TraceSettings;
import org.minutebook.traces.Traces;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;
import tools.jackson.databind.json.JsonMapper;

/** The service that takes documents in. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableConfigurationProperties({StoreSettings.class, TraceSettings.class})
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
    AccessKeys accessKeys(
            DocumentStore store,
            JsonMapper json,
            Clock clock,
            AccessSettings access,
            IngestSettings settings) {
        return new AccessKeys(store, json, clock, access, settings.keyHashes());
    }

    @Bean
    Traces traces(TraceSettings settings, MeterRegistry meters) {
        return new Traces(settings, "ingest-service", meters);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
