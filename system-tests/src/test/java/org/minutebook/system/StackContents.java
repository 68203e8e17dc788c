package org.minutebook.system;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a stack's index and registry hold, to be compared: by id, without the times at which it
 * was written.
 *
 * @param items entries of the item index, with their revisions
 * @param documents entries of the registry
 */
record StackContents(Map<String, String> items, Map<String, String> documents) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static StackContents of(CommandLine stack) throws Exception {
        return new StackContents(
                all(stack, "agenda-items", "indexedAt"), all(stack, "documents", "at"));
    }

    private static Map<String, String> all(CommandLine stack, String index, String time)
            throws Exception {
        Map<String, String> all = new TreeMap<>();
        post(stack, index + "/_refresh", "");
        JsonNode page = post(stack, index + "/_search?version=true", "{\"size\": 10000}");
        for (JsonNode hit : page.path("hits").path("hits").values()) {
            ObjectNode source = (ObjectNode) hit.get("_source");
            source.remove(time);
            all.put(
                    hit.get("_id").asString(),
                    "version %s of %s".formatted(hit.get("_version"), source));
        }
        if (all.size() != page.at("/hits/total/value").asInt()) {
            throw new IllegalStateException("more than one page in " + index);
        }
        return all;
    }

    private static JsonNode post(CommandLine stack, String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/%s".formatted(stack.port() + 6, path)))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }
}
