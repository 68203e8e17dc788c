package org.minutebook.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import org.minutebook.ingest.access.AccessKeys;
import org.minutebook.ingest.access.AccessSettings;
import org.minutebook.ingest.topics.TopicCreation;
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

/**
 * The service that takes documents in. With the argument {@code topics} it creates the topics and
 * ends, for clusters where that is a job of its own.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableConfigurationProperties({StoreSettings.class, TraceSettings.class})
@EnableScheduling
public class IngestService {

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("topics")) {
            System.exit(TopicCreation.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
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
