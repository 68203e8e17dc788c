package org.minutebook.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.bulk.BulkImport;
import org.minutebook.local.bulk.FileCollector;
import org.minutebook.local.bulk.FolderPattern;
import org.minutebook.local.bulk.ImportSummary;
import org.minutebook.local.bulk.Manifest;
import org.minutebook.local.stack.Stack;
import org.minutebook.local.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Shows the whole product on documents of a made-up council; leaves the stack running. */
@Command(
        name = "demo",
        description =
                "Starts the stack, imports sample documents of a made-up council, searches them, has an alert delivered; leaves the stack running.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final Path SAMPLES = Path.of("deploy", "local", "samples");
    private static final String QUERY = "flood gates";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Mixin private StackOptions options = new StackOptions();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    /** What the demonstration shows. */
    record Summary(
            int documents,
            int items,
            Found search,
            AlertDemo.Shown alert,
            Map<String, String> addresses) {}

    /** What the search found. */
    record Found(String query, long total, @Nullable JsonNode first) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Terminal terminal = new Terminal();
        Consumer<String> progress = json && !Terminal.hasErrors() ? line -> {} : terminal::note;
        Stack stack = options.newStack();
        stack.up(progress);

        progress.accept("importing the sample documents");
        AtomicInteger items = new AtomicInteger();
        ImportSummary imported = importSamples(terminal, items);
        if (imported.indexed() == 0) {
            throw new StackException(
                    "None of the %d sample documents became searchable; the logs are in %s"
                            .formatted(imported.files(), stack.data().logs()));
        }

        JsonNode answer = options.search().items(Map.of("q", QUERY, "size", "5"));
        List<JsonNode> found = List.copyOf(answer.path("items").values());
        JsonNode first = firstWithDecision(found);
        progress.accept("subscribing, and handing in minutes that match");
        AlertDemo.Shown alert = new AlertDemo(options, stack).run();
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("search", StackOptions.address(stack.ports().search()).toString());
        addresses.put("upload", StackOptions.address(stack.ports().ingest()).toString());
        if (json) {
            terminal.json(
                    new Summary(
                            imported.indexed(),
                            items.get(),
                            new Found(QUERY, answer.path("total").asLong(0), first),
                            alert,
                            addresses));
        } else {
            print(terminal, imported, items.get(), answer.path("total").asLong(0), first);
            print(terminal, alert);
            printNext(terminal, stack);
        }
        return first == null ? 1 : 0;
    }

    private ImportSummary importSamples(Terminal terminal, AtomicInteger items)
            throws IOException, InterruptedException {
        Path samples = Path.of(System.getProperty("minutebook.root", ".")).resolve(SAMPLES);
        try (FileCollector collector =
                new FileCollector(Map.of(), FolderPattern.none(), Manifest.none())) {
            collector.add(samples);
            return ImportCommand.run(
                    options,
                    collector.files(),
                    collector.damaged(),
                    new BulkImport.Options("samples", false, true, PATIENCE),
                    new OcrProbe(),
                    terminal,
                    outcome -> items.addAndGet(outcome.items() == null ? 0 : outcome.items()));
        }
    }

    /** The best hit that says what was decided; the best hit where none does; null for no hit. */
    private static @Nullable JsonNode firstWithDecision(List<JsonNode> found) {
        return found.stream()
                .filter(item -> !item.path("decisions").isEmpty())
                .findFirst()
                .orElse(found.isEmpty() ? null : found.getFirst());
    }

    private static void print(
            Terminal terminal,
            ImportSummary imported,
            int items,
            long total,
            @Nullable JsonNode first) {
        terminal.print("");
        terminal.print(
                "%d documents of two made-up councils are searchable, cut into %d agenda items."
                        .formatted(imported.indexed(), items));
        terminal.print("Searching for \"%s\" finds %d items; one of them:".formatted(QUERY, total));
        terminal.print("");
        if (first != null) {
            FoundItemText.lines(first).forEach(terminal::print);
        }
    }

    private static void print(Terminal terminal, AlertDemo.Shown alert) {
        terminal.print("");
        terminal.print(
                "An alert for %s arrived %.1f s after new minutes were handed in:"
                        .formatted(alert.subscription(), alert.seconds()));
        terminal.print("");
        terminal.print(
                "  " + Terminal.bold(Terminal.harmless(alert.item().path("title").asString(""))));
        for (String sentence : alert.matched()) {
            terminal.print("  because of: " + Terminal.harmless(sentence));
        }
        if (alert.subject() != null) {
            terminal.print("  and by e-mail: " + Terminal.harmless(alert.subject()));
        }
    }

    private void printNext(Terminal terminal, Stack stack) {
        terminal.print("");
        terminal.print("Open these:");
        UpCommand.printAddresses(terminal, stack);
        terminal.print("");
        terminal.print("The stack goes on running. Next:");
        String folder = options.dataArgument();
        terminal.print("  ./minutebook search \"cycle lane\"" + folder);
        terminal.print("  ./minutebook import FOLDER --wait" + folder);
        terminal.print("  ./minutebook down" + folder);
    }
}
