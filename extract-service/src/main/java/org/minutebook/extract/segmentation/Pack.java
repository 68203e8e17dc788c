package org.minutebook.extract.segmentation;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.text.Cues;

/**
 * Finds where an agenda ends and the papers bound behind it begin: a "public document pack" holds
 * the reports, and the minutes of the meeting before, with headings and numbers of their own.
 */
final class Pack {

    /** What systems print at the top of the first page of a paper: "Agenda Item 6". */
    private static final Pattern PAPER_MARK =
            Pattern.compile(
                    "(?i)(?:agenda\\s+item(?:\\s+no\\.?|\\s+number|\\s*#)?:?|item\\s+no\\.?:?|appendix|annex|enclosure)"
                            // a number, not the end of "Agenda items" or a column's "Agenda item
                            // lead"
                            + "(?:\\s*\\d{1,4}[a-z]?|\\s+(?-i:[A-Z]\\d{0,3}|[IVX]{1,4}))(?:[.-]\\d+)?\\s*");

    /** The same in short, in the corner of the page; elsewhere it may be a heading. */
    private static final Pattern PAPER_NUMBER =
            Pattern.compile("(?i)item\\s*\\d{1,3}(?:[.-]?\\d+|[a-z])?");

    /** Where the agenda says that a paper is: "(Pages 3 - 12)". */
    private static final Pattern PAGES =
            Pattern.compile("(?i)\\(?\\bpages?\\s+(\\d{1,4})\\s*(?:[-–—]|to)\\s*\\d{1,4}\\)?\\s*$");

    private static final Pattern SPAN = Pattern.compile("(\\d{1,3})\\s*[-–]\\s*(\\d{1,3})");

    /** Pages that may be missing of a pack whose agenda names them. */
    private static final int COVERS = 8;

    private static final Cues PAGES_CUES = new Cues("page ", "pages ");

    /** Rows at the top of a page that may carry the mark. */
    private static final int TOP_ROWS = 3;

    /** Rows at the top of a page in which a report says of what, by whom and to whom it is. */
    private static final int HEAD_ROWS = 8;

    private Pack() {}

    /** Whether a line is what systems print over the first page of a paper. */
    static boolean isMark(String text) {
        return PAPER_MARK.matcher(text).matches();
    }

    /** First of the pages that a row of the agenda names; 0 where it names none. */
    private static int referred(Row row, int last) {
        Line.Span end = row.line.spans().getLast();
        if (end.gapBefore() && Character.isDigit(end.text().charAt(0))) {
            // "4 - 5" in a column of its own
            Matcher span = SPAN.matcher(end.text());
            if (span.matches()) {
                int from = Integer.parseInt(span.group(1));
                int to = Integer.parseInt(span.group(2));
                return from > row.page() && from <= to && to <= last + COVERS ? from : 0;
            }
        }
        if (!PAGES_CUES.in(row.text)) {
            return 0;
        }
        Matcher pages = PAGES.matcher(row.text);
        return pages.find() && (pages.start() > 0 || row.text.startsWith("("))
                ? Integer.parseInt(pages.group(1))
                : 0;
    }

    /** Index of the first row that is no longer the agenda's own; the number of rows if all are. */
    static int end(Layout layout) {
        int last = layout.rows().isEmpty() ? 0 : layout.rows().getLast().page();
        int firstReferred = Integer.MAX_VALUE;
        int referring = 0;
        int lastReferring = 0;
        for (Row row : layout.rows()) {
            int page = referred(row, last);
            if (page > 0) {
                firstReferred = Math.min(firstReferred, page);
                if (referring == 0 || row.page() - lastReferring <= 2) {
                    referring++;
                    lastReferring = row.page();
                }
            }
        }
        int top = 0;
        int page = 0;
        Set<String> fields = new HashSet<>();
        for (Row row : layout.rows()) {
            if (row.pageTop || row.page() != page) {
                page = row.page();
                top = row.index;
                fields.clear();
            }
            boolean atTop = row.index - top < TOP_ROWS;
            boolean atRight = row.x() > layout.middle();
            if (page > 1
                    && atTop
                    && top > 0
                    && (PAPER_MARK.matcher(row.text).matches()
                            || atRight && PAPER_NUMBER.matcher(row.text).matches())) {
                return top;
            }
            if (page > 1 && top > 0 && row.index - top < HEAD_ROWS) {
                fields.addAll(Paper.memoFields(row));
                if (fields.size() >= Paper.FIELDS_OF_MEMO) {
                    return top;
                }
            }
            // Printed numbers of pages may lag behind by a cover, never run ahead of the file.
            if (referring >= 2
                    && page > lastReferring
                    && page >= firstReferred
                    && row.index == top) {
                return top;
            }
        }
        return layout.rows().size();
    }
}
