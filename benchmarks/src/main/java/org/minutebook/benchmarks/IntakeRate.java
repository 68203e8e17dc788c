package org.minutebook.benchmarks;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.minutebook.samples.Corpus;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How fast a running stack takes files in, until each is durable and announced, against what a
 * careful person does with the same files on the same disk: {@code sha256sum}, {@code cp} and
 * {@code sync} of each, as many at once. In turn within one run, so that a machine that is slower
 * for a while is slower for both. The files are no documents, so extract-service refuses them at a
 * glance and the intake is measured alone. Then: how long a single upload of a real document waits
 * for its answer.
 */
@Command(
        name = "intake-rate",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Rate of the intake over that of sha256sum, cp and sync; time of a single upload.")
final class IntakeRate implements Callable<Integer> {

    private static final double MEGABYTE = 1e6;

    @Option(names = "--data", required = true, description = "Data folder of the running stack.")
    private Path data = Path.of("");

    @Option(names = "--files", defaultValue = "40", description = "Files a round.")
    private int files;

    @Option(names = "--bytes", defaultValue = "2000000", description = "Bytes a file.")
    private int bytes;

    @Option(names = "--at-once", defaultValue = "4", description = "Files at once.")
    private int atOnce;

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "Rounds of each; one before counts not.")
    private int rounds;

    @Option(names = "--singles", defaultValue = "200", description = "Single uploads.")
    private int singles;

    @Option(
            names = "--single-bytes",
            defaultValue = "200000",
            description = "Bytes of each of them.")
    private int singleBytes;

    private final List<String> taken = new ArrayList<>();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new IntakeRate()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        RunningStack stack = RunningStack.in(data);
        Path scratch = Files.createTempDirectory(data.toAbsolutePath(), "benchmark");
        try {
            rate(stack, scratch);
            single(stack);
        } finally {
            for (String id : taken) {
                stack.delete(id);
            }
            FileSystemUtils.deleteRecursively(scratch);
        }
        return 0;
    }

    private void rate(RunningStack stack, Path scratch) throws Exception {
        SplittableRandom random = new SplittableRandom(System.nanoTime());
        List<Double> ratios = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = -1; round < rounds; round++) {
            List<Path> made = make(scratch, random);
            boolean intakeFirst = round % 2 == 0;
            double intake = intakeFirst ? takeIn(stack, made) : 0;
            double copy = copy(scratch, made);
            intake = intakeFirst ? intake : takeIn(stack, made);
            if (round >= 0) {
                double megabytes = (double) files * bytes / MEGABYTE;
                ours.add(megabytes / intake);
                theirs.add(megabytes / copy);
                ratios.add(copy / intake);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d rounds of %d files of %.1f MB, %d at once%n"
                        + "sha256sum, cp, sync  median %6.1f MB/s%n"
                        + "intake, announced    median %6.1f MB/s%n"
                        + "rate, intake over copying: median %.2f, least %.2f, most %.2f%n",
                rounds,
                files,
                bytes / MEGABYTE,
                atOnce,
                Measured.median(theirs),
                Measured.median(ours),
                Measured.median(ratios),
                Measured.quantile(ratios, 0),
                Measured.quantile(ratios, 1));
    }

    private List<Path> make(Path scratch, SplittableRandom random) throws IOException {
        List<Path> made = new ArrayList<>();
        byte[] content = new byte[bytes];
        for (int i = 0; i < files; i++) {
            random.nextBytes(content);
            made.add(Files.write(scratch.resolve(i + ".bin"), content));
        }
        return made;
    }

    /** Seconds until all are durable and announced. */
    private double takeIn(RunningStack stack, List<Path> made)
            throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(atOnce)) {
            List<Future<String>> uploads =
                    made.stream()
                            .map(file ->
                                    pool.submit(() ->
                                            stack.uploadNew(
                                                    file.getFileName().toString(),
                                                    BodyPublishers.ofFile(file))))
                            .toList();
            for (Future<String> upload : uploads) {
                taken.add(upload.get());
            }
        }
        while (stack.unannounced() > 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Seconds of the same by the system's own programs. */
    private double copy(Path scratch, List<Path> made) throws IOException, InterruptedException {
        Path copies = Files.createDirectories(scratch.resolve("copies"));
        ProcessBuilder copying =
                new ProcessBuilder(
                                "xargs",
                                "-n",
                                "1",
                                "-P",
                                Integer.toString(atOnce),
                                "sh",
                                "-c",
                                "sha256sum \"$2\" >/dev/null && cp \"$2\" \"$1\" && sync \"$1/${2##*/}\"",
                                "sh",
                                copies.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(scratch.resolve("copying.log").toFile());
        long start = System.nanoTime();
        Process process = copying.start();
        try (var names = process.outputWriter(StandardCharsets.UTF_8)) {
            for (Path file : made) {
                names.write(file + "\n");
            }
        }
        int status = process.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (status != 0) {
            throw new IllegalStateException(Files.readString(scratch.resolve("copying.log")));
        }
        FileSystemUtils.deleteRecursively(copies);
        return seconds;
    }

    private void single(RunningStack stack) throws IOException, InterruptedException {
        Corpus corpus = Corpus.of(System.nanoTime());
        List<Double> millis = new ArrayList<>();
        for (int i = -20; i < singles; i++) { // the first ones are warm-up
            byte[] document = padded(corpus.document(i + 20).pdf());
            long start = System.nanoTime();
            String id = stack.uploadNew("single.pdf", BodyPublishers.ofByteArray(document));
            double took = (System.nanoTime() - start) / 1e6;
            taken.add(id);
            if (i >= 0) {
                millis.add(took);
            }
            TimeUnit.MILLISECONDS.sleep(100); // one after the other, the stack is idle between
        }
        System.out.printf(
                Locale.ROOT,
                "%d single uploads of %d kB: median %.1f ms, p95 %.1f ms, most %.1f ms%n",
                singles,
                singleBytes / 1000,
                Measured.median(millis),
                Measured.quantile(millis, 0.95),
                Measured.quantile(millis, 1));
    }

    /** A document of the wanted size: a long comment, and the end of the file once more. */
    private byte[] padded(byte[] pdf) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        String end = text.substring(text.lastIndexOf("startxref"));
        int missing = Math.max(0, singleBytes - pdf.length - end.length() - 2);
        return (text + "%" + "x".repeat(missing) + "\n" + end)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
