package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.search.items.Change;
import org.springframework.stereotype.Component;

/** What was written to the index, oldest first. */
@Component
public class ChangeLookup {

    private final Elastic elastic;

    ChangeLookup(Elastic elastic) {
        this.elastic = elastic;
    }

    /**
     * A change with its place in the order.
     *
     * @param place values to go on after: two numbers around a string
     */
    public record Placed(Change change, List<Object> place) {}

    /** Changes after a place, or from the first one on; what is not there any more is left out. */
    public List<Placed> after(@Nullable List<Object> place, int size) {
        SearchRequest request =
                SearchRequest.of(search -> {
                    search.index(IndexEntry.ALIAS)
                            .ignoreUnavailable(true)
                            .size(size)
                            .source(s ->
                                    s.filter(f ->
                                            f.excludes(
                                                    "item.text",
                                                    "item.boxes",
                                                    "item.decisions",
                                                    "document.attendance")))
                            .sort(
                                    SortOptions.of(s -> s.field(f -> f.field("indexedAt"))),
                                    SortOptions.of(s -> s.field(f -> f.field("document.id"))),
                                    SortOptions.of(s ->
                                            s.field(f ->
                                                    f.field("item.order")
                                                            .missing(
                                                                    FieldValue.of(
                                                                            Integer.MAX_VALUE)))));
                    if (place != null) {
                        search.searchAfter(place.stream().map(ItemSearch::value).toList());
                    }
                    return search;
                });
        return elastic.search(request).stream()
                .flatMap(answer -> answer.hits().hits().stream())
                .map(hit ->
                        new Placed(
                                change(Objects.requireNonNull(hit.source())),
                                hit.sort().stream().map(FieldValue::_get).toList()))
                .toList();
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
