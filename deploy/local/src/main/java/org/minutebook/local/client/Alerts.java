package org.minutebook.local.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** search-api: asks for topic alerts, and manages them. */
public final class Alerts {

    private static final String SUBSCRIPTIONS = "/api/v1/subscriptions";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    /** For an answer after a look at everything. */
    private static final Duration LONG_ANSWER_LIMIT = Duration.ofMinutes(30);

    private final Service service;
    private final String key;

    /**
     * Talks to the service at an address.
     *
     * @param address its base address
     * @param key the operator's
     */
    public Alerts(URI address, String key) {
        this.service = new Service("search-api", address);
        this.key = key;
    }

    /**
     * Asks for a subscription; the service's answer as it stands.
     *
     * @param wish as the service names its parts
     */
    public JsonNode subscribe(Map<String, Object> wish) {
        return service.send(
                request("")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(service.write(wish)))
                        .build(),
                JsonNode.class);
    }

    /** Asks for something about subscriptions, as {@code /<id>/deliveries}. */
    public JsonNode get(String path) {
        return service.send(request(path).GET().build(), JsonNode.class);
    }

    /** Does something to a subscription, as {@code /<id>/pause}. */
    public JsonNode post(String path) {
        return service.send(request(path).POST(BodyPublishers.noBody()).build(), JsonNode.class);
    }

    /** All subscriptions, with their secrets, one a line. */
    public String export() {
        return service.text(request("/export").GET().build());
    }

    /** Everything that was told, a delivery a line. */
    public String exportLog() {
        return service.text(request("/log").timeout(LONG_ANSWER_LIMIT).GET().build());
    }

    /**
     * Takes in subscriptions as they were exported.
     *
     * @return how many
     * @throws UnreadableException if the file cannot be read
     */
    public int takeIn(Path file) {
        return send("/import", file).path("subscriptions").asInt();
    }

    /**
     * Takes in what was told, as it was exported.
     *
     * @return how many deliveries were not known
     * @throws UnreadableException if the file cannot be read
     */
    public int takeInLog(Path file) {
        return send("/log", file).path("deliveries").asInt();
    }

    private JsonNode send(String path, Path file) {
        return service.send(
                request(path)
                        .timeout(LONG_ANSWER_LIMIT)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(FileBody.of(file))
                        .build(),
                JsonNode.class);
    }

    /** All that is kept about the person with an e-mail address. */
    public JsonNode export(String email) {
        return get("/export?email=" + encoded(email));
    }

    /** Subscriptions of an e-mail address. */
    public JsonNode of(String email) {
        return get("?email=" + encoded(email));
    }

    /** Erases all that is kept about the person with an e-mail address. */
    public JsonNode erase(String email) {
        return service.send(request("?email=" + encoded(email)).DELETE().build(), JsonNode.class);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Ends a subscription and erases it. */
    public void delete(String id) {
        service.text(request("/" + id).DELETE().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.at(SUBSCRIPTIONS + path))
                .timeout(ANSWER_LIMIT)
                .header("Authorization", "Bearer " + key);
    }
}
