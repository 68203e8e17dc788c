package org.minutebook.extract.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.contracts.TraceContext;
import org.minutebook.traces.Step;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Messages to and from Kafka: CloudEvents in binary mode. */
@Component
class Events {

    static final String SOURCE = "/minutebook/extract-service";

    private final JsonMapper json;
    private final Clock clock;

    Events(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * Reads a record's value.
     *
     * @throws UnreadableException if it is not what the topic is for
     */
    <T> T read(Topic<T> topic, ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(CloudEventHeaders.TYPE);
        String type = header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8);
        if (!type.equals(topic.eventType())) {
            throw new UnreadableException(
                    "event type " + type + ", expected " + topic.eventType(), null);
        }
        try {
            return json.readValue(record.value(), topic.type());
        } catch (JacksonException e) {
            throw new UnreadableException("not a " + topic.eventType(), e);
        }
    }

    /** The JSON of a value. */
    byte[] json(Object value) {
        return json.writeValueAsBytes(value);
    }

    /**
     * A message about a document at its revision.
     *
     * @param what tells it from other messages of this service about the same revision
     */
    <T> ProducerRecord<String, byte[]> about(
            StoredDocument document,
            String what,
            Topic<T> topic,
            T value,
            ConsumerRecord<String, byte[]> cause) {
        return about(document, what, topic, json(value), cause);
    }

    /** The same with the JSON at hand. */
    ProducerRecord<String, byte[]> about(
            StoredDocument document,
            String what,
            Topic<?> topic,
            byte[] value,
            ConsumerRecord<String, byte[]> cause) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic.name(), document.id().value(), value);
        header(record, CloudEventHeaders.SPEC_VERSION, CloudEventHeaders.SPEC_VERSION_1);
        header(
                record,
                CloudEventHeaders.ID,
                document.id() + "." + document.revision() + "." + what);
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
                                before.next(step(cause).wireName()).header()));
        return record;
    }

    /** Notes on a record for the other lane which partition its document came from. */
    static void comesFrom(int partition, ProducerRecord<String, byte[]> scanned) {
        header(scanned, CloudEventHeaders.UPLOADED_PARTITION, Integer.toString(partition));
    }

    /**
     * The message, for the partition that the document came from: in another one it would wait
     * behind other documents, and might be done with after a newer revision of its document.
     */
    static ProducerRecord<String, byte[]> backTo(
            ConsumerRecord<String, byte[]> scanned, ProducerRecord<String, byte[]> message) {
        Header partition = scanned.headers().lastHeader(CloudEventHeaders.UPLOADED_PARTITION);
        return partition == null // of an earlier version
                ? message
                : new ProducerRecord<>(
                        message.topic(),
                        Integer.valueOf(new String(partition.value(), StandardCharsets.UTF_8)),
                        message.key(),
                        message.value(),
                        message.headers());
    }

    /** What is done about a record. */
    static Step step(ConsumerRecord<String, byte[]> record) {
        return record.topic().equals(Topic.DOCUMENTS_SCANNED.name()) ? Step.OCR : Step.EXTRACT;
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

    /** A record that is not what its topic is for. */
    static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnreadableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
