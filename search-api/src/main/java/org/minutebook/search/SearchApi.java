package org.minutebook.search;

import org.minutebook.store.DocumentStore;
import org.minutebook.store.FileSystemDocumentStore;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * The service that people search with. It reads the item index and the store, and writes nothing.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SearchApi {

    public static void main(String[] arguments) {
        SpringApplication.run(SearchApi.class, arguments);
    }

    @Bean
    DocumentStore documentStore(StoreSettings settings) {
        return new FileSystemDocumentStore(settings.directory());
    }
}
