package org.minutebook.search.items;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Attendance;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.MeetingId;

/**
 * A meeting with all its documents; what the agenda announced stands beside what the minutes
 * recorded.
 *
 * @param id names the meeting
 * @param council name of the council
 * @param councilId slug of the council
 * @param committee name of the committee; null for the council itself
 * @param committeeId slug of the committee
 * @param date local date
 * @param time local start
 * @param venue where
 * @param documents agendas first
 * @param entries in the order of the meeting
 */
public record Meeting(
        MeetingId id,
        @Nullable String council,
        @Nullable String councilId,
        @Nullable String committee,
        @Nullable String committeeId,
        @Nullable LocalDate date,
        @Nullable LocalTime time,
        @Nullable String venue,
        List<Paper> documents,
        List<Entry> entries) {

    public Meeting {
        documents = List.copyOf(documents);
        entries = List.copyOf(entries);
    }

    /**
     * A document of the meeting.
     *
     * @param id names the document
     * @param kind agenda, minutes or other
     * @param title of the document
     * @param sourceUrl where it was published
     * @param pagesPrinted pages it has
     * @param pagesRead pages that were read
     * @param attendance who was there
     */
    public record Paper(
            DocumentId id,
            @Nullable DocumentKind kind,
            @Nullable String title,
            @Nullable String sourceUrl,
            int pagesPrinted,
            int pagesRead,
            @Nullable Attendance attendance) {}

    /**
     * An item of the meeting, as announced, as recorded, or both.
     *
     * @param announced in the agenda
     * @param recorded in the minutes
     */
    public record Entry(@Nullable Printed announced, @Nullable Printed recorded) {

        /** What the meeting's page shows: the record where there is one. */
        public Printed shown() {
            if (recorded != null) {
                return recorded;
            }
            if (announced != null) {
                return announced;
            }
            throw new IllegalStateException("an entry that is neither announced nor recorded");
        }
    }

    /**
     * An item as one document prints it.
     *
     * @param id names the item
     * @param document that it stands in
     * @param number as printed
     * @param title as printed
     * @param grouping whether it only groups the items below it
     * @param level 1 for a top entry
     * @param page on which it starts
     * @param decisions what was decided
     * @param attachments papers named as attached
     */
    public record Printed(
            ItemId id,
            DocumentId document,
            @Nullable String number,
            String title,
            boolean grouping,
            int level,
            int page,
            List<Decision> decisions,
            List<String> attachments) {

        public Printed {
            decisions = List.copyOf(decisions);
            attachments = List.copyOf(attachments);
        }
    }
}
