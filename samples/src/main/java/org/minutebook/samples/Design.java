package org.minutebook.samples;

import java.util.Map;

/**
 * How a document looks: the habits of one clerk's word processor.
 *
 * @param arrangement how items stand on the page
 * @param typeface of all text
 * @param size of running text, in points
 * @param margin on all sides, in points
 * @param heading how headings of items are set
 * @param afterNumber printed after an item's number, as "."
 * @param front how council, date and place are set above the items
 * @param running what is repeated on every page
 * @param ink whether pages are text or pictures of text
 */
record Design(
        Arrangement arrangement,
        Typeface typeface,
        float size,
        float margin,
        Heading heading,
        String afterNumber,
        Front front,
        Running running,
        Ink ink) {

    private static final Map<String, Design> NAMED =
            Map.of(
                    "borough-minutes",
                    new Design(
                            Arrangement.HANGING,
                            Typeface.TIMES,
                            11.5f,
                            68,
                            Heading.BOLD_CAPITALS,
                            "",
                            Front.CENTRED,
                            Running.PLAIN_NUMBER,
                            Ink.PRINTED),
                    "planning-minutes",
                    new Design(
                            Arrangement.HANGING,
                            Typeface.HELVETICA,
                            10.5f,
                            62,
                            Heading.BOLD,
                            ".",
                            Front.LEFT,
                            Running.HEADER_AND_PAGE_OF,
                            Ink.PRINTED),
                    "council-minutes",
                    new Design(
                            Arrangement.HEADED,
                            Typeface.HELVETICA,
                            11,
                            64,
                            Heading.BOLD,
                            "",
                            Front.CENTRED,
                            Running.HEADER_AND_PAGE_OF,
                            Ink.PRINTED),
                    "consent-agenda",
                    new Design(
                            Arrangement.HANGING,
                            Typeface.HELVETICA,
                            11,
                            60,
                            Heading.BOLD,
                            ".",
                            Front.LEFT,
                            Running.PLAIN_NUMBER,
                            Ink.PRINTED),
                    "planning-agenda",
                    new Design(
                            Arrangement.HANGING,
                            Typeface.TIMES,
                            12,
                            64,
                            Heading.BOLD,
                            "",
                            Front.CENTRED,
                            Running.HEADER_AND_PAGE_OF,
                            Ink.PRINTED),
                    "table-agenda",
                    new Design(
                            Arrangement.TABLE,
                            Typeface.HELVETICA,
                            10.5f,
                            56,
                            Heading.BOLD,
                            "",
                            Front.LEFT,
                            Running.PLAIN_NUMBER,
                            Ink.PRINTED),
                    "timed-agenda",
                    new Design(
                            Arrangement.TIMED,
                            Typeface.HELVETICA,
                            11,
                            66,
                            Heading.BOLD,
                            "",
                            Front.LEFT,
                            Running.PLAIN_NUMBER,
                            Ink.PRINTED),
                    "parish-minutes",
                    new Design(
                            Arrangement.HANGING,
                            Typeface.TIMES,
                            12,
                            72,
                            Heading.UNDERLINED,
                            "",
                            Front.CENTRED,
                            Running.SIGNED,
                            Ink.PRINTED));

    /**
     * A design by name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Design named(String name) {
        Design design = NAMED.get(name);
        if (design == null) {
            throw new IllegalArgumentException(
                    "no design '" + name + "', expected one of " + NAMED.keySet());
        }
        return design;
    }

    /** The same in another ink. */
    Design in(Ink other) {
        return new Design(
                arrangement, typeface, size, margin, heading, afterNumber, front, running, other);
    }

    /** How items stand on the page. */
    enum Arrangement {
        /** Number in the margin, heading and text indented beside it. */
        HANGING,
        /** Heading on a line of its own from the left edge, text below it. */
        HEADED,
        /** Ruled table with a column for the number and one for the subject. */
        TABLE,
        /** Clock time in the margin, heading and text beside it. */
        TIMED
    }

    /** How headings of items are set. */
    enum Heading {
        /** As written, in bold. */
        BOLD,
        /** In bold capitals. */
        BOLD_CAPITALS,
        /** As written, underlined. */
        UNDERLINED
    }

    /** How council, date and place are set above the items. */
    enum Front {
        /** Each line centred. */
        CENTRED,
        /** From the left edge, labels in bold. */
        LEFT
    }

    /** What is repeated on every page. */
    enum Running {
        /** The page's number in the middle of the foot. */
        PLAIN_NUMBER,
        /** Body and date in the head from the second page on, "Page 2 of 5" in the foot. */
        HEADER_AND_PAGE_OF,
        /** A line for the chairman's signature and the page's number in the foot. */
        SIGNED
    }

    /** Whether pages are text or pictures of text. */
    enum Ink {
        /** Text, as a word processor writes it. */
        PRINTED,
        /**
         * Pictures in black and white, as a scanner makes them; only in {@link Typeface#HELVETICA}.
         */
        SCANNED
    }
}
