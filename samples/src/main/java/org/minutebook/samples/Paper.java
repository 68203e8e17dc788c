package org.minutebook.samples;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentKind;

/**
 * What a document says, before it is laid out.
 *
 * @param name file name without ending
 * @param council name of the council as printed
 * @param committee name of the committee as printed; null for the council itself
 * @param kind agenda or minutes
 * @param date day of the meeting
 * @param time start as printed; null where none is
 * @param venue where it is held; null where not printed
 * @param front further lines of the front matter, each a label and what follows it
 * @param entries items in order
 * @param reports bound behind the agenda; they hold no items
 */
record Paper(
        String name,
        String council,
        @Nullable String committee,
        DocumentKind kind,
        LocalDate date,
        @Nullable String time,
        @Nullable String venue,
        List<Labelled> front,
        List<Entry> entries,
        List<Report> reports) {

    Paper {
        front = List.copyOf(front);
        entries = List.copyOf(entries);
        reports = List.copyOf(reports);
    }

    /** The same with no more than the first items and reports. */
    Paper cut(int mostEntries, int mostReports) {
        return new Paper(
                name,
                council,
                committee,
                kind,
                date,
                time,
                venue,
                front,
                entries.subList(0, Math.min(mostEntries, entries.size())),
                reports.subList(0, Math.min(mostReports, reports.size())));
    }

    /**
     * An officer's report on one of the items.
     *
     * @param front its subject, author and so on
     * @param parts under headings of their own
     */
    record Report(List<Labelled> front, List<Part> parts) {
        Report {
            front = List.copyOf(front);
            parts = List.copyOf(parts);
        }
    }

    /**
     * A part of a report.
     *
     * @param heading with its number, as "2. Background"
     * @param paragraphs with their numbers
     */
    record Part(String heading, List<Block.Listed> paragraphs) {
        Part {
            paragraphs = List.copyOf(paragraphs);
        }
    }

    /** The committee, or the council where it meets as a whole. */
    String body() {
        return committee == null ? council : committee;
    }

    /**
     * A label and what follows it, as "Ward" and "Quayside".
     *
     * @param label without colon
     * @param text printed after it
     */
    record Labelled(String label, String text) {}

    /**
     * An item.
     *
     * @param number as printed without closing punctuation; null where there is none
     * @param title as printed
     * @param level 1 for a top entry, 2 for an entry under another
     * @param time "HH:MM" where one is printed before the title
     * @param optional whether two readers would honestly differ over calling it an item
     * @param blocks what stands below the heading
     */
    record Entry(
            @Nullable String number,
            String title,
            int level,
            @Nullable String time,
            boolean optional,
            List<Block> blocks) {

        Entry {
            blocks = List.copyOf(blocks);
        }
    }

    /** A part of an item's text. Words between {@code **} are printed bold. */
    sealed interface Block {

        /** A paragraph of running text. */
        record Paragraph(String text) implements Block {}

        /**
         * A recorded decision.
         *
         * @param before words before the deciding clause, as who moved it; may be empty
         * @param text the deciding clause
         * @param limbs numbered parts of a resolution; each is a decision of its own, the first
         *     with the words that lead to it
         */
        record Decided(String before, String text, List<Listed> limbs) implements Block {
            public Decided {
                limbs = List.copyOf(limbs);
            }
        }

        /**
         * A line of a list.
         *
         * @param marker bullet or number as printed
         * @param text after the marker
         */
        record Listed(String marker, String text) implements Block {}

        /** A labelled fact about the item, as an application's ward. */
        record Fact(Labelled labelled) implements Block {}
    }
}
