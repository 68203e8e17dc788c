package org.minutebook.index;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.Topic;
import org.minutebook.index.elasticsearch.ItemIndex;
import org.minutebook.testservers.Cable;
import org.minutebook.testservers.Records;
import org.minutebook.testservers.TestServers;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A new index in the place of the old one, with the service at work. */
class ReindexingIT {

    @TempDir private static Path directory;
    private static Stack stack;
    private static URI endpoint;

    @BeforeAll
    static void start() {
        stack = new Stack(directory);
        endpoint = endpointOf(stack.start(TestServers.elasticsearch()));
    }

    private static URI endpointOf(ConfigurableApplicationContext instance) {
        String port = instance.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + "/actuator/reindex");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void every_document_and_every_deletion_is_in_the_new_index_and_nobody_is_told_again()
            throws Exception {
        DocumentItems kept = Messages.minutes("kept", 10, "Lighthouse repairs");
        stack.send(kept);
        stack.send(Messages.minutes("gone", 10, "Lighthouse keeper"));
        DocumentItems deletion = Messages.deletion("gone", 11);
        stack.send(deletion);
        awaitIndexed(kept, 1);
        await().atMost(30, SECONDS).until(() -> stack.entriesOf(id(deletion)).size() == 1);
        Set<String> before = stack.indices();

        reindex();

        assertThat(stack.indices()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(stack.find("all", "lighthouse"))
                .containsExactly(kept.items().getFirst().id().value());
        assertThat(stack.entriesOf(id(deletion))).hasSize(1);
        assertThat(Records.in(Topic.AGENDA_ITEMS_INDEXED.name(), id(kept).value())).hasSize(1);
    }

    @Test
    void what_comes_in_meanwhile_is_there_afterwards() throws Exception {
        post();
        for (int i = 0; i < 50; i++) {
            stack.send(Messages.minutes("meanwhile " + i, 10, "Drawbridge " + i));
        }
        awaitDone();

        await().atMost(30, SECONDS).until(() -> stack.find("all", "drawbridge").size() == 50);
    }

    @Test
    void searches_find_everything_at_every_moment_of_a_reindex() throws Exception {
        DocumentItems last = Messages.minutes("ferry", 10, "Ferry");
        for (int i = 0; i < 20; i++) {
            last = Messages.minutes("ferry " + i, 10, "Ferry " + i);
            stack.send(last);
        }
        awaitIndexed(last, 1);
        await().atMost(30, SECONDS).until(() -> stack.find("all", "ferry").size() == 20);
        Set<String> before = stack.indices();

        post();
        String state;
        do {
            assertThat(stack.find("all", "ferry")).hasSize(20);
            state = state(endpoint);
        } while (state.equals("RUNNING"));

        assertThat(state).isEqualTo("DONE");
        assertThat(stack.find("all", "ferry")).hasSize(20);
        assertThat(stack.indices()).doesNotContainAnyElementsOf(before);
    }

    /**
     * Elasticsearch goes away from the instance that reindexes, once some documents are written.
     */
    @Test
    void one_that_fails_in_the_middle_leaves_everything_as_it_was_and_can_be_repeated()
            throws Exception {
        DocumentItems last = Messages.minutes("tollgate", 10, "Tollgate");
        for (int i = 0; i < 400; i++) {
            last = Messages.minutes("tollgate " + i, 10, "Tollgate " + i);
            stack.send(last);
        }
        awaitIndexed(last, 1);
        await().atMost(60, SECONDS).until(() -> stack.find("all", "tollgate").size() == 400);
        Set<String> before = stack.indices();
        URI server = TestServers.elasticsearch();
        try (Cable cable = new Cable(server.getHost(), server.getPort());
                Stack apart = new Stack(directory)) {
            cable.plugIn();
            URI there =
                    endpointOf(
                            apart.start(
                                    URI.create("http://127.0.0.1:" + cable.port()),
                                    "--minutebook.index.reindex-patience=2s",
                                    // Small batches, so that there is a middle.
                                    "--spring.kafka.consumer.max-poll-records=10"));
            cable.slowDown(Duration.ofMillis(50));
            post(there);
            await().atMost(60, SECONDS)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> status(there).get("documents").asInt() > 0);
            cable.pullOut();

            await().atMost(90, SECONDS).until(() -> state(there).equals("FAILED"));

            assertThat(status(there).get("documents").asInt()).isLessThan(400);
            assertThat(stack.indices()).isEqualTo(before);
            assertThat(stack.find("all", "tollgate")).hasSize(400);

            cable.speedUp();
            cable.plugIn();
            String halfFilled = status(there).get("index").asString();
            post(there);
            await().atMost(90, SECONDS).until(() -> state(there).equals("DONE"));

            assertThat(stack.indices())
                    .hasSize(1)
                    .doesNotContainAnyElementsOf(before)
                    .doesNotContain(halfFilled);
            assertThat(stack.all()).isEqualTo(stack.indices());
            assertThat(stack.find("all", "tollgate")).hasSize(400);
        }
    }

    @Test
    void one_that_died_right_after_the_switch_is_completed_and_the_old_index_goes() {
        DocumentItems minutes = Messages.minutes("unfinished", 10, "Aqueduct");
        stack.send(minutes);
        awaitIndexed(minutes, 1);
        stack.leaveUnfinished();
        Set<String> inUse = stack.indices();

        stack.start(TestServers.elasticsearch());

        await().atMost(60, SECONDS).until(() -> stack.find("all", "aqueduct").size() == 1);
        await().atMost(30, SECONDS).until(() -> stack.all().equals(inUse));
        assertThat(stack.indices()).isEqualTo(inUse);
        assertThat(stack.isUnfinished()).isFalse();
        assertThat(Records.in(Topic.AGENDA_ITEMS_INDEXED.name(), id(minutes).value())).hasSize(1);
    }

    /** Elasticsearch moves the alias, and goes away before anybody could be told. */
    @Test
    void one_that_does_not_come_to_know_of_the_switch_says_so_and_completes_by_itself()
            throws Exception {
        DocumentItems minutes = Messages.minutes("switched", 10, "Turnpike");
        stack.send(minutes);
        awaitIndexed(minutes, 1);
        await().atMost(30, SECONDS).until(() -> stack.find("all", "turnpike").size() == 1);
        Set<String> before = stack.indices();
        URI server = TestServers.elasticsearch();
        try (Cable cable = new Cable(server.getHost(), server.getPort());
                Stack apart = new Stack(directory)) {
            cable.plugIn();
            URI there =
                    endpointOf(
                            apart.start(
                                    URI.create("http://127.0.0.1:" + cable.port()),
                                    "--minutebook.index.reindex-patience=2s"));
            cable.slowDown(Duration.ofMillis(200));
            post(there);
            await().atMost(120, SECONDS)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !stack.indices().equals(before));
            cable.pullOut();

            await().atMost(90, SECONDS).until(() -> state(there).equals("INCOMPLETE"));

            assertThat(status(there).get("failure").asString()).contains("filled again by itself");
            String filled = status(there).get("index").asString();

            cable.speedUp();
            cable.plugIn();
            await().atMost(90, SECONDS).until(() -> state(there).equals("DONE"));

            assertThat(stack.indices()).containsExactly(filled);
            await().atMost(30, SECONDS).until(() -> stack.all().equals(stack.indices()));
            assertThat(stack.isUnfinished()).isFalse();
            assertThat(stack.find("all", "turnpike")).hasSize(1);
        }
    }

    @Test
    void an_index_with_the_mapping_of_another_version_is_replaced_at_the_start() {
        DocumentItems minutes = Messages.minutes("upgraded", 10, "Windmill");
        stack.send(minutes);
        awaitIndexed(minutes, 1);
        stack.outdate();

        stack.start(TestServers.elasticsearch());

        await().atMost(60, SECONDS).until(() -> stack.find("all", "windmill").size() == 1);
        assertThat(stack.indices()).allMatch(ItemIndex::hasOurMapping);
    }

    private static void awaitIndexed(DocumentItems message, int times) {
        await().atMost(60, SECONDS)
                .until(() ->
                        Records.in(Topic.AGENDA_ITEMS_INDEXED.name(), id(message).value()).size()
                                == times);
    }

    private static void reindex() throws Exception {
        post();
        awaitDone();
    }

    private static void post() throws Exception {
        post(endpoint);
    }

    private static void post(URI instance) throws Exception {
        JsonNode status =
                ask(
                        HttpRequest.newBuilder(instance)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.noBody())
                                .build());
        assertThat(status.get("state").asString()).isEqualTo("RUNNING");
    }

    private static void awaitDone() {
        await().atMost(60, SECONDS).until(() -> state(endpoint).equals("DONE"));
    }

    private static String state(URI instance) throws Exception {
        return status(instance).get("state").asString();
    }

    private static JsonNode status(URI instance) throws Exception {
        return ask(HttpRequest.newBuilder(instance).build());
    }

    private static JsonNode ask(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer = client.send(request, BodyHandlers.ofString()).body();
            return JsonMapper.shared().readTree(answer);
        }
    }

    private static DocumentId id(DocumentItems message) {
        return message.document().id();
    }
}
