package org.minutebook.chaos;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.minutebook.local.client.Alerts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes the calls of webhooks, and remembers them. */
final class Deliveries implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * A call of a webhook.
     *
     * @param id its {@code webhook-id}
     * @param body what it says
     */
    record Call(String id, JsonNode body) {

        /** Ids of the items that it tells of. */
        List<String> items() {
            return body.path("data").path("items").values().stream()
                    .map(item -> item.path("id").asString())
                    .toList();
        }
    }

    /** Listens on a port. */
    Deliveries(int port) throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext(
                "/",
                exchange -> {
                    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
                    String id = exchange.getRequestHeaders().getFirst("webhook-id");
                    calls.add(new Call(String.valueOf(id), body));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
    }

    /** Subscribes to every beacon. */
    void subscribe(Alerts alerts) {
        String webhook = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        for (String beacon : Papers.BEACONS) {
            alerts.subscribe(Map.of("query", beacon, "webhook", webhook));
        }
    }

    /** All calls so far. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
