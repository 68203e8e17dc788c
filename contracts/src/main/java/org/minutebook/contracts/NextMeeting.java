package org.minutebook.contracts;

import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * A coming meeting that a document announces.
 *
 * @param date local date
 * @param time local start; null where not printed
 * @param note what is printed beside it ("Rearranged from 20th November"); null where nothing is
 */
public record NextMeeting(LocalDate date, @Nullable LocalTime time, @Nullable String note) {}
