package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minutebook.search.Written.document;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.Topic;
import org.minutebook.testservers.TestServers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Processes with one role each share the alerts, and take over from each other. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AlertsOnTwoInstancesIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final int SUBSCRIPTIONS = 8;
    private static final int DOCUMENTS = 16;

    private static WebhookListener webhook;
    private static Stack index;
    private static Indexed indexed;
    private static AlertsService one;
    private static AlertsService other;

    @BeforeAll
    static void start(@TempDir Path directory) {
        webhook = new WebhookListener();
        String[] settings = {
            "--minutebook.search.enabled=false",
            "--minutebook.alerts.secret=the same secret of both instances",
            "--minutebook.alerts.newest-meetings=36500d",
            "--minutebook.alerts.most-an-hour=100000",
            "--minutebook.alerts.requests-an-hour=1000",
            "--minutebook.alerts.webhook-allow=" + webhook.hostAndPort(),
            // Kafka's least: how long the partitions of one that died wait for another.
            "--spring.kafka.consumer.properties.session.timeout.ms=6000"
        };
        index = Stack.start(directory.resolve("index"), TestServers.elasticsearch());
        indexed = new Indexed(index);
        one = new AlertsService(directory, "alerts-it", settings).start();
        other = new AlertsService(directory, "alerts-it-2", settings).start();
    }

    @AfterAll
    static void stop() {
        for (AlertsService service : Arrays.asList(one, other)) {
            if (service != null) {
                service.close();
            }
        }
        indexed.close();
        index.close();
        webhook.close();
    }

    @Test
    void each_does_a_part_and_takes_the_rest_over_where_the_other_dies() {
        Set<String> subscriptions = new HashSet<>();
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            AlertsService at = i % 2 == 0 ? one : other;
            JsonNode made =
                    JSON.readTree(
                            at.post(
                                            "/api/v1/subscriptions",
                                            "{\"query\": \"gooseberry\", \"webhook\": \"%s\"}"
                                                    .formatted(webhook.address("/two" + i)))
                                    .body());
            assertThat(made.has("id")).as(made.toString()).isTrue();
            subscriptions.add(made.path("id").asString());
        }
        Set<String> told = new HashSet<>();
        // Until both have had work: which instance has which partition is the broker's choice.
        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    tell("both " + told.size(), told);
                    return worked(one) && worked(other);
                });
        assertToldOnce(told);

        // Whoever dies between telling and writing it down leaves it to be told again.
        awaitWrittenDown(subscriptions, told.size());
        other.kill();
        tell("one died", told);
        assertToldOnce(told);

        other.start();
        tell("it came back", told);
        assertToldOnce(told);
        one.stop();
        tell("the other was ended", told);
        assertToldOnce(told);
    }

    /** Alone for alerts: no search and no pages of items. */
    @Test
    void a_process_for_alerts_only_answers_no_search() {
        assertThat(other.get("/api/v1/items?q=gooseberry").statusCode()).isEqualTo(404);
        assertThat(other.get("/search?q=gooseberry").statusCode()).isEqualTo(404);
        assertThat(other.get("/subscriptions/new?q=gooseberry").statusCode()).isEqualTo(200);
    }

    @Test
    void a_process_for_search_only_takes_no_subscriptions() {
        assertThat(index.get("/api/v1/items?q=gooseberry").statusCode()).isEqualTo(200);
        assertThat(index.get("/subscriptions/new?q=gooseberry").statusCode()).isEqualTo(404);
        assertThat(index.get("/search?q=gooseberry").body()).doesNotContain("/subscriptions/new");
    }

    private static boolean worked(AlertsService service) {
        return service.metric("minutebook_alerts_matched_total") > 0
                && service.metric("minutebook_alerts_sent_seconds_count") > 0;
    }

    private static void tell(String name, Set<String> told) {
        for (int i = 0; i < DOCUMENTS; i++) {
            String title = "Gooseberry " + name + " " + i;
            indexed.tell(document(title).item("1", title, "A gooseberry."));
            told.add(title);
        }
    }

    private static void assertToldOnce(Set<String> told) {
        await().atMost(SOON)
                .untilAsserted(() -> {
                    for (int i = 0; i < SUBSCRIPTIONS; i++) {
                        List<String> titles =
                                webhook.calls("/two" + i).stream()
                                        .flatMap(call -> call.titles().stream())
                                        .toList();
                        assertThat(titles).containsExactlyInAnyOrderElementsOf(told);
                    }
                });
    }

    /** Waits until {@code alerts.sent} says that each subscription was told of so many items. */
    private static void awaitWrittenDown(Set<String> subscriptions, int items) {
        Map<String, Object> reading =
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.kafka());
        try (var consumer =
                new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Topic.ALERTS_SENT.name()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Set<String> told = new HashSet<>();
            await().pollInSameThread()
                    .atMost(SOON)
                    .until(() -> {
                        for (ConsumerRecord<String, String> each :
                                consumer.poll(Duration.ofSeconds(1))) {
                            JsonNode sent =
                                    each.value() == null
                                            ? JSON.missingNode()
                                            : JSON.readTree(each.value());
                            if (sent.path("outcome").asString("").equals("sent")
                                    && subscriptions.contains(
                                            sent.path("subscription").asString())) {
                                sent.path("keys").forEach(key -> told.add(key.asString()));
                            }
                        }
                        return told.size() == items * subscriptions.size();
                    });
        }
    }
}
