package org.minutebook.search.alerts.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AlertSent;
import org.minutebook.contracts.AlertSent.Outcome;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.contracts.Topic;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.kafka.AlertClients;
import org.minutebook.search.alerts.kafka.AlertRecords;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.springframework.stereotype.Component;

/**
 * What was delivered to a subscription: read from the topic when asked, on any instance.
 *
 * <p>Failure: the broker away → {@link Subscriptions.AwayException}, after a few seconds.
 */
@WithAlerts
@Component
public class DeliveryLog {

    private static final Duration POLL = Duration.ofMillis(200);

    /** How long somebody waits for an answer of the broker, or for more of the log. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AlertClients clients;
    private final AlertRecords records;
    private final Clock clock;

    DeliveryLog(AlertClients clients, AlertRecords records, Clock clock) {
        this.clients = clients;
        this.records = records;
        this.clock = clock;
    }

    /** Deliveries to a subscription, the newest first. */
    public List<AlertSent> of(SubscriptionId subscription) {
        try (Consumer<String, byte[]> consumer = clients.reading("alerts-log", PATIENCE)) {
            int partitions = AlertClients.partitions(consumer, Topic.ALERTS_SENT).size();
            TopicPartition partition =
                    new TopicPartition(
                            Topic.ALERTS_SENT.name(),
                            AlertClients.partition(subscription, partitions));
            return read(consumer, partition).values().stream()
                    .filter(sent -> sent.subscription().equals(subscription))
                    .sorted(Comparator.comparing(AlertSent::at).reversed())
                    .toList();
        } catch (KafkaException e) {
            throw notRead(e);
        }
    }

    private static Subscriptions.AwayException notRead(@Nullable KafkaException e) {
        return new Subscriptions.AwayException("the broker does not say what was delivered", e);
    }

    /**
     * Everything, each delivery as it is now, for a backup.
     *
     * @param each takes it, in no order
     */
    public void all(java.util.function.Consumer<AlertSent> each) {
        try (Consumer<String, byte[]> consumer = clients.reading("alerts-log", PATIENCE)) {
            for (TopicPartition partition : AlertClients.partitions(consumer, Topic.ALERTS_SENT)) {
                read(consumer, partition).values().forEach(each);
            }
        } catch (KafkaException e) {
            throw notRead(e);
        }
    }

    private Map<String, AlertSent> read(
            Consumer<String, byte[]> consumer, TopicPartition partition) {
        Map<String, AlertSent> newest = new HashMap<>();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long position = consumer.position(partition);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (position < end) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                AlertSent sent = records.read(Topic.ALERTS_SENT, record);
                if (sent == null) {
                    newest.remove(record.key());
                } else {
                    newest.merge(
                            sent.delivery(), sent, (a, b) -> a.version() >= b.version() ? a : b);
                }
            }
            long before = position;
            position = consumer.position(partition);
            if (position > before) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw notRead(null);
            }
        }
        return newest;
    }

    /**
     * Takes deliveries in that a backup has, so that what they told is not told again. One that is
     * known in a newer form stays. One that was under way is left out: what it was to tell is not
     * in the log, and what the sweep finds of it becomes the same delivery again, with the same id.
     *
     * @return how many were taken in
     */
    public int takeIn(Iterable<AlertSent> backup) {
        Map<String, Integer> known = new HashMap<>();
        all(sent -> known.put(sent.delivery(), sent.version()));
        int taken = 0;
        try (Producer<String, byte[]> producer = clients.plain("alerts-import")) {
            int partitions = producer.partitionsFor(Topic.ALERTS_SENT.name()).size();
            List<Future<?>> written = new ArrayList<>();
            for (AlertSent sent : backup) {
                if (sent.outcome() != Outcome.SENDING
                        && known.getOrDefault(sent.delivery(), 0) < sent.version()) {
                    written.add(producer.send(record(partitions, sent)));
                    taken++;
                }
            }
            for (Future<?> each : written) {
                each.get();
            }
        } catch (KafkaException | ExecutionException | InterruptedException e) {
            throw notTaken(e);
        }
        return taken;
    }

    private static Subscriptions.AwayException notTaken(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new Subscriptions.AwayException("the broker does not take the log", e);
    }

    private ProducerRecord<String, byte[]> record(int partitions, AlertSent sent) {
        return records.write(
                Topic.ALERTS_SENT,
                AlertClients.partition(sent.subscription(), partitions),
                sent.delivery(),
                sent.delivery() + "." + sent.version(),
                sent,
                null);
    }

    /**
     * Has failed deliveries tried again, as if for the first time.
     *
     * @return how many
     */
    public int replay(SubscriptionId subscription) {
        List<AlertSent> failed =
                of(subscription).stream().filter(s -> s.outcome() == Outcome.FAILED).toList();
        if (failed.isEmpty()) {
            return 0;
        }
        Instant now = clock.instant();
        try (Producer<String, byte[]> producer = clients.plain("alerts-replay", PATIENCE)) {
            int partitions = producer.partitionsFor(Topic.ALERTS_SENT.name()).size();
            List<Future<?>> written = new ArrayList<>();
            for (AlertSent sent : failed) {
                AlertSent again =
                        new AlertSent(
                                sent.delivery(),
                                sent.version() + 1,
                                subscription,
                                sent.keys(),
                                Outcome.SENDING,
                                sent.digest(),
                                0,
                                sent.detail(),
                                now,
                                now);
                written.add(producer.send(record(partitions, again)));
            }
            for (Future<?> each : written) {
                each.get();
            }
        } catch (KafkaException | ExecutionException | InterruptedException e) {
            throw notTaken(e);
        }
        return failed.size();
    }
}
