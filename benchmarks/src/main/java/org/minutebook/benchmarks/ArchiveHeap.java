package org.minutebook.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * Sends a large zip to a running stack, made as it is sent, and tells the most heap that
 * ingest-service had in use meanwhile. {@code ./minutebook} runs the service with 256 MiB.
 */
@Command(
        name = "archive-heap",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Heap of ingest-service while it takes a large zip in.")
final class ArchiveHeap implements Callable<Integer> {

    private static final double MEBIBYTE = 1 << 20;
    private static final int LOOK_MILLIS = 100;

    @Option(names = "--data", required = true, description = "Data folder of the running stack.")
    private Path data = Path.of("");

    @Option(names = "--mebibytes", defaultValue = "2048", description = "Size of the zip.")
    private int mebibytes;

    @Option(
            names = "--file-mebibytes",
            defaultValue = "2",
            description = "Size of each file in it.")
    private int fileMebibytes;

    @Option(
            names = "--keep",
            description = "Keep what was sent in the stack; else it is deleted again.")
    private boolean keep;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ArchiveHeap()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        RunningStack stack = RunningStack.in(data);
        long start = System.nanoTime();
        long most = 0;
        JsonNode answer;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            PipedInputStream body = new PipedInputStream(1 << 20);
            PipedOutputStream end = new PipedOutputStream(body);
            Future<?> writing = pool.submit(() -> write(end));
            Future<HttpResponse<String>> sending =
                    pool.submit(() ->
                            stack.upload("archive.zip", BodyPublishers.ofInputStream(() -> body)));
            while (true) {
                most = Math.max(most, stack.heapInUse());
                try {
                    answer = RunningStack.json(sending.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
                    break;
                } catch (TimeoutException e) {
                    // Look again.
                }
            }
            writing.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long accepted =
                answer.path("files").values().stream()
                        .filter(file -> file.path("outcome").asString().equals("ACCEPTED"))
                        .count();
        System.out.printf(
                Locale.ROOT,
                "zip of %d MiB, %d files accepted, %.0f s, %.1f MiB/s, most heap in use %.0f MiB%n",
                mebibytes,
                accepted,
                seconds,
                mebibytes / seconds,
                most / MEBIBYTE);
        if (!keep) {
            for (JsonNode file : answer.path("files").values()) {
                stack.delete(file.at("/document/id").asString());
            }
        }
        return accepted == mebibytes / fileMebibytes ? 0 : 1;
    }

    /** Files of noise, which nothing packs and extract-service refuses at a glance. */
    private Void write(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            SplittableRandom random = new SplittableRandom(System.nanoTime());
            byte[] noise = new byte[1 << 20];
            for (int file = 0; file < mebibytes / fileMebibytes; file++) {
                zip.putNextEntry(new ZipEntry("folder/%05d.bin".formatted(file)));
                for (int i = 0; i < fileMebibytes; i++) {
                    random.nextBytes(noise);
                    zip.write(noise);
                }
                zip.closeEntry();
            }
        }
        return null;
    }
}
