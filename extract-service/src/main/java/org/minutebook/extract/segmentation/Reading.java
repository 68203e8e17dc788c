package org.minutebook.extract.segmentation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How segmentation took a line of a document, for a person who asks why.
 *
 * @param page page of the document, from 1
 * @param text the line as read
 * @param taken what it was taken for
 * @param number of the item that it opens; null where it opens none or that has no number
 * @param level of the item that it opens; 0 where it opens none
 * @param points sum of what speaks for a heading and what against
 * @param reasons each reason with its points, where it has any
 */
public record Reading(
        int page,
        String text,
        Taken taken,
        @Nullable String number,
        int level,
        double points,
        List<String> reasons) {

    public Reading {
        reasons = List.copyOf(reasons);
    }

    /** What a line is taken for. */
    public enum Taken {
        /** Opens an item. */
        HEADING,
        /** Goes on with the title in the line above. */
        TITLE,
        /** Text of an item. */
        TEXT,
        /** Stands before the first item. */
        FRONT,
        /** Running header or footer, page number, line to sign on. */
        FURNITURE
    }
}
