package org.minutebook.ingest.deadletters;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DeadLetterHeaders;
import org.minutebook.contracts.Topic;
import org.minutebook.ingest.RegistryUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * The dead letters of all topics that nobody has dealt with.
 *
 * <p>A letter stays where it lies, until its topic's retention ends. That it was replayed or
 * discarded says a mark behind it in the same partition: a record without a value that names its
 * offset ({@link DeadLetterHeaders#HANDLED}). So every instance comes to the same list, and two
 * operators who replay the same letter at once do harm to nobody: consumers pass over what they
 * have seen.
 */
@Service
public class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private static final int LOOK_SECONDS = 15;

    private static final Duration POLL = Duration.ofMillis(200);

    private static final Duration CLOSE = Duration.ofSeconds(2);

    /** Longest wait for what the broker says is there. */
    private static final Duration CATCH_UP = Duration.ofSeconds(20);

    /** More are not kept in memory; the oldest are dealt with first. */
    private static final int MOST = 10_000;

    private static final Set<String> TOPICS =
            Topic.ALL.stream().map(Topic::deadLetters).collect(Collectors.toUnmodifiableSet());

    private static final Pattern ID = Pattern.compile("(.+)-(\\d{1,5})-(\\d{1,18})");

    private static final String REPLAYED = "replayed";
    private static final String DISCARDED = "discarded";

    private final ConsumerFactory<?, ?> consumers;
    private final KafkaTemplate<String, byte[]> kafka;
    private final AtomicInteger count = new AtomicInteger();

    private @Nullable Consumer<String, byte[]> consumer;
    private final Map<Place, DeadLetter> open = new HashMap<>();

    private record Place(TopicPartition partition, long offset) {
        String id() {
            return "%s-%d-%d".formatted(partition.topic(), partition.partition(), offset);
        }
    }

    DeadLetters(
            ConsumerFactory<?, ?> consumers,
            KafkaTemplate<String, byte[]> kafka,
            MeterRegistry metrics) {
        this.consumers = consumers;
        this.kafka = kafka;
        metrics.gauge("minutebook.dead.letters", count);
    }

    /** What an operator has yet to deal with, oldest first. */
    public synchronized List<DeadLetter> open() {
        catchUp();
        return open.values().stream()
                .sorted(Comparator.comparing(DeadLetter::at).thenComparing(DeadLetter::id))
                .toList();
    }

    /** One of {@link #open()} with all that is known of it; empty where there is none. */
    public synchronized Optional<DeadLetterBody> find(String id) {
        return record(id).map(record -> body(record, letter(place(record), record)));
    }

    /**
     * Sends a letter to the topic that it came from, as it was.
     *
     * @return false where there is no such letter
     */
    public synchronized boolean replay(String id) {
        return record(id).map(this::replayed).orElse(false);
    }

    /**
     * Leaves a letter be: it is not listed any more.
     *
     * @return false where there is no such letter
     */
    public synchronized boolean discard(String id) {
        Optional<ConsumerRecord<String, byte[]>> record = record(id);
        record.ifPresent(each -> mark(each, DISCARDED));
        return record.isPresent();
    }

    private boolean replayed(ConsumerRecord<String, byte[]> record) {
        // Into its partition: what is said of one document keeps its order.
        String partition = text(record, DeadLetterHeaders.PARTITION);
        ProducerRecord<String, byte[]> again =
                new ProducerRecord<>(
                        letter(place(record), record).topic(),
                        partition == null ? null : Integer.valueOf(partition),
                        record.key(),
                        record.value());
        for (Header header : record.headers()) {
            if (!DeadLetterHeaders.ALL.contains(header.key())) {
                again.headers().add(header);
            }
        }
        kafka.send(again).join();
        mark(record, REPLAYED);
        return true;
    }

    private void mark(ConsumerRecord<String, byte[]> record, String action) {
        ProducerRecord<String, byte[]> mark =
                new ProducerRecord<>(record.topic(), record.partition(), record.key(), null);
        header(mark, DeadLetterHeaders.HANDLED, Long.toString(record.offset()));
        header(mark, DeadLetterHeaders.ACTION, action);
        kafka.send(mark).join();
        open.remove(place(record));
        count.set(open.size());
    }

    private static void header(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** So that the metric is right though nobody asks. */
    @Scheduled(initialDelay = LOOK_SECONDS, fixedDelay = LOOK_SECONDS, timeUnit = TimeUnit.SECONDS)
    void look() {
        try {
            open();
        } catch (RegistryUnavailableException e) {
            log.debug("dead letters cannot be read", e);
        }
    }

    /** Reads on to the end of all partitions; from the beginning where something went wrong. */
    private void catchUp() {
        try {
            Consumer<String, byte[]> reader = reader();
            Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
            Instant limit = Instant.now().plus(CATCH_UP);
            while (ends.entrySet().stream()
                    .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(POLL).forEach(this::note);
                if (Instant.now().isAfter(limit)) {
                    throw new KafkaException("the broker is too slow");
                }
            }
            count.set(open.size());
            forgetUnlessComplete(reader);
        } catch (KafkaException e) {
            close();
            throw new RegistryUnavailableException("The dead letters cannot be read", e);
        }
    }

    private Consumer<String, byte[]> reader() {
        Consumer<String, byte[]> reader = consumer;
        if (reader == null) {
            reader = newReader("list");
            consumer = reader;
            open.clear();
            List<TopicPartition> all = new ArrayList<>();
            reader.listTopics()
                    .forEach((topic, partitions) -> {
                        if (TOPICS.contains(topic)) {
                            partitions.forEach(
                                    each -> all.add(new TopicPartition(topic, each.partition())));
                        }
                    });
            reader.assign(all);
            reader.seekToBeginning(all);
        }
        return reader;
    }

    /** On a new broker the topics come one after the other: until all are there, look again. */
    private void forgetUnlessComplete(Consumer<?, ?> reader) {
        if (reader.assignment().stream().map(TopicPartition::topic).distinct().count()
                < TOPICS.size()) {
            close();
        }
    }

    @SuppressWarnings("unchecked") // keys and values are read as the service's settings say
    private Consumer<String, byte[]> newReader(String purpose) {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        return (Consumer<String, byte[]>)
                consumers.createConsumer(null, "dead-letters", purpose, settings);
    }

    private void note(ConsumerRecord<String, byte[]> record) {
        Place place = place(record);
        String handled = text(record, DeadLetterHeaders.HANDLED);
        if (handled != null) {
            open.remove(new Place(place.partition(), Long.parseLong(handled)));
        } else if (open.size() < MOST) {
            open.put(place, letter(place, record));
        }
    }

    private static Place place(ConsumerRecord<?, ?> record) {
        return new Place(new TopicPartition(record.topic(), record.partition()), record.offset());
    }

    private static DeadLetter letter(Place place, ConsumerRecord<String, byte[]> record) {
        String topic = text(record, DeadLetterHeaders.TOPIC);
        String deadLetters = record.topic();
        return new DeadLetter(
                place.id(),
                topic != null
                        ? topic
                        : deadLetters.substring(
                                0, deadLetters.length() - Topic.DEAD_LETTER_SUFFIX.length()),
                record.key(),
                text(record, DeadLetterHeaders.SERVICE),
                text(record, DeadLetterHeaders.CAUSE),
                Instant.ofEpochMilli(record.timestamp()),
                record.value() == null ? 0 : record.value().length);
    }

    private static @Nullable String text(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The record of an open letter. */
    private Optional<ConsumerRecord<String, byte[]>> record(String id) {
        catchUp();
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            return Optional.empty();
        }
        TopicPartition partition =
                new TopicPartition(parts.group(1), Integer.parseInt(parts.group(2)));
        long offset = Long.parseLong(parts.group(3));
        if (!open.containsKey(new Place(partition, offset))) {
            return Optional.empty();
        }
        try (Consumer<String, byte[]> reader = newReader("one")) {
            reader.assign(List.of(partition));
            reader.seek(partition, offset);
            Instant limit = Instant.now().plus(CATCH_UP);
            while (Instant.now().isBefore(limit)) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    if (record.offset() >= offset) {
                        return record.offset() == offset ? Optional.of(record) : Optional.empty();
                    }
                }
            }
        }
        throw new RegistryUnavailableException(
                "A dead letter cannot be read", new KafkaException("the broker is too slow"));
    }

    private static DeadLetterBody body(ConsumerRecord<String, byte[]> record, DeadLetter letter) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(
                    header.key(),
                    header.value() == null
                            ? ""
                            : new String(header.value(), StandardCharsets.UTF_8));
        }
        byte[] value = record.value() == null ? new byte[0] : record.value();
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            return new DeadLetterBody(letter, headers, text, null);
        } catch (CharacterCodingException e) {
            return new DeadLetterBody(
                    letter, headers, null, Base64.getEncoder().encodeToString(value));
        }
    }

    /** The next look begins anew. */
    @PreDestroy
    synchronized void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(CLOSE));
            consumer = null;
        }
    }
}
