package org.minutebook.search.alerts.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.contracts.Topic;
import org.minutebook.search.alerts.AlertSettings;
import org.minutebook.search.alerts.WithAlerts;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes connections to the broker with the service's settings ({@code spring.kafka.…}).
 *
 * <p>The instance's name makes the {@code transactional.id} and the static membership in a group:
 * an instance that died and comes back ends its own open transaction at once, and has its
 * partitions again without waiting for its session to expire.
 */
@WithAlerts
@Component
public class AlertClients {

    private final String instance;
    private final ConsumerFactory<String, byte[]> consumers;
    private final ProducerFactory<?, ?> producers;
    private final KafkaAdmin admin;
    private volatile boolean topicsMade;

    AlertClients(
            AlertSettings settings,
            @Value("${server.port:0}") String port,
            ConsumerFactory<String, byte[]> consumers,
            ProducerFactory<?, ?> producers,
            KafkaAdmin admin) {
        this.instance = settings.instance() != null ? settings.instance() : hostName() + "-" + port;
        this.consumers = consumers;
        this.producers = producers;
        this.admin = admin;
    }

    /**
     * Makes sure that the topics are there.
     *
     * @throws IllegalStateException if the broker does not answer
     */
    public void makeTopics() {
        if (!topicsMade && !admin.initialize()) {
            throw new IllegalStateException("the broker does not answer");
        }
        topicsMade = true;
    }

    /**
     * A consumer that shares the partitions of its topics with the other instances of a group. Of
     * topics with as many partitions, an instance has the same of each.
     *
     * @param records most records of one poll
     */
    public Consumer<String, byte[]> sharing(String group, int records) {
        String member = group + "-" + instance;
        Properties settings = new Properties();
        settings.setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member);
        settings.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(records));
        settings.setProperty(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        // By the factory, which also measures it: how far it is behind, above all.
        return consumers.createConsumer(group, member, "", settings);
    }

    /** A consumer that is told which partitions to read, and commits nothing. */
    public Consumer<String, byte[]> reading(String name) {
        return reading(name, Map.of());
    }

    /** The same for somebody who waits: what the broker does not answer in time is a failure. */
    public Consumer<String, byte[]> reading(String name, Duration patience) {
        return reading(
                name,
                Map.of(
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        Math.toIntExact(patience.toMillis())));
    }

    private Consumer<String, byte[]> reading(String name, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(consumers.getConfigurationProperties());
        settings.putAll(more);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name + "-" + instance);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return new KafkaConsumer<>(settings);
    }

    /**
     * A producer with transactions of its own; a new one of the name ends those of the one before.
     */
    public Producer<String, byte[]> transactional(String name) {
        Map<String, Object> settings = new HashMap<>(producers.getConfigurationProperties());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name + "-" + instance);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, name + "-" + instance);
        return new KafkaProducer<>(settings);
    }

    /** A producer without transactions. */
    public Producer<String, byte[]> plain(String name) {
        return plain(name, Map.of());
    }

    /** The same for somebody who waits: what the broker does not take in time is a failure. */
    public Producer<String, byte[]> plain(String name, Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        return plain(
                name,
                Map.of(
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        millis,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        millis,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        millis / 2));
    }

    private Producer<String, byte[]> plain(String name, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(producers.getConfigurationProperties());
        settings.putAll(more);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, name + "-" + instance);
        return new KafkaProducer<>(settings);
    }

    /** All partitions of a topic. */
    public static List<TopicPartition> partitions(Consumer<?, ?> consumer, Topic<?> topic) {
        return consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** The partition of a subscription's alerts, of so many. */
    public static int partition(SubscriptionId subscription, int partitions) {
        return Utils.toPositive(Utils.murmur2(Utils.utf8(subscription.value()))) % partitions;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
