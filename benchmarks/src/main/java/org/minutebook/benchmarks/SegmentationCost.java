package org.minutebook.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.minutebook.extract.DocumentExtraction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What cutting into agenda items costs: the whole of {@link DocumentExtraction} against PDFBox's
 * own plain text of the same files, in turn within one run, so that a machine that is slower for a
 * while is slower for both. On one thread the two take turns file by file, on several thread pools
 * of the same size take turns with the whole set. The heap that is left after a collection is
 * compared, too: it must not grow with the number of documents.
 *
 * <p>Exit status 1 where one of the three goals is missed.
 */
@Command(
        name = "segmentation-cost",
        mixinStandardHelpOptions = true,
        description = "Time of extraction to agenda items over time of PDFBox's plain text.")
final class SegmentationCost implements Callable<Integer> {

    /** Most time over that of plain text, on one thread. */
    private static final double MOST_TIME = 1.15;

    /** Least rate over that of plain text, on all cores. */
    private static final double LEAST_RATE = 0.85;

    /** Growth of the heap from the first to the last round that is chance. */
    private static final long MOST_GROWTH = 8L << 20;

    /** Times that each file is read in a round on several threads: few would leave some idle. */
    private static final int READ_IN_ROUND = 4;

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

    @Option(
            names = "--cores",
            defaultValue = "1",
            description = "Threads that read at once in each way (default: ${DEFAULT-VALUE}).")
    private int cores;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SegmentationCost()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ReadingRates reading = new ReadingRates(cores)) {
            ReadingRates.Sorted sorted = reading.sort(ReadingRates.pdfs(paths));
            List<Path> files = sorted.texts();
            if (files.isEmpty()) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this), "No readable PDF in " + paths);
            }
            System.out.printf(Locale.ROOT, "%d files, %d pages%n", files.size(), sorted.pages());
            int pagesOfRound = sorted.pages() * (cores == 1 ? 1 : READ_IN_ROUND);
            for (int done = 0; done < warmUp; done += pagesOfRound) {
                round(reading, files);
            }
            List<Round> rounds = new ArrayList<>();
            long heapAtFirst = 0;
            for (int done = 0; done < pages; done += pagesOfRound) {
                rounds.add(round(reading, files));
                if (rounds.size() == 1) {
                    heapAtFirst = heapInUse();
                }
            }
            return report(rounds, pagesOfRound, heapAtFirst, heapInUse());
        }
    }

    private int report(List<Round> rounds, int pagesOfRound, long heapAtFirst, long heapAtLast) {
        List<Double> ratios = new ArrayList<>();
        double text = 0;
        double items = 0;
        for (Round round : rounds) {
            ratios.add(round.items / round.text);
            text += round.text;
            items += round.items;
        }
        double read = (double) pagesOfRound * rounds.size();
        double median = Measured.median(ratios);
        System.out.printf(
                Locale.ROOT,
                "%d rounds, %.0f pages each way, %d at once%n"
                        + "plain text   %7.1f pages/s%n"
                        + "agenda items %7.1f pages/s%n"
                        + "time, items over text: median %.3f, least %.3f, most %.3f%n"
                        + "rate, items over text: %.3f of all, median %.3f%n"
                        + "heap after a collection: %.1f MB after the first round, %.1f MB after the last%n",
                rounds.size(),
                read,
                cores,
                read / text,
                read / items,
                median,
                Measured.quantile(ratios, 0),
                Measured.quantile(ratios, 1),
                text / items,
                1 / median,
                heapAtFirst / 1e6,
                heapAtLast / 1e6);
        boolean held = true;
        if (cores == 1 && median > MOST_TIME) {
            System.out.printf(Locale.ROOT, "missed: time at most %.2f%n", MOST_TIME);
            held = false;
        }
        if (cores > 1 && 1 / median < LEAST_RATE) {
            System.out.printf(Locale.ROOT, "missed: rate at least %.2f%n", LEAST_RATE);
            held = false;
        }
        if (heapAtLast - heapAtFirst > MOST_GROWTH) {
            System.out.println("missed: the heap does not grow with the number of documents");
            held = false;
        }
        return held ? 0 : 1;
    }

    /** Seconds for the plain text, and for the agenda items. */
    private record Round(double text, double items) {}

    private Round round(ReadingRates reading, List<Path> files)
            throws IOException, InterruptedException {
        return cores == 1 ? fileByFile(reading, files) : atOnce(reading, files);
    }

    /** File by file, so that both ways meet the same state of the machine. */
    private static Round fileByFile(ReadingRates reading, List<Path> files) throws IOException {
        long text = 0;
        long items = 0;
        for (Path file : files) {
            long start = System.nanoTime();
            ReadingRates.text(file);
            long between = System.nanoTime();
            reading.extract(file);
            items += System.nanoTime() - between;
            text += between - start;
        }
        return new Round(text / 1e9, items / 1e9);
    }

    private static Round atOnce(ReadingRates reading, List<Path> files)
            throws InterruptedException {
        List<Path> several = new ArrayList<>();
        Collections.nCopies(READ_IN_ROUND, files).forEach(several::addAll);
        return new Round(reading.plainText(several), reading.agendaItems(several));
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
