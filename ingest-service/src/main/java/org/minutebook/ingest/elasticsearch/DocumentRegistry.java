package org.minutebook.ingest.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.LongTermsBucket;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import co.elastic.clients.util.ObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.ingest.DocumentFilter;
import org.minutebook.ingest.DocumentIntake;
import org.minutebook.ingest.RegistryEntry;
import org.minutebook.ingest.RegistryUnavailableException;
import org.minutebook.ingest.Reprocessing;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document registry: index {@value #INDEX}, one entry a document, projected from lifecycle
 * events. An event applies only if {@link DocumentLifecycle#version()} grows, so that events may
 * come late or twice.
 *
 * <p>Errors: {@link RegistryUnavailableException} where Elasticsearch does not answer.
 */
@Component
public class DocumentRegistry implements Reprocessing.FailedDocuments, DocumentIntake.Refusals {

    static final String INDEX = "documents";

    private static final String CONFLICT = "version_conflict_engine_exception";

    private static final int LARGEST_PAGE = 1000;

    /** Councils, and years of one, that are told; more than any installation has. */
    private static final int MOST_GROUPS = 1000;

    private static final long NO_YEAR = -1;

    /** No slug begins with a hyphen. */
    private static final String NO_COUNCIL = "-";

    private final ElasticsearchClient elasticsearch;
    private final JsonMapper json;
    private final RegistryIndex index;

    DocumentRegistry(ElasticsearchClient elasticsearch, JsonMapper json) {
        this.elasticsearch = elasticsearch;
        this.json = json;
        this.index = new RegistryIndex(elasticsearch, json, INDEX);
    }

    /** Applies events that grow; the others are dropped. When it returns they are durable. */
    public void apply(Collection<DocumentLifecycle> events) {
        if (events.isEmpty()) {
            return;
        }
        index.makeSure();
        BulkRequest.Builder bulk = new BulkRequest.Builder().index(INDEX);
        for (DocumentLifecycle event : newestOfEach(events)) {
            JsonData entry = JsonData.fromJson(json.writeValueAsString(indexed(event)));
            bulk.operations(operation ->
                    operation.index(index ->
                            index.id(event.document().id().value())
                                    .version(event.version())
                                    .versionType(VersionType.External)
                                    .document(entry)));
        }
        try {
            BulkResponse answer = elasticsearch.bulk(bulk.build());
            for (BulkResponseItem item : answer.items()) {
                if (item.error() != null && !CONFLICT.equals(item.error().type())) {
                    throw new RegistryUnavailableException(
                            "Entry %s was not written: %s"
                                    .formatted(item.id(), item.error().reason()),
                            new IOException(item.error().type()));
                }
            }
        } catch (IOException | ElasticsearchException e) {
            throw new RegistryUnavailableException("The registry cannot be written", e);
        }
    }

    /** The entry with what lists filter by. */
    private ObjectNode indexed(DocumentLifecycle event) {
        ObjectNode entry = json.valueToTree(RegistryEntry.of(event));
        Metadata metadata = event.metadata();
        if (metadata.council() != null) {
            entry.put("council", metadata.council());
            entry.put("councilId", CouncilId.of(metadata.council()).value());
        }
        if (metadata.meetingDate() != null) {
            entry.put("year", metadata.meetingDate().getYear());
        }
        return entry;
    }

    // Two versions of one entry in one bulk request would be applied in order anyway; one write is
    // enough.
    private static Collection<DocumentLifecycle> newestOfEach(
            Collection<DocumentLifecycle> events) {
        Map<DocumentId, DocumentLifecycle> newest = new LinkedHashMap<>();
        for (DocumentLifecycle event : events) {
            newest.merge(
                    event.document().id(), event, (a, b) -> a.version() >= b.version() ? a : b);
        }
        return newest.values();
    }

    /**
     * A page of a list.
     *
     * @param total how many there are in all
     * @param documents those on the page
     * @param nextCursor asks for the next page; null on the last one
     */
    public record Page(long total, List<RegistryEntry> documents, @Nullable String nextCursor) {}

    /**
     * Documents, newest first.
     *
     * @param cursor of the page before; null for the first page
     * @throws IllegalArgumentException if the cursor is none
     */
    public Page list(DocumentFilter filter, int size, @Nullable String cursor) {
        List<FieldValue> after = cursor == null ? List.of() : decode(cursor);
        SearchResponse<JsonData> answer =
                search(search -> {
                    search.query(query(filter))
                            .size(size)
                            .trackTotalHits(t -> t.enabled(true))
                            .sort(s -> s.field(f -> f.field("uploadedAt").order(SortOrder.Desc)))
                            .sort(s -> s.field(f -> f.field("id").order(SortOrder.Asc)));
                    return after.isEmpty() ? search : search.searchAfter(after);
                });
        if (answer == null) {
            return new Page(0, List.of(), null);
        }
        List<Hit<JsonData>> hits = answer.hits().hits();
        long total = answer.hits().total() == null ? 0 : answer.hits().total().value();
        return new Page(
                total,
                hits.stream().map(Hit::source).filter(Objects::nonNull).map(this::entry).toList(),
                hits.size() < size ? null : encode(hits.getLast().sort()));
    }

    @Override
    public List<DocumentId> failed() {
        List<DocumentId> ids = new ArrayList<>();
        DocumentFilter failed = new DocumentFilter(Set.of(DocumentState.FAILED), null, null);
        Page page = list(failed, LARGEST_PAGE, null);
        page.documents().forEach(entry -> ids.add(entry.id()));
        while (page.nextCursor() != null) {
            page = list(failed, LARGEST_PAGE, page.nextCursor());
            page.documents().forEach(entry -> ids.add(entry.id()));
        }
        return ids;
    }

    static Query query(DocumentFilter filter) {
        BoolQuery.Builder all = new BoolQuery.Builder();
        if (filter.states().isEmpty()) {
            all.mustNot(q -> q.term(t -> t.field("state").value(DocumentState.DELETED.name())));
        } else {
            List<FieldValue> states =
                    filter.states().stream().map(state -> FieldValue.of(state.name())).toList();
            all.filter(q -> q.terms(t -> t.field("state").terms(v -> v.value(states))));
        }
        if (filter.council() != null) {
            String council = filter.council().value();
            all.filter(q -> q.term(t -> t.field("councilId").value(council)));
        }
        if (filter.batch() != null) {
            String batch = filter.batch();
            all.filter(q -> q.term(t -> t.field("batches").value(batch)));
        }
        return Query.of(q -> q.bool(all.build()));
    }

    /**
     * How far the documents of a batch have come.
     *
     * @param states how many are in each state
     * @param finishedLastMinute how many came to a state that is final in the last minute
     */
    public record Counts(Map<DocumentState, Long> states, long finishedLastMinute) {}

    /** Counts the documents that came in a batch. */
    public Counts counts(String batch) {
        List<FieldValue> finalStates =
                Stream.of(DocumentState.values())
                        .filter(DocumentState::isFinal)
                        .map(state -> FieldValue.of(state.name()))
                        .toList();
        SearchResponse<JsonData> answer =
                search(search ->
                        search.query(q -> q.term(t -> t.field("batches").value(batch)))
                                .size(0)
                                .aggregations("states", a -> a.terms(t -> t.field("state")))
                                .aggregations(
                                        "finished",
                                        a ->
                                                a.filter(f ->
                                                        f.bool(b ->
                                                                b.filter(q ->
                                                                                q.terms(t ->
                                                                                        t.field(
                                                                                                        "state")
                                                                                                .terms(
                                                                                                        v ->
                                                                                                                v
                                                                                                                        .value(
                                                                                                                                finalStates))))
                                                                        .filter(q ->
                                                                                q.range(r ->
                                                                                        r.date(d ->
                                                                                                d.field(
                                                                                                                "at")
                                                                                                        .gte(
                                                                                                                "now-1m"))))))));
        if (answer == null) {
            return new Counts(Map.of(), 0);
        }
        Map<DocumentState, Long> states = new EnumMap<>(DocumentState.class);
        for (var bucket :
                Objects.requireNonNull(answer.aggregations().get("states"))
                        .sterms()
                        .buckets()
                        .array()) {
            states.put(DocumentState.valueOf(bucket.key().stringValue()), bucket.docCount());
        }
        return new Counts(
                states,
                Objects.requireNonNull(answer.aggregations().get("finished")).filter().docCount());
    }

    /**
     * What is here of a council.
     *
     * @param council its name as most documents have it
     * @param years by year, newest first
     */
    public record CouncilCounts(String council, List<YearCounts> years) {}

    /**
     * What is here of a council and year.
     *
     * @param year of the meetings; null for documents without a date
     * @param documents how many came in
     * @param searchable how many can be searched
     * @param pagesPrinted pages that they have, as far as they were opened
     * @param pagesRead pages that were read
     * @param items agenda items found
     * @param notRead why others cannot be searched
     */
    public record YearCounts(
            @Nullable Integer year,
            long documents,
            long searchable,
            long pagesPrinted,
            long pagesRead,
            long items,
            List<NotRead> notRead) {}

    /**
     * Documents that cannot be searched.
     *
     * @param reason code of the reason; the state where it has none
     * @param sentence for a person
     * @param count how many documents
     */
    public record NotRead(String reason, String sentence, long count) {}

    /** Counts by council and year of all documents that are not deleted. */
    public List<CouncilCounts> completeness() {
        Aggregation ofYear =
                Aggregation.of(a ->
                        a.terms(t -> t.field("year").missing(NO_YEAR).size(MOST_GROUPS))
                                .aggregations("states", s -> s.terms(t -> t.field("state")))
                                .aggregations(
                                        "reasons",
                                        s -> s.terms(t -> t.field("reason").size(MOST_GROUPS)))
                                .aggregations("printed", s -> s.sum(m -> m.field("pagesPrinted")))
                                .aggregations("read", s -> s.sum(m -> m.field("pagesRead")))
                                .aggregations("items", s -> s.sum(m -> m.field("items"))));
        SearchResponse<JsonData> answer =
                search(search ->
                        search.query(query(new DocumentFilter(Set.of(), null, null)))
                                .size(0)
                                .aggregations(
                                        "councils",
                                        a ->
                                                a.terms(t ->
                                                                t.field("councilId")
                                                                        .missing(NO_COUNCIL)
                                                                        .size(MOST_GROUPS))
                                                        .aggregations(
                                                                "name",
                                                                n ->
                                                                        n.terms(t ->
                                                                                t.field("council")
                                                                                        .size(1)))
                                                        .aggregations("years", ofYear)));
        if (answer == null) {
            return List.of();
        }
        return terms(answer.aggregations(), "councils").stream()
                .map(bucket ->
                        new CouncilCounts(
                                terms(bucket.aggregations(), "name").stream()
                                        .findFirst()
                                        .map(name -> name.key().stringValue())
                                        .orElse("Council not known"),
                                years(bucket.aggregations())))
                .sorted(Comparator.comparing(CouncilCounts::council))
                .toList();
    }

    private static List<YearCounts> years(Map<String, Aggregate> aggregations) {
        return Objects.requireNonNull(aggregations.get("years")).lterms().buckets().array().stream()
                .sorted(Comparator.comparing(LongTermsBucket::key).reversed())
                .map(DocumentRegistry::year)
                .toList();
    }

    private static YearCounts year(LongTermsBucket bucket) {
        Map<String, Aggregate> parts = bucket.aggregations();
        Map<String, Long> states = new TreeMap<>();
        terms(parts, "states").forEach(s -> states.put(s.key().stringValue(), s.docCount()));
        List<NotRead> notRead = new ArrayList<>();
        long explained = 0;
        for (StringTermsBucket reason : terms(parts, "reasons")) {
            String code = reason.key().stringValue();
            explained += reason.docCount();
            notRead.add(new NotRead(code, sentence(code), reason.docCount()));
        }
        for (DocumentState waiting :
                List.of(
                        DocumentState.UPLOADED,
                        DocumentState.OCR_QUEUED,
                        DocumentState.EXTRACTED)) {
            long count = states.getOrDefault(waiting.name(), 0L);
            if (count > 0) {
                notRead.add(
                        new NotRead(
                                waiting.name(),
                                waiting == DocumentState.OCR_QUEUED
                                        ? "Scanned, waits for OCR."
                                        : "Waits to be read.",
                                count));
            }
        }
        long unexplained =
                states.getOrDefault(DocumentState.REFUSED.name(), 0L)
                        + states.getOrDefault(DocumentState.FAILED.name(), 0L)
                        - explained;
        if (unexplained > 0) {
            notRead.add(new NotRead("UNKNOWN", "No reason was told.", unexplained));
        }
        return new YearCounts(
                bucket.key() == NO_YEAR ? null : Math.toIntExact(bucket.key()),
                bucket.docCount(),
                states.getOrDefault(DocumentState.INDEXED.name(), 0L),
                sum(parts, "printed"),
                sum(parts, "read"),
                sum(parts, "items"),
                notRead);
    }

    private static String sentence(String reason) {
        for (RefusalReason known : RefusalReason.values()) {
            if (known.name().equals(reason)) {
                return known.explanation();
            }
        }
        return "It could not be handled for a reason of ours.";
    }

    private static List<StringTermsBucket> terms(Map<String, Aggregate> parts, String name) {
        return Objects.requireNonNull(parts.get(name)).sterms().buckets().array();
    }

    private static long sum(Map<String, Aggregate> parts, String name) {
        Double sum = Objects.requireNonNull(parts.get(name)).sum().value();
        return sum == null ? 0 : Math.round(sum);
    }

    /** Entries of the documents that have one, by id. */
    public Map<DocumentId, RegistryEntry> byId(Collection<DocumentId> ids) {
        Map<DocumentId, RegistryEntry> byId = new LinkedHashMap<>();
        find(ids).forEach(entry -> byId.put(entry.id(), entry));
        return byId;
    }

    /** Null where there is no index yet. */
    @Nullable SearchResponse<JsonData> search(
            Function<SearchRequest.Builder, ObjectBuilder<SearchRequest>> request) {
        try {
            return elasticsearch.search(
                    search -> request.apply(search.index(INDEX)), JsonData.class);
        } catch (ElasticsearchException e) {
            if (RegistryIndex.MISSING.equals(e.error().type())) {
                return null;
            }
            throw new RegistryUnavailableException("The registry cannot be read", e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("The registry cannot be read", e);
        }
    }

    private RegistryEntry entry(JsonData source) {
        return json.readValue(source.toJson().toString(), RegistryEntry.class);
    }

    private static String encode(List<FieldValue> sort) {
        String text = sort.get(0).longValue() + " " + sort.get(1).stringValue();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<FieldValue> decode(String cursor) {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("cursor '" + cursor + "', expected a nextCursor");
        }
        return List.of(
                FieldValue.of(Long.parseLong(text.substring(0, space))),
                FieldValue.of(text.substring(space + 1)));
    }

    /** A document's entry; empty where no event about it has been applied. */
    public Optional<RegistryEntry> find(DocumentId id) {
        return find(List.of(id)).stream().findFirst();
    }

    @Override
    public boolean isRefused(DocumentId id) {
        return find(id).filter(entry -> entry.state() == DocumentState.REFUSED).isPresent();
    }

    /** Entries of the documents that have one. */
    public List<RegistryEntry> find(Collection<DocumentId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        try {
            return elasticsearch
                    .mget(
                            get ->
                                    get.index(INDEX)
                                            .ids(ids.stream().map(DocumentId::value).toList()),
                            JsonData.class)
                    .docs()
                    .stream()
                    .filter(MultiGetResponseItem::isResult)
                    .map(item -> item.result().source())
                    .filter(Objects::nonNull)
                    .map(this::entry)
                    .toList();
        } catch (ElasticsearchException e) {
            if (RegistryIndex.MISSING.equals(e.error().type())) {
                return List.of();
            }
            throw new RegistryUnavailableException("The registry cannot be read", e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("The registry cannot be read", e);
        }
    }
}
