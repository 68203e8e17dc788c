package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.search.items.Change;
import org.springframework.stereotype.Component;

/**
 * What was written to the index, in the order in which Elasticsearch took it.
 *
 * <p>That order is the number that Elasticsearch gives each write. The time that an entry names
 * will not do: of two writers the one that began earlier may be done later, and its entries would
 * stand before a place that a reader has passed.
 */
@Component
public class ChangeLookup {

    /**
     * Elasticsearch's number of a write: <a
     * href="https://www.elastic.co/docs/reference/elasticsearch/rest-apis/optimistic-concurrency-control">optimistic
     * concurrency control</a>.
     */
    static final String NUMBER = "_seq_no";

    /** A replica may show a write a moment before an earlier one. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final Elastic elastic;
    private final Clock clock;

    ChangeLookup(Elastic elastic, Clock clock) {
        this.elastic = elastic;
        this.clock = clock;
    }

    /**
     * A place between two changes.
     *
     * @param index the index that numbers them; another one starts anew
     * @param number of the change before
     */
    public record Place(String index, long number) {}

    /**
     * Some changes.
     *
     * @param changes oldest first
     * @param next where the others begin; null before the first change
     * @param more whether there are more that can be had at once
     */
    public record Page(List<Change> changes, @Nullable Place next, boolean more) {}

    /**
     * Changes after a place, or from the first one on; what is not there any more is left out. All
     * come again where the index was made anew.
     */
    public Page after(@Nullable Place place, int size) {
        List<Hit<IndexEntry>> found = find(place, SortOrder.Asc, size);
        if (place != null && !indexOf(found, place).equals(place.index())) {
            found = find(null, SortOrder.Asc, size);
        }
        List<Change> changes = new ArrayList<>(found.size());
        Place next = place;
        for (Hit<IndexEntry> hit : found) {
            IndexEntry entry = Objects.requireNonNull(hit.source());
            if (isUnsettled(entry.indexedAt())) {
                return new Page(changes, next, false);
            }
            changes.add(change(entry));
            next = new Place(hit.index(), hit.sort().getFirst().longValue());
        }
        return new Page(changes, next, found.size() == size);
    }

    private String indexOf(List<Hit<IndexEntry>> found, Place place) {
        List<Hit<IndexEntry>> any = found.isEmpty() ? find(null, SortOrder.Desc, 1) : found;
        return any.isEmpty() ? place.index() : any.getFirst().index();
    }

    private List<Hit<IndexEntry>> find(@Nullable Place place, SortOrder order, int size) {
        SearchRequest request =
                SearchRequest.of(search -> {
                    search.index(IndexEntry.ALIAS)
                            .ignoreUnavailable(true)
                            .size(size)
                            .trackTotalHits(total -> total.enabled(false))
                            .source(s ->
                                    s.filter(f ->
                                            f.excludes(
                                                    "item.text",
                                                    "item.boxes",
                                                    "item.decisions",
                                                    "document.attendance")))
                            .sort(SortOptions.of(s -> s.field(f -> f.field(NUMBER).order(order))));
                    return place == null
                            ? search
                            : search.searchAfter(FieldValue.of(place.number()));
                });
        return elastic.search(request).stream()
                .flatMap(answer -> answer.hits().hits().stream())
                .toList();
    }

    /** A time far ahead is that of a clock that goes wrong, and must not hold back everything. */
    private boolean isUnsettled(Instant writtenAt) {
        return Duration.between(writtenAt, clock.instant()).abs().compareTo(SETTLING) < 0;
    }

    private static Change change(IndexEntry entry) {
        AgendaItem item = entry.item();
        String type =
                entry.role() != Role.DOCUMENT
                        ? "item"
                        : entry.document().deleted() ? "deleted" : "document";
        return new Change(
                type,
                entry.document().id(),
                item == null ? null : item.id(),
                entry.revision(),
                entry.indexedAt());
    }
}
