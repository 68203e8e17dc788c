package org.minutebook.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.Topic;
import org.minutebook.ingest.Stack.Answer;
import org.minutebook.ingest.Stack.Form;
import org.minutebook.testservers.Cable;
import org.minutebook.testservers.Records;
import org.minutebook.testservers.TestServers;
import tools.jackson.databind.JsonNode;

/** Documents handed in together, and how far they have come. */
class BatchesIT {

    @TempDir private static Path directory;
    private static Stack stack;

    @BeforeAll
    static void start() {
        stack = new Stack(directory).start();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void a_batch_counts_its_documents_by_state_and_lists_every_file() {
        stack.upload(Form.file("old.pdf", bytes("known before")));
        Answer begun = stack.post("/api/v1/batches", Map.of("name", "Ten years"));
        String id = begun.body().get("id").asString();

        stack.upload(
                Form.file("a.pdf", bytes("batch a"))
                        .and("b.pdf", bytes("batch b"))
                        .and("known.pdf", bytes("known before"))
                        .and("empty.pdf", new byte[0])
                        .with("batch", id));
        Stack.say(event("batch a", DocumentState.INDEXED, null));
        Stack.say(event("batch b", DocumentState.REFUSED, "ENCRYPTED"));

        assertThat(begun.status()).isEqualTo(201);
        JsonNode batch =
                awaitBatch(
                        id,
                        b ->
                                b.path("finished").asBoolean(false)
                                        && b.path("files").asInt(0) == 4
                                        && b.path("entries").size() == 4);
        assertThat(batch.get("name").asString()).isEqualTo("Ten years");
        assertThat(batch.get("files").asInt()).isEqualTo(4);
        assertThat(batch.get("accepted").asInt()).isEqualTo(2);
        assertThat(batch.get("known").asInt()).isEqualTo(1);
        assertThat(batch.get("refused").asInt()).isEqualTo(1);
        assertThat(batch.get("states").toString()).isEqualTo("{\"INDEXED\":1,\"REFUSED\":1}");
        assertThat(batch.get("documentsPerMinute").asInt()).isEqualTo(2);
        assertThat(batch.get("secondsLeft").asInt()).isZero();
        assertThat(files(batch))
                .containsExactly(
                        "a.pdf ACCEPTED INDEXED",
                        "b.pdf ACCEPTED REFUSED ENCRYPTED",
                        "empty.pdf REFUSED EMPTY",
                        "known.pdf KNOWN UPLOADED");
    }

    @Test
    void a_batch_is_not_finished_before_all_expected_files_came() {
        String id = begin(Map.of("files", 2));
        stack.upload(Form.file("one.pdf", bytes("expected one")).with("batch", id));
        Stack.say(event("expected one", DocumentState.INDEXED, null));

        JsonNode half = awaitBatch(id, b -> b.at("/states/INDEXED").asInt(0) == 1);
        stack.upload(Form.file("two.pdf", bytes("expected two")).with("batch", id));
        Stack.say(event("expected two", DocumentState.INDEXED, null));
        JsonNode whole = awaitBatch(id, b -> b.path("finished").asBoolean(false));

        assertThat(half.get("expected").asInt()).isEqualTo(2);
        assertThat(half.get("files").asInt()).isEqualTo(1);
        assertThat(half.get("finished").asBoolean()).isFalse();
        assertThat(whole.get("files").asInt()).isEqualTo(2);
    }

    @Test
    void a_file_that_is_sent_again_because_its_answer_was_lost_counts_once() {
        String id = begin(Map.of("files", 2));
        Form form = Form.file("again.pdf", bytes("sent again")).with("batch", id);
        stack.upload(form);
        stack.upload(form);
        stack.upload(Form.file("copy.pdf", bytes("sent again")).with("batch", id));
        Stack.say(event("sent again", DocumentState.INDEXED, null));

        JsonNode batch =
                awaitBatch(
                        id,
                        b -> b.path("finished").asBoolean(false) && b.path("entries").size() == 2);

        assertThat(files(batch))
                .containsExactly("again.pdf ACCEPTED INDEXED", "copy.pdf KNOWN INDEXED");
        assertThat(batch.get("files").asInt()).isEqualTo(2);
    }

    @Test
    void documents_that_come_by_themselves_or_with_a_few_do_not_queue_behind_a_bulk_import() {
        String few = begin(Map.of("files", 3));
        String many = begin(Map.of("files", 3000));
        stack.upload(Form.file("alone.pdf", bytes("lane alone")));
        stack.upload(Form.file("few.pdf", bytes("lane few")).with("batch", few));
        int last = partitionOf("lane alone");

        assertThat(partitionOf("lane few")).isEqualTo(last);
        for (int i = 0; i < 10; i++) {
            stack.upload(Form.file("many.pdf", bytes("lane " + i)).with("batch", many));
            assertThat(partitionOf("lane " + i)).isLessThan(last);
        }
        stack.post("/api/v1/documents/" + id(bytes("lane 1")) + "/reprocess", Map.of());
        await().atMost(120, SECONDS).until(() -> announcements("lane 1").size() == 2);
        assertThat(announcements("lane 1"))
                .extracting(ConsumerRecord::partition)
                .containsOnly(partitionOf("lane 1"));
    }

    private static String begin(Map<String, Object> wish) {
        return stack.post("/api/v1/batches", wish).body().get("id").asString();
    }

    private static int partitionOf(String content) {
        return await().atMost(120, SECONDS)
                .until(() -> announcements(content), found -> !found.isEmpty())
                .getFirst()
                .partition();
    }

    private static List<ConsumerRecord<String, byte[]>> announcements(String content) {
        return Records.in(Topic.DOCUMENTS_UPLOADED.name(), id(bytes(content)).value());
    }

    @Test
    void the_files_of_a_batch_are_told_page_by_page() {
        String id = stack.post("/api/v1/batches", Map.of()).body().get("id").asString();
        Form form = new Form().with("batch", id);
        for (int i = 0; i < 5; i++) {
            form.and(i + ".pdf", bytes("paged " + i));
        }
        stack.upload(form);
        awaitBatch(id, b -> b.path("entries").size() == 5);

        JsonNode first = stack.get("/api/v1/batches/" + id + "?size=3").body();
        JsonNode second =
                stack.get(
                                "/api/v1/batches/%s?size=3&cursor=%s"
                                        .formatted(id, first.get("nextCursor").asString()))
                        .body();

        assertThat(files(first)).hasSize(3).first().asString().startsWith("0.pdf");
        assertThat(files(second)).hasSize(2).last().asString().startsWith("4.pdf");
        assertThat(second.path("nextCursor").isString()).isFalse();
    }

    @Test
    void progress_is_told_live_until_the_batch_is_finished() throws Exception {
        String id = stack.post("/api/v1/batches", Map.of()).body().get("id").asString();
        stack.upload(Form.file("live.pdf", bytes("live")).with("batch", id));
        awaitBatch(id, b -> b.path("accepted").asInt(0) == 1);

        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(stack.base().resolve("/api/v1/batches/" + id))
                            .header("Authorization", "Bearer " + Stack.KEY)
                            .header("Accept", "text/event-stream")
                            .build();
            CompletableFuture<HttpResponse<Stream<String>>> answer =
                    client.sendAsync(request, BodyHandlers.ofLines());
            HttpResponse<Stream<String>> response = answer.get(10, SECONDS);
            Stack.say(event("live", DocumentState.INDEXED, null));
            List<String> lines = new ArrayList<>();
            response.body().forEach(lines::add); // ends with the batch

            List<String> told = lines.stream().filter(l -> l.startsWith("data:")).toList();
            assertThat(told.getFirst()).contains("\"finished\":false");
            assertThat(told.getLast()).contains("\"finished\":true", "\"INDEXED\":1");
        }
    }

    @Test
    void files_that_wait_for_elasticsearch_to_be_listed_are_counted_and_listed_when_it_is_back() {
        URI server = TestServers.elasticsearch();
        try (Cable cable = new Cable(server.getHost(), server.getPort());
                Stack apart = new Stack(directory.resolve("apart"))) {
            apart.start(
                    TestServers.kafka(),
                    URI.create("http://127.0.0.1:" + cable.port()),
                    "--spring.kafka.consumer.group-id=ingest-registry-batches-apart");
            String id =
                    apart.post("/api/v1/batches", Map.of("files", 1)).body().get("id").asString();

            apart.upload(Form.file("empty.pdf", new byte[0]).with("batch", id));

            await().atMost(30, SECONDS).until(() -> waiting(apart) == 1);
            cable.plugIn();
            await().atMost(30, SECONDS).until(() -> waiting(apart) == 0);
            await().atMost(30, SECONDS)
                    .until(() ->
                            apart.get("/api/v1/batches/" + id)
                                    .body()
                                    .path("entries")
                                    .toString()
                                    .contains("empty.pdf"));
        }
    }

    @Test
    void indices_that_elasticsearch_has_lost_are_made_again_with_their_fields() throws Exception {
        stack.upload(Form.file("before.pdf", bytes("before the loss")));
        Stack.say(event("before the loss", DocumentState.INDEXED, null));
        await().atMost(60, SECONDS).until(() -> stateOf("before the loss").equals("INDEXED"));

        assertThat(
                        elasticsearch("DELETE", "/documents,batch-entries?ignore_unavailable=true")
                                .statusCode())
                .isEqualTo(200);
        String id = begin(Map.of("files", 1));
        stack.upload(Form.file("after.pdf", bytes("after the loss")).with("batch", id));
        Stack.say(event("after the loss", DocumentState.INDEXED, null));

        awaitBatch(id, b -> b.path("finished").asBoolean(false) && b.path("entries").size() == 1);
        assertThat(elasticsearch("GET", "/documents/_mapping").body()).contains("strict");
        assertThat(elasticsearch("GET", "/batch-entries/_mapping").body()).contains("strict");
    }

    private static String stateOf(String content) {
        return stack.state(id(bytes(content))).body().path("state").asString("");
    }

    private static HttpResponse<String> elasticsearch(String method, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(TestServers.elasticsearch().resolve(path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static double waiting(Stack stack) {
        String name = "minutebook_ingest_batch_entries_waiting ";
        return new String(stack.get("/actuator/prometheus").bytes(), UTF_8)
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    @Test
    void a_batch_that_nobody_began_is_not_found() {
        assertThat(stack.get("/api/v1/batches/never").status()).isEqualTo(404);
        assertThat(stack.get("/api/v1/batches/..%2Fkeys").status()).isIn(400, 404);
    }

    @Test
    void a_batch_outlives_the_service() {
        String id =
                stack.post("/api/v1/batches", Map.of("name", "Kept")).body().get("id").asString();

        stack.stopInstances();
        stack.start(TestServers.kafka(), TestServers.elasticsearch());

        assertThat(stack.get("/api/v1/batches/" + id).body().get("name").asString())
                .isEqualTo("Kept");
    }

    private static JsonNode awaitBatch(
            String id, java.util.function.Predicate<JsonNode> condition) {
        return await().atMost(120, SECONDS)
                .until(() -> stack.get("/api/v1/batches/" + id).body(), condition::test);
    }

    private static List<String> files(JsonNode batch) {
        List<String> files = new ArrayList<>();
        for (JsonNode entry : batch.get("entries")) {
            files.add(
                    "%s %s %s %s"
                            .formatted(
                                    entry.get("file").asString(),
                                    entry.get("outcome").asString(),
                                    entry.path("state").asString(""),
                                    entry.path("reason").asString(""))
                            .replaceAll(" +", " ")
                            .strip());
        }
        return files;
    }

    private static DocumentLifecycle event(String content, DocumentState state, String reason) {
        var document = stack.stored(id(bytes(content))).orElseThrow();
        return new DocumentLifecycle(
                document.revision(), document, state, reason, null, null, 3, Instant.now());
    }

    private static byte[] bytes(String text) {
        return ("%PDF-1.7\n" + text).getBytes(UTF_8);
    }

    private static DocumentId id(byte[] bytes) {
        return DocumentId.of(ContentHash.of(bytes));
    }
}
