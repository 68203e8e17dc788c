package org.minutebook.search.items;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.MeetingId;
import org.minutebook.search.items.Facets.Count;

/**
 * Meetings of a council, or of one of its committees.
 *
 * @param councilId slug of the council
 * @param council its name
 * @param bodies the council itself and its committees, by name
 * @param years in which there were meetings, newest first, with how many
 * @param meetings newest first; of one year or the newest ones, as asked for
 */
public record CouncilMeetings(
        String councilId,
        String council,
        List<Body> bodies,
        List<Count> years,
        List<Held> meetings) {

    public CouncilMeetings {
        bodies = List.copyOf(bodies);
        years = List.copyOf(years);
        meetings = List.copyOf(meetings);
    }

    /**
     * Who meets.
     *
     * @param slug of the committee; {@value Filters#COUNCIL_ITSELF} for the council itself
     * @param name of the committee; null for the council itself
     * @param meetings how many there are
     */
    public record Body(String slug, @Nullable String name, long meetings) {}

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
