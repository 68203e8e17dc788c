package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Names a meeting: council / committee (or {@code council}) / date, so that the agenda and the
 * minutes of one meeting have the same. A document without a council or a date has no meeting.
 *
 * @param value as {@code wirral/childrens-trust-board/2012-07-17}
 */
public record MeetingId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MeetingId {}

    /** The id of a meeting; null committee: the council itself. */
    public static MeetingId of(CouncilId council, @Nullable String committee, LocalDate date) {
        String body = committeeId(committee);
        return new MeetingId(council + "/" + (body == null ? "council" : body) + "/" + date);
    }

    /**
     * Slug of a committee's name, as in addresses and filters; null for a name without a letter or
     * digit.
     */
    public static @Nullable String committeeId(@Nullable String committee) {
        String slug = committee == null ? "" : Folding.slug(committee);
        return slug.isEmpty() ? null : slug;
    }

    /** The meeting that a document belongs to; null where its metadata lack a council or a date. */
    public static @Nullable MeetingId of(Metadata metadata) {
        if (metadata.council() == null || metadata.meetingDate() == null) {
            return null;
        }
        return of(CouncilId.of(metadata.council()), metadata.committee(), metadata.meetingDate());
    }

    @Override
    public String toString() {
        return value;
    }
}
