package org.minutebook.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in Elasticsearch, read past all detours.
 *
 * @param address of Elasticsearch
 * @param http client of all requests
 */
record IndexContents(URI address, HttpClient http) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404;
    private static final int PAGE = 2000;

    /** Elasticsearch at a port of this machine. */
    static IndexContents at(int port) {
        return new IndexContents(
                URI.create("http://127.0.0.1:" + port), HttpClient.newHttpClient());
    }

    /** Everything in an index, by id; nothing where there is no such index yet. */
    Map<String, JsonNode> read(String index) throws IOException, InterruptedException {
        if (send("/" + index + "/_refresh", "").statusCode() == NOT_FOUND) {
            return Map.of();
        }
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        JsonNode page =
                post(
                        "/" + index + "/_search?scroll=1m",
                        "{\"size\": %d, \"sort\": [\"_doc\"]}".formatted(PAGE));
        while (!page.at("/hits/hits").isEmpty()) {
            page.at("/hits/hits")
                    .values()
                    .forEach(hit -> entries.put(hit.path("_id").asString(), hit.path("_source")));
            page =
                    post(
                            "/_search/scroll",
                            JSON.writeValueAsString(
                                    Map.of(
                                            "scroll",
                                            "1m",
                                            "scroll_id",
                                            page.path("_scroll_id").asString())));
        }
        return entries;
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path, body);
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
