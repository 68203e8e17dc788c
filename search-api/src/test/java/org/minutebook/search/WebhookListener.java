package org.minutebook.search;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook's other side. Answers with a status that a test chooses. */
final class WebhookListener implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    WebhookListener() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    calls.add(
                            new Call(
                                    exchange.getRequestURI().getPath(),
                                    status,
                                    Map.copyOf(exchange.getRequestHeaders()),
                                    body));
                    if (status / 100 == 3) {
                        exchange.getResponseHeaders().add("Location", address("/elsewhere"));
                    }
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
    }

    record Call(String path, int status, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }

        String id() {
            return header("webhook-id");
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        /** Titles of the items that it tells of. */
        List<String> titles() {
            return json().get("data")
                    .get("items")
                    .valueStream()
                    .map(item -> item.get("title").asString())
                    .toList();
        }

        boolean isSignedWith(String secret) {
            try {
                new Webhook(secret)
                        .verify(
                                body,
                                java.net.http.HttpHeaders.of(
                                        Map.of(
                                                "webhook-id", List.of(id()),
                                                "webhook-timestamp",
                                                        List.of(header("webhook-timestamp")),
                                                "webhook-signature",
                                                        List.of(header("webhook-signature"))),
                                        (name, value) -> true));
                return true;
            } catch (WebhookVerificationException | EmptyWebhookSecretException e) {
                return false;
            }
        }
    }

    void answerWith(int newStatus) {
        status = newStatus;
    }

    String hostAndPort() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String address(String path) {
        return "http://" + hostAndPort() + path;
    }

    /** Calls of one path, in order. */
    List<Call> calls(String path) {
        return calls.stream().filter(call -> call.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
