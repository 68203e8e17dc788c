package org.minutebook.index.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.index.kafka.ItemsReader.Read;
import org.minutebook.index.kafka.ItemsReader.Unreadable;
import org.minutebook.traces.AboutDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads {@code agenda-items} from the beginning, which holds the newest items of every document.
 * Keeps no offsets and disturbs no listener.
 */
@Component
public class ItemsReplay {

    private static final Duration POLL = Duration.ofSeconds(1);

    /** Longest wait for the broker in one step. */
    private static final Duration STEP = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(ItemsReplay.class);

    private final ConsumerFactory<String, byte[]> consumers;
    private final ItemsReader reader;

    ItemsReplay(ConsumerFactory<String, byte[]> consumers, ItemsReader reader) {
        this.consumers = consumers;
        this.reader = reader;
    }

    /** Starts at the beginning. The caller closes it. */
    public Replay start() {
        return new Replay();
    }

    /** A replay under way, for one thread. */
    public final class Replay implements AutoCloseable {

        private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
        private final List<TopicPartition> partitions;

        private Replay() {
            consumer = consumers.createConsumer(null, "replay");
            partitions =
                    consumer.partitionsFor(ItemsReader.TOPIC.name(), STEP).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }

        /**
         * Reads on to where the topic ends at the time of the call.
         *
         * @param batches is given messages in order of their offsets, no document twice in a batch
         */
        public void catchUp(Consumer<List<DocumentItems>> batches) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, STEP);
            while (!isPast(ends)) {
                reader.read(
                        consumer.poll(POLL),
                        slice -> batches.accept(slice.stream().map(Read::message).toList()),
                        Replay::passOver);
            }
        }

        private boolean isPast(Map<TopicPartition, Long> ends) {
            return ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey(), STEP) >= end.getValue());
        }

        /** The listener has sent it to the dead letters already. */
        private static void passOver(Unreadable unreadable) {
            ConsumerRecord<String, byte[]> record = unreadable.record();
            try (AboutDocument _ = AboutDocument.of(record.key())) {
                log.warn(
                        "The record at {}-{} offset {} cannot be read",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        unreadable.cause());
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
