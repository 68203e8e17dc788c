package org.minutebook.search.alerts.kafka;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.DeadLetterHeaders;
import org.minutebook.contracts.Topic;
import org.minutebook.contracts.TraceContext;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.traces.Step;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Messages as records of the broker, and back. */
@WithAlerts
@Component
public class AlertRecords {

    private static final String SOURCE = "/minutebook/search-api";

    private final JsonMapper json;
    private final Clock clock;

    AlertRecords(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * A message as a CloudEvent.
     *
     * @param partition null lets the key decide
     * @param eventId the same for a repeat of the same event
     * @param cause the record that it follows from; null where there is none
     */
    public <T> ProducerRecord<String, byte[]> write(
            Topic<T> topic,
            @Nullable Integer partition,
            String key,
            String eventId,
            T message,
            @Nullable ConsumerRecord<String, byte[]> cause) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic.name(), partition, key, json.writeValueAsBytes(message));
        header(record, CloudEventHeaders.SPEC_VERSION, CloudEventHeaders.SPEC_VERSION_1);
        header(record, CloudEventHeaders.ID, eventId);
        header(record, CloudEventHeaders.SOURCE, SOURCE);
        header(record, CloudEventHeaders.TYPE, topic.eventType());
        header(record, CloudEventHeaders.TIME, clock.instant().toString());
        header(record, CloudEventHeaders.CONTENT_TYPE, CloudEventHeaders.JSON);
        if (cause != null) {
            trace(cause)
                    .ifPresent(before ->
                            header(
                                    record,
                                    TraceContext.HEADER,
                                    before.next(Step.MATCH.wireName()).header()));
        }
        return record;
    }

    /** The step that the record follows; empty where it does not say. */
    public static Optional<TraceContext> trace(ConsumerRecord<String, byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader(TraceContext.HEADER))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .flatMap(TraceContext::parse);
    }

    /** The message of a record; null for a tombstone. */
    public <T> @Nullable T read(Topic<T> topic, ConsumerRecord<String, byte[]> record) {
        return record.value() == null ? null : json.readValue(record.value(), topic.type());
    }

    /** A record as it is for the dead letters of its topic, saying why. */
    public ProducerRecord<String, byte[]> deadLetter(
            ConsumerRecord<String, byte[]> record, Exception cause) {
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
        return letter;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
