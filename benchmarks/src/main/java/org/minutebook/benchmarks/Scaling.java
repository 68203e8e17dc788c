package org.minutebook.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minutebook.embedded.JavaProgram;
import org.minutebook.embedded.Launch;
import org.minutebook.embedded.ServerProcess;
import org.minutebook.embedded.ServerProcess.Lifetime;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * How much more a stack takes in with more instances of extract-service, each of which reads one
 * document and one scanned page at a time: up to the processors that there are, and what the other
 * parts need of them. Documents with text and scans are taken in apart.
 */
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Pages a second from the first upload to the last item searchable, by instances of extract-service.")
final class Scaling implements Callable<Integer> {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final String SERVICE = "extract-service";

    @Parameters(paramLabel = "DIR", description = "Folder with PDFs; its subfolders count.")
    private Path folder = Path.of("");

    @Option(names = "--instances", defaultValue = "3", description = "The most instances.")
    private int most;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds of each number.")
    private int rounds;

    @Option(names = "--port", defaultValue = "9790", description = "First port of the stack.")
    private int port;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Scaling()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path scratch = Files.createTempDirectory("minutebook-scaling");
        List<ServerProcess> more = new ArrayList<>();
        try (ReadingRates reading = new ReadingRates(Runtime.getRuntime().availableProcessors())) {
            ReadingRates.Sorted files = reading.sort(ReadingRates.pdfs(List.of(folder)));
            System.out.printf(
                    "%d documents with text, %d pages; %d scans, %d pages; %d processors%n",
                    files.texts().size(),
                    files.pages(),
                    files.scans().size(),
                    files.scannedPages(),
                    Runtime.getRuntime().availableProcessors());
            try (OwnStack stack =
                    OwnStack.start(
                            PackagedService.project().resolve("minutebook"),
                            scratch.resolve("stack"),
                            port,
                            Map.of(
                                    "MINUTEBOOK_EXTRACT_WORKERS",
                                    "1",
                                    "MINUTEBOOK_EXTRACT_OCR_WORKERS",
                                    "1"))) {
                for (int instances = 1; instances <= most; instances++) {
                    if (instances > 1) {
                        more.add(another(stack, instances));
                    }
                    measure(stack, instances, "text", files.texts(), files.pages(), scratch);
                    measure(
                            stack,
                            instances,
                            "scans",
                            files.scans(),
                            files.scannedPages(),
                            scratch);
                }
            } finally {
                more.forEach(instance -> instance.stop(STOP_LIMIT));
            }
        } finally {
            FileSystemUtils.deleteRecursively(scratch);
        }
        return 0;
    }

    /** Prints the rate of some rounds after one to warm up the newest instance. */
    private void measure(
            OwnStack stack, int instances, String kind, List<Path> files, int pages, Path scratch)
            throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return;
        }
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double seconds = round(stack, files, scratch, instances + " " + round);
            if (round > 0) {
                rates.add(pages / seconds);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d instances, %s: %.2f pages/s, of %s%n",
                instances,
                kind,
                Measured.median(rates),
                rates.stream().map(rate -> String.format(Locale.ROOT, "%.2f", rate)).toList());
    }

    /** Seconds until all are searchable. */
    private static double round(OwnStack stack, List<Path> files, Path scratch, String mark)
            throws IOException, InterruptedException {
        Path copies = FreshCopies.of(files, scratch.resolve("copies"), mark);
        long start = System.nanoTime();
        stack.importAll(copies);
        double seconds = (System.nanoTime() - start) / 1e9;
        FileSystemUtils.deleteRecursively(copies);
        return seconds;
    }

    private ServerProcess another(OwnStack stack, int number) throws IOException {
        int itsPort = port + 8 + number;
        List<String> command =
                List.of(
                        JavaProgram.ofThisProcess().toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1", // as the stack's own
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        PackagedService.jar(SERVICE).toString(),
                        "--server.port=" + itsPort,
                        "--spring.kafka.bootstrap-servers=localhost:" + (port + 4),
                        "--minutebook.store.directory=" + stack.data().resolve("store"),
                        "--minutebook.extract.workers=1",
                        "--minutebook.extract.ocr.workers=1");
        ServerProcess instance =
                ServerProcess.start(
                        new Launch(
                                SERVICE,
                                command,
                                Map.of(),
                                stack.data(),
                                stack.data().resolve(SERVICE + "-" + number + ".log")),
                        Lifetime.WITH_THIS_PROCESS);
        instance.awaitReady(() -> isReady(itsPort), START_LIMIT);
        return instance;
    }

    private static boolean isReady(int port) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:%d/actuator/health/readiness"
                                                                    .formatted(port)))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
