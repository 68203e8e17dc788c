package org.minutebook.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.extract.DocumentExtraction;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.pages.OcrPages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What cutting into agenda items costs: the whole of {@link DocumentExtraction} against PDFBox's
 * own plain text of the same files, on one thread, in turn within one run, so that a machine that
 * is slower for a while is slower for both.
 */
@Command(
        name = "segmentation-cost",
        mixinStandardHelpOptions = true,
        description = "Time of extraction to agenda items over time of PDFBox's plain text.")
final class SegmentationCost implements Callable<Integer> {

    @Parameters(arity = "1..*", description = "Folders or files; scans are left out.")
    private List<Path> paths = List.of();

    @Option(
            names = "--pages",
            defaultValue = "20000",
            description = "Pages to read in each way, at least (default: ${DEFAULT-VALUE}).")
    private int pages;

    @Option(
            names = "--warm-up",
            defaultValue = "3000",
            description =
                    "Pages to read in each way first, not counted (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    private final DocumentExtraction extraction = new DocumentExtraction();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SegmentationCost()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<Path> files = readable();
        int pagesARound = 0;
        for (Path file : files) {
            pagesARound += text(file);
        }
        System.out.printf(Locale.ROOT, "%d files, %d pages%n", files.size(), pagesARound);
        for (int done = 0; done < warmUp; done += pagesARound) {
            round(files);
        }
        List<Double> ratios = new ArrayList<>();
        long text = 0;
        long items = 0;
        for (int done = 0; done < pages; done += pagesARound) {
            Round round = round(files);
            ratios.add((double) round.itemNanos / round.textNanos);
            text += round.textNanos;
            items += round.itemNanos;
        }
        ratios.sort(null);
        double read = (double) pagesARound * ratios.size();
        System.out.printf(
                Locale.ROOT,
                "%d rounds, %.0f pages each way%n"
                        + "plain text   %7.1f pages/s%n"
                        + "agenda items %7.1f pages/s%n"
                        + "time, items over text: median %.3f, least %.3f, most %.3f%n",
                ratios.size(),
                read,
                read / text * 1e9,
                read / items * 1e9,
                ratios.get(ratios.size() / 2),
                ratios.getFirst(),
                ratios.getLast());
        return 0;
    }

    private record Round(long textNanos, long itemNanos) {}

    /** File by file, so that both ways meet the same state of the machine. */
    private Round round(List<Path> files) throws IOException {
        long text = 0;
        long items = 0;
        for (Path file : files) {
            long start = System.nanoTime();
            text(file);
            long between = System.nanoTime();
            extract(file);
            items += System.nanoTime() - between;
            text += between - start;
        }
        return new Round(text, items);
    }

    private List<Path> readable() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            try (Stream<Path> found = Files.walk(path)) {
                found.filter(file -> file.toString().endsWith(".pdf")).sorted().forEach(files::add);
            }
        }
        List<Path> readable = new ArrayList<>();
        for (Path file : files) {
            if (extract(file) instanceof Extraction.Extracted) {
                readable.add(file);
            }
        }
        if (readable.isEmpty()) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), "No readable PDF in " + paths);
        }
        return readable;
    }

    private static int text(Path file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            // The length is used, so that the work cannot be optimised away.
            if (new PDFTextStripper().getText(document).isEmpty()) {
                System.err.println(file + " has no text");
            }
            return document.getNumberOfPages();
        }
    }

    private Extraction extract(Path file) throws IOException {
        DocumentId id = DocumentId.of(ContentHash.of(new byte[0]));
        return extraction.extract(id, file, String.valueOf(file.getFileName()), OcrPages.NONE);
    }
}
