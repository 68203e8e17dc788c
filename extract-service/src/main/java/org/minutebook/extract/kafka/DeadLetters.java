package org.minutebook.extract.kafka;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.minutebook.contracts.DeadLetterHeaders;
import org.minutebook.contracts.Topic;
import org.springframework.stereotype.Component;

/** Makes dead letters: the record as it was, and why it was given up. */
@Component
class DeadLetters {

    /** Longest cause and stack trace, in characters: enough to find the place in the code. */
    private static final int CAUSE_LENGTH = 1_000;

    private static final int STACK_TRACE_LENGTH = 8_000;

    /** A larger record goes without the stack trace, to stay under the broker's limit of 1 MiB. */
    private static final int ROOM_FOR_STACK_TRACE = 1_000_000;

    private final Clock clock;

    DeadLetters(Clock clock) {
        this.clock = clock;
    }

    ProducerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> record, Throwable cause) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        record.topic() + Topic.DEAD_LETTER_SUFFIX,
                        null,
                        record.key(),
                        record.value(),
                        record.headers());
        header(letter, DeadLetterHeaders.TOPIC, record.topic());
        header(letter, DeadLetterHeaders.PARTITION, Integer.toString(record.partition()));
        header(letter, DeadLetterHeaders.OFFSET, Long.toString(record.offset()));
        header(letter, DeadLetterHeaders.SERVICE, Events.SOURCE);
        header(letter, DeadLetterHeaders.CAUSE, cut(cause.toString(), CAUSE_LENGTH));
        header(letter, DeadLetterHeaders.AT, clock.instant().toString());
        if (record.value() == null || record.value().length < ROOM_FOR_STACK_TRACE) {
            header(
                    letter,
                    DeadLetterHeaders.STACK_TRACE,
                    cut(stackTraceOf(cause), STACK_TRACE_LENGTH));
        }
        return letter;
    }

    private static String stackTraceOf(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().remove(name);
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
