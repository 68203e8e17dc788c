package org.minutebook.search.items;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.MeetingId;

/**
 * Meetings of a council, or of one of its committees.
 *
 * @param councilId slug of the council
 * @param council its name
 * @param committee name of the committee where they are of one only
 * @param meetings newest first
 */
public record CouncilMeetings(
        String councilId, String council, @Nullable String committee, List<Held> meetings) {

    public CouncilMeetings {
        meetings = List.copyOf(meetings);
    }

    /**
     * A meeting.
     *
     * @param id names it
     * @param committee name of the committee; null for the council itself
     * @param committeeId slug of the committee
     * @param date local date
     * @param kinds what there is of it: agenda, minutes
     * @param items how many items its documents have
     */
    public record Held(
            MeetingId id,
            @Nullable String committee,
            @Nullable String committeeId,
            LocalDate date,
            List<DocumentKind> kinds,
            int items) {

        public Held {
            kinds = List.copyOf(kinds);
        }
    }
}
