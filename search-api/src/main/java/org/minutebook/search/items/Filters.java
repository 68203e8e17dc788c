package org.minutebook.search.items;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Outcome;

/**
 * What items are narrowed to, beside the query. Null and an empty list narrow nothing.
 *
 * @param councils any of these
 * @param committees slugs, any of these; {@value #COUNCIL_ITSELF} is the council itself
 * @param kind of the document
 * @param from first day of meetings
 * @param to last day of meetings; before {@code from} there is no meeting
 * @param decided whether a decision is recorded
 * @param outcome of a decision
 * @param scanned whether it was read by OCR
 */
public record Filters(
        List<CouncilId> councils,
        List<String> committees,
        @Nullable DocumentKind kind,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable Boolean decided,
        @Nullable Outcome outcome,
        @Nullable Boolean scanned) {

    /** In the place of a committee's slug: meetings of no committee. */
    public static final String COUNCIL_ITSELF = "council";

    /** Narrows nothing. */
    public static final Filters NONE =
            new Filters(List.of(), List.of(), null, null, null, null, null, null);

    public Filters {
        councils = List.copyOf(councils);
        committees = List.copyOf(committees);
    }

    /** Items of one council only. */
    public static Filters of(CouncilId council) {
        return new Filters(List.of(council), List.of(), null, null, null, null, null, null);
    }
}
