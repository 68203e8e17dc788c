package org.minutebook.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.DocumentUploaded;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.ingest.Stack.Answer;
import org.minutebook.ingest.Stack.Form;
import org.minutebook.testservers.Cable;
import org.minutebook.testservers.Records;
import org.minutebook.testservers.TestServers;
import org.springframework.util.FileSystemUtils;

/** One document handed in, with a real broker and a real Elasticsearch. */
class IntakeIT {

    private static final int FILLER_BYTES = 32 << 20;

    @TempDir private static Path directory;
    private static Stack stack;

    @BeforeAll
    static void start() {
        stack = new Stack(directory.resolve("store")).start("--minutebook.ingest.max-size=100KB");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void an_upload_is_accepted_with_the_address_at_which_its_state_is_told() {
        byte[] bytes = bytes("address");

        Answer answer = stack.upload(Form.file("minutes.pdf", bytes));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers().getLocation())
                .isEqualTo(URI.create("/api/v1/documents/" + id(bytes)));
        assertThat(answer.body().at("/document/state").asString()).isEqualTo("UPLOADED");
        assertThat(stack.state(id(bytes)).body().get("names").get(0).asString())
                .isEqualTo("minutes.pdf");
    }

    @Test
    void the_id_is_the_first_half_of_the_hash_and_the_key_of_every_record() {
        byte[] bytes = bytes("identity");
        ContentHash hash = ContentHash.of(bytes);

        String id =
                stack.upload(Form.file("minutes.pdf", bytes)).body().at("/document/id").asString();

        assertThat(id).isEqualTo(hash.hex().substring(0, 32));
        awaitAnnounced(id(bytes), 1);
        StoredDocument announced =
                Stack.announced(Topic.DOCUMENTS_UPLOADED, id(bytes)).getFirst().document();
        assertThat(announced.sha256()).isEqualTo(hash);
        assertThat(announced).isEqualTo(stack.stored(id(bytes)).orElseThrow());
        assertThat(Stack.announced(Topic.DOCUMENTS_LIFECYCLE, id(bytes)))
                .extracting(DocumentLifecycle::state)
                .containsExactly(DocumentState.UPLOADED);
    }

    @Test
    void the_first_revision_is_the_time_and_all_that_is_said_carries_it() {
        long before = System.currentTimeMillis();
        byte[] bytes = bytes("revision");

        stack.upload(Form.file("minutes.pdf", bytes));

        Revision revision = stack.stored(id(bytes)).orElseThrow().revision();
        assertThat(revision.value()).isBetween(before, System.currentTimeMillis());
        awaitAnnounced(id(bytes), 1);
        assertThat(Stack.announced(Topic.DOCUMENTS_UPLOADED, id(bytes)))
                .extracting(event -> event.document().revision())
                .containsExactly(revision);
        assertThat(Stack.announced(Topic.DOCUMENTS_LIFECYCLE, id(bytes)))
                .extracting(DocumentLifecycle::revision)
                .containsExactly(revision);
    }

    @Test
    void announcements_are_cloud_events() {
        byte[] bytes = bytes("cloud event");
        stack.upload(Form.file("minutes.pdf", bytes));
        awaitAnnounced(id(bytes), 1);

        var headers =
                Records.in(Topic.DOCUMENTS_UPLOADED.name(), id(bytes).value()).getFirst().headers();

        assertThat(headers.lastHeader(CloudEventHeaders.SPEC_VERSION).value())
                .asString()
                .isEqualTo("1.0");
        assertThat(headers.lastHeader(CloudEventHeaders.TYPE).value())
                .asString()
                .isEqualTo(Topic.DOCUMENTS_UPLOADED.eventType());
        assertThat(headers.lastHeader(CloudEventHeaders.ID).value())
                .asString()
                .startsWith(id(bytes).value());
    }

    @Test
    void metadata_given_is_kept_with_the_document() {
        byte[] bytes = bytes("metadata");

        stack.upload(
                Form.file("minutes.pdf", bytes)
                        .with("council", "Eldmarsh Borough Council")
                        .with("committee", "Planning Committee")
                        .with("kind", "minutes")
                        .with("meetingDate", "2026-09-16")
                        .with("title", "Minutes")
                        .with("sourceUrl", "https://eldmarsh.example/minutes.pdf"));

        assertThat(stack.state(id(bytes)).body().get("given").toString())
                .isEqualTo(
                        """
                        {"council":"Eldmarsh Borough Council","committee":"Planning Committee",\
                        "kind":"minutes","meetingDate":"2026-09-16","title":"Minutes",\
                        "sourceUrl":"https://eldmarsh.example/minutes.pdf"}\
                        """);
    }

    @Test
    void the_same_bytes_again_are_known_and_not_read_again() {
        byte[] bytes = bytes("twice");
        stack.upload(Form.file("minutes.pdf", bytes).with("council", "Eldmarsh"));
        awaitAnnounced(id(bytes), 1);
        Revision revision = stack.stored(id(bytes)).orElseThrow().revision();

        Answer again = stack.upload(Form.file("copy.pdf", bytes).with("council", "Eldmarsh"));
        stack.upload(Form.file("later.pdf", bytes("after the second")));
        awaitAnnounced(id(bytes("after the second")), 1);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.headers().getLocation())
                .isEqualTo(URI.create("/api/v1/documents/" + id(bytes)));
        assertThat(again.body().get("metadataDiffers").asBoolean()).isFalse();
        assertThat(stack.stored(id(bytes)).orElseThrow().revision()).isEqualTo(revision);
        assertThat(Stack.announced(Topic.DOCUMENTS_UPLOADED, id(bytes))).hasSize(1);
    }

    @Test
    void the_same_bytes_with_other_metadata_change_nothing_and_say_so() {
        byte[] bytes = bytes("differs");
        stack.upload(Form.file("minutes.pdf", bytes).with("council", "Eldmarsh"));

        Answer other = stack.upload(Form.file("minutes.pdf", bytes).with("council", "Saltby"));

        assertThat(other.status()).isEqualTo(200);
        assertThat(other.body().get("metadataDiffers").asBoolean()).isTrue();
        assertThat(stack.stored(id(bytes)).orElseThrow().given().council()).isEqualTo("Eldmarsh");
    }

    @Test
    void the_hashes_that_are_there_are_told() {
        byte[] there = bytes("there");
        stack.upload(Form.file("minutes.pdf", there));

        Answer answer =
                stack.post(
                        "/api/v1/documents/known",
                        Map.of(
                                "sha256",
                                List.of(
                                        ContentHash.of(there).hex(),
                                        ContentHash.of(bytes("not there")).hex())));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("known")).hasSize(1);
        assertThat(answer.body().at("/known/0/sha256").asString())
                .isEqualTo(ContentHash.of(there).hex());
    }

    @Test
    void a_hash_that_is_asked_for_twice_is_told_once() {
        byte[] there = bytes("there, asked for twice");
        stack.upload(Form.file("minutes.pdf", there));
        String hash = ContentHash.of(there).hex();
        // What the registry says of it is asked for as well once it knows the document.
        awaitAnnounced(id(there), 1);
        await().atMost(60, SECONDS)
                .until(() -> stack.get("/api/v1/documents").body().toString().contains(hash));

        Answer answer =
                stack.post("/api/v1/documents/known", Map.of("sha256", List.of(hash, hash)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("known")).hasSize(1);
    }

    @Test
    void with_the_broker_away_uploads_are_accepted_and_announced_later_by_itself() {
        String[] broker = TestServers.kafka().split(":", -1);
        try (Cable cable = new Cable(broker[0], Integer.parseInt(broker[1]));
                Stack apart = new Stack(directory.resolve("without broker"))) {
            apart.start("127.0.0.1:" + cable.port(), TestServers.elasticsearch());
            byte[] bytes = bytes("broker away");

            Answer answer = apart.upload(Form.file("minutes.pdf", bytes));
            Answer state = apart.state(id(bytes));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(state.status()).isEqualTo(200);
            assertThat(state.body().get("state").asString()).isEqualTo("UPLOADED");
            assertThat(Stack.announced(Topic.DOCUMENTS_UPLOADED, id(bytes))).isEmpty();
            cable.plugIn();
            awaitAnnounced(id(bytes), 1);
        }
    }

    @Test
    void with_the_broker_away_uploads_are_taken_up_to_a_limit() {
        try (Stack apart = new Stack(directory.resolve("backlog"))) {
            apart.start(
                    "127.0.0.1:1",
                    TestServers.elasticsearch(),
                    "--minutebook.ingest.most-waiting=2");
            apart.upload(Form.file("1.pdf", bytes("waiting 1")));
            apart.upload(Form.file("2.pdf", bytes("waiting 2")));

            Answer answer =
                    await().atMost(120, SECONDS)
                            .until(
                                    () -> apart.upload(Form.file("3.pdf", bytes("waiting 3"))),
                                    a -> a.status() == 503);

            assertThat(answer.code()).isEqualTo("TOO_MUCH_WAITING");
            assertThat(answer.headers().getFirst("Retry-After")).isEqualTo("5");
        }
    }

    @Test
    void bytes_and_record_are_in_the_store_before_the_answer_and_outlive_the_service()
            throws Exception {
        byte[] bytes = bytes("durable");
        Path place = directory.resolve("durable");
        try (Stack first = new Stack(place)) {
            // No broker at this address: only the store can keep it.
            first.start("127.0.0.1:1", TestServers.elasticsearch());
            first.upload(Form.file("minutes.pdf", bytes));

            assertThat(first.storedBytes(ContentHash.of(bytes)).orElseThrow()).isEqualTo(bytes);
            assertThat(first.stored(id(bytes)).orElseThrow().name()).isEqualTo("minutes.pdf");
        }

        try (Stack second = new Stack(place)) {
            second.start();
            awaitAnnounced(id(bytes), 1);
        }
    }

    @Test
    void with_elasticsearch_away_uploads_go_on_and_states_are_not_told() {
        URI server = TestServers.elasticsearch();
        try (Cable cable = new Cable(server.getHost(), server.getPort());
                Stack apart = new Stack(directory.resolve("without index"))) {
            apart.start(
                    TestServers.kafka(),
                    URI.create("http://127.0.0.1:" + cable.port()),
                    "--spring.kafka.consumer.group-id=ingest-registry-apart");
            byte[] bytes = bytes("index away");

            Answer answer = apart.upload(Form.file("minutes.pdf", bytes));
            Answer state = apart.state(id(bytes));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(state.status()).isEqualTo(503);
            assertThat(state.code()).isEqualTo("AWAY");
            assertThat(state.headers().getFirst("Retry-After")).isEqualTo("5");
            awaitAnnounced(id(bytes), 1);
            cable.plugIn();
            assertThat(apart.state(id(bytes)).body().get("state").asString()).isEqualTo("UPLOADED");
        }
    }

    @Test
    void the_registry_takes_an_event_only_if_revision_or_rank_grows() {
        byte[] bytes = bytes("grows");
        stack.upload(Form.file("minutes.pdf", bytes));
        awaitAnnounced(id(bytes), 1);
        StoredDocument document = stack.stored(id(bytes)).orElseThrow();

        Stack.say(event(document, DocumentState.INDEXED, 3));
        awaitState(id(bytes), DocumentState.INDEXED);
        Stack.say(event(document, DocumentState.EXTRACTED, 7)); // late
        Stack.say(event(document, DocumentState.INDEXED, 8)); // twice
        Stack.say(event(document, DocumentState.REFUSED, null));

        awaitState(id(bytes), DocumentState.REFUSED);
        StoredDocument next = atNextRevision(document);
        Stack.say(event(next, DocumentState.EXTRACTED, 4));
        awaitState(id(bytes), DocumentState.EXTRACTED);
        Stack.say(event(document, DocumentState.DELETED, null)); // of the older revision
        Stack.say(event(next, DocumentState.INDEXED, 5));
        awaitState(id(bytes), DocumentState.INDEXED);
        assertThat(stack.state(id(bytes)).body().get("items").asInt()).isEqualTo(5);
    }

    @Test
    void below_the_reserve_of_disk_nothing_is_taken_or_kept_until_there_is_room_again()
            throws Exception {
        byte[] bytes = bytes("no room");
        Path disk = quietDisk();
        Path filler = disk.resolve("filler");
        long reserve = Files.getFileStore(disk).getUsableSpace() - FILLER_BYTES / 2;
        try (Stack full = new Stack(disk.resolve("store"))) {
            full.start("--minutebook.ingest.disk-reserve=" + reserve + "B");
            Files.write(filler, new byte[FILLER_BYTES]);

            Answer answer = full.upload(Form.file("minutes.pdf", bytes));

            assertThat(answer.status()).isEqualTo(507);
            assertThat(answer.code()).isEqualTo("NO_ROOM");
            assertThat(full.storedBytes(ContentHash.of(bytes))).isEmpty();
            assertThat(full.stored(id(bytes))).isEmpty();

            Files.delete(filler);

            assertThat(full.upload(Form.file("minutes.pdf", bytes)).status()).isEqualTo(202);
        } finally {
            FileSystemUtils.deleteRecursively(disk);
        }
    }

    /** One whose room nobody else takes meanwhile, where there is one. */
    private static Path quietDisk() throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.createTempDirectory(
                Files.isWritable(memory) ? memory : directory, "minutebook");
    }

    @Test
    void an_empty_file_is_refused_with_its_reason() {
        Answer answer = stack.upload(Form.file("empty.pdf", new byte[0]));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.headers().getContentType()).hasToString("application/problem+json");
        assertThat(answer.code()).isEqualTo("EMPTY");
        assertThat(answer.body().get("detail").asString()).isEqualTo("The file is empty.");
        assertThat(stack.stored(id(new byte[0]))).isEmpty();
    }

    @Test
    void a_file_over_the_limit_is_refused_and_nothing_is_kept() throws Exception {
        byte[] bytes = new byte[200_000];

        Answer answer = stack.upload(Form.file("large.pdf", bytes));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("TOO_LARGE");
        assertThat(answer.body().get("detail").asString()).contains("minutebook.ingest.max-size");
        assertThat(stack.storedBytes(ContentHash.of(bytes))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kind,protocol,'kind ''protocol'', expected agenda, minutes or other'",
        "meetingDate,16/9/2026,'meetingDate ''16/9/2026'', expected a date as 2026-03-31'",
        "coucnil,Eldmarsh,'field ''coucnil'', expected file, manifest, council, committee, kind, meetingDate, title, sourceUrl, batch, replaces'"
    })
    void a_field_that_makes_no_sense_is_named(String field, String value, String sentence) {
        Answer answer = stack.upload(Form.file("minutes.pdf", bytes("field")).with(field, value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("BAD_REQUEST");
        assertThat(answer.body().get("detail").asString()).isEqualTo(sentence);
    }

    @Test
    void a_body_that_cannot_be_read_and_an_address_that_is_none_are_told_in_plain_words() {
        assertThat(
                        stack.post("/api/v1/documents/known", Map.of("sha256", Map.of()))
                                .body()
                                .get("detail")
                                .asString())
                .isEqualTo("The body is no JSON of the form that /openapi.json describes.");
        assertThat(stack.get("/api/v1/nothing").body().get("detail").asString())
                .contains("There is nothing at this address.");
    }

    @Test
    void a_document_that_was_refused_for_its_name_is_read_again_under_its_right_one() {
        byte[] bytes = bytes("misnamed");
        stack.upload(Form.file("minutes.docx", bytes));
        awaitAnnounced(id(bytes), 1);
        StoredDocument stored = stack.stored(id(bytes)).orElseThrow();
        Stack.say(
                new DocumentLifecycle(
                        stored.revision(),
                        stored,
                        DocumentState.REFUSED,
                        "WRONG_TYPE",
                        "It is a PDF.",
                        null,
                        null,
                        Instant.now()));
        await().atMost(60, SECONDS)
                .until(() ->
                        stack.state(id(bytes)).body().get("state").asString().equals("REFUSED"));

        Answer answer = stack.upload(Form.file("minutes.pdf", bytes).with("council", "Eldmarsh"));

        assertThat(answer.status()).isEqualTo(202);
        awaitAnnounced(id(bytes), 2);
        StoredDocument announced =
                Stack.announced(Topic.DOCUMENTS_UPLOADED, id(bytes)).getLast().document();
        assertThat(announced.names()).containsExactly("minutes.docx", "minutes.pdf");
        assertThat(announced.given().council()).isEqualTo("Eldmarsh");
        assertThat(stored.revision().isOlderThan(announced.revision())).isTrue();
    }

    @Test
    void a_form_without_a_file_is_refused_in_words() {
        Answer answer = stack.upload(new Form().with("council", "Eldmarsh"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).contains("file");
    }

    @Test
    void nobody_uploads_without_a_key() {
        Answer without = stack.uploadWithKey(null, Form.file("minutes.pdf", bytes("no key")));
        Answer wrong = stack.uploadWithKey("guess", Form.file("minutes.pdf", bytes("no key")));

        assertThat(List.of(without.status(), wrong.status())).containsOnly(401);
        assertThat(without.code()).isEqualTo("KEY_NEEDED");
        assertThat(without.headers().getFirst("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void a_document_that_is_not_there_is_not_found() {
        assertThat(stack.state(id(bytes("never"))).status()).isEqualTo(404);
        assertThat(stack.get("/api/v1/documents/minutes.pdf").code()).isEqualTo("NOT_FOUND");
    }

    private static DocumentLifecycle event(
            StoredDocument document, DocumentState state, Integer items) {
        return new DocumentLifecycle(
                document.revision(), document, state, null, null, null, items, Instant.now());
    }

    private static StoredDocument atNextRevision(StoredDocument d) {
        return new StoredDocument(
                d.id(),
                d.sha256(),
                d.size(),
                new Revision(d.revision().value() + 1),
                d.given(),
                d.names(),
                d.batches(),
                d.uploadedAt(),
                null,
                false,
                Set.of());
    }

    private static void awaitAnnounced(DocumentId id, int times) {
        await().atMost(120, SECONDS)
                .until(() ->
                        Stack.announced(Topic.DOCUMENTS_UPLOADED, id).stream()
                                        .map(DocumentUploaded::document)
                                        .toList()
                                        .size()
                                == times);
        await().atMost(120, SECONDS)
                .until(() -> Stack.announced(Topic.DOCUMENTS_LIFECYCLE, id).size() >= times);
    }

    private static void awaitState(DocumentId id, DocumentState state) {
        await().atMost(120, SECONDS)
                .until(() ->
                        stack.state(id).body().path("state").asString("").equals(state.name()));
    }

    private static byte[] bytes(String text) {
        return ("%PDF-1.7\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    private static DocumentId id(byte[] bytes) {
        return DocumentId.of(ContentHash.of(bytes));
    }
}
