package org.minutebook.ingest.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.DeadLetterHeaders;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.ingest.BatchEntry;
import org.minutebook.ingest.DocumentChanges;
import org.minutebook.ingest.elasticsearch.BatchEntries;
import org.minutebook.ingest.elasticsearch.DocumentRegistry;
import org.minutebook.traces.AboutDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Projects lifecycle events into the registry.
 *
 * <p>Delivery: at least once; the offset moves after the registry has the entries. Order: none
 * needed, entries only grow. Repeating is harmless. Failure: Elasticsearch away → the container
 * pauses, backs off and starts at the same offset, without end; a record that cannot be read → its
 * bytes go to the dead letters.
 */
@Component
class LifecycleListener {

    /** Name of the container that runs it. */
    static final String CONTAINER = "registry";

    private static final Logger log = LoggerFactory.getLogger(LifecycleListener.class);
    private static final Topic<DocumentLifecycle> TOPIC = Topic.DOCUMENTS_LIFECYCLE;

    private final DocumentRegistry registry;
    private final BatchEntries batchEntries;
    private final DocumentChanges changes;
    private final KafkaTemplate<String, byte[]> kafka;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final Clock clock;

    LifecycleListener(
            DocumentRegistry registry,
            BatchEntries batchEntries,
            DocumentChanges changes,
            KafkaTemplate<String, byte[]> kafka,
            JsonMapper json,
            MeterRegistry meters,
            Clock clock) {
        this.registry = registry;
        this.batchEntries = batchEntries;
        this.changes = changes;
        this.kafka = kafka;
        this.json = json;
        this.meters = meters;
        this.clock = clock;
    }

    @KafkaListener(id = CONTAINER, idIsGroup = false, topics = "documents.lifecycle")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        List<DocumentLifecycle> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                requireType(record);
                events.add(json.readValue(record.value(), TOPIC.type()));
            } catch (JacksonException | IllegalArgumentException e) {
                try (AboutDocument _ = AboutDocument.of(record.key())) {
                    log.error(
                            "the record at {}-{} offset {} cannot be read",
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            e);
                }
                kafka.send(deadLetter(record, e)).join();
            }
        }
        registry.apply(events);
        batchEntries.enter(events.stream().flatMap(LifecycleListener::arrival).toList());
        events.forEach(this::endReplaced);
        events.forEach(this::count);
    }

    /** How many documents reached a state, and why; again where a document is read again. */
    private void count(DocumentLifecycle event) {
        String reason = event.reason() == null ? "" : event.reason();
        meters.counter("minutebook.documents", "state", event.state().name(), "reason", reason)
                .increment();
    }

    private ProducerRecord<String, byte[]> deadLetter(
            ConsumerRecord<String, byte[]> record, RuntimeException cause) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        TOPIC.deadLetters(), null, record.key(), record.value(), record.headers());
        header(letter, DeadLetterHeaders.TOPIC, record.topic());
        header(letter, DeadLetterHeaders.PARTITION, Integer.toString(record.partition()));
        header(letter, DeadLetterHeaders.OFFSET, Long.toString(record.offset()));
        header(letter, DeadLetterHeaders.SERVICE, Announcer.SOURCE);
        header(letter, DeadLetterHeaders.CAUSE, cause.toString());
        header(letter, DeadLetterHeaders.AT, clock.instant().toString());
        return letter;
    }

    private static void header(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().remove(name);
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A corrected document is searchable: the one that it replaces goes. Not before, so that a
     * correction that cannot be read costs nothing; and not where it was handed in once more since.
     */
    private void endReplaced(DocumentLifecycle event) {
        DocumentId replaced = event.document().replaces();
        if (event.state() == DocumentState.INDEXED && replaced != null) {
            changes.replace(replaced, event.document().uploadedAt())
                    .ifPresent(gone -> {
                        try (AboutDocument _ = AboutDocument.of(gone.id())) {
                            log.info(
                                    "Document {} was replaced by {} and is deleted",
                                    gone.id(),
                                    event.document().id());
                        }
                    });
        }
    }

    /** A document that came in a batch. */
    private static Stream<BatchEntry> arrival(DocumentLifecycle event) {
        StoredDocument document = event.document();
        return event.state() != DocumentState.UPLOADED || document.batches().isEmpty()
                ? Stream.empty()
                : Stream.of(
                        new BatchEntry(
                                document.batches().getLast(),
                                document.name(),
                                BatchEntry.Outcome.ACCEPTED,
                                document.id(),
                                null,
                                null,
                                document.uploadedAt()));
    }

    private static void requireType(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(CloudEventHeaders.TYPE);
        String type = header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8);
        if (!type.equals(TOPIC.eventType())) {
            throw new IllegalArgumentException(
                    "event type " + type + ", expected " + TOPIC.eventType());
        }
    }
}
