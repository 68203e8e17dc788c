package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.contracts.ItemId;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.FoundItem;
import org.minutebook.search.items.FoundItem.Highlights;
import org.minutebook.search.items.FoundItem.InDocument;

/** Entries of the index, as they are asked for and as they are shown. */
final class Entries {

    private Entries() {}

    static Query term(String field, String value) {
        return Query.of(q -> q.term(t -> t.field(field).value(value)));
    }

    private static Query term(String field, boolean value) {
        return Query.of(q -> q.term(t -> t.field(field).value(value)));
    }

    static Query role(Role role) {
        return term("role", role.wireName());
    }

    /** What can be a hit: no sections, no documents, nothing deleted, and what the filters say. */
    static Query hits(Query query, Filters filters) {
        BoolQuery.Builder bool =
                new BoolQuery.Builder().must(query).filter(role(Role.ITEM)).mustNot(deleted());
        if (!filters.councils().isEmpty()) {
            bool.filter(councils(filters));
        }
        if (!filters.committees().isEmpty()) {
            bool.filter(committees(filters));
        }
        if (filters.kind() != null) {
            bool.filter(term("document.kind", filters.kind().wireName()));
        }
        if (filters.from() != null || filters.to() != null) {
            bool.filter(
                    Query.of(q ->
                            q.range(r ->
                                    r.date(d -> {
                                        d.field("document.meetingDate");
                                        if (filters.from() != null) {
                                            d.gte(filters.from().toString());
                                        }
                                        if (filters.to() != null) {
                                            d.lte(filters.to().toString());
                                        }
                                        return d;
                                    }))));
        }
        if (filters.decided() != null) {
            bool.filter(term("decided", filters.decided()));
        }
        if (filters.outcome() != null) {
            bool.filter(term("item.decisions.outcome", filters.outcome().wireName()));
        }
        if (filters.scanned() != null) {
            bool.filter(term("item.scanned", filters.scanned()));
        }
        return bool.build()._toQuery();
    }

    static Query deleted() {
        return term("document.deleted", true);
    }

    static Query councils(Filters filters) {
        return anyOf(
                filters.councils().stream()
                        .map(id -> term("document.councilId", id.value()))
                        .toList());
    }

    static Query committees(Filters filters) {
        return anyOf(filters.committees().stream().map(Entries::committee).toList());
    }

    static Query committee(String slug) {
        Query named = term("document.committeeId", slug);
        if (!slug.equals(Filters.COUNCIL_ITSELF)) {
            return named;
        }
        Query none =
                Query.of(q ->
                        q.bool(b ->
                                b.mustNot(m -> m.exists(e -> e.field("document.committeeId")))));
        return anyOf(List.of(named, none));
    }

    static Query anyOf(List<Query> queries) {
        return Query.of(q -> q.bool(b -> b.should(queries).minimumShouldMatch("1")));
    }

    /**
     * What a list shows of an entry of an item; the rest, its text above all, stays in
     * Elasticsearch.
     */
    record Listed(Item item, InDocument document) {

        /** Fields that have to be asked for. */
        static final List<String> FIELDS =
                List.of(
                        "item.id",
                        "item.number",
                        "item.title",
                        "item.section",
                        "item.decisions",
                        "item.page",
                        "item.pageTo",
                        "document.id",
                        "document.council",
                        "document.councilId",
                        "document.committee",
                        "document.committeeId",
                        "document.meetingId",
                        "document.meetingDate",
                        "document.kind",
                        "document.title",
                        "document.sourceUrl");

        /** What it shows of the item itself. */
        record Item(
                ItemId id,
                @Nullable String number,
                String title,
                @Nullable String section,
                @Nullable List<Decision> decisions,
                int page,
                int pageTo) {}
    }

    static FoundItem found(Hit<Listed> hit) {
        Listed entry = Objects.requireNonNull(hit.source());
        Listed.Item item = entry.item();
        Map<String, List<String>> marked = hit.highlight();
        List<String> title = html(marked.get("item.title"));
        return new FoundItem(
                item.id(),
                item.number(),
                item.title(),
                item.section(),
                new Highlights(
                        title.isEmpty() ? null : title.getFirst(),
                        html(marked.get("item.text")),
                        html(marked.get("item.decisions.text"))),
                Objects.requireNonNullElse(item.decisions(), List.of()),
                item.page(),
                item.pageTo(),
                hit.score(),
                entry.document());
    }

    /** Buckets of terms; without a mapping, as when there is no index, the terms are of no type. */
    static List<StringTermsBucket> buckets(@Nullable Aggregate terms) {
        return terms == null || !terms.isSterms() ? List.of() : terms.sterms().buckets().array();
    }

    private static List<String> html(@Nullable List<String> pieces) {
        return pieces == null ? List.of() : pieces.stream().map(Marks::html).toList();
    }

    static InDocument document(IndexedDocument document) {
        CouncilId council = document.councilId();
        return new InDocument(
                document.id(),
                document.council(),
                council == null ? null : council.value(),
                document.committee(),
                document.committeeId(),
                document.meetingId(),
                document.meetingDate(),
                document.kind(),
                document.title(),
                document.sourceUrl());
    }
}
