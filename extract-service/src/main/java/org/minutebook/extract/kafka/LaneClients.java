package org.minutebook.extract.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Connections of one lane, with the service's settings ({@code spring.kafka.…}).
 *
 * <p>The instance's name makes both the {@code transactional.id} and the static membership in the
 * group: an instance that died and comes back ends its own open transaction at once, and has its
 * partitions again without waiting for its session to expire.
 */
final class LaneClients implements Lane.Clients {

    private final String lane;
    private final String instance;
    private final int recordsPerPoll;
    private final ConsumerFactory<String, byte[]> consumers;
    private final ProducerFactory<?, ?> producers;
    private final KafkaAdmin admin;
    private boolean topicsCreated;

    /**
     * @param lane name of the lane; also of its consumer group
     * @param instance name of this instance of the service
     * @param recordsPerPoll most records fetched at once
     */
    LaneClients(
            String lane,
            String instance,
            int recordsPerPoll,
            ConsumerFactory<String, byte[]> consumers,
            ProducerFactory<?, ?> producers,
            KafkaAdmin admin) {
        this.lane = lane;
        this.instance = instance;
        this.recordsPerPoll = recordsPerPoll;
        this.consumers = consumers;
        this.producers = producers;
        this.admin = admin;
    }

    @Override
    public Consumer<String, byte[]> consumer() {
        String member = lane + "-" + instance;
        Properties settings = new Properties();
        settings.setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member);
        settings.setProperty(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(recordsPerPoll));
        // By the factory, which also measures it: how far it is behind, above all.
        return consumers.createConsumer(lane, member, "", settings);
    }

    @Override
    public Producer<String, byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(producers.getConfigurationProperties());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, lane + "-" + instance);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, lane + "-" + instance);
        return new KafkaProducer<>(settings);
    }

    @Override
    public void createTopics() {
        if (!topicsCreated && !admin.initialize()) {
            throw new IllegalStateException("the broker does not answer");
        }
        topicsCreated = true;
    }
}
