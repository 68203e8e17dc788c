package org.minutebook.extract.pages;

import java.util.List;

/**
 * A page as a reader sees it.
 *
 * @param number from 1
 * @param width in points, rotation applied; 0 for formats without pages
 * @param height in points, rotation applied; 0 for formats without pages
 * @param lines in reading order
 * @param reading how its text was come by
 */
public record Page(int number, double width, double height, List<Line> lines, Reading reading) {

    public Page {
        lines = List.copyOf(lines);
    }

    /** How the text of a page was come by. */
    public enum Reading {
        /** From the text layer. */
        TEXT,
        /** There is nothing on it. */
        BLANK,
        /** It has a picture and no usable text: waits for OCR. */
        SCANNED,
        /** Read by OCR. */
        OCR,
        /** It could not be read within the limits. */
        UNREAD
    }
}
