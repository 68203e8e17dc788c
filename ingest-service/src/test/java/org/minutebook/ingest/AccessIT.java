package org.minutebook.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minutebook.ingest.Stack.Answer;
import org.minutebook.ingest.Stack.Form;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;

/** Who may do what. */
@ExtendWith(OutputCaptureExtension.class)
class AccessIT {

    @TempDir private static Path directory;
    private static Stack stack;
    private static String first;

    @BeforeAll
    static void start() throws Exception {
        stack =
                new Stack(directory.resolve("store"))
                        .start(
                                "--minutebook.ingest.key-hashes=",
                                "--minutebook.keys.first-key-file=" + keyFile(),
                                "--minutebook.keys.failures-per-minute=20");
        first = Files.readString(keyFile()).strip();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void the_first_key_is_made_once_and_kept_hashed() throws Exception {
        assertThat(send(HttpMethod.GET, "/api/v1/documents", first, null).status()).isEqualTo(200);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(first);
            }
        }
        Files.delete(keyFile());

        stack.stopInstances();
        stack.start(
                "--minutebook.ingest.key-hashes=",
                "--minutebook.keys.first-key-file=" + keyFile(),
                "--minutebook.keys.failures-per-minute=20");

        assertThat(keyFile()).doesNotExist();
        assertThat(send(HttpMethod.GET, "/api/v1/documents", first, null).status()).isEqualTo(200);
    }

    @Test
    void the_first_key_is_shown_once_and_not_in_the_log(CapturedOutput output) {
        Path store = directory.resolve("another store");
        try (Stack other = new Stack(store)) {
            other.start("--minutebook.ingest.key-hashes=");
            other.stopInstances();
            other.start("--minutebook.ingest.key-hashes=");
        }

        assertThat(output.getOut().lines().filter(line -> line.contains("mb_")))
                .singleElement()
                .asString()
                .matches("The first key, shown this once: mb_[A-Za-z0-9_-]{32}");
        assertThat(output).doesNotContain(first);
    }

    @Test
    void a_key_allows_what_its_rights_say() {
        String uploader = make("Scanner", List.of("upload"), null);
        Answer uploaded =
                stack.uploadWithKey(
                        uploader,
                        Form.file("a.pdf", "%PDF-1.7 rights".getBytes(StandardCharsets.UTF_8)));
        String address = String.valueOf(uploaded.headers().getLocation());

        assertThat(uploaded.status()).isEqualTo(202);
        assertThat(send(HttpMethod.GET, address, uploader, null).status()).isEqualTo(200);
        Answer deletion = send(HttpMethod.DELETE, address, uploader, null);
        assertThat(deletion.status()).isEqualTo(403);
        assertThat(deletion.code()).isEqualTo("RIGHT_NEEDED");
        assertThat(send(HttpMethod.GET, "/api/v1/keys", uploader, null).status()).isEqualTo(403);
        String clerk = make("Clerk", List.of("upload", "manage"), null);
        assertThat(send(HttpMethod.DELETE, address, clerk, null).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/keys",
                "/api;/v1/keys",
                "/api;a=b/v1;c/keys;d",
                "/%61pi/v1/keys",
                "/a%70i/v1/k%65ys",
                "/api/v1/key%73"
            })
    void a_path_needs_its_key_however_it_is_written(String path) throws Exception {
        String clerk = make("Clerk " + path.hashCode(), List.of("upload", "manage"), null);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stack.base() + path));
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(401);
            request.header("Authorization", "Bearer " + clerk);
            assertThat(client.send(request.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_key_ends_when_it_expires_or_is_revoked() {
        String over = make("Over", List.of("upload"), Instant.now().minusSeconds(1).toString());
        String revoked = make("Revoked", List.of("upload"), null);
        assertThat(send(HttpMethod.GET, "/api/v1/documents", revoked, null).status())
                .isEqualTo(200);

        Answer answer = send(HttpMethod.DELETE, "/api/v1/keys/Revoked", first, null);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(send(HttpMethod.GET, "/api/v1/documents", revoked, null).status())
                .isEqualTo(401);
        assertThat(send(HttpMethod.GET, "/api/v1/documents", over, null).status()).isEqualTo(401);
    }

    @Test
    void keys_are_listed_without_what_opens_doors() {
        String key = make("Listed", List.of("upload"), "2099-01-31T00:00:00Z");

        Answer answer = send(HttpMethod.GET, "/api/v1/keys", first, null);

        assertThat(answer.body().toString())
                .contains("Listed", "2099-01-31T00:00:00Z", "\"first\"")
                .doesNotContain(key, "hash");
        Answer again = send(HttpMethod.POST, "/api/v1/keys", first, Map.of("name", "Listed"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(
                        send(
                                        HttpMethod.POST,
                                        "/api/v1/keys",
                                        first,
                                        Map.of("name", "x\ny", "rights", List.of("upload")))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void every_change_has_a_line_of_audit_and_reading_has_none(CapturedOutput output) {
        String key = make("Audited Clerk", List.of("upload", "manage"), null);
        Answer uploaded =
                stack.uploadWithKey(
                        key, Form.file("a.pdf", "%PDF-1.7 audit".getBytes(StandardCharsets.UTF_8)));
        String address = String.valueOf(uploaded.headers().getLocation());
        String id = uploaded.body().at("/document/id").asString();
        send(HttpMethod.GET, address, key, null);
        send(HttpMethod.DELETE, address, key, null);

        assertThat(output.getOut().lines().filter(line -> line.contains("who=Audited Clerk")))
                .hasSize(2)
                .anyMatch(line ->
                        line.endsWith(
                                "from=127.0.0.1 did=POST /api/v1/documents status=202 about=" + id))
                .anyMatch(line -> line.endsWith("did=DELETE " + address + " status=202"));
        assertThat(output.getOut()).doesNotContain(key);
    }

    @Test
    void who_asks_too_often_is_told_when_to_go_on() {
        try (Stack limited = new Stack(directory.resolve("limited"))) {
            limited.start("--minutebook.keys.requests-per-minute=3");
            Answer ok = limited.get("/api/v1/documents");
            limited.get("/api/v1/documents");
            limited.get("/api/v1/documents");

            Answer answer = limited.get("/api/v1/documents");

            assertThat(ok.headers().getFirst("RateLimit-Limit")).isEqualTo("3");
            assertThat(ok.headers().getFirst("RateLimit-Remaining")).isEqualTo("2");
            assertThat(answer.status()).isEqualTo(429);
            assertThat(Integer.parseInt(answer.headers().getFirst("Retry-After"))).isBetween(1, 60);
        }
    }

    @Test
    void who_guesses_keys_is_held_up() {
        try (Stack guessed = new Stack(directory.resolve("guessed"))) {
            guessed.start("--minutebook.keys.failures-per-minute=5");
            for (int i = 0; i < 5; i++) {
                assertThat(
                                guessed.send(
                                                HttpMethod.GET,
                                                "/api/v1/documents",
                                                "guess " + i,
                                                null)
                                        .status())
                        .isEqualTo(401);
            }

            assertThat(guessed.send(HttpMethod.GET, "/api/v1/documents", "guess", null).status())
                    .isEqualTo(429);
        }
    }

    @Test
    void who_guesses_keys_at_the_page_is_held_up_as_well() throws Exception {
        try (Stack guessed = new Stack(directory.resolve("guessed at the page"));
                HttpClient client = HttpClient.newHttpClient()) {
            guessed.start("--minutebook.keys.failures-per-minute=5");
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(guessed.base().resolve("/sign-in"))
                            .header("Content-Type", "application/x-www-form-urlencoded");
            for (int i = 0; i < 5; i++) {
                request.POST(BodyPublishers.ofString("key=guess" + i));
                assertThat(client.send(request.build(), BodyHandlers.ofString()).body())
                        .contains("This key is not valid");
            }

            request.POST(BodyPublishers.ofString("key=guess"));
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body()).contains("Too many wrong keys");
        }
    }

    private static String make(String name, List<String> rights, String expiresAt) {
        Map<String, Object> wish =
                expiresAt == null
                        ? Map.of("name", name, "rights", rights)
                        : Map.of("name", name, "rights", rights, "expiresAt", expiresAt);
        Answer answer = send(HttpMethod.POST, "/api/v1/keys", first, wish);
        assertThat(answer.status()).isEqualTo(201);
        return answer.body().get("key").asString();
    }

    private static Answer send(HttpMethod method, String path, String key, Object body) {
        return stack.send(method, path, key, body);
    }

    private static Path keyFile() {
        return directory.resolve("upload-key");
    }
}
