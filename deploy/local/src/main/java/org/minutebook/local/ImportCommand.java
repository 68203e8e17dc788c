package org.minutebook.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.minutebook.embedded.ProgramPath;
import org.minutebook.local.bulk.BulkImport;
import org.minutebook.local.bulk.FileCollector;
import org.minutebook.local.bulk.FileOutcome;
import org.minutebook.local.bulk.ImportFile;
import org.minutebook.local.bulk.ImportSummary;
import org.minutebook.local.bulk.Manifest;
import org.minutebook.local.stack.Stack;
import org.minutebook.local.stack.Stack.State;
import org.minutebook.local.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Hands documents in, in bulk. Exit status 1 where a file failed; a document that is refused is no
 * failure of the import.
 */
@Command(
        name = "import",
        description = {
            "Hands in files, all documents of folders, and all documents of zip files.",
            "What is there already is not sent again, so an import that broke off is taken up by repeating it."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    /** Long enough to start a part again that has ended, by hand. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Spec private @Nullable CommandSpec spec;

    @Mixin private StackOptions options = new StackOptions();

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files, folders, zip files.")
    private List<Path> paths = List.of();

    @Option(names = "--council", paramLabel = "NAME", description = "Council of all documents.")
    private @Nullable String council;

    @Option(names = "--committee", paramLabel = "NAME", description = "Committee of all documents.")
    private @Nullable String committee;

    @Option(
            names = "--manifest",
            paramLabel = "FILE.csv",
            description =
                    "Metadata of single files: columns file, council, committee, kind, meetingDate, title, sourceUrl. Without PATH, these files are imported.")
    private @Nullable Path manifest;

    @Option(names = "--dry-run", description = "Only say what would be uploaded.")
    private boolean dryRun;

    @Option(
            names = "--wait",
            description =
                    "Wait until every document is searchable, refused or failed (or waits for OCR where none is installed).")
    private boolean wait;

    @Option(names = "--json", description = "One JSON object a file, then a summary.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (paths.isEmpty() && manifest == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "Name at least one PATH, or a --manifest.");
        }
        Terminal terminal = new Terminal();
        requireRunning(options.stack());
        Map<String, String> metadata = new LinkedHashMap<>();
        if (council != null) {
            metadata.put("council", council);
        }
        if (committee != null) {
            metadata.put("committee", committee);
        }
        Manifest table = readManifest();
        try (FileCollector collector = new FileCollector(metadata, table)) {
            for (Path path : paths.isEmpty() ? table.files() : paths) {
                collector.add(path);
            }
            if (collector.leftOut() > 0) {
                terminal.note(
                        "%d other files are no documents by their names"
                                .formatted(collector.leftOut()));
            }
            ImportSummary summary =
                    run(
                            options,
                            collector.files(),
                            new BulkImport.Options(batchName(), dryRun, wait, PATIENCE),
                            terminal,
                            json ? terminal::json : outcome -> terminal.print(line(outcome)));
            if (json) {
                terminal.json(summary);
            } else {
                terminal.print(line(summary));
            }
            return summary.failed() == 0 ? 0 : 1;
        }
    }

    private Manifest readManifest() throws IOException {
        if (manifest == null) {
            return Manifest.none();
        }
        if (!Files.exists(manifest)) {
            throw new StackException("There is no manifest " + manifest);
        }
        try {
            return Manifest.read(manifest);
        } catch (IllegalArgumentException e) {
            throw new StackException(String.valueOf(e.getMessage()));
        }
    }

    /** A part that is away is waited for; a stack of which nothing runs is not. */
    static void requireRunning(Stack stack) {
        if (stack.data().uploadKey().isEmpty()
                || stack.status().stream().allMatch(part -> part.state() == State.STOPPED)) {
            throw Terminal.notRunning();
        }
    }

    /** Receives what is known of a file. */
    interface OutcomePrinter {
        void print(FileOutcome outcome);
    }

    /** Imports with a progress bar on a terminal. */
    static ImportSummary run(
            StackOptions options,
            List<ImportFile> files,
            BulkImport.Options how,
            Terminal terminal,
            OutcomePrinter printer)
            throws InterruptedException {
        try (ProgressBar bar = Terminal.hasErrors() ? progressBar(files.size()) : null) {
            BulkImport.Listener listener =
                    new BulkImport.Listener() {
                        @Override
                        public synchronized void ended(FileOutcome outcome) {
                            printer.print(outcome);
                            if (bar != null) {
                                bar.step();
                            }
                        }

                        @Override
                        public void note(String text) {
                            if (bar != null) {
                                bar.setExtraMessage(text);
                            } else {
                                terminal.note(text);
                            }
                        }
                    };
            return new BulkImport(options.intake(), how, ImportCommand::ocrIsInstalled, listener)
                    .run(files);
        }
    }

    private static ProgressBar progressBar(int files) {
        return new ProgressBarBuilder()
                .setTaskName("import")
                .setInitialMax(files)
                .setUnit(" documents", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    private static boolean ocrIsInstalled() {
        String command =
                System.getenv().getOrDefault("MINUTEBOOK_EXTRACT_OCR_COMMAND", "tesseract");
        return Files.isExecutable(Path.of(command)) || ProgramPath.find(command).isPresent();
    }

    /** What was imported, as far as it can be said in a few words. */
    private String batchName() {
        Path first = paths.isEmpty() ? Objects.requireNonNull(manifest) : paths.getFirst();
        String name = String.valueOf(first.getFileName());
        return paths.size() > 1 ? name + " and %d more".formatted(paths.size() - 1) : name;
    }

    private static String line(FileOutcome outcome) {
        String what =
                outcome.reason() != null
                        ? outcome.reason()
                        : outcome.items() == null ? "" : outcome.items() + " items";
        String detail = outcome.detail() == null ? "" : "  " + outcome.detail();
        return "%-10s %-16s %s%s"
                .formatted(
                        outcome.state(),
                        what,
                        outcome.file(),
                        Terminal.faint(Terminal.harmless(detail)));
    }

    private String line(ImportSummary summary) {
        StringBuilder line = new StringBuilder();
        line.append(summary.files()).append(" files: ");
        line.append(summary.known()).append(" were there already, ");
        if (dryRun) {
            return line.append(summary.files() - summary.known() - summary.failed())
                    .append(" would be uploaded")
                    .toString();
        }
        line.append(summary.uploaded()).append(" uploaded");
        if (summary.uploaded() == 0) {
            line.append(" (nothing new)");
        }
        if (wait) {
            line.append("; ").append(summary.indexed()).append(" searchable");
        }
        if (summary.ocrQueued() > 0) {
            line.append(", ")
                    .append(summary.ocrQueued())
                    .append(" wait for OCR, which needs tesseract");
        }
        line.append(", ").append(summary.refused()).append(" refused");
        line.append(", ").append(summary.failed()).append(" failed");
        line.append("; %.1f s".formatted(summary.seconds()));
        return line.toString();
    }
}
