package org.minutebook.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Cadence;
import org.minutebook.contracts.Subscription.Channel;
import org.minutebook.contracts.SubscriptionId;
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
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 60;
    private static final double MILLION = 1_000_000.0;

    @Option(
            names = "--port",
            defaultValue = "8600",
            description = "First port of the stack. Default: ${DEFAULT-VALUE}.")
    private int port;

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
        String key = Files.readString(data.resolve("upload.key")).strip();
        String run = "q" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Map<String, CountDownLatch> arrived = new ConcurrentHashMap<>();
        Map<String, Long> at = new ConcurrentHashMap<>();
        HttpServer webhook =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port + 8), 0);
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
                Subscription one = subscription(run + "x" + i, "/" + i);
                made.add(one);
                lines.append(JSON.writeValueAsString(one)).append('\n');
            }
            send("/api/v1/subscriptions/import", port, key, "application/json", lines.toString());
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < warmUp + documents; i++) {
                byte[] pdf = pdf(run + "x" + i);
                long began = System.nanoTime();
                upload(pdf, key, run + "x" + i + ".pdf");
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
                HTTP.send(
                        request("/api/v1/subscriptions/" + one.id(), port, key).DELETE().build(),
                        BodyHandlers.discarding());
            }
        }
        return 0;
    }

    private static void print(List<Double> millis) {
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%d PDFs, from the upload to the webhook: median %.0f ms, p95 %.0f ms, shortest %.0f ms, longest %.0f ms%n",
                sorted.length,
                sorted[sorted.length / 2],
                sorted[Math.min(sorted.length - 1, sorted.length * 95 / 100)],
                sorted[0],
                Arrays.stream(sorted).max().orElse(0));
        System.out.printf(
                Locale.ROOT,
                "%d processors, load %.1f%n",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private Subscription subscription(String word, String path) {
        return new Subscription(
                SubscriptionId.random(),
                word,
                Subscription.Filters.NONE,
                new Channel(
                        Channel.Kind.WEBHOOK,
                        "http://127.0.0.1:" + (port + 8) + path,
                        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                Cadence.AT_ONCE,
                "Europe/London",
                Subscription.State.ACTIVE,
                null,
                Instant.now(),
                Instant.now());
    }

    private void upload(byte[] pdf, String key, String name)
            throws IOException, InterruptedException {
        String boundary = "minutebook-" + name.hashCode();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                """
                --%s\r
                Content-Disposition: form-data; name="file"; filename="%s"\r
                Content-Type: application/pdf\r
                \r
                """
                        .formatted(boundary, name)
                        .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(pdf);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        HttpResponse<String> answer =
                HTTP.send(
                        request("/api/v1/documents", port + 1, key)
                                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IOException("upload: " + answer.statusCode() + " " + answer.body());
        }
    }

    private static void send(String path, int port, String key, String type, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                HTTP.send(
                        request(path, port, key)
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private static HttpRequest.Builder request(String path, int port, String key) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + key);
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
        try (PDDocument pdf = new PDDocument()) {
            int perPage = 40;
            for (int from = 0; from < lines.size(); from += perPage) {
                PDPage page = new PDPage(PDRectangle.A4);
                pdf.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(FontName.HELVETICA), 11);
                    content.setLeading(17);
                    content.newLineAtOffset(72, 780);
                    for (String line :
                            lines.subList(from, Math.min(lines.size(), from + perPage))) {
                        content.showText(line);
                        content.newLine();
                    }
                    content.endText();
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            pdf.save(bytes);
            return bytes.toByteArray();
        }
    }
}
