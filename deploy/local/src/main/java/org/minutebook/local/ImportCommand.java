package org.minutebook.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.bulk.BulkImport;
import org.minutebook.local.bulk.FileCollector;
import org.minutebook.local.bulk.FileOutcome;
import org.minutebook.local.bulk.FolderPattern;
import org.minutebook.local.bulk.FolderWatch;
import org.minutebook.local.bulk.ImportFile;
import org.minutebook.local.bulk.ImportSummary;
import org.minutebook.local.bulk.Manifest;
import org.minutebook.local.bulk.UnfinishedBatches;
import org.minutebook.local.client.AwayException;
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
 * Hands documents in, in bulk. Exit status 1 where a file failed or was waited for in vain; a
 * document that is refused is no failure of the import.
 */
@Command(
        name = "import",
        description = {
            "Hands in files, all documents of folders, and all documents of archives (zip, tar, tar.gz).",
            "What is there already is not sent again, so an import that broke off is taken up by repeating it."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    private static final Set<String> GOOD =
            Set.of(
                    FileOutcome.NEW,
                    FileOutcome.UPLOADED,
                    FileOutcome.EXTRACTED,
                    FileOutcome.INDEXED,
                    FileOutcome.OCR_QUEUED);

    /** Up to this many files each has its line; of more, only those that were not taken. */
    private static final int FEW = 50;

    private static final int WATCH_SECONDS = 2;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private StackOptions options = new StackOptions();

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files, folders, archives.")
    private List<Path> paths = List.of();

    @Option(names = "--council", paramLabel = "NAME", description = "Council of all documents.")
    private @Nullable String council;

    @Option(names = "--committee", paramLabel = "NAME", description = "Committee of all documents.")
    private @Nullable String committee;

    @Option(
            names = "--folders",
            paramLabel = "PATTERN",
            description =
                    "Metadata from the names of the folders below PATH, as '{council}/{committee}'; also {kind}, {meetingDate}, and * for anything.")
    private @Nullable String folders;

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
                    "Wait until every document is searchable, refused or failed (or waits for OCR where none works).")
    private boolean wait;

    @Option(
            names = "--watch",
            description =
                    "Keep following the folders: what is put there later is imported, too, until Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--patience",
            paramLabel = "MINUTES",
            defaultValue = "15",
            description =
                    "Longest time that a part may be away, or that nothing moves with --wait (default: ${DEFAULT-VALUE}).")
    private int patienceMinutes;

    @Option(names = "--json", description = "One JSON object a file, then a summary.")
    private boolean json;

    private final Terminal terminal = new Terminal();
    private final OcrProbe ocr = new OcrProbe();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (paths.isEmpty() && manifest == null) {
            throw wrongUsage("Name at least one PATH, or a --manifest.");
        }
        if (watch && (dryRun || paths.isEmpty() || !paths.stream().allMatch(Files::isDirectory))) {
            throw wrongUsage("--watch follows folders, and imports what is there.");
        }
        Metadata metadata = new Metadata(given(), pattern(), readManifest());
        if (!options.uploadElsewhere()) {
            requireRunning(options.stack());
        }
        FileCollector.removeAbandoned();
        if (watch) {
            follow(metadata);
        }
        try (FileCollector collector = metadata.collector()) {
            for (Path path : paths.isEmpty() ? metadata.manifest().files() : paths) {
                collector.add(path);
            }
            if (collector.leftOut() > 0) {
                terminal.note(
                        collector.leftOut() == 1
                                ? "1 other file is no document by its name"
                                : "%d other files are no documents by their names"
                                        .formatted(collector.leftOut()));
            }
            collector
                    .missing()
                    .forEach(file ->
                            terminal.note("the manifest names a file that is not there: " + file));
            return summarise(imported(collector, batchName(), new ArrayList<>())).succeeded()
                    ? 0
                    : 1;
        }
    }

    /** What is known about the files before they are looked at. */
    private record Metadata(Map<String, String> given, FolderPattern folders, Manifest manifest) {
        FileCollector collector() {
            return new FileCollector(given, folders, manifest);
        }
    }

    private ParameterException wrongUsage(String text) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), text);
    }

    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        if (council != null) {
            given.put("council", council);
        }
        if (committee != null) {
            given.put("committee", committee);
        }
        return given;
    }

    private FolderPattern pattern() {
        try {
            return folders == null ? FolderPattern.none() : FolderPattern.of(folders);
        } catch (IllegalArgumentException e) {
            throw wrongUsage("--folders: " + e.getMessage());
        }
    }

    /** Imports what is in the folders, and what comes, for as long as the process runs. */
    private void follow(Metadata metadata) throws InterruptedException {
        List<FolderWatch> watches = paths.stream().map(FolderWatch::new).toList();
        terminal.note("following %s; Ctrl-C ends it".formatted(names(paths)));
        while (true) {
            for (FolderWatch each : watches) {
                List<Path> found = each.look();
                each.notes().forEach(terminal::note);
                if (!found.isEmpty()) {
                    each.again(importFound(metadata, each.folder(), found));
                }
            }
            TimeUnit.SECONDS.sleep(WATCH_SECONDS);
        }
    }

    /** Returns the files that are to be tried again. */
    private List<Path> importFound(Metadata metadata, Path folder, List<Path> found)
            throws InterruptedException {
        try (FileCollector collector = metadata.collector()) {
            for (Path file : found) {
                collector.addFound(folder, file);
            }
            if (collector.files().isEmpty() && collector.damaged().isEmpty()) {
                return List.of();
            }
            List<FileOutcome> bad = new ArrayList<>();
            summarise(imported(collector, String.valueOf(folder.getFileName()), bad));
            return found.stream()
                    .filter(file ->
                            bad.stream()
                                    .anyMatch(outcome ->
                                            outcome.state().equals(FileOutcome.FAILED)
                                                    && outcome.id() == null
                                                    && isOf(file, outcome)))
                    .toList();
        } catch (AwayException | UncheckedIOException e) {
            terminal.note(e.getMessage() + "; trying again");
            return found;
        }
    }

    private static boolean isOf(Path file, FileOutcome outcome) {
        return outcome.file().equals(file.toString()) || outcome.file().startsWith(file + "/");
    }

    /** Imports, printing what is worth a line; those not taken are collected as well. */
    private ImportSummary imported(
            FileCollector collector, String batch, List<FileOutcome> notTaken)
            throws InterruptedException {
        List<ImportFile> files = collector.files();
        OutcomePrinter printer =
                outcome -> {
                    boolean bad = !GOOD.contains(outcome.state());
                    if (bad) {
                        notTaken.add(outcome);
                    }
                    if (json) {
                        terminal.json(outcome);
                    } else if (bad || files.size() <= FEW) {
                        terminal.print(line(outcome));
                    }
                };
        return run(
                options,
                files,
                collector.damaged(),
                new BulkImport.Options(batch, dryRun, wait, Duration.ofMinutes(patienceMinutes)),
                ocr,
                terminal,
                printer);
    }

    private ImportSummary summarise(ImportSummary summary) {
        if (json) {
            terminal.json(summary);
        } else {
            terminal.print(line(summary));
        }
        if (summary.otherDetails() > 0) {
            terminal.note(
                    "%1$d files are here with other details than were given now; those that are here were kept. To change them, follow \"Details\" beside the document at %2$s/documents. --json tells which they are (metadataDiffers) and their IDs."
                            .formatted(summary.otherDetails(), options.intakeAddress()));
        }
        return summary;
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
            List<FileOutcome> damaged,
            BulkImport.Options how,
            OcrProbe ocr,
            Terminal terminal,
            OutcomePrinter printer)
            throws InterruptedException {
        List<String> lastly = Collections.synchronizedList(new ArrayList<>());
        ImportSummary summary;
        try (ProgressBar bar =
                Terminal.hasErrors() ? progressBar(files.size() + damaged.size()) : null) {
            BulkImport.Listener listener =
                    new BulkImport.Listener() {
                        private long bytes;
                        private int bad;
                        private String note = "";

                        @Override
                        public synchronized void ended(FileOutcome outcome) {
                            printer.print(outcome);
                            bad += GOOD.contains(outcome.state()) ? 0 : 1;
                            if (bar != null) {
                                bar.step();
                                show(bar);
                            }
                        }

                        @Override
                        public synchronized void sent(long more) {
                            bytes += more;
                            if (bar != null) {
                                show(bar);
                            }
                        }

                        private void show(ProgressBar shown) {
                            shown.setExtraMessage(
                                    "%.1f MB sent%s%s"
                                            .formatted(
                                                    bytes / 1e6,
                                                    bad == 0 ? "" : ", " + bad + " not taken",
                                                    note));
                        }

                        @Override
                        public synchronized void note(String text) {
                            if (bar != null) {
                                note = "; " + text;
                                show(bar);
                            } else {
                                terminal.note(text);
                            }
                        }

                        @Override
                        public void lastly(String text) {
                            lastly.add(text);
                        }
                    };
            summary =
                    new BulkImport(
                                    options.intake(),
                                    how,
                                    new UnfinishedBatches(options.folder().imports()),
                                    // Of another machine nothing is known: who waits, waits for its
                                    // OCR.
                                    options.uploadElsewhere() ? () -> true : ocr,
                                    listener)
                            .run(files, damaged);
        }
        lastly.forEach(terminal::note); // beside the bar a long line would be cut
        return summary;
    }

    /** Files, rate, time that is left. */
    private static ProgressBar progressBar(int files) {
        return new ProgressBarBuilder()
                .setTaskName("import")
                .setInitialMax(files)
                .setUnit(" documents", 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    /** What was imported, as far as it can be said in a few words. */
    private String batchName() {
        return names(paths.isEmpty() ? List.of(Objects.requireNonNull(manifest)) : paths);
    }

    private static String names(List<Path> paths) {
        String name = String.valueOf(paths.getFirst().toAbsolutePath().normalize().getFileName());
        return paths.size() > 1 ? name + " and %d more".formatted(paths.size() - 1) : name;
    }

    private static String line(FileOutcome outcome) {
        String what =
                outcome.reason() != null
                        ? outcome.reason()
                        : outcome.items() == null ? "" : outcome.items() + " items";
        String detail = outcome.detail() == null ? "" : "  " + outcome.detail();
        if (outcome.metadataDiffers()) {
            detail += "  is here with other details";
        }
        return "%-10s %-16s %s%s"
                .formatted(
                        outcome.state(),
                        what,
                        outcome.file(),
                        Terminal.faint(Terminal.harmless(detail)));
    }

    private String line(ImportSummary summary) {
        StringBuilder line = new StringBuilder();
        line.append(Terminal.count(summary.files(), "file")).append(": ");
        line.append(summary.known()).append(" there already, ");
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
            line.append(", ").append(summary.ocrQueued()).append(" wait for OCR");
            String obstacle = ocr.obstacle();
            if (obstacle != null) {
                line.append(", because ").append(obstacle).append("; they go on when it works");
            }
        }
        line.append(", ").append(summary.refused()).append(" refused");
        line.append(", ").append(summary.failed()).append(" failed");
        if (summary.unfinished() > 0) {
            line.append(", ").append(summary.unfinished()).append(" waited for in vain");
        }
        line.append("; %.1f s".formatted(summary.seconds()));
        return line.toString();
    }
}
