package org.minutebook.local.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** search-api: asks for agenda items. */
public final class Search {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final Service service;

    /** Talks to the service at a base address. */
    public Search(URI address) {
        this.service = new Service("search-api", address);
    }

    /**
     * The service's answer as it stands.
     *
     * @param parameters of the query, as the service names them
     */
    public JsonNode items(Map<String, String> parameters) {
        String query =
                parameters.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&"));
        HttpRequest request =
                HttpRequest.newBuilder(service.at("/api/v1/items?" + query))
                        .timeout(ANSWER_LIMIT)
                        .GET()
                        .build();
        return service.send(request, JsonNode.class);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
