package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.time.Instant;
import java.util.Optional;
import org.minutebook.contracts.IndexEntry;
import org.springframework.stereotype.Component;

/** Tells whether the index changed, without looking at what is in it. */
@Component
public class IndexState {

    private static final String NEWEST = "newest";

    private final Elastic elastic;

    IndexState(Elastic elastic) {
        this.elastic = elastic;
    }

    /**
     * A state of the index.
     *
     * @param entries how many entries there are
     * @param changedAt when the newest was written; a deletion writes one too
     */
    public record State(long entries, Instant changedAt) {}

    /**
     * The state now.
     *
     * @throws org.minutebook.search.items.SearchAwayException if Elasticsearch does not answer
     */
    public State now() {
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .size(0)
                                .trackTotalHits(track -> track.enabled(true))
                                .aggregations(
                                        NEWEST,
                                        Aggregation.of(a -> a.max(m -> m.field("indexedAt")))));
        Optional<SearchResponse<IndexEntry>> answer = elastic.search(request);
        long entries =
                answer.map(found -> found.hits().total()).map(total -> total.value()).orElse(0L);
        Double newest =
                answer.map(found -> found.aggregations().get(NEWEST))
                        .map(aggregate -> aggregate.max().value())
                        .orElse(null);
        return new State(
                entries,
                entries > 0 && newest != null
                        ? Instant.ofEpochMilli(newest.longValue())
                        : Instant.EPOCH);
    }
}
