package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minutebook.search.Written.document;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.IndexEntry;
import tools.jackson.databind.JsonNode;

/** The feed of changes, as a system reads it that keeps a copy. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChangesIT {

    private static Stack stack;

    @BeforeAll
    static void start(@TempDir Path directory) {
        stack = Stack.start(directory);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static JsonNode changes(String after) {
        return stack.json("/api/v1/changes?after=" + after);
    }

    /** The documents of these changes, each with the type. */
    private static List<String> told(JsonNode page) {
        List<String> told = new ArrayList<>();
        page.get("changes")
                .forEach(change ->
                        told.add(
                                change.get("type").asString()
                                        + ' '
                                        + change.get("document").asString()));
        return told;
    }

    @Test
    void changes_can_be_followed() {
        Written minutes = document("minutes").item("1", "Apologies", "None.");
        Written many = document("many");
        for (int i = 0; i < 510; i++) {
            many.item(Integer.toString(i), "Lighthouse " + i, "The lighthouse.");
        }
        stack.write(minutes, many);

        JsonNode first = changes("");
        assertThat(first.get("changes")).hasSize(500);
        assertThat(told(first)).startsWith("item " + minutes.id(), "document " + minutes.id());
        assertThat(first.get("more").asBoolean()).isTrue();
        JsonNode second = changes(first.get("next").asString());
        assertThat(second.get("changes")).hasSize(13);
        assertThat(told(second)).endsWith("document " + many.id());
        assertThat(second.get("more").asBoolean()).isFalse();
        JsonNode third = changes(second.get("next").asString());
        assertThat(third.get("changes")).isEmpty();
        assertThat(third.get("next")).isEqualTo(second.get("next"));
        assertThat(stack.get("/api/v1/changes?after=x").statusCode()).isEqualTo(400);
    }

    @Test
    void what_names_an_earlier_time_than_what_was_read_is_not_missed() {
        Instant then = Instant.parse("2026-11-03T10:00:00Z");
        stack.write(document("quick").indexedAt(then.plusSeconds(5)));
        String next = changes("").get("next").asString();
        String tag = stack.get("/calendar.ics").headers().firstValue("ETag").orElseThrow();
        Written slow = document("slow").indexedAt(then);
        stack.add(slow.entries());

        assertThat(told(changes(next))).containsExactly("document " + slow.id());

        // Nor is what stood there already and is written anew.
        next = changes(next).get("next").asString();
        String between = stack.get("/calendar.ics").headers().firstValue("ETag").orElseThrow();
        stack.add(document("slow").revision(2).indexedAt(then).entries());
        assertThat(told(changes(next))).containsExactly("document " + slow.id());
        assertThat(between).isNotEqualTo(tag);
        assertThat(stack.get("/calendar.ics", "If-None-Match", between).statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_was_written_a_moment_ago_waits_and_all_behind_it() {
        stack.write(document("old"));
        List<IndexEntry> written = new ArrayList<>();
        // A clock that is fast by less than what is waited for: so it is new for twice as long.
        Instant soon = Instant.now().plusMillis(1_900);
        written.addAll(document("new").indexedAt(soon).entries());
        written.addAll(document("behind").entries());
        stack.add(written);

        JsonNode page = changes("");
        assertThat(told(page)).containsExactly("document " + document("old").id());
        assertThat(page.get("more").asBoolean()).isFalse();

        // A clock that is an hour fast does not stop it.
        stack.write(document("ahead").indexedAt(Instant.now().plusSeconds(3600)));
        assertThat(told(changes(""))).containsExactly("document " + document("ahead").id());
    }

    @Test
    void all_come_again_from_an_index_that_was_made_anew() {
        stack.write(document("one"), document("two"));
        String next = changes("").get("next").asString();
        stack.write(document("one"));
        assertThat(told(changes(next))).containsExactly("document " + document("one").id());

        stack.forget();
        JsonNode none = changes(next);
        assertThat(none.get("changes")).isEmpty();
        assertThat(none.get("next").asString()).isEqualTo(next);
    }
}
