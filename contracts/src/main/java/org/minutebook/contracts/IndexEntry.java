package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the item index, written by index-service and read by search-api. The mapping is
 * the resource {@value #MAPPING_RESOURCE}. The id in Elasticsearch is the item's id, or the
 * document's for its own entry; the external version is the revision.
 *
 * @param role what the entry is
 * @param revision revision of the document that it was read at
 * @param document the document, repeated with each of its entries
 * @param item the agenda item; null for the document's own entry
 * @param decided whether the item records a decision
 * @param indexedAt when it was written
 * @param acronyms what the item itself says its acronyms stand for, each as {@code CIL = community
 *     infrastructure levy}
 */
public record IndexEntry(
        Role role,
        Revision revision,
        IndexedDocument document,
        @Nullable AgendaItem item,
        boolean decided,
        Instant indexedAt,
        List<String> acronyms) {

    public IndexEntry {
        acronyms = Lists.copy(acronyms);
    }

    /** An entry that says of no acronym what it stands for. */
    public IndexEntry(
            Role role,
            Revision revision,
            IndexedDocument document,
            @Nullable AgendaItem item,
            boolean decided,
            Instant indexedAt) {
        this(role, revision, document, item, decided, indexedAt, List.of());
    }

    /**
     * Alias that searches use; the index behind it is {@code agenda-items-v<mapping>-<timestamp>}.
     */
    public static final String ALIAS = "agenda-items";

    /** Version of the mapping; a new one means a new index. */
    public static final int MAPPING_VERSION = 3;

    /** Stands between an acronym and what it stands for. */
    public static final String STANDS_FOR = " = ";

    /** Class path resource with settings and mapping of the index. */
    public static final String MAPPING_RESOURCE =
            "/org/minutebook/contracts/agenda-items-index.json";

    /** What an entry is. */
    public enum Role {
        /** An item that a search can find. */
        ITEM,
        /** An item that only groups others: for the meeting's page, never a hit. */
        SECTION,
        /**
         * The document itself: for the meeting's page, also after its deletion, when it keeps older
         * records out.
         */
        DOCUMENT;

        /** As in JSON. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The document as a hit shows it.
     *
     * @param id names the document
     * @param name file name
     * @param council name of the council; null where neither given nor read
     * @param councilId names the council; null with {@code council}
     * @param committee name of the committee; null for the council itself
     * @param committeeId slug of the committee; null with {@code committee}
     * @param meetingId names the meeting; null without a council or date
     * @param meetingDate local date
     * @param meetingTime local start
     * @param kind agenda, minutes or other
     * @param title title of the document
     * @param sourceUrl where it was published
     * @param mediaType of the original, as {@code application/pdf}
     * @param venue where the meeting was held
     * @param contact whom to ask
     * @param attendance who was there; only on the document's own entry
     * @param nextMeetings meetings announced; only on the document's own entry
     * @param pagesPrinted pages it has
     * @param pagesRead pages that were read
     * @param pagesScanned pages that were read by OCR
     * @param itemCount how many items it has
     * @param uploadedAt when it came in
     * @param replaces the document that it corrects
     * @param deleted whether it was deleted
     */
    public record IndexedDocument(
            DocumentId id,
            String name,
            @Nullable String council,
            @Nullable CouncilId councilId,
            @Nullable String committee,
            @Nullable String committeeId,
            @Nullable MeetingId meetingId,
            @Nullable LocalDate meetingDate,
            @Nullable LocalTime meetingTime,
            @Nullable DocumentKind kind,
            @Nullable String title,
            @Nullable String sourceUrl,
            @Nullable String mediaType,
            @Nullable String venue,
            @Nullable String contact,
            @Nullable Attendance attendance,
            List<NextMeeting> nextMeetings,
            int pagesPrinted,
            int pagesRead,
            int pagesScanned,
            int itemCount,
            Instant uploadedAt,
            @Nullable DocumentId replaces,
            boolean deleted) {

        public IndexedDocument {
            nextMeetings = Lists.copy(nextMeetings);
        }
    }
}
