package org.minutebook.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.minutebook.samples.Corpus;
import org.minutebook.samples.LabelledDocument;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes documents of made-up councils for load, as folders that an archivist would keep: {@code
 * DIR/Aldercombe Town Council/Planning Committee/2021-03-04-minutes-000123.pdf}; and what is in
 * them to {@code DIR/truth.ndjson}, a line a document in the form in which segmentation is scored.
 */
@Command(
        name = "corpus-generator",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Writes agendas, minutes, packs and scans of made-up councils, as long as real ones,",
            "and what is in each of them to DIR/truth.ndjson. The same seed gives the same bytes."
        })
final class CorpusGenerator implements Callable<Integer> {

    /** Documents that a task makes: long enough not to count, short enough to share out evenly. */
    private static final int A_TASK = 100;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many.")
    private int documents;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Which ones.")
    private long seed;

    @Option(
            names = "--packs",
            paramLabel = "PERCENT",
            defaultValue = "8",
            description = "Agendas with officers' reports bound behind them.")
    private int packs;

    @Option(
            names = "--scans",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "Pictures of pages, which need OCR: seconds a page.")
    private int scans;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "Folder to write to.")
    private Path to = Path.of("");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CorpusGenerator()).execute(arguments));
    }

    /** A document as it was written. */
    private record Written(int pages, long bytes, String truth) {}

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Corpus corpus = new Corpus(seed, Corpus.of(seed).reference(), packs, scans);
        Files.createDirectories(to);
        long start = System.nanoTime();
        long pages = 0;
        long bytes = 0;
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(cores);
                BufferedWriter truth = Files.newBufferedWriter(to.resolve("truth.ndjson"))) {
            List<Future<List<Written>>> tasks = new ArrayList<>();
            for (int from = 0; from < documents; from += A_TASK) {
                int first = from;
                int end = Math.min(from + A_TASK, documents);
                tasks.add(pool.submit(() -> write(corpus, first, end)));
            }
            for (Future<List<Written>> task : tasks) {
                for (Written written : task.get()) {
                    pages += written.pages();
                    bytes += written.bytes();
                    truth.write(written.truth());
                    truth.write('\n');
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d documents, %d pages, %.1f MB in %.1f s, %.0f documents/s%n",
                documents,
                pages,
                bytes / 1e6,
                seconds,
                documents / seconds);
        return 0;
    }

    private List<Written> write(Corpus corpus, int from, int end) {
        List<Written> written = new ArrayList<>();
        for (int i = from; i < end; i++) {
            LabelledDocument document = corpus.document(i);
            String committee = document.labels().committee();
            Path file =
                    to.resolve(document.labels().council())
                            .resolve(committee == null ? "Council" : committee)
                            .resolve(document.name() + ".pdf");
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, document.pdf());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            written.add(
                    new Written(
                            document.pages(),
                            document.pdf().length,
                            JSON.writeValueAsString(document.labels())));
        }
        return written;
    }
}
