package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.IndexEntry;
import org.springframework.stereotype.Component;

/** Tells whether the index changed, without looking at what is in it. */
@Component
public class IndexState {

    private static final String NEWEST = "newest";
    private static final String LAST = "last";

    private final Elastic elastic;

    IndexState(Elastic elastic) {
        this.elastic = elastic;
    }

    /**
     * A state of the index.
     *
     * @param entries how many entries there are
     * @param changedAt when the newest was written; a deletion writes one too
     * @param lastWrite Elasticsearch's number of the last write: what is older than the newest may
     *     come after it
     */
    public record State(long entries, Instant changedAt, long lastWrite) {}

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
                                        Aggregation.of(a -> a.max(m -> m.field("indexedAt"))))
                                .aggregations(
                                        LAST,
                                        Aggregation.of(
                                                a -> a.max(m -> m.field(ChangeLookup.NUMBER)))));
        Optional<SearchResponse<IndexEntry>> answer = elastic.search(request);
        long entries =
                answer.map(found -> found.hits().total()).map(total -> total.value()).orElse(0L);
        Double newest = greatest(answer, NEWEST);
        Double last = greatest(answer, LAST);
        return new State(
                entries,
                entries > 0 && newest != null
                        ? Instant.ofEpochMilli(newest.longValue())
                        : Instant.EPOCH,
                entries > 0 && last != null ? last.longValue() : -1);
    }

    private static @Nullable Double greatest(
            Optional<SearchResponse<IndexEntry>> answer, String name) {
        return answer.map(found -> found.aggregations().get(name))
                .map(aggregate -> aggregate.max().value())
                .orElse(null);
    }
}
