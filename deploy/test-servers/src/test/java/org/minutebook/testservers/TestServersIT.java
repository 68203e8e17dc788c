package org.minutebook.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.embedded.EmbeddedKafka;
import org.minutebook.embedded.FreePorts;
import org.minutebook.embedded.ServerFailedException;
import org.minutebook.embedded.ServerProcess;
import org.minutebook.embedded.ServerProcess.Lifetime;

class TestServersIT {

    @Test
    void a_committed_transaction_is_read_and_an_aborted_one_is_not() throws Exception {
        Map<String, Object> servers =
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.kafka());
        try (Admin admin = Admin.create(servers)) {
            admin.createTopics(Set.of(new NewTopic("two-transactions", 1, (short) 1))).all().get();
        }
        Map<String, Object> producing =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestServers.kafka(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "test-servers");
        try (var producer =
                new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("two-transactions", "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("two-transactions", "committed")).get();
            producer.commitTransaction();
        }
        Map<String, Object> reading =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.kafka(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (var consumer =
                new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("two-transactions", 0)));
            assertThat(consumer.poll(Duration.ofSeconds(10)))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("committed");
        }
    }

    @Test
    void a_broker_whose_port_is_taken_ends_and_says_so(@TempDir Path folder) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            EmbeddedKafka kafka =
                    new EmbeddedKafka(
                            folder,
                            taken.getLocalPort(),
                            FreePorts.any(1).getFirst(),
                            EmbeddedKafka.SMALL);
            ServerProcess process =
                    ServerProcess.start(kafka.prepare(), Lifetime.WITH_THIS_PROCESS);

            assertThatThrownBy(() -> process.awaitReady(() -> false, Duration.ofMinutes(3)))
                    .isInstanceOf(ServerFailedException.class)
                    .hasMessageContaining("Kafka ended with status 1")
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void elasticsearch_folds_and_stems_as_the_full_distribution_does() throws Exception {
        String question =
                """
                {"tokenizer": "standard",
                 "filter": [{"type": "stemmer", "language": "possessive_english"}, "lowercase",
                            "asciifolding", {"type": "stemmer", "language": "porter2"}],
                 "text": "The Council's meetings about café parking"}
                """;
        String answer =
                elasticsearch(
                        "/_analyze",
                        request ->
                                request.header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(question)));
        assertThat(answer)
                .contains("\"council\"", "\"meet\"", "\"cafe\"", "\"park\"")
                .doesNotContain("café");
    }

    @Test
    void elasticsearch_does_not_refuse_requests_because_of_garbage() throws Exception {
        String counted =
                elasticsearch(
                        "/_cat/circuit_breaker/parent?h=estimated&bytes=b", request -> request);
        String used = elasticsearch("/_cat/nodes?h=heap.current&bytes=b", request -> request);

        assertThat(Long.parseLong(counted.strip())).isLessThan(Long.parseLong(used.strip()) / 2);
    }

    private static String elasticsearch(String path, UnaryOperator<HttpRequest.Builder> request)
            throws Exception {
        URI address = TestServers.elasticsearch().resolve(path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            request.apply(HttpRequest.newBuilder(address)).build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void the_servers_are_started_once() {
        assertThat(TestServers.kafka()).isEqualTo(TestServers.kafka());
        assertThat(TestServers.elasticsearch()).isEqualTo(TestServers.elasticsearch());
    }
}
