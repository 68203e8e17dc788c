package org.minutebook.local;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.client.Alerts;
import org.minutebook.local.stack.Stack;
import org.minutebook.local.stack.StackException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An alert that really arrives: subscribes by webhook and by e-mail to listeners of its own, hands
 * in minutes that it makes up, waits for both, and ends the subscriptions.
 */
final class AlertDemo {

    private static final String QUERY = "\"flood gates\" repaired";
    private static final String ADDRESS = "resident@eldmarsh.example";

    /** Beginning of the subject of the e-mail that asks for confirmation. */
    private static final String QUESTION = "Please confirm";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern CONFIRM =
            Pattern.compile("(http://\\S+/subscriptions/confirm)\\?(token=[\\w.-]+)");

    private final StackOptions options;
    private final Stack stack;
    private final HttpClient http = HttpClient.newHttpClient();

    AlertDemo(StackOptions options, Stack stack) {
        this.options = options;
        this.stack = stack;
    }

    /**
     * The alert as it arrived.
     *
     * @param channel by which it came first
     * @param subscription the search that it was sent for
     * @param item what it tells of
     * @param matched sentences with the words that were looked for
     * @param seconds from handing the document in until it arrived
     * @param subject of the e-mail about the same; null where no e-mail came in time
     */
    record Shown(
            String channel,
            String subscription,
            JsonNode item,
            List<String> matched,
            double seconds,
            @Nullable String subject) {}

    /**
     * Runs it.
     *
     * @throws StackException if nothing arrives
     */
    Shown run() throws IOException, InterruptedException {
        BlockingQueue<JsonNode> calls = new LinkedBlockingQueue<>();
        HttpServer webhook = listen(calls);
        GreenMail mail =
                new GreenMail(
                        new ServerSetup(
                                stack.ports().demoMail(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        Alerts alerts = options.alerts();
        alerts.erase(ADDRESS); // what a demonstration left that was stopped half-way
        List<String> made = new ArrayList<>();
        try {
            JsonNode byWebhook =
                    alerts.subscribe(
                            Map.of(
                                    "query",
                                    QUERY,
                                    "webhook",
                                    "http://127.0.0.1:" + stack.ports().demoWebhook() + "/"));
            made.add(byWebhook.path("id").asString());
            alerts.subscribe(Map.of("query", QUERY, "email", ADDRESS));
            confirm(mail);

            long began = System.nanoTime();
            upload();
            JsonNode call = calls.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (call == null) {
                throw new StackException(
                        "No alert arrived within %d s; the logs are in %s"
                                .formatted(PATIENCE.toSeconds(), stack.data().logs()));
            }
            double seconds = (System.nanoTime() - began) / 1_000_000 / 1000.0;
            String subject =
                    await(mail, text -> !text.startsWith(QUESTION))
                            .map(AlertDemo::subject)
                            .orElse(null);
            JsonNode item = call.path("data").path("items").path(0);
            return new Shown("webhook", QUERY, item, excerpts(item), seconds, subject);
        } finally {
            alerts.erase(ADDRESS);
            made.forEach(alerts::delete);
            webhook.stop(0);
            mail.stop();
        }
    }

    private HttpServer listen(BlockingQueue<JsonNode> calls) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), stack.ports().demoWebhook()),
                        0);
        server.createContext(
                "/",
                exchange -> {
                    calls.add(json.readTree(exchange.getRequestBody().readAllBytes()));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        return server;
    }

    /** Opens the link of the e-mail that asks, as the subscriber would. */
    private void confirm(GreenMail mail) throws IOException, InterruptedException {
        MimeMessage question =
                await(mail, subject -> subject.startsWith(QUESTION))
                        .orElseThrow(() ->
                                new StackException(
                                        "The e-mail that asks for confirmation did not arrive."));
        String text = GreenMailUtil.getWholeMessage(question);
        Matcher link = CONFIRM.matcher(text.replace("=\r\n", "").replace("=3D", "="));
        if (!link.find()) {
            throw new StackException("The e-mail that asks for confirmation has no link.");
        }
        HttpRequest press =
                HttpRequest.newBuilder(URI.create(link.group(1)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(link.group(2)))
                        .build();
        http.send(press, HttpResponse.BodyHandlers.discarding());
    }

    /** Minutes of yesterday, each time others: the clock is in them. */
    private void upload() throws IOException {
        LocalDateTime now = LocalDateTime.now();
        String day =
                DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.UK).format(now.minusDays(1));
        String minutes =
                """
                <html><body>
                <h1>Eldmarsh Borough Council</h1>
                <h1>Highways Committee</h1>
                <p>Minutes of the meeting held on %s at 7.30 pm in the Town Hall</p>
                <h2>1. Apologies for absence</h2>
                <p>Apologies were received from Councillor Zaman.</p>
                <h2>2. Flood gates at Quay Street</h2>
                <p>The Committee heard that the flood gates did not close in the last storm.</p>
                <p>RESOLVED: That the flood gates at Quay Street be repaired before the spring tides.</p>
                <h2>3. Close of meeting</h2>
                <p>The meeting closed at 8.45 pm. These minutes were printed at %s.</p>
                </body></html>
                """
                        .formatted(day, now);
        Path file = Files.createTempFile("highways-", ".html");
        try {
            Files.writeString(file, minutes, StandardCharsets.UTF_8);
            options.intake()
                    .upload(
                            file,
                            "highways-minutes.html",
                            Map.of(
                                    "council",
                                    "Eldmarsh Borough Council",
                                    "committee",
                                    "Highways Committee",
                                    "kind",
                                    "minutes",
                                    "meetingDate",
                                    now.minusDays(1).toLocalDate().toString()));
        } finally {
            Files.delete(file);
        }
    }

    /** The first e-mail to the demonstration: others come here too that could not go elsewhere. */
    private static Optional<MimeMessage> await(GreenMail mail, Predicate<String> subject) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            MimeMessage[] received = mail.getReceivedMessages();
            Optional<MimeMessage> found =
                    Arrays.stream(received)
                            .filter(each -> isFor(each, ADDRESS))
                            .filter(each -> subject.test(subject(each)))
                            .findFirst();
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (found.isPresent()
                    || left <= 0
                    || !mail.waitForIncomingEmail(left, received.length + 1)) {
                return found;
            }
        }
    }

    private static boolean isFor(MimeMessage message, String address) {
        try {
            return Arrays.stream(message.getAllRecipients())
                    .anyMatch(each -> each.toString().equals(address));
        } catch (MessagingException e) {
            throw new StackException("The e-mail cannot be read: " + e.getMessage());
        }
    }

    private static String subject(MimeMessage message) {
        try {
            return Optional.ofNullable(message.getSubject()).orElse("");
        } catch (MessagingException e) {
            throw new StackException("The e-mail cannot be read: " + e.getMessage());
        }
    }

    private static List<String> excerpts(JsonNode item) {
        return item.path("excerpts").values().stream()
                .map(excerpt -> excerpt.path("text").asString())
                .toList();
    }
}
