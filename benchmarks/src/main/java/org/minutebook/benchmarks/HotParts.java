package org.minutebook.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.Subscription;
import org.minutebook.extract.formats.DocumentReader;
import org.minutebook.extract.formats.FileContent;
import org.minutebook.extract.formats.ReadingLimits;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Line.Span;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.pages.Word;
import org.minutebook.extract.pages.WordPages;
import org.minutebook.extract.segmentation.Segmentation;
import org.minutebook.extract.segmentation.Segmented;
import org.minutebook.search.alerts.matching.SubscriptionMatcher;
import org.minutebook.search.query.ParsedQuery;
import org.minutebook.search.query.QueryParser;
import org.minutebook.search.query.Thesaurus;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parts that are run for each page, document, search or item, each by itself (JMH). They tell
 * what a change to one of them does; what a user waits for is measured by the other programs.
 *
 * <p>Pages are those of the sample documents, {@code deploy/local/samples} in the folder in which
 * it runs or in that of the system property {@code minutebook.root}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HotParts {

    private static final int SUBSCRIPTIONS = 10_000;
    private static final int ITEMS = 64;

    private final JsonMapper json = JsonMapper.builder().build();
    private final QueryParser parser = new QueryParser(Thesaurus.bundled());
    private final SubscriptionMatcher matcher = new SubscriptionMatcher(parser);
    private final List<List<Page>> documents = new ArrayList<>();
    private final List<Page> pages = new ArrayList<>();
    private final List<List<Word>> words = new ArrayList<>();
    private final List<String> queries = GeneratedItems.queries();
    private final List<IndexEntry> entries = new ArrayList<>();
    private final List<DocumentItems> events = new ArrayList<>();
    private final List<byte[]> written = new ArrayList<>();
    private int turn;

    /** Reads the samples and makes the rest up, the same each time. */
    @Setup
    public void prepare() throws IOException {
        Path samples = Path.of(System.getProperty("minutebook.root", ""), "deploy/local/samples");
        DocumentReader reader = new DocumentReader(ReadingLimits.DEFAULT);
        try (Stream<Path> files = Files.list(samples)) {
            for (Path file : files.sorted().toList()) {
                if (reader.read(file, file.getFileName().toString(), OcrPages.NONE)
                        instanceof FileContent.Readable readable) {
                    documents.add(readable.pages());
                    pages.addAll(readable.pages());
                }
            }
        }
        pages.forEach(page -> words.add(words(page)));
        AlertMatching.Wording wording = new AlertMatching.CouncilWording(new Random(11));
        List<Subscription> subscriptions = new ArrayList<>();
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            subscriptions.add(wording.subscription());
        }
        matcher.change(subscriptions, List.of());
        GeneratedItems generated = new GeneratedItems(1);
        for (int i = 0; i < ITEMS; i++) {
            entries.add(AlertMatching.entry(wording, i));
            DocumentItems event = generated.document(i);
            events.add(event);
            written.add(json.writeValueAsBytes(event));
        }
    }

    /** The words of a page as OCR would tell them. */
    private static List<Word> words(Page page) {
        List<Word> words = new ArrayList<>();
        for (Line line : page.lines()) {
            for (Span span : line.spans()) {
                double letter = span.width() / span.text().length();
                double x = span.x();
                for (String word : span.text().split(" ", -1)) {
                    if (!word.isEmpty()) {
                        words.add(
                                new Word(
                                        word,
                                        x,
                                        line.y() + line.height(),
                                        letter * word.length(),
                                        span.fontSize(),
                                        span.bold(),
                                        1));
                    }
                    x += letter * (word.length() + 1);
                }
            }
        }
        return words;
    }

    private <T> T next(List<T> all) {
        turn++;
        return all.get(turn % all.size());
    }

    /** Words of a page to lines. */
    @Benchmark
    public Page linesOfPage() {
        turn++;
        Page page = pages.get(turn % pages.size());
        return WordPages.page(
                page.number(), page.width(), page.height(), words.get(turn % pages.size()));
    }

    /** Pages of a document to agenda items. */
    @Benchmark
    public Segmented segmentDocument() {
        return Segmentation.cut(next(documents));
    }

    /** What a person typed to an expression, with the thesaurus. */
    @Benchmark
    public ParsedQuery parseQuery() {
        return parser.parse(next(queries));
    }

    /** An item to those of 10,000 subscriptions that look for it. */
    @Benchmark
    public List<Subscription> matchItem() {
        return matcher.subscriptions(next(entries));
    }

    /** The items of a document to JSON. */
    @Benchmark
    public byte[] writeEvent() {
        return json.writeValueAsBytes(next(events));
    }

    /** JSON to the items of a document. */
    @Benchmark
    public DocumentItems readEvent() {
        return json.readValue(next(written), DocumentItems.class);
    }

    /** Closes what was opened. */
    @TearDown
    public void close() {
        matcher.close();
    }
}
