package org.minutebook.index.kafka;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.DeadLetterHeaders;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.Topic;
import org.minutebook.contracts.TraceContext;
import org.minutebook.traces.Step;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sends events as CloudEvents, and records that nobody can handle to the dead letters. */
@Component
class Events {

    private static final String SOURCE = "/minutebook/index-service";

    private final KafkaTemplate<String, byte[]> kafka;
    private final JsonMapper json;
    private final Clock clock;

    Events(KafkaTemplate<String, byte[]> kafka, JsonMapper json, Clock clock) {
        this.kafka = kafka;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Sends an event about a document.
     *
     * @param part 0 for the first event of the type about the revision, or the only one; 1 for the
     *     next
     * @param cause the record that it follows from
     * @return completes when the broker has acknowledged it
     */
    <T> CompletableFuture<?> send(
            Topic<T> topic,
            DocumentId document,
            Revision revision,
            int part,
            T event,
            ConsumerRecord<String, byte[]> cause) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic.name(), document.value(), json.writeValueAsBytes(event));
        header(record, CloudEventHeaders.SPEC_VERSION, CloudEventHeaders.SPEC_VERSION_1);
        String id = document + "." + revision;
        header(record, CloudEventHeaders.ID, part == 0 ? id : id + "." + part);
        header(record, CloudEventHeaders.SOURCE, SOURCE);
        header(record, CloudEventHeaders.TYPE, topic.eventType());
        header(record, CloudEventHeaders.TIME, clock.instant().toString());
        header(record, CloudEventHeaders.CONTENT_TYPE, CloudEventHeaders.JSON);
        Header rebuilt = cause.headers().lastHeader(CloudEventHeaders.REBUILT);
        if (rebuilt != null) {
            record.headers().add(rebuilt); // what follows from a record is no more news than it
        }
        trace(cause)
                .ifPresent(before ->
                        header(
                                record,
                                TraceContext.HEADER,
                                before.next(Step.INDEX.wireName()).header()));
        return kafka.send(record);
    }

    /** Sends a record to the dead letters of its topic, as it is, saying why. */
    CompletableFuture<?> deadLetter(ConsumerRecord<String, byte[]> record, Exception cause) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        record.topic() + Topic.DEAD_LETTER_SUFFIX,
                        null,
                        record.key(),
                        record.value(),
                        record.headers());
        StringWriter stackTrace = new StringWriter();
        cause.printStackTrace(new PrintWriter(stackTrace));
        header(letter, DeadLetterHeaders.TOPIC, record.topic());
        header(letter, DeadLetterHeaders.PARTITION, Integer.toString(record.partition()));
        header(letter, DeadLetterHeaders.OFFSET, Long.toString(record.offset()));
        header(letter, DeadLetterHeaders.SERVICE, SOURCE);
        header(letter, DeadLetterHeaders.CAUSE, cause.toString());
        header(letter, DeadLetterHeaders.STACK_TRACE, stackTrace.toString());
        header(letter, DeadLetterHeaders.AT, clock.instant().toString());
        return kafka.send(letter);
    }

    /** The step that the record follows; empty where it does not say. */
    static Optional<TraceContext> trace(ConsumerRecord<String, byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader(TraceContext.HEADER))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .flatMap(TraceContext::parse);
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
