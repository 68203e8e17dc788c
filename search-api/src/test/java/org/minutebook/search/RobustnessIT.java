package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minutebook.search.Written.document;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RobustnessIT {

    /** More with {@code -Dminutebook.test.queries=10000}. */
    private static final int QUERIES = Integer.getInteger("minutebook.test.queries", 300);

    private static final String[] PIECES = {
        "parking",
        "the",
        " ",
        " ",
        " ",
        "\"",
        "“",
        "(",
        ")",
        "((((((((((((((((",
        "-",
        "--",
        "OR",
        "AND",
        "NOT",
        "title:",
        "decision:",
        "number:",
        "council:",
        "committee:",
        "*",
        "a*",
        "pa*",
        "e-m*",
        "?",
        "~",
        "~2",
        "^",
        "^9",
        "[a TO b]",
        "{",
        "}",
        "\\",
        "/",
        "/.*/",
        "22/01234/FUL",
        "'; DROP",
        "<script>",
        "%",
        "%00",
        "\u0000",
        "\uFFFF",
        "😀",
        "é",
        "ﬁ",
        "\u202E",
        "你好",
        "all:x",
        "_id:1",
        "\n",
        "x".repeat(300),
        "pothole",
        "\uE000",
        "&",
        "|",
        "0",
        "1e9",
        "٣*",
    };

    /** No text that can be typed or sent makes an error of ours. */
    @Test
    void any_query_gets_an_answer(@TempDir Path directory) {
        try (Stack stack = Stack.start(directory)) {
            stack.write(
                    document("one").item("1", "Parking", "Parking permits, bins and potholes."));
            Random random = new Random(20261124);
            for (int i = 0; i < QUERIES; i++) {
                StringBuilder query = new StringBuilder();
                for (int piece = random.nextInt(14); piece >= 0; piece--) {
                    query.append(PIECES[random.nextInt(PIECES.length)]);
                }
                String text = query.toString();
                int status = stack.get(Stack.path(text)).statusCode();
                assertThat(status).as(text).isEqualTo(text.length() > 1000 ? 400 : 200);
                if (i % 10 == 0) {
                    String page = Stack.path(text).replace("/api/v1/items", "/search");
                    assertThat(stack.get(page).statusCode()).as(text).isLessThan(500);
                }
            }
        }
    }

    @Test
    void a_very_long_disjunction_is_cut_not_refused(@TempDir Path directory) {
        try (Stack stack = Stack.start(directory)) {
            stack.write(document("one").item("1", "Parking", "Parking permits."));
            assertThat(stack.titles("parking OR " + "a1 OR ".repeat(120))).hasSize(1);
        }
    }
}
