package org.minutebook.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.ingest.Stack.Answer;
import org.minutebook.ingest.Stack.Form;
import tools.jackson.databind.JsonNode;

/** Several files in one request, archives and manifests among them. */
class ManyFilesIT {

    @TempDir private static Path directory;
    private static Stack stack;

    @BeforeAll
    static void start() {
        stack =
                new Stack(directory)
                        .start(
                                "--minutebook.ingest.max-size=1MB",
                                "--minutebook.ingest.max-request=4MB");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void each_file_of_a_request_has_its_own_outcome() {
        stack.upload(Form.file("there.pdf", bytes("there")));

        Answer answer =
                stack.upload(
                        Form.file("new.pdf", bytes("new"))
                                .and("there.pdf", bytes("there"))
                                .and("empty.pdf", new byte[0])
                                .and("large.pdf", new byte[1024 * 1024 + 1]));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(outcomes(answer))
                .containsExactly(
                        "new.pdf ACCEPTED",
                        "there.pdf KNOWN",
                        "empty.pdf REFUSED EMPTY",
                        "large.pdf REFUSED TOO_LARGE");
        assertThat(stack.state(id(bytes("new"))).status()).isEqualTo(200);
    }

    @Test
    void fields_count_for_all_files_wherever_they_stand_in_the_form() {
        stack.upload(
                new Form()
                        .with("council", "Eldmarsh")
                        .and("a.pdf", bytes("fields a"))
                        .and("b.pdf", bytes("fields b"))
                        .with("kind", "agenda"));

        for (String content : List.of("fields a", "fields b")) {
            JsonNode given = stack.state(id(bytes(content))).body().get("given");
            assertThat(given.get("council").asString()).isEqualTo("Eldmarsh");
            assertThat(given.get("kind").asString()).isEqualTo("agenda");
        }
    }

    @Test
    void the_documents_of_a_zip_are_taken_in_and_what_is_not_taken_is_told() {
        Answer answer =
                stack.upload(
                        Form.file(
                                "all.zip",
                                zip(
                                        "2026/minutes.pdf",
                                        bytes("zip minutes"),
                                        "../up.pdf",
                                        bytes("zip up"),
                                        "inner.zip",
                                        bytes("zip in zip"))));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(outcomes(answer))
                .containsExactly(
                        "2026/minutes.pdf ACCEPTED",
                        "../up.pdf REFUSED UNSAFE_NAME",
                        "inner.zip REFUSED NESTED_ARCHIVE");
        assertThat(stack.stored(id(bytes("zip minutes"))).orElseThrow().name())
                .isEqualTo("2026/minutes.pdf");
    }

    @Test
    void of_an_archive_that_is_refused_nothing_is_kept() throws Exception {
        byte[] zip = zip("a.pdf", bytes("cut a"), "b.pdf", noise(10_000));

        Answer answer =
                stack.upload(Form.file("cut.zip", java.util.Arrays.copyOf(zip, zip.length / 2)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(outcomes(answer)).containsExactly("cut.zip REFUSED DAMAGED_ARCHIVE");
        assertThat(stack.stored(id(bytes("cut a")))).isEmpty();
        assertThat(stack.storedBytes(ContentHash.of(bytes("cut a")))).isEmpty();
    }

    @Test
    void a_manifest_says_what_the_files_are_and_which_did_not_come() {
        String manifest =
                "file,council,meeting date,kind\n"
                        + "m/1.pdf,Saltby Green,2026-03-04,minutes\n"
                        + "m/2.pdf,Saltby Green,2026-04-01,agenda\n"
                        + "m/3.pdf,Saltby Green,2026-05-06,minutes\n";

        Answer answer =
                stack.upload(
                        Form.file("m/1.pdf", bytes("manifest 1"))
                                .and("m/2.pdf", bytes("manifest 2"))
                                .manifest(manifest)
                                .with("committee", "Full Council"));

        JsonNode given = stack.state(id(bytes("manifest 1"))).body().get("given");
        assertThat(given.get("meetingDate").asString()).isEqualTo("2026-03-04");
        assertThat(given.get("committee").asString()).isEqualTo("Full Council");
        assertThat(answer.body().get("notSent").toString()).isEqualTo("[\"m/3.pdf\"]");
    }

    @Test
    void a_bad_manifest_is_told_by_line_and_nothing_is_taken_in() throws Exception {
        Answer answer =
                stack.upload(
                        Form.file("bad.pdf", bytes("bad manifest"))
                                .manifest("file,kind\nbad.pdf,protocol\n"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("BAD_MANIFEST");
        assertThat(answer.body().at("/errors/0").toString())
                .isEqualTo(
                        "{\"line\":2,\"column\":\"kind\",\"message\":\"'protocol', expected agenda, minutes or other\"}");
        assertThat(stack.storedBytes(ContentHash.of(bytes("bad manifest")))).isEmpty();
    }

    @Test
    void a_request_over_its_limit_is_refused_and_leaves_nothing() throws Exception {
        Form form = new Form();
        for (int i = 0; i < 5; i++) {
            form.and(i + ".pdf", noise(1024 * 1024 - i));
        }

        Answer answer = stack.upload(form);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body().get("detail").asString())
                .contains("minutebook.ingest.max-request");
        assertThat(stack.storedBytes(ContentHash.of(noise(1024 * 1024)))).isEmpty();
        try (Stream<Path> staged = Files.walk(directory.resolve("staging"))) {
            assertThat(
                            staged.filter(file -> file.toFile().length() > 1000)
                                    .filter(Files::isRegularFile))
                    .isEmpty();
        }
    }

    @Test
    void documents_are_listed_by_council_state_and_batch_page_by_page() {
        for (int i = 0; i < 5; i++) {
            stack.upload(
                    Form.file(i + ".pdf", bytes("listed " + i))
                            .with("council", "Listed Town Council")
                            .with("batch", i < 3 ? "first-three" : "others"));
        }
        await().atMost(120, SECONDS).until(() -> total("council=listed") == 5);

        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = stack.get("/api/v1/documents?council=Listed&size=2" + cursor).body();
            page.get("documents").forEach(d -> names.add(d.at("/names/0").asString()));
            cursor =
                    page.path("nextCursor").isString()
                            ? "&cursor=" + page.get("nextCursor").asString()
                            : "";
        } while (!cursor.isEmpty());

        assertThat(names).containsExactly("4.pdf", "3.pdf", "2.pdf", "1.pdf", "0.pdf");
        assertThat(total("batch=first-three")).isEqualTo(3);
        assertThat(total("council=listed&state=UPLOADED")).isEqualTo(5);
        assertThat(total("council=listed&state=INDEXED,REFUSED")).isZero();
        assertThat(stack.get("/api/v1/documents?state=LOST").status()).isEqualTo(400);
        assertThat(stack.get("/api/v1/documents?cursor=x").status()).isEqualTo(400);
    }

    /** -1 while there is no answer, as long as Elasticsearch makes the registry's index. */
    private static long total(String filter) {
        return stack.get("/api/v1/documents?" + filter).body().path("total").asLong(-1);
    }

    private static List<String> outcomes(Answer answer) {
        List<String> outcomes = new ArrayList<>();
        for (JsonNode file : answer.body().get("files")) {
            outcomes.add(
                    (file.get("file").asString()
                                    + " "
                                    + file.get("outcome").asString()
                                    + " "
                                    + file.path("reason").asString(""))
                            .strip());
        }
        return outcomes;
    }

    private static byte[] zip(Object... namesAndContents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                zip.write((byte[]) namesAndContents[i + 1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new java.util.Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return ("%PDF-1.7\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    private static DocumentId id(byte[] bytes) {
        return DocumentId.of(ContentHash.of(bytes));
    }
}
