package org.minutebook.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./minutebook bench DIR}: the product against the PDF library alone, with the same files,
 * on this machine, in one run. What is compared is measured in turn, and the middle of the rounds
 * counts, so that a machine that is slower for a while is slower for both.
 */
@Command(
        name = "minutebook bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Measures on this machine, with the PDFs of a folder, how fast the product is against the PDF",
            "library alone. The stack that it starts is its own: a temporary folder, ports of its own.",
            "Takes several minutes; nothing else should be running."
        })
final class Bench implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int LATENCY_UPLOADS = 40;
    private static final int LATENCY_WARM_UP = 10;
    private static final int SEARCH_SECONDS = 30;

    @Parameters(paramLabel = "DIR", description = "Folder with PDFs; its subfolders count.")
    private Path folder = Path.of("");

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds of each comparison.")
    private int rounds;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9780",
            description = "First of the eight ports of the stack.")
    private int port;

    @Option(
            names = "--search-items",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Made-up items in the index that is searched.")
    private int searchItems;

    @Option(
            names = "--subscriptions",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Made-up subscriptions that items are matched with.")
    private int subscriptions;

    @Option(
            names = "--compare",
            paramLabel = "OLD.json",
            description = "What an earlier run printed with --json: shows what moved.")
    private @Nullable Path old;

    @Option(names = "--json", description = "One JSON object on the last line.")
    private boolean json;

    @Spec private CommandSpec command = CommandSpec.create();

    private @Nullable Double pdfbox;
    private @Nullable Double segment;
    private @Nullable Double endToEnd;
    private @Nullable Double searchableP50;
    private @Nullable Double searchableP95;
    private @Nullable Double searchOverhead;
    private @Nullable Double alertMatch;
    private @Nullable Double ocr;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Figures before = old == null ? null : JSON.readValue(lastLine(old), Figures.class);
        if (!Files.isDirectory(folder)) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), folder + " is not a folder.");
        }
        Path scratch = Files.createTempDirectory("minutebook-bench");
        try (ReadingRates reading = new ReadingRates(Runtime.getRuntime().availableProcessors())) {
            ReadingRates.Sorted files = reading.sort(ReadingRates.pdfs(List.of(folder)));
            if (files.texts().isEmpty()) {
                throw new CommandLine.ParameterException(
                        command.commandLine(), "There is no readable PDF in " + folder);
            }
            say(
                    "%d documents with text, %d pages; %d scans",
                    files.texts().size(), files.pages(), files.scans().size());
            compare(reading, files, scratch);
            if (!files.scans().isEmpty()) {
                ocr = new OcrRate().ratio(files.scans(), rounds, scratch);
                say("OCR: %.2f of bare Tesseract's rate", ocr);
            }
            searchOverhead =
                    SearchOverhead.ratio(scratch.resolve("search"), searchItems, SEARCH_SECONDS);
            alertMatch = AlertMatching.median(subscriptions);
        } finally {
            FileSystemUtils.deleteRecursively(scratch);
        }
        Figures figures =
                new Figures(
                        pdfbox,
                        segment,
                        endToEnd,
                        searchableP50,
                        searchableP95,
                        searchOverhead,
                        alertMatch,
                        ocr);
        print(figures, before);
        return 0;
    }

    private void compare(ReadingRates reading, ReadingRates.Sorted files, Path scratch)
            throws IOException, InterruptedException {
        List<Double> text = new ArrayList<>();
        List<Double> items = new ArrayList<>();
        List<Double> stackSeconds = new ArrayList<>();
        reading.plainText(files.texts());
        reading.agendaItems(files.texts());
        try (OwnStack stack = OwnStack.start(script(), scratch.resolve("stack"), port)) {
            for (int round = 0; round <= rounds; round++) {
                double plain = reading.plainText(files.texts());
                double cut = reading.agendaItems(files.texts());
                Path copies =
                        FreshCopies.of(
                                files.texts(), scratch.resolve("round-" + round), "round " + round);
                Map<String, Duration> before = stack.cpuTime();
                long start = System.nanoTime();
                stack.importAll(copies);
                double seconds = (System.nanoTime() - start) / 1e9;
                FileSystemUtils.deleteRecursively(copies);
                if (round == 0) {
                    continue; // the stack is cold
                }
                text.add(files.pages() / plain);
                items.add(files.pages() / cut);
                stackSeconds.add(files.pages() / seconds);
                say(
                        "round %d: plain text %.0f pages/s, agenda items %.0f, end to end %.0f",
                        round, text.getLast(), items.getLast(), stackSeconds.getLast());
                say("  processor seconds: %s", difference(before, stack.cpuTime()));
            }
            List<Double> latency =
                    new IdleLatency(RunningStack.in(stack.data()))
                            .measure(LATENCY_UPLOADS, LATENCY_WARM_UP);
            searchableP50 = Measured.median(latency);
            searchableP95 = Measured.quantile(latency, 0.95);
        }
        pdfbox = Measured.median(text);
        segment = Measured.median(items);
        endToEnd = Measured.median(stackSeconds);
    }

    private static String difference(Map<String, Duration> before, Map<String, Duration> after) {
        StringBuilder parts = new StringBuilder();
        after.forEach((part, used) ->
                parts.append(
                        "%s %.1f  "
                                .formatted(
                                        part,
                                        used.minus(before.getOrDefault(part, Duration.ZERO))
                                                        .toMillis()
                                                / 1000.0)));
        return parts.toString().strip();
    }

    private void print(Figures figures, @Nullable Figures before) {
        Map<String, @Nullable Double> earlier = before == null ? Map.of() : before.byName();
        figures.byName()
                .forEach((name, value) -> {
                    Double then = earlier.get(name);
                    say(
                            "%-24s %10s%s",
                            name,
                            value == null ? "-" : "%.2f".formatted(value),
                            value == null || then == null || then == 0
                                    ? ""
                                    : "   before %.2f, now %+.0f %%"
                                            .formatted(then, 100 * (value / then - 1)));
                });
        if (pdfbox != null && segment != null && endToEnd != null) {
            say(
                    "agenda items %.2f, end to end %.2f of the rate of plain text",
                    segment / pdfbox, endToEnd / pdfbox);
        }
        if (json) {
            System.out.println(JSON.writeValueAsString(figures));
        }
    }

    private void say(String form, @Nullable Object... values) {
        String line = form.formatted(values);
        if (json) {
            System.err.println(line);
        } else {
            System.out.println(line);
        }
    }

    private static Path script() {
        String root = System.getProperty("minutebook.root");
        if (root == null) {
            throw new IllegalStateException("Start this by ./minutebook bench.");
        }
        return Path.of(root, "minutebook");
    }

    private static String lastLine(Path file) throws IOException {
        return Files.readAllLines(file).getLast();
    }
}
