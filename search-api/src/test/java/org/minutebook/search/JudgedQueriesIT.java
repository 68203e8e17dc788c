package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.DocumentId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How good the results are, on the bundled samples as extraction reads them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JudgedQueriesIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, DocumentId> DOCUMENTS = new LinkedHashMap<>();
    private static final List<Item> ITEMS = new ArrayList<>();
    private static final List<Judged> PLAIN = new ArrayList<>();
    private static final List<Judged> EVERYDAY = new ArrayList<>();

    private static Stack stack;

    /** An item that can be found. */
    private record Item(String document, String id, String title) {}

    /** What a query should find: ids with 2 for the best, 1 for good ones. */
    private record Judged(String query, Map<String, Integer> grades) {}

    /**
     * How well queries did.
     *
     * @param ndcg mean nDCG of the first ten
     * @param first share with one of the best in the first place
     * @param five share with a judged item among the first five
     */
    private record Measured(double ndcg, double first, double five, List<String> failed) {}

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        List<Written> written = new ArrayList<>();
        for (String line : lines("judged-documents.ndjson")) {
            written.add(document(JSON.readTree(line)));
        }
        List<Judged> into = PLAIN;
        for (String line : lines("judged-queries.txt")) {
            if (line.startsWith("[")) {
                into = line.equals("[plain]") ? PLAIN : EVERYDAY;
            } else if (!line.isBlank() && !line.startsWith("#")) {
                into.add(judged(line));
            }
        }
        stack = Stack.start(directory);
        stack.write(written.toArray(Written[]::new));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static List<String> lines(String resource) throws IOException {
        try (var in = Objects.requireNonNull(JudgedQueriesIT.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Written document(JsonNode json) {
        String name = json.get("document").asString();
        Written written =
                Written.document(name)
                        .council(json.get("council").asString())
                        .committee(text(json.get("committee")))
                        .date(text(json.get("meetingDate")));
        if (json.get("kind").asString().equals("agenda")) {
            written.agenda();
        }
        DOCUMENTS.put(name, written.id());
        int place = 0;
        for (JsonNode item : json.get("items")) {
            String title = item.get("title").asString();
            if (item.get("grouping").asBoolean()) {
                written.section(text(item.get("number")), title);
            } else {
                written.item(
                        text(item.get("number")),
                        title,
                        item.get("text").asString(),
                        JSON.treeToValue(item.get("decisions"), Decision[].class));
                ITEMS.add(new Item(name, written.itemId(place).value(), title));
            }
            place++;
        }
        return written;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isNull() ? null : node.asString();
    }

    private static Judged judged(String line) {
        String[] sides = line.split(" => ", 2);
        String[] parts = sides[1].split(" ; ", -1);
        Map<String, Integer> grades = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            int grade = i == 0 ? 2 : 1;
            List<Item> meant = meant(parts[i].strip());
            assertThat(meant).as("items for '%s' of: %s", parts[i], line).isNotEmpty();
            meant.forEach(item -> grades.putIfAbsent(item.id(), grade));
        }
        return new Judged(sides[0].strip(), grades);
    }

    private static List<Item> meant(String part) {
        String before = part.substring(0, Math.max(0, part.indexOf(':')));
        String document = DOCUMENTS.containsKey(before) ? before : "";
        String title =
                (document.isEmpty() ? part : part.substring(before.length() + 1))
                        .toLowerCase(Locale.ROOT);
        return ITEMS.stream()
                .filter(item -> document.isEmpty() || item.document().equals(document))
                .filter(item -> item.title().toLowerCase(Locale.ROOT).contains(title))
                .toList();
    }

    private static Measured measure(List<Judged> queries, String... parameters) {
        double ndcg = 0;
        int first = 0;
        int five = 0;
        List<String> failed = new ArrayList<>();
        for (Judged judged : queries) {
            List<Integer> grades =
                    stack.search(judged.query(), with(parameters, "size=10"))
                            .get("items")
                            .valueStream()
                            .map(item -> judged.grades().getOrDefault(item.get("id").asString(), 0))
                            .toList();
            List<Integer> ideal =
                    judged.grades().values().stream()
                            .sorted(Comparator.reverseOrder())
                            .limit(10)
                            .toList();
            double own = gain(grades) / gain(ideal);
            ndcg += own;
            boolean best = !grades.isEmpty() && grades.getFirst() == 2;
            first += best ? 1 : 0;
            boolean found = grades.stream().limit(5).anyMatch(grade -> grade > 0);
            five += found ? 1 : 0;
            if (!best || own < 0.7) {
                failed.add("%s %.2f %s".formatted(judged.query(), own, grades));
            }
        }
        double size = queries.size();
        return new Measured(ndcg / size, first / size, five / size, failed);
    }

    private static String[] with(String[] parameters, String one) {
        String[] all = Arrays.copyOf(parameters, parameters.length + 1);
        all[parameters.length] = one;
        return all;
    }

    private static double gain(List<Integer> grades) {
        double gain = 0;
        for (int i = 0; i < grades.size(); i++) {
            gain += (Math.pow(2, grades.get(i)) - 1) / (Math.log(i + 2.0) / Math.log(2));
        }
        return gain;
    }

    @Test
    void what_people_want_comes_first() {
        Measured plain = measure(PLAIN);
        System.err.println("Plain queries: " + plain);
        assertThat(plain.ndcg()).as(plain.toString()).isGreaterThanOrEqualTo(0.85);
        assertThat(plain.first()).as(plain.toString()).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void all_queries_together_are_answered_well() {
        List<Judged> all = new ArrayList<>(PLAIN);
        all.addAll(EVERYDAY);
        Measured measured = measure(all);
        System.err.println("All queries: " + measured);
        assertThat(all).hasSizeGreaterThanOrEqualTo(60);
        assertThat(measured.ndcg()).as(measured.toString()).isGreaterThanOrEqualTo(0.85);
        assertThat(measured.first()).as(measured.toString()).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void everyday_words_find_what_officers_write() {
        Measured everyday = measure(EVERYDAY);
        Measured without = measure(EVERYDAY, "synonyms=false");
        System.err.println("Everyday words: " + everyday + "\nwithout thesaurus: " + without);
        assertThat(EVERYDAY).hasSizeGreaterThanOrEqualTo(20);
        assertThat(everyday.five()).as(everyday.toString()).isGreaterThanOrEqualTo(0.6);
    }

    @Test
    void the_thesaurus_takes_nothing_from_other_queries() {
        Measured with = measure(PLAIN);
        Measured without = measure(PLAIN, "synonyms=false");
        assertThat(with.ndcg())
                .as("with %s, without %s", with, without)
                .isGreaterThanOrEqualTo(without.ndcg() - 0.01);
    }
}
