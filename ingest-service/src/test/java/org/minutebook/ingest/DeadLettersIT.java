package org.minutebook.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.ingest.Stack.Answer;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Records that cannot be handled are kept, listed, and sent again or left be. */
class DeadLettersIT {

    private static final String LETTERS = "/api/v1/dead-letters";

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
    void an_event_that_cannot_be_read_is_listed_with_its_cause_and_shown_as_it_was() {
        Stack.say("not json", "{half".getBytes(StandardCharsets.UTF_8));

        JsonNode letter = awaited("not json");
        assertThat(letter.get("topic").asString()).isEqualTo("documents.lifecycle");
        assertThat(letter.get("service").asString()).isEqualTo("/minutebook/ingest-service");
        assertThat(letter.get("cause").asString()).contains("Unexpected character");
        assertThat(letter.get("size").asInt()).isEqualTo(5);
        JsonNode whole = stack.get(LETTERS + "/" + letter.get("id").asString()).body();
        assertThat(whole.get("text").asString()).isEqualTo("{half");
        assertThat(whole.at("/headers/ce_type").asString())
                .as("its own headers, too")
                .isEqualTo("org.minutebook.document.lifecycle.v1");
    }

    @Test
    void bytes_that_are_no_text_are_shown_as_such() {
        Stack.say("not text", HexFormat.of().parseHex("fffe00"));

        JsonNode whole = stack.get(LETTERS + "/" + awaited("not text").get("id").asString()).body();
        assertThat(whole.get("base64").asString()).isEqualTo("//4A");
        assertThat(whole.path("text").isNull()).isTrue();
    }

    @Test
    void a_replayed_letter_goes_where_it_came_from_and_is_listed_no_more() {
        Stack.say("replayed", "[]".getBytes(StandardCharsets.UTF_8));
        String first = awaited("replayed").get("id").asString();

        assertThat(stack.post(LETTERS + "/" + first + "/replay", Map.of()).status()).isEqualTo(202);

        assertThat(stack.get(LETTERS + "/" + first).status()).isEqualTo(404);
        assertThat(awaited("replayed").get("id").asString())
                .as("it was read again and failed again")
                .isNotEqualTo(first);
    }

    @Test
    void a_discarded_letter_is_listed_no_more_after_a_restart_either() {
        Stack.say("discarded", "[]".getBytes(StandardCharsets.UTF_8));
        String id = awaited("discarded").get("id").asString();

        assertThat(delete(id).status()).isEqualTo(204);

        assertThat(listed("discarded")).isEmpty();
        assertThat(delete(id).status()).isEqualTo(404);
        stack.stopInstances();
        stack.start();
        assertThat(listed("discarded")).isEmpty();
        Stack.say("after", "[]".getBytes(StandardCharsets.UTF_8));
        awaited("after");
    }

    @Test
    void a_key_for_uploads_does_not_show_them() {
        Answer key = stack.post("/api/v1/keys", Map.of("name", "uploads only"));

        assertThat(
                        stack.send(HttpMethod.GET, LETTERS, key.body().get("key").asString(), null)
                                .status())
                .isEqualTo(403);
        assertThat(stack.get(LETTERS + "/no-such-1-1").status()).isEqualTo(404);
    }

    private static Answer delete(String id) {
        return stack.send(HttpMethod.DELETE, LETTERS + "/" + id, Stack.KEY, null);
    }

    private static JsonNode awaited(String key) {
        await().atMost(60, SECONDS).until(() -> listed(key).isPresent());
        return listed(key).orElseThrow();
    }

    private static Optional<JsonNode> listed(String key) {
        return stack.get(LETTERS)
                .body()
                .get("deadLetters")
                .valueStream()
                .filter(each -> each.get("key").asString().equals(key))
                .findFirst();
    }
}
