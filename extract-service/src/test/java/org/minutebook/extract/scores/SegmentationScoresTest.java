package org.minutebook.extract.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.cli.SegmentCommand;
import org.minutebook.extract.ocr.OcrAbsentException;
import org.minutebook.extract.ocr.ScanReader;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scores what {@code segment --json} prints of labelled documents, prints the table and holds the
 * floors. Scans are scored where OCR is tested.
 */
@ResourceLock(Resources.SYSTEM_OUT)
final class SegmentationScoresTest {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final Path SHARED =
            Path.of(System.getenv().getOrDefault("MINUTEBOOK_SHARED", "../../shared"))
                    .toAbsolutePath()
                    .normalize();
    private static final Path SAMPLES = Path.of("../samples").toAbsolutePath().normalize();
    private static final Path BUNDLED =
            Path.of("../deploy/local/samples").toAbsolutePath().normalize();

    @TempDir Path folder;

    @Test
    void documents_of_real_councils_are_cut_as_their_labels_say() throws Exception {
        Path gold = SHARED.resolve("gold");
        assumeTrue(
                Files.isDirectory(gold),
                "no labels of real councils beside the project: " + gold + " is not there");

        String printed = segment(textDocuments(SHARED.resolve("corpus")));
        Scores scores = score("real councils", gold, printed);

        assertThat(scores.f1()).isGreaterThanOrEqualTo(0.99);
        assertThat(scores.exactF1()).isGreaterThanOrEqualTo(0.99);
        assertThat(scores.macroF1()).isGreaterThanOrEqualTo(0.99);
        holdsForMetadata(scores, 0.95);
        agreesWithTheScript(gold, printed, scores);
    }

    @Test
    void documents_in_the_manners_of_many_systems_are_cut_as_their_labels_say() throws Exception {
        Path layouts = SAMPLES.resolve("layouts");

        Scores scores =
                score(
                        "layouts",
                        layouts.resolve("gold"),
                        segment(textDocuments(layouts.resolve("pdf"))));

        assertThat(scores.documents).isGreaterThanOrEqualTo(30);
        assertThat(scores.f1()).isGreaterThanOrEqualTo(0.98);
        assertThat(scores.exactF1()).isGreaterThanOrEqualTo(0.98);
        assertThat(scores.macroF1()).isGreaterThanOrEqualTo(0.98);
        holdsForMetadata(scores, 0.93);
    }

    @Test
    void scans_of_real_councils_are_cut_as_their_labels_say() throws Exception {
        Path gold = SHARED.resolve("gold");
        assumeTrue(
                Files.isDirectory(gold),
                "no labels of real councils beside the project: " + gold + " is not there");
        requireOcr();

        Scores scores =
                score("real councils, scans", gold, segment(scans(SHARED.resolve("corpus"))));

        assertThat(scores.documents).isGreaterThanOrEqualTo(1);
        assertThat(scores.f1()).isGreaterThanOrEqualTo(0.95);
        assertThat(scores.decisionsF1()).isGreaterThanOrEqualTo(0.86);
    }

    @Test
    void scans_of_made_up_councils_are_cut_as_their_labels_say() throws Exception {
        requireOcr();
        Path layouts = SAMPLES.resolve("layouts");

        Scores scores =
                score(
                        "layouts, scans",
                        layouts.resolve("gold"),
                        segment(scans(layouts.resolve("pdf"))));

        assertThat(scores.documents).isGreaterThanOrEqualTo(2);
        assertThat(scores.f1()).isGreaterThanOrEqualTo(0.85);
        assertThat(scores.decisionsF1()).isGreaterThanOrEqualTo(0.88);
    }

    /** Skips what needs OCR where there is none, and says so. */
    private static void requireOcr() {
        ExtractSettings.Ocr settings =
                new ExtractSettings.Ocr(
                        "tesseract", "eng", 300, Duration.ofSeconds(60), 2, Duration.ofSeconds(30));
        try (ScanReader reader = new ScanReader(settings)) {
            reader.require();
        } catch (OcrAbsentException e) {
            System.out.println("SKIPPED, scans are not scored here: " + e.getMessage());
            assumeTrue(false, e.getMessage());
        }
    }

    @Test
    void the_bundled_samples_are_cut_as_their_labels_say() throws Exception {
        Scores scores =
                score("bundled samples", SAMPLES.resolve("gold"), segment(textDocuments(BUNDLED)));

        assertThat(scores.documents).isGreaterThanOrEqualTo(13);
        assertThat(scores.f1()).isGreaterThanOrEqualTo(0.97);
        assertThat(scores.exactF1()).isGreaterThanOrEqualTo(0.97);
        holdsForMetadata(scores, 0.97);
    }

    /** Kind, date and council of the documents, and the decisions of their items. */
    private static void holdsForMetadata(Scores scores, double decisions) {
        assertThat(scores.decisionsF1()).isGreaterThanOrEqualTo(decisions);
        assertThat(scores.kinds).isGreaterThanOrEqualTo(atLeast(0.95, scores));
        assertThat(scores.dates).isGreaterThanOrEqualTo(atLeast(0.95, scores));
        assertThat(scores.councils).isGreaterThanOrEqualTo(atLeast(0.9, scores));
    }

    private static int atLeast(double share, Scores scores) {
        return (int) Math.ceil(share * scores.documents);
    }

    @Test
    void titles_are_compared_as_the_script_compares_them() {
        assertThat(Scores.ratio("apologies", "apologies for absence")).isEqualTo(18.0 / 30);
        assertThat(Scores.ratio("abcd", "bcde")).isEqualTo(0.75);
        assertThat(Scores.ratio("", "minutes")).isZero();
    }

    private static List<String> textDocuments(Path folder) throws IOException {
        return documents(folder, name -> !name.contains("-scanned"));
    }

    private static List<String> scans(Path folder) throws IOException {
        return documents(folder, name -> name.contains("-scanned"));
    }

    private static List<String> documents(Path folder, Predicate<String> kind) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".pdf") && kind.test(name))
                    .sorted()
                    .toList();
        }
    }

    private static String segment(List<String> files) {
        List<String> arguments = new ArrayList<>(List.of("--json"));
        arguments.addAll(files);
        StringWriter printed = new StringWriter();
        int status =
                new CommandLine(new SegmentCommand())
                        .setOut(new PrintWriter(printed))
                        .execute(arguments.toArray(String[]::new));
        assertThat(status).isZero();
        return printed.toString();
    }

    private static Scores score(String name, Path gold, String printed) throws IOException {
        Map<String, Scores> byKind = new TreeMap<>();
        Scores all = new Scores();
        for (String line : printed.lines().toList()) {
            JsonNode found = MAPPER.readTree(line);
            JsonNode label = label(gold, found.path("file").asString());
            Scores scores = Scores.of(label, found);
            all.add(scores);
            byKind.computeIfAbsent(label.path("kind").asString(), kind -> new Scores()).add(scores);
        }
        byKind.forEach((kind, scores) -> print(name + ", " + kind, scores));
        print(name, all);
        return all;
    }

    private static void print(String name, Scores scores) {
        System.out.printf(
                Locale.ROOT, "%-28s documents %3d %s%n", name, scores.documents, scores.row());
    }

    /** The label with the longest path that the file's path ends in. */
    private static JsonNode label(Path gold, String file) throws IOException {
        String key = file.substring(0, file.lastIndexOf('.')) + ".json";
        try (Stream<Path> labels = Files.walk(gold)) {
            Path label =
                    labels.filter(path -> path.toString().endsWith(".json"))
                            .filter(path -> key.endsWith("/" + gold.relativize(path)))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("no label for " + file));
            return MAPPER.readTree(Files.readString(label));
        }
    }

    /** The score that others take is taken by a script; ours must say the same. */
    private void agreesWithTheScript(Path gold, String printed, Scores scores)
            throws IOException, InterruptedException {
        Path script = SHARED.resolve("score-segmentation");
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(
                Files.exists(script) && Files.exists(python),
                "no script to compare the score with: " + script + " or " + python + " is absent");
        Path predictions = folder.resolve("predictions.jsonl");
        Files.writeString(predictions, printed);
        Process process =
                new ProcessBuilder(
                                python.toString(),
                                script.toString(),
                                gold.toString(),
                                predictions.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.startsWith("text")).findFirst())
                .hasValueSatisfying(line -> assertThat(line).endsWith(scores.row()));
    }
}
