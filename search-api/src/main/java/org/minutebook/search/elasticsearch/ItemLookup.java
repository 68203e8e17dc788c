package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.Box;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.MeetingId;
import org.minutebook.search.items.ItemInFull;
import org.minutebook.search.items.ItemInFull.Neighbour;
import org.springframework.stereotype.Component;

/** Fetches what is known by name. */
@Component
public class ItemLookup {

    private static final int MOST_ITEMS = 1000;

    /** Items of one document with the same number and title that are told apart. */
    private static final int MOST_ALIKE = 3;

    private static final String PDF = "application/pdf";

    private final Elastic elastic;

    ItemLookup(Elastic elastic) {
        this.elastic = elastic;
    }

    /**
     * An item with everything; empty where there is none, or it only groups others, or its document
     * was deleted.
     */
    public Optional<ItemInFull> item(ItemId id) {
        Optional<IndexEntry> entry = entry(id);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        IndexEntry found = entry.get();
        AgendaItem item = Objects.requireNonNull(found.item());
        return Optional.of(
                new ItemInFull(
                        item.id(),
                        item.number(),
                        item.title(),
                        item.section(),
                        item.level(),
                        item.text(),
                        item.decisions(),
                        item.time(),
                        item.page(),
                        item.pageTo(),
                        item.boxes(),
                        isPictured(found),
                        item.attachments(),
                        item.interests(),
                        item.continuedElsewhere(),
                        item.scanned(),
                        item.confidence(),
                        Entries.document(found.document()),
                        beside(found, item.order(), SortOrder.Desc),
                        beside(found, item.order(), SortOrder.Asc),
                        found.indexedAt()));
    }

    /**
     * The place of an item on the pages of a PDF; empty where there is no such item, no place of it
     * is known, or its document is no PDF.
     */
    public List<Box> placeInPdf(ItemId id) {
        return entry(id)
                .filter(ItemLookup::isPictured)
                .map(entry -> Objects.requireNonNull(entry.item()).boxes())
                .orElse(List.of());
    }

    private Optional<IndexEntry> entry(ItemId id) {
        return elastic.call(client ->
                        client.get(
                                get -> get.index(IndexEntry.ALIAS).id(id.value()),
                                IndexEntry.class))
                .map(answer -> answer.source())
                .filter(entry -> entry.role() == Role.ITEM);
    }

    private static boolean isPictured(IndexEntry entry) {
        AgendaItem item = Objects.requireNonNull(entry.item());
        return PDF.equals(entry.document().mediaType()) && !item.boxes().isEmpty();
    }

    /**
     * The item that a name most likely meant that is not used any more, because its document was
     * read again and differently: one that would have the name if it had another item's number, or
     * none, or were another of several alike.
     */
    public Optional<ItemId> successor(ItemId old) {
        DocumentId document = old.document();
        List<AgendaItem> items =
                items(
                        Query.of(q ->
                                q.bool(b ->
                                        b.filter(
                                                Entries.role(Role.ITEM),
                                                Entries.term("document.id", document.value())))),
                        SortOrder.Asc,
                        MOST_ITEMS);
        Set<@Nullable String> numbers = new HashSet<>();
        numbers.add(null);
        items.forEach(item -> numbers.add(item.number()));
        for (AgendaItem item : items) {
            for (String number : numbers) {
                for (int occurrence = 0; occurrence < MOST_ALIKE; occurrence++) {
                    if (ItemId.of(document, number, item.title(), occurrence).equals(old)) {
                        return Optional.of(item.id());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The meeting that a document is about; empty where it is not there or about none. */
    public Optional<MeetingId> meetingOf(DocumentId document) {
        return elastic.call(client ->
                        client.get(
                                get -> get.index(IndexEntry.ALIAS).id(document.value()),
                                IndexEntry.class))
                .map(answer -> answer.source())
                .map(entry -> entry.document().meetingId());
    }

    private @Nullable Neighbour beside(IndexEntry entry, int order, SortOrder direction) {
        boolean after = direction == SortOrder.Asc;
        Query beside =
                Query.of(q ->
                        q.bool(b ->
                                b.filter(
                                        Entries.role(Role.ITEM),
                                        Entries.term("document.id", entry.document().id().value()),
                                        Query.of(r ->
                                                r.range(range ->
                                                        range.number(n -> {
                                                            n.field("item.order");
                                                            return after
                                                                    ? n.gt((double) order)
                                                                    : n.lt((double) order);
                                                        }))))));
        return items(beside, direction, 1).stream()
                .findFirst()
                .map(item -> new Neighbour(item.id(), item.number(), item.title()))
                .orElse(null);
    }

    private List<AgendaItem> items(Query query, SortOrder direction, int size) {
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .query(query)
                                .size(size)
                                .source(s -> s.filter(f -> f.excludes("item.text", "item.boxes")))
                                .sort(s -> s.field(f -> f.field("item.order").order(direction))));
        return elastic.search(request).stream()
                .flatMap(answer -> answer.hits().hits().stream())
                .map(hit -> Objects.requireNonNull(Objects.requireNonNull(hit.source()).item()))
                .toList();
    }
}
