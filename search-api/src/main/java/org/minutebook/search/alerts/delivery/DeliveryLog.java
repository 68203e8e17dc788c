package org.minutebook.search.alerts.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.minutebook.contracts.AlertSent;
import org.minutebook.contracts.AlertSent.Outcome;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.contracts.Topic;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.kafka.AlertClients;
import org.minutebook.search.alerts.kafka.AlertRecords;
import org.springframework.stereotype.Component;

/** What was delivered to a subscription: read from the topic when asked, on any instance. */
@WithAlerts
@Component
public class DeliveryLog {

    private static final Duration POLL = Duration.ofMillis(200);

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
        Map<String, AlertSent> newest = new HashMap<>();
        try (Consumer<String, byte[]> consumer = clients.reading("alerts-log")) {
            int partitions = AlertClients.partitions(consumer, Topic.ALERTS_SENT).size();
            TopicPartition partition =
                    new TopicPartition(
                            Topic.ALERTS_SENT.name(),
                            AlertClients.partition(subscription, partitions));
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    AlertSent sent = records.read(Topic.ALERTS_SENT, record);
                    if (sent == null) {
                        newest.remove(record.key());
                    } else if (sent.subscription().equals(subscription)) {
                        newest.merge(
                                sent.delivery(),
                                sent,
                                (a, b) -> a.version() >= b.version() ? a : b);
                    }
                }
            }
        }
        return newest.values().stream()
                .sorted(Comparator.comparing(AlertSent::at).reversed())
                .toList();
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
        try (Producer<String, byte[]> producer = clients.plain("alerts-replay")) {
            int partitions = producer.partitionsFor(Topic.ALERTS_SENT.name()).size();
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
                producer.send(
                        records.write(
                                Topic.ALERTS_SENT,
                                AlertClients.partition(subscription, partitions),
                                again.delivery(),
                                again.delivery() + "." + again.version(),
                                again,
                                null));
            }
            producer.flush();
        }
        return failed.size();
    }
}
