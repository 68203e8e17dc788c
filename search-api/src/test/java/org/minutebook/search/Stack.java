package org.minutebook.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.testservers.TestServers;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a real Elasticsearch, seen from outside. */
final class Stack implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext service;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private Stack(ConfigurableApplicationContext service) {
        this.service = service;
    }

    static Stack start(Path directory) {
        return start(directory, TestServers.elasticsearch());
    }

    static Stack start(Path directory, URI elasticsearch, String... settings) {
        String[] own = {
            "--server.port=0",
            "--minutebook.alerts.enabled="
                    + Arrays.stream(settings).anyMatch(s -> s.startsWith("--spring.kafka.")),
            "--spring.elasticsearch.uris=" + elasticsearch,
            "--minutebook.store.directory=" + directory
        };
        String[] all = Arrays.copyOf(own, own.length + settings.length);
        System.arraycopy(settings, 0, all, own.length, settings.length);
        return new Stack(new SpringApplicationBuilder(SearchApi.class).run(all));
    }

    @Override
    public void close() {
        service.close();
    }

    <T> T bean(Class<T> type) {
        return service.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return service.getBean(name, type);
    }

    /** Takes the index away, as before the first document. */
    void forget() {
        try {
            List<String> names =
                    List.copyOf(
                            elasticsearch()
                                    .indices()
                                    .get(g -> g.index(IndexEntry.ALIAS + "-v*"))
                                    .indices()
                                    .keySet());
            if (!names.isEmpty()) {
                elasticsearch().indices().delete(d -> d.index(names));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the index and opens it again: what was kept for searches is gone, as by a restart. */
    void reopen() {
        try {
            elasticsearch().indices().close(c -> c.index(IndexEntry.ALIAS));
            elasticsearch().indices().open(o -> o.index(IndexEntry.ALIAS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the index anew with these documents in it. */
    void write(Written... documents) {
        write(Arrays.stream(documents).flatMap(d -> d.entries().stream()).toList());
    }

    void write(List<IndexEntry> entries) {
        forget();
        String name =
                "%s-v%d-%d"
                        .formatted(IndexEntry.ALIAS, IndexEntry.MAPPING_VERSION, System.nanoTime());
        try (InputStream mapping =
                Objects.requireNonNull(
                        IndexEntry.class.getResourceAsStream(IndexEntry.MAPPING_RESOURCE))) {
            elasticsearch()
                    .indices()
                    .create(c ->
                            c.withJson(mapping)
                                    .index(name)
                                    .aliases(IndexEntry.ALIAS, a -> a.isWriteIndex(true)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        add(entries);
    }

    /**
     * Makes the index as another version did.
     *
     * @param mapping its settings and mapping
     * @param entries what stands in it, by id
     */
    void restore(Path mapping, Map<String, JsonNode> entries) throws IOException {
        forget();
        String name = IndexEntry.ALIAS + "-v0-" + System.nanoTime();
        try (InputStream in = Files.newInputStream(mapping)) {
            elasticsearch()
                    .indices()
                    .create(c ->
                            c.withJson(in)
                                    .index(name)
                                    .aliases(IndexEntry.ALIAS, a -> a.isWriteIndex(true)));
        }
        BulkResponse answer =
                elasticsearch()
                        .bulk(bulk -> {
                            bulk.index(IndexEntry.ALIAS).refresh(Refresh.True);
                            entries.forEach((id, entry) ->
                                    bulk.operations(o -> o.index(i -> i.id(id).document(entry))));
                            return bulk;
                        });
        if (answer.errors()) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /** Adds entries to the index. */
    void add(List<IndexEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            BulkResponse answer =
                    elasticsearch()
                            .bulk(bulk -> {
                                bulk.index(IndexEntry.ALIAS).refresh(Refresh.True);
                                for (IndexEntry entry : entries) {
                                    bulk.operations(o ->
                                            o.index(i ->
                                                    i.id(id(entry))
                                                            .document(
                                                                    BinaryData.of(
                                                                            JSON.writeValueAsBytes(
                                                                                    entry),
                                                                            ContentType
                                                                                    .APPLICATION_JSON))));
                                }
                                return bulk;
                            });
            if (answer.errors()) {
                throw new IllegalStateException(answer.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(IndexEntry entry) {
        return entry.item() == null ? entry.document().id().value() : entry.item().id().value();
    }

    ElasticsearchClient elasticsearch() {
        return service.getBean(ElasticsearchClient.class);
    }

    URI address(String path) {
        return URI.create(
                "http://localhost:"
                        + service.getEnvironment().getProperty("local.server.port")
                        + path);
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    /** Answer to a query, with more parameters as they stand in an address. */
    JsonNode search(String query, String... more) {
        return json(path(query, more));
    }

    static String path(String query, String... more) {
        return "/api/v1/items?q="
                + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + (more.length == 0 ? "" : "&" + String.join("&", more));
    }

    /** Titles of the items that a query finds, best first. */
    List<String> titles(String query, String... more) {
        return search(query, more)
                .get("items")
                .valueStream()
                .map(item -> item.get("title").asString())
                .toList();
    }
}
