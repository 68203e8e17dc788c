package org.minutebook.search.alerts.subscriptions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.contracts.Topic;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.kafka.AlertClients;
import org.minutebook.search.alerts.kafka.AlertRecords;
import org.minutebook.search.alerts.kafka.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * All subscriptions, in memory as the topic {@code subscriptions} has them.
 *
 * <p>Delivery: every instance reads the whole topic from its beginning at each start, and on.
 * Order: per subscription; the newest record counts. Failure: the broker away → what is known
 * stays, and reading starts anew from the beginning when it is back; a record that makes no sense
 * is passed over with an error, since only this program writes the topic.
 *
 * <p>A change returns when this instance knows it and the broker has it.
 */
@WithAlerts
@Component
public class Subscriptions implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

    private static final Topic<Subscription> TOPIC = Topic.SUBSCRIPTIONS;
    private static final Duration POLL = Duration.ofMillis(100);

    /** Longest that a change waits for the broker and this instance. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AlertClients clients;
    private final AlertRecords records;
    private final Sessions sessions = new Sessions("subscriptions", this::session);

    private final Map<SubscriptionId, Subscription> all = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Guards {@link #positions} and {@link #ready}; waited on for their change. */
    private final Object progress = new Object();

    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private boolean ready;
    private @Nullable Producer<String, byte[]> producer;

    /** Guards {@link #ends}. */
    private final Object asking = new Object();

    /** Asks where the topic ends, and reads nothing. */
    private @Nullable Consumer<String, byte[]> ends;

    Subscriptions(AlertClients clients, AlertRecords records) {
        this.clients = clients;
        this.records = records;
    }

    /** The broker does not answer in time; trying again later helps. */
    public static final class AwayException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public AwayException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Is told of every change, in order, and at first of all that there are. */
    public interface Listener {
        /**
         * Takes changes in.
         *
         * @param changed in their newest form
         * @param ended which are no more
         */
        void change(Collection<Subscription> changed, Collection<SubscriptionId> ended);
    }

    /** Adds a listener; before the start. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    public Optional<Subscription> find(SubscriptionId id) {
        return Optional.ofNullable(all.get(id));
    }

    /** All, in no order. */
    public Collection<Subscription> all() {
        return List.copyOf(all.values());
    }

    /** Those whose alerts go to the same e-mail address, however it is written. */
    public List<Subscription> to(String address) {
        String folded = fold(address);
        return all.values().stream()
                .filter(s -> s.channel().kind() == Subscription.Channel.Kind.EMAIL)
                .filter(s ->
                        s.channel().target() != null && fold(s.channel().target()).equals(folded))
                .toList();
    }

    /** Webhooks of which an e-mail address is told if they are disabled. */
    public List<Subscription> withContact(String address) {
        String folded = fold(address);
        return all.values().stream()
                .filter(s -> s.contact() != null && fold(s.contact().email()).equals(folded))
                .toList();
    }

    /** An e-mail address as it is compared. */
    public static String fold(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Keeps a subscription, new or changed.
     *
     * @throws AwayException if the broker does not take it
     */
    public void put(Subscription subscription) {
        String key = subscription.id().value();
        write(records.write(TOPIC, null, key, key + "." + System.nanoTime(), subscription, null));
    }

    /**
     * Ends a subscription and erases it.
     *
     * @throws AwayException if the broker does not take it
     */
    public void end(SubscriptionId id) {
        write(new ProducerRecord<>(TOPIC.name(), id.value(), null));
    }

    private void write(ProducerRecord<String, byte[]> record) {
        try {
            RecordMetadata written =
                    producer().send(record).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            await(
                    Map.of(
                            new TopicPartition(written.topic(), written.partition()),
                            written.offset() + 1));
        } catch (ExecutionException | TimeoutException e) {
            throw new AwayException("the broker does not take the subscription", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwayException("interrupted", e);
        }
    }

    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = clients.plain("subscriptions");
        }
        return producer;
    }

    /**
     * Waits until this instance knows what the broker has now.
     *
     * @throws AwayException if that takes too long
     */
    public void catchUp() {
        Map<TopicPartition, Long> now;
        synchronized (asking) {
            try {
                if (ends == null) {
                    ends = clients.reading("subscriptions-ends");
                    ends.assign(AlertClients.partitions(ends, TOPIC));
                }
                now = ends.endOffsets(ends.assignment());
            } catch (KafkaException e) {
                throw new AwayException("the broker does not say what it has", e);
            }
        }
        await(now);
    }

    private void await(Map<TopicPartition, Long> ends) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (progress) {
            while (!ready || !reached(ends)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new AwayException("the subscriptions are not read yet", null);
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(progress, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AwayException("interrupted", e);
                }
            }
        }
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** Whether all that were there at the start are known. */
    public boolean isReady() {
        synchronized (progress) {
            return ready;
        }
    }

    private void session(BooleanSupplier wanted, Runnable wentWell) {
        clients.makeTopics();
        try (Consumer<String, byte[]> consumer = clients.reading("subscriptions")) {
            List<TopicPartition> partitions = AlertClients.partitions(consumer, TOPIC);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            load(consumer, consumer.endOffsets(partitions), wanted);
            while (wanted.getAsBoolean()) {
                Changes changes = new Changes();
                consumer.poll(POLL).forEach(changes::add);
                if (!changes.isEmpty()) {
                    apply(changes);
                    wentWell.run();
                }
                advance(consumer, partitions, true);
            }
        }
    }

    /** Reads all that there is and tells of it at once; what is gone meanwhile is ended. */
    private void load(
            Consumer<String, byte[]> consumer,
            Map<TopicPartition, Long> ends,
            BooleanSupplier wanted) {
        long began = System.nanoTime();
        Changes changes = new Changes();
        while (wanted.getAsBoolean()
                && ends.entrySet().stream()
                        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(changes::add);
        }
        if (!wanted.getAsBoolean()) {
            return;
        }
        Set<SubscriptionId> forgotten = new HashSet<>(all.keySet());
        forgotten.removeAll(changes.newest.keySet());
        forgotten.forEach(id -> changes.newest.put(id, Optional.empty()));
        apply(changes);
        advance(consumer, List.copyOf(ends.keySet()), true);
        log.info(
                "{} subscriptions read in {} ms",
                all.size(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private void advance(
            Consumer<String, byte[]> consumer, List<TopicPartition> partitions, boolean nowReady) {
        synchronized (progress) {
            partitions.forEach(p -> positions.put(p, consumer.position(p)));
            ready = nowReady;
            progress.notifyAll();
        }
    }

    private void apply(Changes changes) {
        List<Subscription> changed = new ArrayList<>();
        List<SubscriptionId> ended = new ArrayList<>();
        changes.newest.forEach((id, subscription) ->
                subscription.ifPresentOrElse(changed::add, () -> ended.add(id)));
        changed.forEach(subscription -> all.put(subscription.id(), subscription));
        ended.forEach(all::remove);
        listeners.forEach(listener -> listener.change(changed, ended));
    }

    /** The newest of each subscription; empty for a tombstone. */
    private final class Changes {

        private final Map<SubscriptionId, Optional<Subscription>> newest = new HashMap<>();

        void add(ConsumerRecord<String, byte[]> record) {
            if (record.key() == null || !SubscriptionId.isValid(record.key())) {
                log.error("no subscription has the key of the record at {}", place(record));
                return;
            }
            try {
                newest.put(
                        new SubscriptionId(record.key()),
                        Optional.ofNullable(records.read(TOPIC, record)));
            } catch (JacksonException e) {
                // Its text would show what is in it.
                log.error("the subscription at {} cannot be read", place(record));
            }
        }

        boolean isEmpty() {
            return newest.isEmpty();
        }

        private static String place(ConsumerRecord<String, byte[]> record) {
            return record.topic() + "-" + record.partition() + " offset " + record.offset();
        }
    }

    @Override
    public void start() {
        sessions.start();
    }

    @Override
    public void stop() {
        sessions.stop();
        synchronized (asking) {
            if (ends != null) {
                ends.close();
                ends = null;
            }
        }
        synchronized (this) {
            if (producer != null) {
                producer.close(Duration.ofSeconds(2));
                producer = null;
            }
        }
    }

    @Override
    public boolean isRunning() {
        return sessions.isRunning();
    }
}
