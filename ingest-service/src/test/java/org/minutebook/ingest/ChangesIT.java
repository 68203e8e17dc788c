package org.minutebook.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.DocumentUploaded;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.ingest.Stack.Answer;
import org.minutebook.ingest.Stack.Form;
import org.minutebook.testservers.Records;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is done with a document after it came in. */
class ChangesIT {

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
    void a_deleted_document_is_gone_from_the_store_and_announced_as_deleted() throws Exception {
        byte[] bytes = bytes("deleted");
        stack.upload(Form.file("complaint of Mrs Smith.pdf", bytes).with("title", "Complaint"));
        StoredDocument before = stack.stored(id(bytes)).orElseThrow();

        Answer answer = send(HttpMethod.DELETE, id(bytes) + "", null);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().get("state").asString()).isEqualTo("DELETED");
        assertThat(stack.storedBytes(ContentHash.of(bytes))).isEmpty();
        StoredDocument after = stack.stored(id(bytes)).orElseThrow();
        assertThat(before.revision().isOlderThan(after.revision())).isTrue();
        assertThat(after.names()).isEmpty();
        assertThat(after.given()).isEqualTo(Metadata.NONE);
        assertThat(last(id(bytes))).isEqualTo(after);
        awaitState(id(bytes), DocumentState.DELETED);
        assertThat(stack.get("/api/v1/documents/" + id(bytes) + "/file").status()).isEqualTo(404);
        assertThat(send(HttpMethod.DELETE, id(bytes) + "", null).status()).isEqualTo(404);
    }

    @Test
    void results_of_a_reading_that_was_under_way_do_not_bring_a_deleted_document_back() {
        byte[] bytes = bytes("under way");
        stack.upload(Form.file("minutes.pdf", bytes));
        StoredDocument before = stack.stored(id(bytes)).orElseThrow();
        send(HttpMethod.DELETE, id(bytes) + "", null);
        awaitState(id(bytes), DocumentState.DELETED);

        Stack.say(event(before, DocumentState.EXTRACTED));
        Stack.say(event(before, DocumentState.INDEXED));
        byte[] next = bytes("after the late ones");
        stack.upload(Form.file("next.pdf", next));
        awaitState(id(next), DocumentState.UPLOADED);

        assertThat(stateOf(id(bytes))).isEqualTo("DELETED");
    }

    @Test
    void a_deleted_document_that_is_handed_in_again_is_a_document_again() throws Exception {
        byte[] bytes = bytes("again");
        stack.upload(Form.file("minutes.pdf", bytes));
        send(HttpMethod.DELETE, id(bytes) + "", null);
        StoredDocument deleted = stack.stored(id(bytes)).orElseThrow();
        // Until it is announced the same bytes may be taken away under our eyes; that is a 503.
        awaitState(id(bytes), DocumentState.DELETED);

        Answer answer = stack.upload(Form.file("again.pdf", bytes));

        assertThat(answer.status()).isEqualTo(202);
        StoredDocument again = stack.stored(id(bytes)).orElseThrow();
        assertThat(deleted.revision().isOlderThan(again.revision())).isTrue();
        assertThat(stack.storedBytes(ContentHash.of(bytes))).isPresent();
        assertThat(last(id(bytes))).isEqualTo(again);
        awaitState(id(bytes), DocumentState.UPLOADED);
    }

    @Test
    void a_damaged_record_holds_up_no_later_document_and_is_announced_once_it_is_brought_back()
            throws Exception {
        byte[] bytes = bytes("damaged");
        stack.upload(Form.file("damaged.pdf", bytes));
        await().atMost(60, SECONDS).until(() -> !stack.hasUnannounced());
        byte[] copy = stack.damageRecord(id(bytes));
        stack.markAsUnannounced(id(bytes), copy);

        byte[] next = bytes("behind the damaged one");
        stack.upload(Form.file("next.pdf", next));

        awaitState(id(next), DocumentState.UPLOADED);
        await().atMost(60, SECONDS).until(() -> stack.gauge("minutebook.records.damaged") == 1);
        Answer answer = send(HttpMethod.DELETE, id(bytes) + "", null);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("RECORD_DAMAGED");

        stack.post("/api/v1/documents/rebuild", Map.of());
        await().atMost(60, SECONDS).until(() -> rebuild().get("state").asString().equals("FAILED"));
        assertThat(rebuild().get("failure").asString()).contains("but 1", id(bytes).value());
        assertThat(rebuild().get("documents").asInt()).isPositive();

        stack.bringRecordBack(id(bytes), copy);

        await().atMost(60, SECONDS)
                .until(() -> Stack.announced(Topic.DOCUMENTS_UPLOADED, id(bytes)).size() == 2);
        await().atMost(60, SECONDS).until(() -> stack.gauge("minutebook.records.damaged") == 0);
    }

    private static JsonNode rebuild() {
        return stack.get("/api/v1/documents/rebuild").body();
    }

    @Test
    void corrected_metadata_is_kept_and_the_document_read_again() {
        byte[] bytes = bytes("corrected");
        stack.upload(
                Form.file("minutes.pdf", bytes).with("council", "Eldmarsh").with("title", "x"));

        Answer answer =
                send(
                        HttpMethod.PATCH,
                        id(bytes) + "",
                        "{\"council\": \"Saltby\", \"kind\": \"minutes\", \"title\": null}");

        assertThat(answer.status()).isEqualTo(202);
        StoredDocument corrected = last(id(bytes));
        assertThat(corrected.given())
                .isEqualTo(new Metadata("Saltby", null, DocumentKind.MINUTES, null, null, null));
        assertThat(corrected).isEqualTo(stack.stored(id(bytes)).orElseThrow());
    }

    @Test
    void a_correction_that_makes_no_sense_is_refused() {
        byte[] bytes = bytes("bad correction");
        stack.upload(Form.file("minutes.pdf", bytes));

        for (String patch :
                List.of("{\"owner\": \"x\"}", "{\"kind\": \"protocol\"}", "{\"title\": 3}", "[]")) {
            assertThat(send(HttpMethod.PATCH, id(bytes) + "", patch).status())
                    .as(patch)
                    .isEqualTo(400);
        }
        assertThat(send(HttpMethod.PATCH, id(bytes("never")) + "", "{}").status()).isEqualTo(404);
    }

    @Test
    void a_hidden_item_stays_hidden_whatever_else_is_done() {
        byte[] bytes = bytes("hidden");
        stack.upload(Form.file("minutes.pdf", bytes));
        ItemId item = ItemId.of(id(bytes), "7", "Exempt matter", 0);

        Answer answer = send(HttpMethod.PUT, id(bytes) + "/hidden/" + item, null);
        send(HttpMethod.POST, id(bytes) + "/reprocess", null);
        send(HttpMethod.PATCH, id(bytes) + "", "{\"title\": \"x\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(last(id(bytes)).hidden()).containsExactly(item);

        send(HttpMethod.DELETE, id(bytes) + "/hidden/" + item, null);
        assertThat(last(id(bytes)).hidden()).isEmpty();
    }

    @Test
    void only_an_item_of_the_document_can_be_hidden() {
        byte[] bytes = bytes("hide other");
        stack.upload(Form.file("minutes.pdf", bytes));
        ItemId other = ItemId.of(id(bytes("other")), "7", "Exempt matter", 0);

        assertThat(send(HttpMethod.PUT, id(bytes) + "/hidden/" + other, null).status())
                .isEqualTo(404);
    }

    @Test
    void a_replaced_document_goes_when_its_correction_is_searchable_and_not_before() {
        byte[] wrong = bytes("wrong");
        byte[] right = bytes("right");
        stack.upload(Form.file("wrong.pdf", wrong));
        stack.upload(Form.file("right.pdf", right).with("replaces", id(wrong).value()));
        StoredDocument correction = last(id(right));
        awaitState(id(right), DocumentState.UPLOADED);

        assertThat(correction.replaces()).isEqualTo(id(wrong));
        assertThat(stack.stored(id(wrong)).orElseThrow().deleted()).isFalse();
        Stack.say(event(correction, DocumentState.INDEXED));

        awaitState(id(wrong), DocumentState.DELETED);
        assertThat(stack.stored(id(wrong)).orElseThrow().deleted()).isTrue();

        // A second correction: what it corrects still says which was the first.
        byte[] better = bytes("better");
        stack.upload(Form.file("better.pdf", better).with("replaces", id(right).value()));
        awaitState(id(better), DocumentState.UPLOADED);
        Stack.say(event(last(id(better)), DocumentState.INDEXED));
        awaitState(id(right), DocumentState.DELETED);
        StoredDocument gone = stack.stored(id(right)).orElseThrow();
        assertThat(gone.deleted()).isTrue();
        assertThat(gone.replaces()).isEqualTo(id(wrong));
    }

    @Test
    void only_a_document_that_is_there_can_be_replaced() {
        Form form = Form.file("right.pdf", bytes("replaces nothing"));

        Answer answer = stack.upload(form.with("replaces", id(bytes("never")).value()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(stack.stored(id(bytes("replaces nothing")))).isEmpty();
    }

    @Test
    void a_document_can_be_read_again() {
        byte[] bytes = bytes("reprocessed");
        stack.upload(Form.file("minutes.pdf", bytes));
        StoredDocument before = last(id(bytes));

        assertThat(send(HttpMethod.POST, id(bytes) + "/reprocess", null).status()).isEqualTo(202);

        StoredDocument after = last(id(bytes));
        assertThat(before.revision().isOlderThan(after.revision())).isTrue();
        assertThat(after.given()).isEqualTo(before.given());
    }

    @Test
    void the_failed_documents_can_be_read_again() {
        byte[] failed = bytes("failed");
        byte[] fine = bytes("fine");
        stack.upload(Form.file("failed.pdf", failed));
        stack.upload(Form.file("fine.pdf", fine));
        StoredDocument before = last(id(failed));
        StoredDocument fineBefore = last(id(fine));
        Stack.say(event(before, DocumentState.FAILED));
        await().atMost(120, SECONDS)
                .until(() ->
                        stack.get("/api/v1/documents?state=FAILED").body().get("total").asInt()
                                == 1);

        Answer answer = stack.post("/api/v1/documents/reprocess?which=failed", Map.of());

        assertThat(answer.body().get("documents").asInt()).isEqualTo(1);
        assertThat(before.revision().isOlderThan(last(id(failed)).revision())).isTrue();
        assertThat(stack.stored(id(fine)).orElseThrow().revision())
                .isEqualTo(fineBefore.revision());
        awaitState(id(failed), DocumentState.UPLOADED);
    }

    @Test
    void everything_in_the_store_can_be_said_again_as_it_is_and_as_no_news() {
        byte[] kept = bytes("kept");
        byte[] gone = bytes("gone");
        stack.upload(Form.file("kept.pdf", kept).with("title", "Kept"));
        stack.upload(Form.file("gone.pdf", gone));
        send(HttpMethod.DELETE, id(gone) + "", null);
        StoredDocument keptRecord = last(id(kept));
        StoredDocument goneRecord = last(id(gone));

        assertThat(stack.post("/api/v1/documents/rebuild", Map.of()).status()).isEqualTo(202);

        await().atMost(120, SECONDS)
                .until(() ->
                        stack.get("/api/v1/documents/rebuild")
                                .body()
                                .get("state")
                                .asString()
                                .equals("DONE"));
        assertThat(saidAgain(id(kept))).containsExactly(keptRecord);
        assertThat(saidAgain(id(gone))).containsExactly(goneRecord);
        assertThat(stack.stored(id(kept))).contains(keptRecord);
        assertThat(stack.get("/api/v1/documents/rebuild").body().get("documents").asInt())
                .isGreaterThanOrEqualTo(2);
    }

    private static List<StoredDocument> saidAgain(DocumentId id) {
        return Records.in(Topic.DOCUMENTS_UPLOADED.name(), id.value()).stream()
                .filter(record -> record.headers().lastHeader(CloudEventHeaders.REBUILT) != null)
                .map(record ->
                        JsonMapper.shared()
                                .readValue(record.value(), DocumentUploaded.class)
                                .document())
                .toList();
    }

    @Test
    void a_replaced_document_that_is_handed_in_once_more_stays() {
        byte[] wrong = bytes("wrong after all");
        byte[] right = bytes("right after all");
        stack.upload(Form.file("wrong.pdf", wrong));
        stack.upload(Form.file("right.pdf", right).with("replaces", id(wrong).value()));
        StoredDocument correction = last(id(right));
        Stack.say(event(correction, DocumentState.INDEXED));
        awaitState(id(wrong), DocumentState.DELETED);
        stack.upload(Form.file("wrong.pdf", wrong));
        awaitState(id(wrong), DocumentState.UPLOADED);

        Stack.say(event(correction, DocumentState.INDEXED));
        byte[] next = bytes("after the correction");
        stack.upload(Form.file("next.pdf", next));
        awaitState(id(next), DocumentState.UPLOADED);

        assertThat(stack.stored(id(wrong)).orElseThrow().deleted()).isFalse();
    }

    @Test
    void the_original_is_served_whole_and_in_ranges() {
        byte[] bytes = bytes("0123456789");
        stack.upload(Form.file("minutes.pdf", bytes));
        String path = "/api/v1/documents/" + id(bytes) + "/file";

        Answer whole = stack.get(path);
        Answer range =
                stack.send(HttpMethod.GET, path, Stack.KEY, null, Map.of("Range", "bytes=9-13"));
        Answer beyond =
                stack.send(HttpMethod.GET, path, Stack.KEY, null, Map.of("Range", "bytes=500-"));
        Answer unchanged =
                stack.send(
                        HttpMethod.GET,
                        path,
                        Stack.KEY,
                        null,
                        Map.of("If-None-Match", String.valueOf(whole.headers().getETag())));

        assertThat(whole.bytes()).isEqualTo(bytes);
        assertThat(whole.headers().getContentType()).hasToString("application/pdf");
        assertThat(range.status()).isEqualTo(206);
        assertThat(new String(range.bytes(), StandardCharsets.UTF_8)).isEqualTo("01234");
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(unchanged.status()).isEqualTo(304);
    }

    @Test
    void what_somebody_uploaded_is_never_a_page_of_ours() {
        byte[] page = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        stack.upload(Form.file("page.html", page));

        Answer answer =
                stack.get("/api/v1/documents/" + DocumentId.of(ContentHash.of(page)) + "/file");

        assertThat(answer.headers().getContentDisposition().isAttachment()).isTrue();
        assertThat(answer.headers().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers().getFirst("Content-Security-Policy")).contains("sandbox");
    }

    private static Answer send(HttpMethod method, String path, String json) {
        JsonNode body = json == null ? null : JsonMapper.shared().readTree(json);
        return stack.send(method, "/api/v1/documents/" + path, Stack.KEY, body);
    }

    /** The record that was announced last, once it is the one in the store. */
    private static StoredDocument last(DocumentId id) {
        StoredDocument stored = stack.stored(id).orElseThrow();
        return await().atMost(120, SECONDS)
                .until(
                        () ->
                                Stack.announced(Topic.DOCUMENTS_UPLOADED, id).stream()
                                        .map(DocumentUploaded::document)
                                        .reduce((_, later) -> later)
                                        .orElse(null),
                        stored::equals);
    }

    private static DocumentLifecycle event(StoredDocument document, DocumentState state) {
        return new DocumentLifecycle(
                document.revision(), document, state, null, null, null, 3, Instant.now());
    }

    private static String stateOf(DocumentId id) {
        return stack.state(id).body().path("state").asString("");
    }

    private static void awaitState(DocumentId id, DocumentState state) {
        await().atMost(120, SECONDS)
                .until(() ->
                        Stack.announced(Topic.DOCUMENTS_LIFECYCLE, id).stream()
                                        .anyMatch(event -> event.state() == state)
                                && stateOf(id).equals(state.name()));
    }

    private static byte[] bytes(String text) {
        return ("%PDF-1.7\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    private static DocumentId id(byte[] bytes) {
        return DocumentId.of(ContentHash.of(bytes));
    }
}
