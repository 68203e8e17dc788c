package org.minutebook.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.ItemsIndexed;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.testservers.TestServers;
import tools.jackson.databind.json.JsonMapper;

/** Puts documents into the index and says so, as index-service does. */
final class Indexed implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Stack stack;
    private final KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(
                    Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.kafka()),
                    new StringSerializer(),
                    new ByteArraySerializer());

    Indexed(Stack stack) {
        this.stack = stack;
        stack.write(List.of());
    }

    /** Adds a document and announces it. */
    void tell(Written document, String... batches) {
        add(document);
        announce(document, batches);
    }

    /** Adds a document and says nothing. */
    void add(Written document) {
        stack.add(document.entries());
    }

    /**
     * Says that a document is searchable.
     *
     * @param batches names of those that it came in
     */
    void announce(Written document, String... batches) {
        announce(document, List.of(), batches);
    }

    /** Adds a document and says that it is searchable, as when everything is filled anew. */
    void sayAgain(Written document) {
        add(document);
        byte[] yes = CloudEventHeaders.YES.getBytes(StandardCharsets.UTF_8);
        announce(document, List.of(new RecordHeader(CloudEventHeaders.REBUILT, yes)));
    }

    private void announce(Written document, List<Header> headers, String... batches) {
        byte[] bytes = document.id().value().getBytes(StandardCharsets.UTF_8);
        StoredDocument stored =
                new StoredDocument(
                        document.id(),
                        ContentHash.of(bytes),
                        1,
                        new Revision(1),
                        Metadata.NONE,
                        List.of("a.pdf"),
                        List.of(batches),
                        Instant.parse("2026-11-03T10:00:00Z"),
                        null,
                        false,
                        Set.of());
        List<ItemId> ids =
                document.entries().stream()
                        .filter(entry -> entry.role() == IndexEntry.Role.ITEM)
                        .map(entry -> entry.item().id())
                        .toList();
        ItemsIndexed message = new ItemsIndexed(new Revision(1), stored, ids);
        producer.send(
                new ProducerRecord<>(
                        Topic.AGENDA_ITEMS_INDEXED.name(),
                        null,
                        document.id().value(),
                        JSON.writeValueAsBytes(message),
                        headers));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
