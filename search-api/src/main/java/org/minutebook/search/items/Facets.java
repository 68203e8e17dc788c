package org.minutebook.search.items;

import java.util.List;

/**
 * How many of the items found there are by this and that, most first; years and months in order.
 *
 * @param council by council; the value is its slug
 * @param committee by committee; the value is its slug
 * @param kind by kind of document
 * @param year by year of the meeting, newest first
 * @param decided with and without a decision
 * @param outcome by outcome of a decision
 * @param scanned read by OCR or not
 * @param month by month of the meeting, oldest first, without empty months
 */
public record Facets(
        List<Count> council,
        List<Count> committee,
        List<Count> kind,
        List<Count> year,
        List<Count> decided,
        List<Count> outcome,
        List<Count> scanned,
        List<Count> month) {

    /** Of nothing. */
    public static final Facets NONE =
            new Facets(
                    List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of());

    /**
     * How many items have a value.
     *
     * @param value as in an address
     * @param label as a person reads it
     * @param count how many
     */
    public record Count(String value, String label, long count) {}
}
