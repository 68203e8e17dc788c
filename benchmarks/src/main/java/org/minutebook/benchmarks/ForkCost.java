package org.minutebook.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.workers.Workers;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What it costs that documents are read in processes of their own: the rate of the service's
 * workers, confined as this system allows, over that of the same work inside one process, on all
 * cores. Both read the whole set in turn, so that a machine that is slower for a while is slower
 * for both.
 *
 * <p>Exit status 1 where the median of the ratios misses the goal.
 */
@Command(
        name = "fork-cost",
        mixinStandardHelpOptions = true,
        description =
                "Rate of extraction by worker processes over that of extraction inside one process.")
final class ForkCost implements Callable<Integer> {

    /** Least rate over that inside one process. */
    private static final double LEAST_RATE = 0.9;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders with PDFs.")
    private List<Path> folders = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "15",
            description = "Rounds of each way that count (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "8",
            description =
                    "Rounds of each way first, not counted: every process compiles for itself (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--repeat",
            defaultValue = "4",
            description =
                    "Times that each file is read in a round: few would leave some cores idle (default: ${DEFAULT-VALUE}).")
    private int repeat;

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ForkCost()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        Path scratch = Files.createTempDirectory("fork-cost");
        try (ReadingRates reading = new ReadingRates(cores);
                Workers workers =
                        new Workers(
                                settings(),
                                scratch,
                                (cause, _) -> {
                                    throw new IllegalStateException("a worker ended: " + cause);
                                })) {
            ReadingRates.Sorted sorted = reading.sort(ReadingRates.pdfs(folders));
            if (sorted.texts().isEmpty()) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this), "No readable PDF in " + folders);
            }
            List<Path> round = new ArrayList<>();
            for (int i = 0; i < repeat; i++) {
                round.addAll(sorted.texts());
            }
            int pages = sorted.pages() * repeat;
            System.out.printf(
                    "%d files, %d pages a round, %d at once%n", round.size(), pages, cores);
            List<Double> inside = new ArrayList<>();
            List<Double> forked = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < warmUp + rounds; i++) {
                // Who is first changes, so that neither always follows the other.
                boolean insideFirst = i % 2 == 0;
                double first =
                        insideFirst
                                ? reading.agendaItems(round)
                                : reading.agendaItems(round, workers);
                double second =
                        insideFirst
                                ? reading.agendaItems(round, workers)
                                : reading.agendaItems(round);
                if (i >= warmUp) {
                    inside.add(pages / (insideFirst ? first : second));
                    forked.add(pages / (insideFirst ? second : first));
                    ratios.add(forked.getLast() / inside.getLast());
                    System.out.printf(
                            "  %.0f and %.0f: %.2f%n",
                            inside.getLast(), forked.getLast(), ratios.getLast());
                }
            }
            double ratio = Measured.median(ratios);
            System.out.printf(
                    "inside one process %.0f pages a second, by workers %.0f; ratio %.2f (median of %d rounds, from %.2f to %.2f)%n",
                    Measured.median(inside),
                    Measured.median(forked),
                    ratio,
                    rounds,
                    Measured.quantile(ratios, 0),
                    Measured.quantile(ratios, 1));
            return ratio >= LEAST_RATE ? 0 : 1;
        } finally {
            Files.delete(scratch);
        }
    }

    /** The service's own, but that no worker ends for want of work while the other way is timed. */
    private static ExtractSettings settings() {
        return new Binder(
                        new MapConfigurationPropertySource(
                                Map.of("minutebook.extract.worker.idle", "1h")))
                .bindOrCreate("minutebook.extract", ExtractSettings.class);
    }
}
