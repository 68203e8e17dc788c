package org.minutebook.search;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.minutebook.search.query.QueryParser;
import org.minutebook.search.query.Vocabulary;
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

/**
 * The service that people search with, and that tells them of what they wait for. It reads the item
 * index and the store. What it writes: subscriptions, what was found for them and what was sent, as
 * records of topics; and in the store the key that signs links, where none is set, and pictures of
 * pages, which it can make again.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableScheduling
@ConfigurationPropertiesScan
@EnableConfigurationProperties({StoreSettings.class, TraceSettings.class})
public class SearchApi {

    public static void main(String[] arguments) {
        SpringApplication.run(SearchApi.class, arguments);
    }

    @Bean
    DocumentStore documentStore(StoreSettings settings) {
        return settings.open();
    }

    @Bean
    Vocabulary vocabulary(SearchSettings settings) {
        return new Vocabulary(settings.thesaurus(), settings.places());
    }

    @Bean
    QueryParser queryParser(Vocabulary vocabulary) {
        return new QueryParser(vocabulary);
    }

    @Bean
    Traces traces(TraceSettings settings, MeterRegistry meters) {
        return new Traces(settings, "search-api", meters);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
