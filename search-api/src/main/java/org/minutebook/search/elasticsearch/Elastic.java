package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.core.MsearchRequest;
import co.elastic.clients.elasticsearch.core.MsearchResponse;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.msearch.MultiSearchResponseItem;
import co.elastic.clients.elasticsearch.core.msearch.RequestItem;
import co.elastic.clients.elasticsearch.core.search.ResponseBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.search.items.SearchAwayException;
import org.springframework.stereotype.Component;

/** Calls Elasticsearch, and names its failures. */
@Component
class Elastic {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final ElasticsearchClient client;

    Elastic(ElasticsearchClient client) {
        this.client = client;
    }

    /** A call; the answer is passed on. */
    interface Call<T extends @Nullable Object> {
        T run(ElasticsearchClient client) throws IOException;
    }

    /**
     * Searches for entries.
     *
     * @return empty where there is no index or no such point in time
     * @throws SearchAwayException if Elasticsearch does not answer, or not as it should
     */
    Optional<SearchResponse<IndexEntry>> search(SearchRequest request) {
        return search(request, IndexEntry.class);
    }

    /**
     * Searches for entries of which only a part is asked for.
     *
     * @return empty where there is no index or no such point in time
     * @throws SearchAwayException if Elasticsearch does not answer, or not as it should
     */
    <T> Optional<SearchResponse<T>> search(SearchRequest request, Class<T> part) {
        return call(client -> client.search(request, part));
    }

    /**
     * Searches in several ways at the same time, with one request.
     *
     * @param requests all in a point in time, or none and all among the current entries; their own
     *     indices do not count
     * @return the answer to each; empty where there is no such point in time
     * @throws SearchAwayException if Elasticsearch does not answer one, or not as it should
     */
    <T> Optional<List<ResponseBody<T>>> searches(List<SearchRequest> requests, Class<T> part) {
        MsearchRequest all =
                MsearchRequest.of(m -> {
                    if (requests.getFirst().pit() == null) {
                        m.index(IndexEntry.ALIAS).ignoreUnavailable(true);
                    }
                    return m.searches(
                            requests.stream()
                                    .map(request ->
                                            RequestItem.of(item ->
                                                    item.header(header -> header).body(request)))
                                    .toList());
                });
        Optional<MsearchResponse<T>> answers = call(client -> client.msearch(all, part));
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        List<ResponseBody<T>> read = new ArrayList<>();
        for (MultiSearchResponseItem<T> answer : answers.get().responses()) {
            if (answer.isResult()) {
                read.add(answer.result());
            } else {
                throwUnlessMissing(new ElasticsearchException("es/msearch", answer.failure()));
                return Optional.empty();
            }
        }
        return Optional.of(read);
    }

    /**
     * Runs a call.
     *
     * @return empty where what it names is not there
     * @throws SearchAwayException if Elasticsearch does not answer, or not as it should
     */
    <T> Optional<T> call(Call<T> call) {
        try {
            return Optional.of(call.run(client));
        } catch (ElasticsearchException e) {
            throwUnlessMissing(e);
            return Optional.empty();
        } catch (IOException e) {
            throw new SearchAwayException("Elasticsearch does not answer", e);
        }
    }

    private static void throwUnlessMissing(ElasticsearchException e) {
        if (e.status() == BAD_REQUEST) {
            throw new IllegalStateException("Elasticsearch refuses the request", e);
        }
        if (e.status() != NOT_FOUND) {
            throw new SearchAwayException("Elasticsearch cannot answer: " + e.status(), e);
        }
    }
}
