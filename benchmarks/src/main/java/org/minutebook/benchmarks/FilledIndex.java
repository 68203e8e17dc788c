package org.minutebook.benchmarks;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.index.elasticsearch.IndexSettings;
import org.minutebook.index.elasticsearch.ItemIndex;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Writes to an item index by the code of index-service. */
final class FilledIndex {

    private FilledIndex() {}

    /** What is to be written. */
    @FunctionalInterface
    interface Filling {
        void into(ItemIndex index, ElasticsearchClient client) throws IOException;
    }

    /** Makes the index where there is none, has it filled, and makes that searchable. */
    static void fill(URI elasticsearch, Filling filling) throws IOException {
        try (ElasticsearchClient client =
                        ElasticsearchClient.of(c -> c.host(elasticsearch.toString()));
                AnnotationConfigApplicationContext context =
                        new AnnotationConfigApplicationContext()) {
            context.registerBean(ElasticsearchClient.class, () -> client);
            context.registerBean(JsonMapper.class, () -> new JsonMapper());
            context.registerBean(
                    IndexSettings.class,
                    () -> new IndexSettings(DataSize.ofMegabytes(8), Duration.ofMinutes(10)));
            context.registerBean(Clock.class, Clock::systemUTC);
            context.registerBean(SimpleMeterRegistry.class);
            context.register(ItemIndex.class);
            context.refresh();
            ItemIndex index = context.getBean(ItemIndex.class);
            index.makeSure();
            filling.into(index, client);
            index.refresh(IndexEntry.ALIAS);
        }
    }
}
