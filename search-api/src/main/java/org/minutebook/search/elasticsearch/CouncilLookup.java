package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregate;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeBucket;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.util.NamedValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.contracts.MeetingId;
import org.minutebook.search.items.CouncilMeetings;
import org.minutebook.search.items.CouncilMeetings.Body;
import org.minutebook.search.items.CouncilMeetings.Held;
import org.minutebook.search.items.Facets.Count;
import org.minutebook.search.items.Filters;
import org.springframework.stereotype.Component;

/** Councils and when they met, counted by Elasticsearch however many documents there are. */
@Component
public class CouncilLookup {

    /** Most councils, and most committees of one, that are told. */
    private static final int MOST = 10_000;

    /** Meetings that are fetched at once. */
    private static final int PAGE = 1000;

    private static final String LABEL = "label";
    private static final String MEETINGS = "meetings";
    private static final String BODIES = "bodies";
    private static final String ITSELF = "itself";
    private static final String YEARS = "years";
    private static final String KINDS = "kinds";
    private static final String ITEMS = "items";
    private static final String DATE = "date";
    private static final String MEETING = "meeting";
    private static final String COMMITTEE = "document.committeeId";

    private final Elastic elastic;

    CouncilLookup(Elastic elastic) {
        this.elastic = elastic;
    }

    /** Slugs of all councils that there are documents of. */
    public List<String> councils() {
        Map<String, Aggregate> answer =
                aggregates(
                        documents().build()._toQuery(),
                        Map.of(
                                BODIES,
                                Aggregation.of(a ->
                                        a.terms(t -> t.field("document.councilId").size(MOST)))));
        return Entries.buckets(answer.get(BODIES)).stream()
                .map(bucket -> bucket.key().stringValue())
                .sorted()
                .toList();
    }

    /**
     * A council with its committees, and its newest meetings.
     *
     * @return empty where there is no meeting of it
     */
    public Optional<CouncilMeetings> council(String councilId, int newest) {
        return meetings(councilId, null, null, newest);
    }

    /**
     * A committee's meetings in a year.
     *
     * @param committee slug; {@value Filters#COUNCIL_ITSELF} for the council itself
     * @param year null for the newest year in which there was one
     * @return empty where there is no meeting of it
     */
    public Optional<CouncilMeetings> committee(
            String councilId, String committee, @Nullable Integer year) {
        Optional<CouncilMeetings> all = meetings(councilId, committee, null, 0);
        if (all.isEmpty()) {
            return all;
        }
        CouncilMeetings found = all.get();
        int wanted = year == null ? Integer.parseInt(found.years().getFirst().value()) : year;
        Query inYear = wanted(councilId, committee, wanted).build()._toQuery();
        return Optional.of(
                new CouncilMeetings(
                        councilId,
                        found.council(),
                        found.bodies(),
                        found.years(),
                        held(inYear, Integer.MAX_VALUE)));
    }

    /** All meetings of a council, newest first. */
    public List<MeetingId> meetingsOf(String councilId) {
        return held(wanted(councilId, null, null).build()._toQuery(), Integer.MAX_VALUE).stream()
                .map(Held::id)
                .toList();
    }

    private Optional<CouncilMeetings> meetings(
            String councilId, @Nullable String committee, @Nullable Integer year, int most) {
        Query query = wanted(councilId, committee, year).build()._toQuery();
        Map<String, Aggregate> answer =
                aggregates(
                        query,
                        Map.of(
                                LABEL,
                                Aggregation.of(
                                        a -> a.terms(t -> t.field("document.council").size(1))),
                                BODIES,
                                Aggregation.of(a ->
                                        a.terms(t -> t.field(COMMITTEE).size(MOST))
                                                .aggregations(MEETINGS, countOfMeetings())
                                                .aggregations(
                                                        LABEL,
                                                        Aggregation.of(l ->
                                                                l.terms(t ->
                                                                        t.field(
                                                                                        "document.committee")
                                                                                .size(1))))),
                                ITSELF,
                                Aggregation.of(a ->
                                        a.missing(m -> m.field(COMMITTEE))
                                                .aggregations(MEETINGS, countOfMeetings())),
                                YEARS,
                                Aggregation.of(a ->
                                        a.dateHistogram(h ->
                                                        h.field("document.meetingDate")
                                                                .calendarInterval(
                                                                        CalendarInterval.Year)
                                                                .format("yyyy")
                                                                .minDocCount(1))
                                                .aggregations(MEETINGS, countOfMeetings()))));
        List<Count> years = years(answer.get(YEARS));
        if (years.isEmpty()) {
            return Optional.empty();
        }
        String name =
                Entries.buckets(answer.get(LABEL)).stream()
                        .findFirst()
                        .map(bucket -> bucket.key().stringValue())
                        .orElse(councilId);
        return Optional.of(
                new CouncilMeetings(councilId, name, bodies(answer), years, held(query, most)));
    }

    private static Aggregation countOfMeetings() {
        return Aggregation.of(a -> a.cardinality(c -> c.field("document.meetingId")));
    }

    private static long count(Map<String, Aggregate> aggregates) {
        return Objects.requireNonNull(aggregates.get(MEETINGS)).cardinality().value();
    }

    private static List<Body> bodies(Map<String, Aggregate> answer) {
        List<Body> bodies = new ArrayList<>();
        Aggregate itself = answer.get(ITSELF);
        if (itself != null && itself.missing().docCount() > 0) {
            bodies.add(
                    new Body(Filters.COUNCIL_ITSELF, null, count(itself.missing().aggregations())));
        }
        List<Body> committees = new ArrayList<>();
        for (StringTermsBucket bucket : Entries.buckets(answer.get(BODIES))) {
            String slug = bucket.key().stringValue();
            String name =
                    Entries.buckets(bucket.aggregations().get(LABEL)).stream()
                            .findFirst()
                            .map(label -> label.key().stringValue())
                            .orElse(slug);
            committees.add(new Body(slug, name, count(bucket.aggregations())));
        }
        committees.sort(
                Comparator.comparing(body -> String.valueOf(body.name()).toLowerCase(Locale.ROOT)));
        bodies.addAll(committees);
        return bodies;
    }

    private static List<Count> years(@Nullable Aggregate aggregate) {
        if (aggregate == null || !aggregate.isDateHistogram()) {
            return List.of();
        }
        return aggregate.dateHistogram().buckets().array().reversed().stream()
                .map(bucket -> {
                    String year = String.valueOf(bucket.keyAsString());
                    return new Count(year, year, count(bucket.aggregations()));
                })
                .toList();
    }

    /** Meetings, newest first, put together from their documents' entries. */
    private List<Held> held(Query query, int most) {
        List<Held> held = new ArrayList<>();
        Map<String, FieldValue> after = Map.of();
        while (held.size() < most) {
            Map<String, FieldValue> from = after;
            int size = Math.min(PAGE, most - held.size());
            Aggregate aggregate =
                    aggregates(query, Map.of(MEETINGS, meetings(size, from))).get(MEETINGS);
            if (aggregate == null || !aggregate.isComposite()) {
                return held;
            }
            CompositeAggregate composite = aggregate.composite();
            List<CompositeBucket> buckets = composite.buckets().array();
            buckets.forEach(bucket -> held.add(held(bucket)));
            if (buckets.size() < size) {
                return held;
            }
            after = composite.afterKey();
        }
        return held;
    }

    private static Aggregation meetings(int size, Map<String, FieldValue> after) {
        CompositeAggregationSource date =
                CompositeAggregationSource.of(
                        s -> s.terms(t -> t.field("document.meetingDate").order(SortOrder.Desc)));
        CompositeAggregationSource meeting =
                CompositeAggregationSource.of(s -> s.terms(t -> t.field("document.meetingId")));
        return Aggregation.of(a ->
                a.composite(
                                c -> {
                                    c.size(size)
                                            .sources(
                                                    NamedValue.of(DATE, date),
                                                    NamedValue.of(MEETING, meeting));
                                    return after.isEmpty() ? c : c.after(after);
                                })
                        .aggregations(
                                LABEL,
                                Aggregation.of(
                                        l -> l.terms(t -> t.field("document.committee").size(1))))
                        .aggregations(
                                COMMITTEE,
                                Aggregation.of(l -> l.terms(t -> t.field(COMMITTEE).size(1))))
                        .aggregations(
                                KINDS, Aggregation.of(k -> k.terms(t -> t.field("document.kind"))))
                        .aggregations(
                                ITEMS,
                                Aggregation.of(i -> i.max(m -> m.field("document.itemCount")))));
    }

    private static Held held(CompositeBucket bucket) {
        MeetingId id = new MeetingId(value(bucket, MEETING).stringValue());
        LocalDate date =
                LocalDate.ofEpochDay(
                        Math.floorDiv(value(bucket, DATE).longValue(), 24L * 60 * 60 * 1000));
        Double items = Objects.requireNonNull(bucket.aggregations().get(ITEMS)).max().value();
        return new Held(
                id,
                first(bucket, LABEL),
                first(bucket, COMMITTEE),
                date,
                Entries.buckets(bucket.aggregations().get(KINDS)).stream()
                        .map(kind -> kind(kind.key().stringValue()))
                        .sorted()
                        .toList(),
                items == null ? 0 : items.intValue());
    }

    private static FieldValue value(CompositeBucket bucket, String source) {
        return Objects.requireNonNull(bucket.key().get(source));
    }

    private static @Nullable String first(CompositeBucket bucket, String name) {
        return Entries.buckets(bucket.aggregations().get(name)).stream()
                .findFirst()
                .map(term -> term.key().stringValue())
                .orElse(null);
    }

    private static DocumentKind kind(String wireName) {
        for (DocumentKind kind : DocumentKind.values()) {
            if (kind.wireName().equals(wireName)) {
                return kind;
            }
        }
        return DocumentKind.OTHER;
    }

    private static BoolQuery.Builder documents() {
        return new BoolQuery.Builder()
                .filter(
                        Entries.role(Role.DOCUMENT),
                        Query.of(q -> q.exists(e -> e.field("document.meetingId"))))
                .mustNot(Entries.deleted());
    }

    private static BoolQuery.Builder wanted(
            String councilId, @Nullable String committee, @Nullable Integer year) {
        BoolQuery.Builder wanted =
                documents().filter(Entries.term("document.councilId", councilId));
        if (committee != null) {
            wanted.filter(Entries.committee(committee));
        }
        if (year != null) {
            wanted.filter(
                    Query.of(q ->
                            q.range(r ->
                                    r.date(d ->
                                            d.field("document.meetingDate")
                                                    .gte(LocalDate.of(year, 1, 1).toString())
                                                    .lte(LocalDate.of(year, 12, 31).toString())))));
        }
        return wanted;
    }

    private Map<String, Aggregate> aggregates(Query query, Map<String, Aggregation> wanted) {
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .size(0)
                                .query(query)
                                .aggregations(wanted));
        return elastic.search(request).map(answer -> answer.aggregations()).orElse(Map.of());
    }
}
