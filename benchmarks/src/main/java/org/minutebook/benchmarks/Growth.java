package org.minutebook.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whether the cost of a document stays the same, and the memory of every part, when ten times as
 * many are imported: a few, many, and a few again, into one stack that is warm.
 */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Documents a second of a small import, a large one, and a small one again, and the memory of every part.")
final class Growth implements Callable<Integer> {

    private static final int SAMPLE_SECONDS = 5;

    @Option(
            names = "--small",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Documents of a small import.")
    private int small;

    @Option(
            names = "--large",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Documents of the large import.")
    private int large;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Documents that are imported first and not counted.")
    private int warmUp;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9790",
            description = "First port of the stack.")
    private int port;

    /** Which made-up documents come next: none is the same as one before. */
    private int seed = 1000;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Growth()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path scratch = Files.createTempDirectory("minutebook-growth");
        try (OwnStack stack =
                OwnStack.start(
                        PackagedService.project().resolve("minutebook"),
                        scratch.resolve("stack"),
                        port)) {
            measure(stack, scratch, warmUp, "warm-up");
            double before = measure(stack, scratch, small, "before");
            double many = measure(stack, scratch, large, "many");
            double after = measure(stack, scratch, small, "after");
            System.out.printf(
                    Locale.ROOT,
                    "rate of %d over that of %d before: %.2f, over the mean of before and after: %.2f; after over before: %.2f%n",
                    large,
                    small,
                    many / before,
                    many / ((before + after) / 2),
                    after / before);
        } finally {
            FileSystemUtils.deleteRecursively(scratch);
        }
        return 0;
    }

    /** Documents a second from the first upload until the last is searchable. */
    private double measure(OwnStack stack, Path scratch, int documents, String name)
            throws IOException, InterruptedException {
        Path folder = scratch.resolve("documents");
        generate(documents, folder);
        List<Map<String, Long>> memory = new ArrayList<>();
        double seconds;
        try (ScheduledExecutorService samples = Executors.newSingleThreadScheduledExecutor()) {
            Future<?> sampling =
                    samples.scheduleAtFixedRate(
                            () -> memory.add(stack.residentMegabytes()),
                            SAMPLE_SECONDS,
                            SAMPLE_SECONDS,
                            TimeUnit.SECONDS);
            long start = System.nanoTime();
            stack.importAll(folder);
            seconds = (System.nanoTime() - start) / 1e9;
            if (sampling.state() == Future.State.FAILED) {
                throw new IllegalStateException("memory cannot be told", sampling.exceptionNow());
            }
            samples.shutdownNow();
        }
        FileSystemUtils.deleteRecursively(folder);
        System.out.printf(
                Locale.ROOT,
                "%s: %d documents in %.1f s, %.1f documents/s%n",
                name,
                documents,
                seconds,
                documents / seconds);
        memory(memory).forEach((part, line) -> System.out.printf("  %-17s %s%n", part, line));
        return documents / seconds;
    }

    private void generate(int documents, Path folder) {
        int status =
                new CommandLine(new CorpusGenerator())
                        .execute(
                                "--documents",
                                Integer.toString(documents),
                                "--seed",
                                Integer.toString(++seed),
                                "--to",
                                folder.toString());
        if (status != 0) {
            throw new IllegalStateException("no documents could be made");
        }
    }

    /** What each part took, in MB: the mean of each quarter of the time. */
    private static Map<String, String> memory(List<Map<String, Long>> samples) {
        Map<String, String> lines = new TreeMap<>();
        if (samples.size() < 4) {
            return lines;
        }
        samples.getLast()
                .keySet()
                .forEach(part -> {
                    List<String> quarters = new ArrayList<>();
                    for (int quarter = 0; quarter < 4; quarter++) {
                        double mean =
                                samples
                                        .subList(
                                                samples.size() * quarter / 4,
                                                samples.size() * (quarter + 1) / 4)
                                        .stream()
                                        .mapToLong(sample -> sample.getOrDefault(part, 0L))
                                        .average()
                                        .orElse(0);
                        quarters.add("%.0f".formatted(mean));
                    }
                    lines.put(part, String.join(", ", quarters) + " MB");
                });
        return lines;
    }
}
