package org.minutebook.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Cadence;
import org.minutebook.contracts.Subscription.Channel;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.samples.TextPdf;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** How long it takes from the upload of a PDF until the webhook of who waits for it is called. */
@Command(
        name = "alert-latency",
        description =
                "Hands one PDF after the other to a local stack, and prints how long their alerts took.",
        mixinStandardHelpOptions = true)
public final class AlertLatency implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_SECONDS = 60;
    private static final double MILLION = 1_000_000.0;

    @Option(names = "--data", required = true, description = "The stack's folder, with its key.")
    private Path data = Path.of("");

    @Option(names = "--documents", defaultValue = "40", description = "PDFs that are timed.")
    private int documents;

    @Option(names = "--warm-up", defaultValue = "5", description = "PDFs before those.")
    private int warmUp;

    @Option(
            names = "--pause",
            defaultValue = "500",
            description = "Milliseconds between an alert and the next PDF.")
    private int pause;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AlertLatency()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        RunningStack stack = RunningStack.in(data);
        String run = "q" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Map<String, CountDownLatch> arrived = new ConcurrentHashMap<>();
        Map<String, Long> at = new ConcurrentHashMap<>();
        HttpServer webhook =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), webhookPort(stack)),
                        0);
        webhook.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    at.putIfAbsent(path, System.nanoTime());
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                    arrived.computeIfAbsent(path, p -> new CountDownLatch(1)).countDown();
                });
        webhook.start();
        List<Subscription> made = new ArrayList<>();
        try {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < warmUp + documents; i++) {
                Subscription one = subscription(stack, run + "x" + i, "/" + i);
                made.add(one);
                lines.append(JSON.writeValueAsString(one)).append('\n');
            }
            subscribe(stack, lines.toString());
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < warmUp + documents; i++) {
                byte[] pdf = pdf(run + "x" + i);
                long began = System.nanoTime();
                stack.uploadNew(run + "x" + i + ".pdf", BodyPublishers.ofByteArray(pdf));
                boolean came =
                        arrived.computeIfAbsent("/" + i, p -> new CountDownLatch(1))
                                .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (!came) {
                    System.err.printf("No alert within %d s%n", PATIENCE_SECONDS);
                    return 1;
                }
                if (i >= warmUp) {
                    millis.add((at.getOrDefault("/" + i, began) - began) / MILLION);
                }
                TimeUnit.MILLISECONDS.sleep(pause);
            }
            print(millis);
        } finally {
            webhook.stop(0);
            for (Subscription one : made) {
                stack.send(stack.search("/api/v1/subscriptions/" + one.id()).DELETE());
            }
        }
        return 0;
    }

    private static void print(List<Double> millis) {
        System.out.printf(
                Locale.ROOT,
                "%d PDFs, from the upload to the webhook: median %.0f ms, p95 %.0f ms, shortest %.0f ms, longest %.0f ms%n",
                millis.size(),
                Measured.median(millis),
                Measured.quantile(millis, 0.95),
                Measured.quantile(millis, 0),
                Measured.quantile(millis, 1));
        System.out.printf(
                Locale.ROOT,
                "%d processors, load %.1f%n",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** After those of the stack. */
    private static int webhookPort(RunningStack stack) {
        return stack.port() + 8;
    }

    private static Subscription subscription(RunningStack stack, String word, String path) {
        return new Subscription(
                SubscriptionId.random(),
                word,
                Subscription.Filters.NONE,
                new Channel(
                        Channel.Kind.WEBHOOK,
                        "http://127.0.0.1:" + webhookPort(stack) + path,
                        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                Cadence.AT_ONCE,
                "Europe/London",
                Subscription.State.ACTIVE,
                null,
                Instant.now(),
                Instant.now());
    }

    private static void subscribe(RunningStack stack, String subscriptions)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                stack.send(
                        stack.search("/api/v1/subscriptions/import")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(subscriptions)));
        if (answer.statusCode() != 200) {
            throw new IOException("subscribing: " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Minutes of yesterday on two pages, of which one item has the word. */
    private static byte[] pdf(String word) throws IOException {
        String day =
                DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.UK)
                        .format(LocalDate.now().minusDays(1));
        List<String> lines = new ArrayList<>();
        lines.add("ELDMARSH BOROUGH COUNCIL");
        lines.add("Highways Committee");
        lines.add("Minutes of the meeting held on " + day + " at 7.30 pm in the Town Hall");
        for (int item = 1; item <= 12; item++) {
            lines.add("");
            lines.add(item + ". " + (item == 7 ? "Works at " + word : "Report " + item));
            lines.add("The Committee considered the report of the Head of Highways.");
            lines.add("Members asked about the cost and the time of the works.");
            lines.add("RESOLVED: That the report be noted.");
        }
        return TextPdf.of(lines);
    }
}
