package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.contracts.MeetingId;
import org.minutebook.contracts.NextMeeting;
import org.minutebook.search.SearchSettings;
import org.minutebook.search.items.ComingMeeting;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.Joining;
import org.minutebook.search.items.Meeting;
import org.minutebook.search.items.Meeting.Paper;
import org.minutebook.search.items.Meeting.Printed;
import org.springframework.stereotype.Component;

/** Meetings, put together from the documents about them. */
@Component
public class MeetingLookup {

    /** Most entries of a meeting, and most documents that announce one, that are looked at. */
    private static final int MOST = 2000;

    private final Elastic elastic;
    private final SearchSettings settings;
    private final Clock clock;

    MeetingLookup(Elastic elastic, SearchSettings settings, Clock clock) {
        this.elastic = elastic;
        this.settings = settings;
        this.clock = clock;
    }

    /** A meeting with its documents joined; empty where no document is about it. */
    public Optional<Meeting> meeting(MeetingId id) {
        List<IndexEntry> entries =
                entries(
                        Query.of(q ->
                                q.bool(b ->
                                        b.filter(Entries.term("document.meetingId", id.value()))
                                                .mustNot(Entries.deleted()))),
                        "item.text",
                        "item.boxes");
        List<IndexedDocument> documents =
                entries.stream()
                        .filter(entry -> entry.role() == Role.DOCUMENT)
                        .map(IndexEntry::document)
                        .sorted(Comparator.comparing(MeetingLookup::kind))
                        .toList();
        if (documents.isEmpty()) {
            return Optional.empty();
        }
        // The minutes know best when and where it was.
        IndexedDocument last = documents.getLast();
        return Optional.of(
                new Meeting(
                        id,
                        last.council(),
                        last.councilId() == null ? null : last.councilId().value(),
                        last.committee(),
                        last.committeeId(),
                        last.meetingDate(),
                        last.meetingTime(),
                        last.venue(),
                        documents.stream().map(MeetingLookup::paper).toList(),
                        Joining.join(
                                printed(entries, documents, false),
                                printed(entries, documents, true))));
    }

    private static DocumentKind kind(IndexedDocument document) {
        return document.kind() == null ? DocumentKind.OTHER : document.kind();
    }

    private static Paper paper(IndexedDocument document) {
        return new Paper(
                document.id(),
                document.kind(),
                document.title(),
                document.sourceUrl(),
                document.pagesPrinted(),
                document.pagesRead(),
                document.attendance());
    }

    private static List<Printed> printed(
            List<IndexEntry> entries, List<IndexedDocument> documents, boolean minutes) {
        List<Printed> printed = new ArrayList<>();
        for (IndexedDocument document : documents) {
            if ((kind(document) == DocumentKind.MINUTES) != minutes) {
                continue;
            }
            entries.stream()
                    .filter(entry -> entry.document().id().equals(document.id()))
                    .map(IndexEntry::item)
                    .filter(Objects::nonNull)
                    .sorted(Comparator.comparingInt(AgendaItem::order))
                    .forEach(item ->
                            printed.add(
                                    new Printed(
                                            item.id(),
                                            document.id(),
                                            item.number(),
                                            item.title(),
                                            item.grouping(),
                                            item.level(),
                                            item.page(),
                                            item.decisions(),
                                            item.attachments())));
        }
        return printed;
    }

    /** Meetings announced for today and later, soonest first, each once. */
    public List<ComingMeeting> coming(Filters filters) {
        LocalDate today = LocalDate.now(clock.withZone(settings.timeZone()));
        BoolQuery.Builder wanted =
                new BoolQuery.Builder()
                        .filter(
                                Entries.role(Role.DOCUMENT),
                                Query.of(q ->
                                        q.range(r ->
                                                r.date(d ->
                                                        d.field("document.nextMeetings.date")
                                                                .gte(today.toString())))))
                        .mustNot(Entries.deleted());
        if (!filters.councils().isEmpty()) {
            wanted.filter(Entries.councils(filters));
        }
        if (!filters.committees().isEmpty()) {
            wanted.filter(Entries.committees(filters));
        }
        Map<String, ComingMeeting> coming = new HashMap<>();
        // Newest first: what a later document says about the same day wins.
        for (IndexEntry entry : entries(wanted.build()._toQuery(), "document.attendance")) {
            IndexedDocument document = entry.document();
            for (NextMeeting next : document.nextMeetings()) {
                if (!next.date().isBefore(today)) {
                    String key =
                            document.councilId() + "/" + document.committeeId() + "/" + next.date();
                    coming.putIfAbsent(key, coming(document, next));
                }
            }
        }
        return coming.values().stream()
                .sorted(
                        Comparator.comparing(ComingMeeting::date)
                                .thenComparing(meeting -> String.valueOf(meeting.council()))
                                .thenComparing(meeting -> String.valueOf(meeting.committee())))
                .toList();
    }

    private static ComingMeeting coming(IndexedDocument document, NextMeeting next) {
        return new ComingMeeting(
                document.council(),
                document.councilId() == null ? null : document.councilId().value(),
                document.committee(),
                document.committeeId(),
                next.date(),
                next.time(),
                next.note(),
                document.id(),
                document.uploadedAt());
    }

    /** Newest meeting first. */
    private List<IndexEntry> entries(Query query, String... without) {
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .query(query)
                                .size(MOST)
                                .source(s -> s.filter(f -> f.excludes(List.of(without))))
                                .sort(s ->
                                        s.field(f ->
                                                f.field("document.meetingDate")
                                                        .order(SortOrder.Desc)
                                                        .missing(FieldValue.of("_last")))));
        return elastic.search(request).stream()
                .flatMap(answer -> answer.hits().hits().stream())
                .map(Hit::source)
                .filter(Objects::nonNull)
                .toList();
    }
}
