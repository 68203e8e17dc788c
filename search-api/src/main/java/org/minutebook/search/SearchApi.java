package org.minutebook.search;

import org.minutebook.store.DocumentStore;
import org.minutebook.store.StoreSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The service that people search with. It reads the item index and the store, and writes nothing.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableConfigurationProperties(StoreSettings.class)
public class SearchApi {

    public static void main(String[] arguments) {
        SpringApplication.run(SearchApi.class, arguments);
    }

    @Bean
    DocumentStore documentStore(StoreSettings settings) {
        return settings.open();
    }
}
