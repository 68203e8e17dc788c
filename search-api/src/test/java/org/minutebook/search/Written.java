package org.minutebook.search;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.Box;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.MeetingId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.NextMeeting;
import org.minutebook.contracts.Outcome;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;

/** A document of a made-up council with its items, as index-service writes it. */
final class Written {

    private static final Instant THEN = Instant.parse("2026-11-03T10:00:00Z");

    private final DocumentId id;
    private String council = "Eldmarsh Borough Council";
    private @Nullable String committee = "Planning Committee";
    private @Nullable LocalDate date = LocalDate.of(2026, 10, 14);
    private DocumentKind kind = DocumentKind.MINUTES;
    private boolean deleted;
    private Revision revision = new Revision(1);
    private @Nullable DocumentId replaces;
    private Instant uploadedAt = THEN;
    private Instant indexedAt = THEN;
    private List<NextMeeting> nextMeetings = List.of();
    private List<String> acronyms = List.of();
    private final List<AgendaItem> items = new ArrayList<>();

    private Written(DocumentId id) {
        this.id = id;
    }

    static Written document(String name) {
        return new Written(
                DocumentId.of(
                        ContentHash.of(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    /** The same of a document whose bytes and record are put into a store. */
    static Written stored(DocumentStore store, byte[] bytes) {
        ContentHash hash = store.put(new ByteArrayInputStream(bytes), Long.MAX_VALUE).hash();
        DocumentId id = DocumentId.of(hash);
        store.putRecord(
                new StoredDocument(
                        id,
                        hash,
                        bytes.length,
                        new Revision(1),
                        Metadata.NONE,
                        List.of("minutes.pdf"),
                        List.of(),
                        THEN,
                        null,
                        false,
                        Set.of()),
                Versioned.ABSENT);
        return new Written(id);
    }

    /** Puts its record into a store, with what it replaces. */
    Written recorded(DocumentStore store, boolean gone) {
        store.putRecord(
                new StoredDocument(
                        id,
                        ContentHash.of(
                                id.value().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        1,
                        new Revision(1),
                        Metadata.NONE,
                        List.of(),
                        List.of(),
                        THEN,
                        replaces,
                        gone,
                        Set.of()),
                Versioned.ABSENT);
        return this;
    }

    Written council(String name) {
        council = name;
        return this;
    }

    Written committee(@Nullable String name) {
        committee = name;
        return this;
    }

    Written date(@Nullable String day) {
        date = day == null ? null : LocalDate.parse(day);
        return this;
    }

    Written agenda() {
        kind = DocumentKind.AGENDA;
        return this;
    }

    /** Read at this revision. */
    Written revision(long number) {
        revision = new Revision(number);
        return this;
    }

    /** It corrects another. */
    Written replaces(Written other) {
        replaces = other.id;
        return this;
    }

    Written uploadedAt(Instant instant) {
        uploadedAt = instant;
        return this;
    }

    Written indexedAt(Instant instant) {
        indexedAt = instant;
        return this;
    }

    Written deleted() {
        deleted = true;
        return this;
    }

    Written next(NextMeeting... meetings) {
        nextMeetings = List.of(meetings);
        return this;
    }

    /** As index-service finds it in an item: {@code CIL = community infrastructure levy}. */
    Written explains(String... explanations) {
        acronyms = List.of(explanations);
        return this;
    }

    Written item(@Nullable String number, String title, String text, Decision... decisions) {
        return add(number, title, text, false, decisions);
    }

    Written section(@Nullable String number, String title) {
        return add(number, title, "", true);
    }

    private Written add(
            @Nullable String number,
            String title,
            String text,
            boolean grouping,
            Decision... decisions) {
        int order = items.size();
        items.add(
                new AgendaItem(
                        ItemId.of(id, number, title, 0),
                        order,
                        number,
                        null,
                        title,
                        1,
                        grouping,
                        text,
                        List.of(decisions),
                        null,
                        order / 3 + 1,
                        order / 3 + 1,
                        List.of(new Box(order / 3 + 1, 72, 100 + order % 3 * 200, 450, 150)),
                        List.of(),
                        List.of(),
                        null,
                        false,
                        null));
        return this;
    }

    static Decision decision(Outcome outcome, String text) {
        return new Decision(text, outcome, null, null, null);
    }

    DocumentId id() {
        return id;
    }

    ItemId itemId(int place) {
        return items.get(place).id();
    }

    List<IndexEntry> entries() {
        List<IndexEntry> entries = new ArrayList<>();
        for (AgendaItem item : items) {
            entries.add(
                    new IndexEntry(
                            item.grouping() ? Role.SECTION : Role.ITEM,
                            revision,
                            document(),
                            item,
                            !item.decisions().isEmpty(),
                            indexedAt,
                            acronyms));
        }
        entries.add(new IndexEntry(Role.DOCUMENT, revision, document(), null, false, indexedAt));
        return entries;
    }

    private IndexedDocument document() {
        return new IndexedDocument(
                id,
                id + ".pdf",
                council,
                CouncilId.of(council),
                committee,
                MeetingId.committeeId(committee),
                date == null ? null : MeetingId.of(CouncilId.of(council), committee, date),
                date,
                null,
                kind,
                (kind == DocumentKind.AGENDA ? "Agenda" : "Minutes") + " of " + committee,
                "https://www.eldmarsh.example/" + id + ".pdf",
                "application/pdf",
                "Town Hall",
                null,
                null,
                nextMeetings,
                3,
                3,
                0,
                items.size(),
                uploadedAt,
                replaces,
                deleted);
    }
}
