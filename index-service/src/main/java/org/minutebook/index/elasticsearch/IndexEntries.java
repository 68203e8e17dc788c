package org.minutebook.index.elasticsearch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.Attendance;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.MeetingId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.NextMeeting;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.contracts.StoredDocument;

/**
 * What stands in the index for one document at one revision: its items without the hidden ones, and
 * last its own entry. For a document that was deleted or refused only its own entry, which then
 * says nothing about it but the revision, so that erased data are gone here too.
 *
 * @param message what was read from the document
 * @param entries the document's own entry is the last
 */
public record IndexEntries(DocumentItems message, List<IndexEntry> entries) {

    public IndexEntries {
        entries = List.copyOf(entries);
    }

    /** The entries that a message asks for. */
    public static IndexEntries of(DocumentItems message, Instant now) {
        StoredDocument stored = message.document();
        if (message.read() == null) {
            IndexEntry tombstone =
                    new IndexEntry(
                            Role.DOCUMENT, message.revision(), deleted(stored), null, false, now);
            return new IndexEntries(message, List.of(tombstone));
        }
        List<AgendaItem> shown =
                message.items().stream()
                        .filter(item -> !stored.hidden().contains(item.id()))
                        .toList();
        IndexedDocument repeated = document(message, shown.size(), false);
        List<IndexEntry> entries = new ArrayList<>();
        boolean anyDecided = false;
        for (AgendaItem item : shown) {
            boolean decided = !item.decisions().isEmpty();
            anyDecided |= decided;
            entries.add(
                    new IndexEntry(
                            item.grouping() ? Role.SECTION : Role.ITEM,
                            message.revision(),
                            repeated,
                            item,
                            decided,
                            now,
                            item.grouping()
                                    ? List.of()
                                    : DefinedAcronyms.in(item.title(), item.text())));
        }
        entries.add(
                new IndexEntry(
                        Role.DOCUMENT,
                        message.revision(),
                        document(message, shown.size(), true),
                        null,
                        anyDecided,
                        now));
        return new IndexEntries(message, entries);
    }

    /** Id of an entry in Elasticsearch. */
    public static String idOf(IndexEntry entry) {
        return entry.item() == null ? entry.document().id().value() : entry.item().id().value();
    }

    /** How many items the index has of the document, sections among them. */
    public int itemCount() {
        return entries.size() - 1;
    }

    /** Ids of the items that a search can find. */
    public List<ItemId> hits() {
        List<ItemId> hits = new ArrayList<>();
        for (IndexEntry entry : entries) {
            if (entry.role() == Role.ITEM && entry.item() != null) {
                hits.add(entry.item().id());
            }
        }
        return hits;
    }

    private static IndexedDocument document(DocumentItems message, int items, boolean whole) {
        StoredDocument stored = message.document();
        Metadata metadata = message.metadata();
        @Nullable ReadDocument read = message.read();
        String council = metadata.council();
        Attendance attendance = whole && read != null ? read.attendance() : null;
        List<NextMeeting> nextMeetings = whole && read != null ? read.nextMeetings() : List.of();
        return new IndexedDocument(
                stored.id(),
                stored.name(),
                council,
                council == null ? null : CouncilId.of(council),
                metadata.committee(),
                MeetingId.committeeId(metadata.committee()),
                MeetingId.of(metadata),
                metadata.meetingDate(),
                read == null ? null : read.meetingTime(),
                metadata.kind(),
                metadata.title(),
                metadata.sourceUrl(),
                read == null ? null : read.mediaType(),
                read == null ? null : read.venue(),
                read == null ? null : read.contact(),
                attendance,
                nextMeetings,
                read == null ? 0 : read.pagesPrinted(),
                read == null ? 0 : read.pagesRead(),
                read == null ? 0 : read.pagesScanned(),
                items,
                stored.uploadedAt(),
                stored.replaces(),
                false);
    }

    private static IndexedDocument deleted(StoredDocument stored) {
        return new IndexedDocument(
                stored.id(),
                stored.id().value(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                0,
                0,
                0,
                0,
                stored.uploadedAt(),
                null,
                true);
    }
}
