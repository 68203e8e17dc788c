package org.minutebook.extract.metadata;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A date as it stands in a text.
 *
 * @param start where it starts in the text
 * @param end where it ends
 * @param year null where none is printed
 * @param month from 1
 * @param day of the month
 * @param weekday null where none is printed
 */
record PrintedDate(
        int start,
        int end,
        @Nullable Integer year,
        int month,
        int day,
        @Nullable DayOfWeek weekday) {

    /** The date; null where there is no year or no such day. */
    @Nullable LocalDate date() {
        return year == null ? null : in(year);
    }

    /** The date in a year; null where that year has no such day. */
    @Nullable LocalDate in(int year) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
