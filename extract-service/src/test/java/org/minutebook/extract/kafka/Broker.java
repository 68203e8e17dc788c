package org.minutebook.extract.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.minutebook.testservers.TestServers;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** The test broker as a test sees it: what is sent, and what a reader of committed records gets. */
final class Broker implements AutoCloseable {

    /** Far longer than anything takes, also on a machine that does much else. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String address = TestServers.kafka();
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", address));
    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(producerSettings());
    private final Map<String, Reader> readers = new HashMap<>();

    /** Names topics and groups of one test. */
    static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    void topic(String name, int partitions) {
        try {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    void send(String topic, int partition, String key, String value) {
        send(new ProducerRecord<>(topic, partition, key, value.getBytes(UTF_8)));
    }

    /** All committed records of a topic, in the order of each partition. */
    List<ConsumerRecord<String, byte[]>> committed(String topic) {
        return readers.computeIfAbsent(topic, Reader::new).read();
    }

    /** Reads a topic on from where it was. */
    private final class Reader {

        private final KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(consumerSettings());
        private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

        Reader(String topic) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }

        List<ConsumerRecord<String, byte[]>> read() {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
            return List.copyOf(records);
        }
    }

    /** Waits for that many committed records, and makes sure that there are no more. */
    List<ConsumerRecord<String, byte[]>> awaitCommitted(String topic, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(committed(topic)).hasSizeGreaterThanOrEqualTo(count));
        List<ConsumerRecord<String, byte[]>> records = committed(topic);
        assertThat(records).hasSize(count);
        return records;
    }

    /** Offset that a group has committed; empty before the first time. */
    Optional<Long> offset(String group, String topic, int partition) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            return Optional.ofNullable(offsets.get(new TopicPartition(topic, partition)))
                    .map(OffsetAndMetadata::offset);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    ConsumerFactory<String, byte[]> consumers() {
        return new DefaultKafkaConsumerFactory<>(consumerSettings());
    }

    ProducerFactory<String, byte[]> producers() {
        return new DefaultKafkaProducerFactory<>(producerSettings());
    }

    private Map<String, Object> consumerSettings() {
        return Map.of(
                "bootstrap.servers",
                address,
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "session.timeout.ms",
                6000,
                "heartbeat.interval.ms",
                500);
    }

    private Map<String, Object> producerSettings() {
        return Map.of(
                "bootstrap.servers",
                address,
                "key.serializer",
                StringSerializer.class,
                "value.serializer",
                ByteArraySerializer.class,
                "max.block.ms",
                10000,
                "transaction.timeout.ms",
                20000);
    }

    static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), UTF_8);
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        readers.values().forEach(reader -> reader.consumer.close());
        admin.close();
    }
}
