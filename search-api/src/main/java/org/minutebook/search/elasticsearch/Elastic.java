package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.io.IOException;
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
     * Runs a call.
     *
     * @return empty where what it names is not there
     * @throws SearchAwayException if Elasticsearch does not answer, or not as it should
     */
    <T> Optional<T> call(Call<T> call) {
        try {
            return Optional.of(call.run(client));
        } catch (ElasticsearchException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            if (e.status() == BAD_REQUEST) {
                throw new IllegalStateException("Elasticsearch refuses the request", e);
            }
            throw new SearchAwayException("Elasticsearch cannot answer: " + e.status(), e);
        } catch (IOException e) {
            throw new SearchAwayException("Elasticsearch does not answer", e);
        }
    }
}
