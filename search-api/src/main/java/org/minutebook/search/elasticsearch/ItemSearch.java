package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Highlight;
import co.elastic.clients.elasticsearch.core.search.HighlightField;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.PointInTimeReference;
import co.elastic.clients.elasticsearch.core.search.ResponseBody;
import co.elastic.clients.util.NamedValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.search.SearchSettings;
import org.minutebook.search.elasticsearch.Entries.Listed;
import org.minutebook.search.elasticsearch.Translation.Ranked;
import org.minutebook.search.items.Facets;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.FoundItem;
import org.minutebook.search.items.FoundItem.InDocument;
import org.minutebook.search.items.FoundItems;
import org.minutebook.search.items.ItemInFull;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.Order;
import org.minutebook.search.items.Place;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.query.Expression;
import org.minutebook.search.query.ParsedQuery;
import org.springframework.stereotype.Component;

/** Finds items. */
@Component
public class ItemSearch {

    /** Length of a piece of text in a list of hits, in characters. */
    private static final int PIECE = 180;

    /** Items that are fetched at once for an export. */
    private static final int EXPORT_PAGE = 500;

    /** Most telling words of an item by which others like it are found. */
    private static final int SIMILAR_TERMS = 20;

    private static final String MEETING_DATE = "document.meetingDate";

    private static final Duration SHORTEST = Duration.ofMillis(200);

    /** The same reference says more than the same words. */
    private static final float REFERENCE_WEIGHT = 10f;

    private final Elastic elastic;
    private final Spelling spelling;
    private final Counting counting;
    private final SearchSettings settings;
    private final Clock clock;

    ItemSearch(
            Elastic elastic,
            Spelling spelling,
            Counting counting,
            SearchSettings settings,
            Clock clock) {
        this.elastic = elastic;
        this.spelling = spelling;
        this.counting = counting;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Finds items that have all that was asked for; where there are none, those that are nearest.
     * Nothing where there is no index yet.
     *
     * @throws org.minutebook.search.items.SearchAwayException if Elasticsearch does not answer
     */
    public FoundItems search(ItemQuestion question) {
        Instant end = clock.instant().plus(settings.timeLimit());
        Place after = question.after();
        if (after != null) {
            Ranked query =
                    after.relaxed()
                            ? Translation.relaxed(question.query().expression(), after.today())
                                    .orElseGet(() -> strict(question, after.today()))
                            : strict(question, after.today());
            return found(question, query, after.today(), after.relaxed(), null, end);
        }
        LocalDate today = LocalDate.now(clock);
        FoundItems strict = found(question, strict(question, today), today, false, null, end);
        // Where the time was not enough to look everywhere, it is not known that there are none.
        if (strict.total() > 0 || strict.partial() || question.query().isEverything()) {
            return strict;
        }
        String meant =
                spelling.corrected(question.query().text())
                        .filter(text -> finds(question, text, today, end))
                        .orElse(null);
        Optional<Ranked> relaxed = Translation.relaxed(question.query().expression(), today);
        if (relaxed.isEmpty()) {
            return new FoundItems(
                    0,
                    List.of(),
                    strict.facets(),
                    meant,
                    false,
                    strict.alsoSearched(),
                    false,
                    null);
        }
        FoundItems nearest = found(question, relaxed.get(), today, true, meant, end);
        return nearest.total() > 0
                ? nearest
                : new FoundItems(
                        0,
                        List.of(),
                        strict.facets(),
                        meant,
                        false,
                        strict.alsoSearched(),
                        nearest.partial(),
                        null);
    }

    /**
     * Whether a search for another text, narrowed as this one, would show anything: its words
     * occur, but a phrase of them may not.
     */
    private boolean finds(ItemQuestion question, String text, LocalDate today, Instant end) {
        Expression expression = question.query().reworded(text).expression();
        return isThere(question, Translation.ranked(expression, today), end)
                || Translation.relaxed(expression, today)
                        .filter(relaxed -> isThere(question, relaxed, end))
                        .isPresent();
    }

    private boolean isThere(ItemQuestion question, Ranked query, Instant end) {
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .query(Entries.hits(query.found(), question.filters()))
                                .size(1)
                                .terminateAfter(1L)
                                .trackTotalHits(track -> track.enabled(false))
                                .timeout(left(end).toMillis() + "ms")
                                .source(source -> source.fetch(false)));
        return elastic.search(request)
                .filter(answer -> !answer.hits().hits().isEmpty())
                .isPresent();
    }

    /** Items that have all that was asked for; never the nearest instead. */
    public List<FoundItem> newest(ItemQuestion question) {
        LocalDate today = LocalDate.now(clock);
        return found(
                        question,
                        strict(question, today),
                        today,
                        false,
                        null,
                        clock.instant().plus(settings.timeLimit()))
                .items();
    }

    /**
     * Passes on every item that has all that was asked for, however many there are, in the state of
     * the index at the beginning.
     *
     * @return how many there were
     * @throws SearchAwayException if Elasticsearch does not answer, has not looked everywhere
     *     within the time limit, or does not have that state any more; the items that were passed
     *     on are not all
     */
    public long all(ItemQuestion question, Consumer<FoundItem> receiver) {
        LocalDate today = LocalDate.now(clock);
        String pointInTime = openPointInTime();
        if (pointInTime == null) {
            return 0;
        }
        long count = 0;
        try {
            Query query = strict(question, today).scored();
            Place after = null;
            do {
                ItemQuestion page =
                        new ItemQuestion(
                                question.query(),
                                question.filters(),
                                question.order(),
                                EXPORT_PAGE,
                                0,
                                after,
                                false);
                Optional<SearchResponse<Listed>> answer =
                        elastic.search(
                                request(page, query, pointInTime, settings.timeLimit()),
                                Listed.class);
                if (answer.isEmpty()) {
                    throw new SearchAwayException(
                            "the state of the index that is exported is gone", null);
                }
                if (answer.get().timedOut()) {
                    throw new SearchAwayException("an export took too long", null);
                }
                List<Hit<Listed>> hits = answer.get().hits().hits();
                hits.stream().map(Entries::found).forEach(receiver);
                count += hits.size();
                after =
                        hits.size() < EXPORT_PAGE
                                ? null
                                : place(hits.getLast(), pointInTime, today, false);
            } while (after != null);
            return count;
        } finally {
            String id = pointInTime;
            elastic.call(client -> client.closePointInTime(close -> close.id(id)));
        }
    }

    /**
     * Items about the same matter at other meetings: with the same references, or much the same
     * words in title and text, of the same council where it is known. Where it is not known of
     * which meeting the item is, those of other documents.
     */
    public List<FoundItem> similar(ItemInFull item, int size) {
        String councilId = item.document().councilId();
        List<Query> alike = new ArrayList<>();
        alike.add(
                Query.of(q ->
                        q.moreLikeThis(more ->
                                more.fields("item.title", "all")
                                        .like(like ->
                                                like.document(document ->
                                                        document.index(IndexEntry.ALIAS)
                                                                .id(item.id().value())))
                                        .minTermFreq(1)
                                        .minDocFreq(1)
                                        .maxQueryTerms(SIMILAR_TERMS)
                                        .minimumShouldMatch("35%"))));
        for (String reference : References.in(item.title() + "\n" + item.text())) {
            alike.add(
                    Query.of(q ->
                            q.matchPhrase(m ->
                                    m.field("all.exact")
                                            .query(reference)
                                            .boost(REFERENCE_WEIGHT))));
        }
        Filters filters = councilId == null ? Filters.NONE : Filters.of(new CouncilId(councilId));
        Query others =
                Query.of(q ->
                        q.bool(b ->
                                b.must(Entries.hits(Entries.anyOf(alike), filters))
                                        .mustNot(sameMeeting(item.document()))));
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .query(others)
                                .size(size)
                                .timeout(settings.timeLimit().toMillis() + "ms")
                                .source(source -> source.filter(f -> f.includes(Listed.FIELDS))));
        return elastic.search(request, Listed.class).stream()
                .flatMap(answer -> answer.hits().hits().stream())
                .map(Entries::found)
                .toList();
    }

    /** Agenda and minutes of a meeting, and papers for it, are documents of their own. */
    private static Query sameMeeting(InDocument document) {
        return document.meetingId() == null
                ? Entries.term("document.id", document.id().value())
                : Entries.term("document.meetingId", document.meetingId().value());
    }

    /** An entry of which only the title is asked for. */
    private record Titled(Item item) {

        private record Item(String title) {}
    }

    /** Titles that contain the words of a beginning, the last of which may be unfinished. */
    public List<String> titles(String beginning, int size) {
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .query(
                                        Entries.hits(
                                                Query.of(q ->
                                                        q.matchBoolPrefix(m ->
                                                                m.field("item.title.exact")
                                                                        .query(beginning)
                                                                        .operator(Operator.And))),
                                                Filters.NONE))
                                // Titles repeat from meeting to meeting.
                                .size(size * 5)
                                .trackTotalHits(track -> track.enabled(false))
                                .timeout(settings.timeLimit().toMillis() + "ms")
                                .source(source -> source.filter(f -> f.includes("item.title"))));
        return elastic.search(request, Titled.class).stream()
                .flatMap(answer -> answer.hits().hits().stream())
                .map(hit -> Objects.requireNonNull(hit.source()).item().title())
                .distinct()
                .limit(size)
                .toList();
    }

    /**
     * All entries of items that have all that was asked for and were indexed in a time, the newest
     * first. They are fetched page by page while the stream is read.
     *
     * @param from first instant
     * @param to last instant
     * @param page how many are fetched at once
     * @throws org.minutebook.search.items.SearchAwayException also later, from the stream, if
     *     Elasticsearch does not answer
     */
    public Stream<IndexEntry> indexed(
            ParsedQuery query, Filters filters, Instant from, Instant to, int page) {
        Query inTime =
                Query.of(q ->
                        q.range(r ->
                                r.date(d ->
                                        d.field("indexedAt")
                                                .gte(from.toString())
                                                .lte(to.toString()))));
        Query both =
                Query.of(q ->
                        q.bool(b -> b.must(Translation.query(query.expression())).filter(inTime)));
        Query hits = Entries.hits(both, filters);
        // What is written meanwhile is newer than the time, so the order stays as it is.
        return Stream.iterate(
                        indexed(hits, null, page),
                        some -> !some.isEmpty(),
                        some ->
                                some.size() < page
                                        ? List.<Hit<IndexEntry>>of()
                                        : indexed(hits, some.getLast().sort(), page))
                .flatMap(List::stream)
                .map(hit -> Objects.requireNonNull(hit.source()));
    }

    private List<Hit<IndexEntry>> indexed(Query hits, @Nullable List<FieldValue> after, int page) {
        SearchRequest request =
                SearchRequest.of(search -> {
                    if (after != null) {
                        search.searchAfter(after);
                    }
                    return search.index(IndexEntry.ALIAS)
                            .ignoreUnavailable(true)
                            .query(hits)
                            .size(page)
                            .source(s -> s.filter(f -> f.excludes("item.boxes")))
                            .sort(s -> s.field(f -> f.field("indexedAt").order(SortOrder.Desc)))
                            .sort(s -> s.field(f -> f.field("item.id")));
                });
        return elastic.search(request).map(answer -> answer.hits().hits()).orElse(List.of());
    }

    /**
     * Entries of items that have all that was asked for, those first whose document was uploaded or
     * read anew last; without the text. It does not matter when they were written to the index,
     * which may have been filled anew since.
     *
     * @param since first day of meetings; where the meeting is not known, of uploads
     */
    public List<IndexEntry> latest(ParsedQuery query, Filters filters, LocalDate since, int size) {
        // An upload's revision is the time at which it came, or later.
        long revision = since.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        Query dated =
                Query.of(q ->
                        q.range(r -> r.date(d -> d.field(MEETING_DATE).gte(since.toString()))));
        Query undated =
                Query.of(q ->
                        q.bool(b ->
                                b.mustNot(n -> n.exists(e -> e.field(MEETING_DATE)))
                                        .filter(f ->
                                                f.range(r ->
                                                        r.number(n ->
                                                                n.field("revision")
                                                                        .gte(
                                                                                (double)
                                                                                        revision))))));
        Query recent =
                Query.of(q ->
                        q.bool(b ->
                                b.must(Translation.query(query.expression()))
                                        .filter(Entries.anyOf(List.of(dated, undated)))));
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .query(Entries.hits(recent, filters))
                                .size(size)
                                .trackTotalHits(track -> track.enabled(false))
                                .source(s -> s.filter(f -> f.excludes("item.boxes", "item.text")))
                                .sort(s -> s.field(f -> f.field("revision").order(SortOrder.Desc)))
                                .sort(s -> s.field(f -> f.field("document.id")))
                                .sort(s -> s.field(f -> f.field("item.order"))));
        return elastic.search(request).stream()
                .flatMap(answer -> answer.hits().hits().stream())
                .map(hit -> Objects.requireNonNull(hit.source()))
                .toList();
    }

    private static Ranked strict(ItemQuestion question, LocalDate today) {
        return Translation.ranked(question.query().expression(), today);
    }

    private FoundItems found(
            ItemQuestion question,
            Ranked query,
            LocalDate today,
            boolean relaxed,
            @Nullable String didYouMean,
            Instant end) {
        Place after = question.after();
        String pointInTime = after == null ? null : pointInTime(after);
        Optional<List<ResponseBody<Listed>>> answers = ask(question, query, pointInTime, end);
        if (answers.isEmpty() && pointInTime != null) {
            // It was kept too long ago; the order is total, so the next page is still the next.
            pointInTime = openPointInTime();
            answers = ask(question, query, pointInTime, end);
        }
        List<String> also = question.query().alsoSearched();
        if (answers.isEmpty()) {
            return new FoundItems(
                    0, List.of(), Facets.NONE, didYouMean, relaxed, also, false, null);
        }
        ResponseBody<Listed> listed = answers.get().getFirst();
        List<Hit<Listed>> hits = listed.hits().hits();
        List<FoundItem> items = hits.stream().map(Entries::found).toList();
        long total = listed.hits().total() == null ? 0 : listed.hits().total().value();
        boolean more =
                !items.isEmpty()
                        && items.size() == question.size()
                        && (after != null || question.offset() + items.size() < total);
        return new FoundItems(
                total,
                items,
                question.facets() ? counting.read(answers.get().getLast().aggregations()) : null,
                didYouMean,
                relaxed,
                also,
                answers.get().stream().anyMatch(ResponseBody::timedOut),
                more ? place(hits.getLast(), pointInTime, today, relaxed) : null);
    }

    /**
     * The list, and what is counted besides. Counting needs no scores, so it goes its own way: both
     * are done at the same time, and what was counted is remembered by Elasticsearch until
     * something is written.
     */
    private Optional<List<ResponseBody<Listed>>> ask(
            ItemQuestion question, Ranked query, @Nullable String pointInTime, Instant end) {
        SearchRequest list = request(question, query.scored(), pointInTime, left(end));
        if (!question.facets()) {
            return elastic.search(list, Listed.class).map(List::of);
        }
        return elastic.searches(
                List.of(list, counts(question, query.found(), pointInTime)), Listed.class);
    }

    private SearchRequest counts(ItemQuestion question, Query found, @Nullable String pointInTime) {
        return SearchRequest.of(search ->
                search.pit(pit(pointInTime))
                        .query(Entries.hits(found, question.filters()))
                        .size(0)
                        .aggregations(Counting.aggregations())
                        // Always the same: what is remembered is known by the whole request.
                        .timeout(settings.timeLimit().toMillis() + "ms"));
    }

    /** What is left of the time of a search that asks more than once, and a little in any case. */
    private Duration left(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
    }

    private static Place place(
            Hit<Listed> last, @Nullable String pointInTime, LocalDate today, boolean relaxed) {
        List<Object> values = new ArrayList<>();
        for (FieldValue value : last.sort()) {
            values.add(value._get());
        }
        // Elasticsearch's own last value within a point in time says nothing in another.
        return new Place(values.subList(0, SORT_VALUES), pointInTime, today, relaxed);
    }

    private @Nullable String pointInTime(Place place) {
        return place.pointInTime() == null ? openPointInTime() : place.pointInTime();
    }

    private @Nullable String openPointInTime() {
        return elastic.call(client ->
                        client.openPointInTime(open ->
                                        open.index(IndexEntry.ALIAS)
                                                .keepAlive(keep ->
                                                        keep.time(
                                                                settings.pagingTime().toSeconds()
                                                                        + "s")))
                                .id())
                .orElse(null);
    }

    /** How many values place an item in either order. */
    private static final int SORT_VALUES = 3;

    private SearchRequest request(
            ItemQuestion question, Query query, @Nullable String pointInTime, Duration limit) {
        Place after = question.after();
        return SearchRequest.of(search -> {
            if (pointInTime == null) {
                search.index(IndexEntry.ALIAS).ignoreUnavailable(true);
            }
            search.pit(pit(pointInTime));
            if (after == null) {
                search.from(question.offset());
            } else {
                search.searchAfter(after.values().stream().map(ItemSearch::value).toList());
            }
            return search.query(Entries.hits(query, question.filters()))
                    .size(question.size())
                    .sort(sort(question))
                    .trackTotalHits(track -> track.enabled(true))
                    .timeout(limit.toMillis() + "ms")
                    .source(source -> source.filter(f -> f.includes(Listed.FIELDS)))
                    .highlight(highlight(question.query().expression()));
        });
    }

    private @Nullable PointInTimeReference pit(@Nullable String pointInTime) {
        return pointInTime == null
                ? null
                : PointInTimeReference.of(pit ->
                        pit.id(pointInTime)
                                .keepAlive(keep ->
                                        keep.time(settings.pagingTime().toSeconds() + "s")));
    }

    private static FieldValue value(Object value) {
        return switch (value) {
            case Number number when number instanceof Long || number instanceof Integer ->
                    FieldValue.of(number.longValue());
            case Number number -> FieldValue.of(number.doubleValue());
            default -> FieldValue.of(value.toString());
        };
    }

    private static List<SortOptions> sort(ItemQuestion question) {
        SortOptions date =
                SortOptions.of(s ->
                        s.field(f ->
                                f.field(MEETING_DATE)
                                        .order(SortOrder.Desc)
                                        .missing(FieldValue.of("_last"))));
        SortOptions id = SortOptions.of(s -> s.field(f -> f.field("item.id")));
        if (question.order() == Order.RELEVANCE) {
            return List.of(
                    SortOptions.of(s -> s.score(score -> score.order(SortOrder.Desc))), date, id);
        }
        return List.of(
                date,
                SortOptions.of(s -> s.field(f -> f.field("document.id"))),
                SortOptions.of(s -> s.field(f -> f.field("item.order"))));
    }

    /** Characters of a text that are looked through for marks; the most that an index allows. */
    private static final int MOST_MARKED = 1_000_000;

    private static Highlight highlight(Expression expression) {
        return Highlight.of(h ->
                h.preTags(Marks.BEGIN)
                        .postTags(Marks.END)
                        .fields(
                                NamedValue.of(
                                        "item.title",
                                        HighlightField.of(f ->
                                                f.numberOfFragments(0)
                                                        .highlightQuery(
                                                                Translation.marksInTitle(
                                                                        expression)))),
                                NamedValue.of(
                                        "item.text",
                                        HighlightField.of(f ->
                                                f.numberOfFragments(2)
                                                        .fragmentSize(PIECE)
                                                        .noMatchSize(PIECE)
                                                        .requireFieldMatch(false)
                                                        .maxAnalyzedOffset(MOST_MARKED)
                                                        .highlightQuery(
                                                                Translation.marksInText(
                                                                        expression)))),
                                NamedValue.of(
                                        "item.decisions.text",
                                        HighlightField.of(f ->
                                                f.numberOfFragments(2)
                                                        .fragmentSize(PIECE)
                                                        .highlightQuery(
                                                                Translation.marksInDecisions(
                                                                        expression))))));
    }
}
