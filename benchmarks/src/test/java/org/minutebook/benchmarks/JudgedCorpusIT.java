package org.minutebook.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.extract.DocumentExtraction;
import org.minutebook.extract.Extraction.Extracted;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.index.elasticsearch.IndexEntries;
import org.minutebook.search.SearchApi;
import org.minutebook.search.elasticsearch.LearnedAcronyms;
import org.minutebook.testservers.TestServers;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How good the results are on documents of real councils, from the file to the answer over HTTP.
 * The documents lie beside the project; without them nothing is measured. Scans are left out.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JudgedCorpusIT {

    private static final Path ROOT = Path.of(System.getProperty("minutebook.root", ".."));
    private static final Path CORPUS = ROOT.resolve("../shared/corpus").normalize();

    private static final List<Item> ITEMS = new ArrayList<>();
    private static final List<Judged> PLAIN = new ArrayList<>();
    private static final List<Judged> EVERYDAY = new ArrayList<>();

    private static ConfigurableApplicationContext service;

    /** An item that can be found. */
    private record Item(String file, String id, String title) {}

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
        if (!Files.isDirectory(CORPUS)) {
            System.err.println("No documents in " + CORPUS + ": search is not judged on them");
        }
        assumeTrue(Files.isDirectory(CORPUS), "no documents in " + CORPUS);
        List<IndexEntries> entries = new ArrayList<>();
        DocumentExtraction extraction = new DocumentExtraction();
        try (Stream<Path> files = Files.walk(CORPUS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pdf")).sorted().toList()) {
                read(extraction, file).ifPresent(entries::add);
            }
        }
        FilledIndex.fill(
                TestServers.elasticsearch(),
                (index, _) ->
                        assertThat(index.write(IndexEntry.ALIAS, entries).rejections()).isEmpty());
        judgements();
        service =
                new SpringApplicationBuilder(SearchApi.class)
                        .run(
                                // Other services on this class path have settings of this name too.
                                "--spring.config.location="
                                        + ROOT.resolve(
                                                "search-api/src/main/resources/application.yaml"),
                                "--server.port=0",
                                "--minutebook.alerts.enabled=false",
                                "--spring.elasticsearch.uris=" + TestServers.elasticsearch(),
                                "--minutebook.store.directory=" + directory);
        service.getBean(LearnedAcronyms.class).refresh();
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    private static Optional<IndexEntries> read(DocumentExtraction extraction, Path file)
            throws IOException {
        ContentHash hash = ContentHash.of(Files.readAllBytes(file));
        DocumentId id = DocumentId.of(hash);
        String name = CORPUS.relativize(file).toString().replace(".pdf", "");
        if (!(extraction.extract(id, file, name, OcrPages.NONE)
                instanceof Extracted(var read, var items))) {
            return Optional.empty();
        }
        StoredDocument stored =
                new StoredDocument(
                        id,
                        hash,
                        Files.size(file),
                        new Revision(1),
                        Metadata.NONE,
                        List.of(name),
                        List.of(),
                        Instant.parse("2026-11-03T10:00:00Z"),
                        null,
                        false,
                        Set.of());
        IndexEntries entries =
                IndexEntries.of(
                        new DocumentItems(new Revision(1), stored, read, items, null),
                        Instant.now());
        entries.entries().stream()
                .filter(entry -> entry.role() == Role.ITEM)
                .map(entry -> Objects.requireNonNull(entry.item()))
                .forEach(item -> ITEMS.add(new Item(name, item.id().value(), item.title())));
        return Optional.of(entries);
    }

    private static void judgements() throws IOException {
        List<Judged> into = PLAIN;
        try (var in =
                Objects.requireNonNull(
                        JudgedCorpusIT.class.getResourceAsStream("judged-corpus.txt"))) {
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (line.startsWith("[")) {
                    into = line.equals("[plain]") ? PLAIN : EVERYDAY;
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    into.add(judged(line));
                }
            }
        }
    }

    private static Judged judged(String line) {
        String[] sides = line.split(" => ", 2);
        String[] parts = sides[1].split(" ; ", -1);
        Map<String, Integer> grades = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            int grade = i == 0 ? 2 : 1;
            List<Item> meant = meant(parts[i].strip());
            if (meant.isEmpty()) {
                // Extraction changes; an item that is not cut out any more is not found either.
                System.err.printf("no item '%s' for: %s%n", parts[i], line);
                grades.putIfAbsent("not cut out: " + parts[i], grade);
            }
            meant.forEach(item -> grades.putIfAbsent(item.id(), grade));
        }
        return new Judged(sides[0].strip(), grades);
    }

    private static List<Item> meant(String part) {
        String before = part.substring(0, Math.max(0, part.indexOf(':')));
        boolean narrowed = before.contains("/") && !before.contains(" ");
        String title =
                (narrowed ? part.substring(before.length() + 1) : part).toLowerCase(Locale.ROOT);
        return ITEMS.stream()
                .filter(item -> !narrowed || item.file().equals(before))
                .filter(item -> item.title().toLowerCase(Locale.ROOT).contains(title))
                .toList();
    }

    private static Measured measure(List<Judged> queries, String more) {
        double ndcg = 0;
        int first = 0;
        int five = 0;
        List<String> failed = new ArrayList<>();
        for (Judged judged : queries) {
            List<Integer> grades =
                    search(judged.query(), more).stream()
                            .map(id -> judged.grades().getOrDefault(id, 0))
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
            five += grades.stream().limit(5).anyMatch(grade -> grade > 0) ? 1 : 0;
            if (!best || own < 0.7) {
                failed.add("%s %.2f %s".formatted(judged.query(), own, grades));
            }
        }
        double size = queries.size();
        return new Measured(ndcg / size, first / size, five / size, failed);
    }

    private static double gain(List<Integer> grades) {
        double gain = 0;
        for (int i = 0; i < grades.size(); i++) {
            gain += (Math.pow(2, grades.get(i)) - 1) / (Math.log(i + 2.0) / Math.log(2));
        }
        return gain;
    }

    private static List<String> search(String query, String more) {
        URI address =
                URI.create(
                        "http://localhost:%s/api/v1/items?size=10&q=%s%s"
                                .formatted(
                                        service.getEnvironment().getProperty("local.server.port"),
                                        URLEncoder.encode(query, StandardCharsets.UTF_8),
                                        more));
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer =
                    http.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .join()
                            .body();
            JsonNode found = JsonMapper.shared().readTree(answer);
            return found.get("items").valueStream().map(item -> item.get("id").asString()).toList();
        }
    }

    @Test
    void what_people_want_comes_first() {
        List<Judged> all = new ArrayList<>(PLAIN);
        all.addAll(EVERYDAY);
        Measured measured = measure(all, "");
        System.err.println("All queries: " + measured);
        assertThat(all).hasSizeGreaterThanOrEqualTo(60);
        assertThat(measured.ndcg()).as(measured.toString()).isGreaterThanOrEqualTo(0.85);
        assertThat(measured.first()).as(measured.toString()).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void everyday_words_find_what_officers_write() {
        Measured everyday = measure(EVERYDAY, "");
        System.err.println(
                "Everyday words: "
                        + everyday
                        + "\nwithout thesaurus: "
                        + measure(EVERYDAY, "&synonyms=false"));
        assertThat(EVERYDAY).hasSizeGreaterThanOrEqualTo(20);
        assertThat(everyday.five()).as(everyday.toString()).isGreaterThanOrEqualTo(0.6);
    }

    @Test
    void the_thesaurus_takes_nothing_from_other_queries() {
        Measured with = measure(PLAIN, "");
        Measured without = measure(PLAIN, "&synonyms=false");
        System.err.println("Plain queries: " + with + "\nwithout thesaurus: " + without);
        assertThat(with.ndcg())
                .as("with %s, without %s", with, without)
                .isGreaterThanOrEqualTo(without.ndcg() - 0.01);
    }
}
