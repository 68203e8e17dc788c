package org.minutebook.extract.metadata;

import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Attendance;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.NextMeeting;

/**
 * What a document says of itself.
 *
 * @param metadata council, committee, kind, date and title; {@code sourceUrl} is never read
 * @param meetingTime local start of the meeting; null where none is printed
 * @param venue where it is held, as printed; null where that is not said
 * @param contact whom to ask, as printed; null where that is not said
 * @param attendance who was there
 * @param nextMeetings meetings that it announces, in order of the page
 */
public record DocumentFacts(
        Metadata metadata,
        @Nullable LocalTime meetingTime,
        @Nullable String venue,
        @Nullable String contact,
        Attendance attendance,
        List<NextMeeting> nextMeetings) {

    public DocumentFacts {
        nextMeetings = List.copyOf(nextMeetings);
    }
}
