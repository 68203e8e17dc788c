package org.minutebook.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.search.SearchSettings;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.FoundItems;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.Order;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.query.QueryParser;
import org.minutebook.search.query.Vocabulary;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * How it takes answers of an Elasticsearch that had not time enough to look everywhere, or lost
 * what it kept, as a real one with so few items never gives them.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ItemSearchTest {

    private static final String CUT_SHORT =
            """
            {"took": 3000, "timed_out": true,
             "_shards": {"total": 1, "successful": 1, "skipped": 0, "failed": 0},
             "hits": {"total": {"value": 0, "relation": "eq"}, "hits": []}}
            """;

    private static final String GONE =
            """
            {"error": {"type": "search_context_missing_exception", "reason": "no search context"},
             "status": 404}
            """;

    private volatile boolean isGone;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ElasticsearchClient client;
    private ItemSearch search;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client =
                ElasticsearchClient.of(
                        c -> c.host("http://localhost:" + server.getAddress().getPort()));
        Elastic elastic = new Elastic(client);
        search =
                new ItemSearch(
                        elastic,
                        new Spelling(elastic),
                        new Counting(new Names(elastic)),
                        new Binder(new MapConfigurationPropertySource(Map.of()))
                                .bindOrCreate("minutebook.search", SearchSettings.class),
                        Clock.systemUTC());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        exchange.getRequestBody().readAllBytes();
        String answer = isGone ? GONE : CUT_SHORT;
        int status = isGone ? 404 : 200;
        if (path.endsWith("/_pit")) {
            status = 200;
            answer =
                    exchange.getRequestMethod().equals("DELETE")
                            ? "{\"succeeded\": true, \"num_freed\": 1}"
                            : "{\"id\": \"p\", \"_shards\": {\"total\": 1, \"successful\": 1, \"skipped\": 0, \"failed\": 0}}";
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static ItemQuestion question() {
        return new ItemQuestion(
                new QueryParser(new Vocabulary(null, Set.of())).parse("tannery pond"),
                Filters.NONE,
                Order.RELEVANCE,
                10,
                0,
                null,
                false);
    }

    @Test
    void an_export_that_was_cut_short_is_none() {
        assertThatThrownBy(() -> search.all(question(), _ -> {}))
                .isInstanceOf(SearchAwayException.class);
        assertThat(asked).last().isEqualTo("DELETE /_pit");
    }

    @Test
    void an_export_whose_point_in_time_is_gone_is_none() {
        isGone = true;
        assertThatThrownBy(() -> search.all(question(), _ -> {}))
                .isInstanceOf(SearchAwayException.class);
        assertThat(asked).last().isEqualTo("DELETE /_pit");
    }

    @Test
    void a_search_that_was_cut_short_says_so_and_relaxes_nothing() {
        FoundItems found = search.search(question());
        assertThat(found.partial()).isTrue();
        assertThat(found.relaxed()).isFalse();
        assertThat(asked).hasSize(1);
    }
}
