package org.minutebook.search.items;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;

/**
 * A meeting that a document announces.
 *
 * @param council name of the council
 * @param councilId slug of the council
 * @param committee name of the committee
 * @param committeeId slug of the committee
 * @param date local date
 * @param time local start; null where not printed
 * @param note what is printed beside it
 * @param announcedIn the document
 * @param announcedAt when that document came in
 */
public record ComingMeeting(
        @Nullable String council,
        @Nullable String councilId,
        @Nullable String committee,
        @Nullable String committeeId,
        LocalDate date,
        @Nullable LocalTime time,
        @Nullable String note,
        DocumentId announcedIn,
        Instant announcedAt) {}
