package org.minutebook.extract.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.extract.DocumentExtraction;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.formats.DocumentReader;
import org.minutebook.extract.formats.FileContent;
import org.minutebook.extract.formats.ReadingLimits;
import org.minutebook.extract.ocr.OcrAbsentException;
import org.minutebook.extract.ocr.ScanReader;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.segmentation.Segmentation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cuts files into agenda items here, without the stack, and prints what was found: one object a
 * document with {@code --json}, a table of contents without. Files are read on all cores; the
 * output is in the order of the arguments. Exit status 1 where a file could not be read.
 */
@Command(
        name = "segment",
        description = "Cuts documents into agenda items and prints them; needs no running stack.",
        mixinStandardHelpOptions = true)
public final class SegmentCommand implements Callable<Integer> {

    /** Endings taken from a folder; a file named on the command line is read whatever its name. */
    private static final Set<String> ENDINGS =
            Set.of("pdf", "docx", "odt", "rtf", "html", "htm", "txt");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or folders.")
    private List<Path> paths = List.of();

    @Option(names = "--json", description = "One JSON object a document, one a line.")
    private boolean json;

    @Option(
            names = "--explain",
            description =
                    "For each line of a document what it was taken for, and why. With --json one object a line.")
    private boolean explain;

    private final DocumentReader reader = new DocumentReader(ReadingLimits.DEFAULT);
    private final DocumentExtraction extraction = new DocumentExtraction(reader);
    private final ScanReader scans = new ScanReader(ocrSettings());
    private final ObjectMapper mapper = JsonMapper.builder().build();

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        // The libraries log what they mend; nobody who cuts a file asked for it.
        LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
        logging.reset();
        logging.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        PrintWriter out =
                new PrintWriter(
                        new BufferedWriter(
                                new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
        System.exit(new CommandLine(new SegmentCommand()).setOut(out).execute(arguments));
    }

    /** The service's settings, which can be set by the environment here, too. */
    private static ExtractSettings.Ocr ocrSettings() {
        return Binder.get(new StandardEnvironment())
                .bindOrCreate("minutebook.extract.ocr", ExtractSettings.Ocr.class);
    }

    private record Outcome(Object result, boolean readable) {}

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean allReadable = true;
        int cores = Runtime.getRuntime().availableProcessors();
        // A window of results at work: output in order, memory bounded however many files.
        Deque<Future<Outcome>> window = new ArrayDeque<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(cores)) {
            for (Path path : paths) {
                for (Path file : files(path)) {
                    window.add(pool.submit(() -> segment(file)));
                    if (window.size() > 2 * cores) {
                        allReadable &= print(out, window.remove());
                    }
                }
            }
            while (!window.isEmpty()) {
                allReadable &= print(out, window.remove());
            }
        }
        return allReadable ? 0 : 1;
    }

    private boolean print(PrintWriter out, Future<Outcome> future) throws InterruptedException {
        Outcome outcome;
        try {
            outcome = future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        if (json && outcome.result() instanceof ExplainedDocument document) {
            document.lines().forEach(line -> out.println(mapper.writeValueAsString(line)));
        } else if (json) {
            out.println(mapper.writeValueAsString(outcome.result()));
        } else {
            Contents.print(out, outcome.result());
        }
        out.flush();
        return outcome.readable();
    }

    /** Reads a file, its scanned pages by OCR. */
    private Extraction extract(DocumentId id, Path file) throws IOException, InterruptedException {
        String name = file.getFileName().toString();
        Extraction outcome = extraction.extract(id, file, name, OcrPages.NONE);
        return outcome instanceof Extraction.OcrNeeded(List<Integer> scanned, int _)
                ? extraction.extract(id, file, name, byOcr(file, scanned))
                : outcome;
    }

    private OcrPages byOcr(Path file, List<Integer> scanned) throws InterruptedException {
        scans.require();
        Map<Integer, Page> read = new HashMap<>();
        scans.read(file, scanned, page -> read.put(page.number(), page));
        return number -> Optional.ofNullable(read.get(number));
    }

    private Outcome segment(Path file) throws InterruptedException {
        String name = file.toString();
        try {
            if (!Files.exists(file)) {
                return unreadable(name, "NOT_FOUND", "There is no such file.");
            }
            if (explain) {
                return explain(name, file);
            }
            DocumentId id = DocumentId.of(ContentHash.of(Files.readAllBytes(file)));
            return switch (extract(id, file)) {
                case Extraction.Extracted extracted ->
                        new Outcome(SegmentedDocument.of(name, extracted), true);
                case Extraction.OcrNeeded needed ->
                        throw new IllegalStateException(
                                "pages " + needed.pages() + " came back from OCR as scanned");
                case Extraction.Refused refused ->
                        unreadable(name, refused.reason().name(), refused.detail());
            };
        } catch (OcrAbsentException e) {
            return unreadable(name, "OCR_NEEDED", String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return unreadable(name, "FAILED", String.valueOf(e.getMessage()));
        }
    }

    private Outcome explain(String path, Path file) throws IOException, InterruptedException {
        String name = file.getFileName().toString();
        FileContent content = reader.read(file, name, OcrPages.NONE);
        if (content instanceof FileContent.Readable readable && !readable.scanned().isEmpty()) {
            content = reader.read(file, name, byOcr(file, readable.scanned()));
        }
        return switch (content) {
            case FileContent.Readable readable ->
                    new Outcome(
                            ExplainedDocument.of(
                                    path,
                                    Segmentation.explain(readable.pages(), readable.bookmarks())),
                            true);
            case FileContent.Refused refused ->
                    unreadable(path, refused.reason().name(), refused.detail());
        };
    }

    private static Outcome unreadable(String name, String code, String detail) {
        return new Outcome(UnreadableFile.of(name, code, detail), false);
    }

    /** The file itself, or the documents in a folder and the folders in it, by name. */
    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> found = Files.walk(path)) {
            List<Path> files = new ArrayList<>();
            found.filter(Files::isRegularFile)
                    .filter(SegmentCommand::isDocument)
                    .sorted()
                    .forEach(files::add);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isDocument(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
