package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.minutebook.search.Written.document;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.CouncilId;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.items.Filters;
import org.minutebook.search.query.QueryParser;
import org.minutebook.testservers.TestServers;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RobustnessIT {

    /** More with {@code -Dminutebook.test.queries=10000}. */
    private static final int QUERIES = Integer.getInteger("minutebook.test.queries", 300);

    /** Queries differ from run to run; a run that failed is repeated by its seed. */
    private static final long SEED = Long.getLong("minutebook.test.seed", System.nanoTime());

    /** Address of a site that is asked instead of one with a single item; none starts one. */
    private static final @Nullable String RUNNING = System.getProperty("minutebook.test.search");

    /** What a search may take; its parts and the way there and back together not twice of it. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final String[] PARAMETERS = {
        "council",
        "committee",
        "kind",
        "year",
        "from",
        "to",
        "decided",
        "outcome",
        "scanned",
        "sort",
        "size",
        "cursor",
        "synonyms",
        "page",
        "nothing",
    };

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

    /** No text that can be typed or sent makes an error of ours, or takes longer than it may. */
    @Test
    void any_query_gets_an_answer_in_time(@TempDir Path directory) {
        System.err.printf("%d queries with -Dminutebook.test.seed=%d%n", QUERIES, SEED);
        if (RUNNING != null) {
            ask(URI.create(RUNNING));
            return;
        }
        try (Stack stack =
                Stack.start(
                        directory,
                        TestServers.elasticsearch(),
                        "--minutebook.search.time-limit=" + LIMIT.toSeconds() + "s")) {
            stack.write(
                    document("one").item("1", "Parking", "Parking permits, bins and potholes."));
            ask(stack.address("/"));
        }
    }

    private static void ask(URI site) {
        Random random = new Random(SEED);
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < QUERIES; i++) {
                String query = random.nextInt(4) == 0 ? anything(random) : pieces(random);
                String address =
                        (i % 10 == 0 ? "/search?q=" : "/api/v1/items?q=")
                                + encoded(query)
                                + (random.nextInt(3) == 0 ? parameter(random) : "");
                long began = System.nanoTime();
                HttpResponse<String> answer =
                        http.sendAsync(
                                        HttpRequest.newBuilder(site.resolve(address)).build(),
                                        BodyHandlers.ofString())
                                .join();
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                assertThat(answer.statusCode()).as(address).isIn(200, 400);
                assertThat(took).as(address).isLessThan(LIMIT.multipliedBy(2));
                if (answer.statusCode() == 400 && i % 10 != 0) {
                    assertThat(answer.headers().firstValue("Content-Type"))
                            .as(address)
                            .hasValue("application/problem+json");
                }
                if (address.equals("/api/v1/items?q=" + encoded(query))) {
                    assertThat(answer.statusCode())
                            .as(address)
                            .isEqualTo(query.length() > 1000 ? 400 : 200);
                }
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String pieces(Random random) {
        StringBuilder query = new StringBuilder();
        for (int piece = random.nextInt(14); piece >= 0; piece--) {
            query.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return query.toString();
    }

    /** Characters of all kinds, halves of pairs among them. */
    private static String anything(Random random) {
        StringBuilder query = new StringBuilder();
        for (int left = random.nextInt(60); left >= 0; left--) {
            switch (random.nextInt(4)) {
                case 0 -> query.append((char) random.nextInt(0x80));
                case 1 -> query.append((char) random.nextInt(0x10000));
                case 2 -> query.appendCodePoint(random.nextInt(0x110000));
                default -> query.append(' ');
            }
        }
        return query.toString();
    }

    private static String parameter(Random random) {
        return "&"
                + PARAMETERS[random.nextInt(PARAMETERS.length)]
                + "="
                + encoded(random.nextBoolean() ? pieces(random) : "2020");
    }

    @Test
    void a_very_long_disjunction_is_cut_not_refused(@TempDir Path directory) {
        try (Stack stack = Stack.start(directory)) {
            stack.write(document("one").item("1", "Parking", "Parking permits."));
            assertThat(stack.titles("parking OR " + "a1 OR ".repeat(120))).hasSize(1);
        }
    }

    /**
     * Elasticsearch refuses a query that is nested more than 30 levels deep. Of each of these a
     * bracket takes as many levels as it can, the last one is of two, and one is open for nothing.
     */
    @Test
    void brackets_however_deep_are_a_search_and_one_that_the_sweep_can_run(
            @TempDir Path directory) {
        try (Stack stack = Stack.start(directory)) {
            stack.write(document("one").item("1", "Parking", "Parking permits."));
            ItemSearch search = stack.bean(ItemSearch.class);
            QueryParser parser = stack.bean(QueryParser.class);
            for (String open :
                    List.of("bins north OR -(", "bins north OR (", "bins -(", "bins OR -(north ")) {
                for (int depth : List.of(1, 5, 6, 7, 8, 16)) {
                    String query =
                            open.repeat(depth)
                                    + "bins north OR -council:milburn"
                                    + ")".repeat(depth + 1)
                                    + " parking";
                    for (String address :
                            List.of(
                                    "/api/v1/items?q=",
                                    "/api/v1/items?sort=date&council=eldmarsh&q=",
                                    "/api/v1/items.csv?q=",
                                    "/search?q=",
                                    "/feed.atom?q=",
                                    "/calendar.ics?q=")) {
                        assertThat(stack.get(address + encoded(query)).statusCode())
                                .as(address + query)
                                .isEqualTo(200);
                    }
                    assertThatCode(() ->
                                    search.indexed(
                                                    parser.parse(query),
                                                    Filters.of(new CouncilId("eldmarsh")),
                                                    Instant.EPOCH,
                                                    Instant.now(),
                                                    10)
                                            .toList())
                            .as(query)
                            .doesNotThrowAnyException();
                }
            }
        }
    }
}
