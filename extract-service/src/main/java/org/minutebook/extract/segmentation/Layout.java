package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.text.LineEnds;

/**
 * The text of a document as one run of rows, running headers and footers left out, with the
 * measures that the rows are judged by.
 *
 * @param rows in reading order
 * @param size size of the letters of most text, in points
 * @param pitch usual distance from one line to the next, in points
 * @param boldShare share of the letters that are bold: where most are, bold says nothing
 * @param capsShare share of the letters that are capitals: where most are, they say nothing
 * @param left left edge of most text
 * @param right right edge of the text
 * @param leadersAreEntries whether dots lead from the entries themselves to their papers, and not
 *     from a table of contents to the entries
 */
record Layout(
        List<Row> rows,
        double size,
        double pitch,
        double boldShare,
        double capsShare,
        double left,
        double right,
        boolean leadersAreEntries) {

    static Layout of(List<Page> pages) {
        Set<Line> furniture = Furniture.find(pages);
        Map<Integer, Integer> sizes = new HashMap<>();
        Map<Integer, Integer> pitches = new HashMap<>();
        Map<Integer, Integer> wrapped = new HashMap<>();
        Map<Integer, Integer> lefts = new HashMap<>();
        List<Double> rights = new ArrayList<>();
        long letters = 0;
        long bold = 0;
        long capitals = 0;
        for (Page page : pages) {
            Line above = null;
            for (Line line : page.lines()) {
                if (furniture.contains(line)) {
                    continue;
                }
                for (Line.Span span : line.spans()) {
                    int length = span.text().length();
                    letters += length;
                    bold += span.bold() ? length : 0;
                    capitals += Texts.capitals(span.text());
                    sizes.merge((int) Math.round(span.fontSize() * 2), length, Integer::sum);
                }
                lefts.merge((int) Math.round(line.x()), line.text().length(), Integer::sum);
                rights.add(line.x() + line.width());
                if (above != null) {
                    double pitch = baseline(line) - baseline(above);
                    if (pitch > 0.7 * line.height() && pitch < 3 * line.height()) {
                        int halves = (int) Math.round(pitch * 2);
                        pitches.merge(halves, 1, Integer::sum);
                        if (wraps(above, line)) {
                            wrapped.merge(halves, 1, Integer::sum);
                        }
                    }
                }
                above = line;
            }
        }
        double size = mostCommon(sizes, 24) / 2.0;
        boolean flowing = pages.stream().allMatch(page -> page.height() <= 0);
        double pitch = flowing ? FLOWING_LEADING * size : usualPitch(wrapped, pitches, size);
        rights.sort(null);
        double right = rights.isEmpty() ? 0 : rights.get((int) (rights.size() * 0.9));
        double left = leftEdge(lefts, letters);

        List<Row> rows = new ArrayList<>();
        for (Page page : pages) {
            Line above = null;
            for (Line line : page.lines()) {
                if (furniture.contains(line)) {
                    continue;
                }
                boolean first = above == null;
                // Lines of a large heading stand further apart than those of the text.
                double large = above == null ? 1 : Math.min(line.height(), above.height()) / size;
                double gap =
                        above == null
                                ? 2
                                : (baseline(line) - baseline(above)) / (pitch * Math.max(1, large));
                if (gap < 0) {
                    // the next column
                    gap = 2;
                }
                double middle = line.x() + line.width() / 2;
                boolean centred =
                        page.width() > 0
                                && Math.abs(middle - page.width() / 2) < 0.02 * page.width()
                                && line.x() > left + 0.06 * page.width();
                rows.add(
                        new Row(
                                rows.size(),
                                line,
                                gap,
                                first,
                                fills(line, left, right),
                                centred,
                                above != null
                                                && gap < CLOSE
                                                && fills(above, left, right)
                                                && LineEnds.endsIn(above.text(), line.text())
                                        ? Opening.within(line)
                                        : Opening.of(line)));
                above = line;
            }
        }
        return new Layout(
                rows,
                size,
                pitch,
                letters == 0 ? 0 : (double) bold / letters,
                letters == 0 ? 0 : (double) capitals / letters,
                left,
                right,
                leadersAreEntries(rows));
    }

    /** Whether a line runs to the right edge of the text. */
    private static boolean fills(Line line, double left, double right) {
        return line.x() + line.width() > right - 0.12 * (right - left);
    }

    /**
     * Whether the text of a row goes on in the next one: that stands right below it, and its first
     * word had no room left in the row.
     */
    boolean goesOn(Row row) {
        return !leadsToPage(row) && goesOn(row, row.right(), rightEdge(row));
    }

    /**
     * The same of text that ends before a column beside it.
     *
     * @param end where the text ends, in points from the left
     * @param edge where the column begins
     */
    boolean goesOn(Row row, double end, double edge) {
        if (row.index + 1 >= rows.size()) {
            return false;
        }
        Row next = rows.get(row.index + 1);
        if (next.page() != row.page() || next.gap > 1.35 || next.labelled()) {
            return false;
        }
        String word = next.text.substring(0, Math.max(1, (next.text + " ").indexOf(' ')));
        double wordWidth = next.line.width() * word.length() / Math.max(1, next.text.length());
        return end + 0.3 * row.size + wordWidth > edge;
    }

    /** Whether so many rows begin, or have a cell, at a place that it is the edge of a column. */
    boolean isColumn(double x) {
        int there = 0;
        for (Row row : rows) {
            boolean begins = Math.abs(row.line.x() - x) < SAME_PLACE;
            for (Line.Span span : row.line.spans()) {
                begins |= span.gapBefore() && Math.abs(span.x() - x) < SAME_PLACE;
            }
            there += begins ? 1 : 0;
        }
        return there >= LEAST_OF_COLUMN;
    }

    /** Pitches below which a row stands right below the one before. */
    private static final double CLOSE = 1.3;

    /** Points within which the cells of a column begin. */
    private static final double SAME_PLACE = 2;

    private static final int LEAST_OF_COLUMN = 6;

    /** Halfway between the edges of the text: what begins further right heads nothing. */
    double middle() {
        return (left + right) / 2;
    }

    /** Whether a row fills most of its column. */
    boolean reachesFar(Row row) {
        return row.right() - left > MOST_OF_COLUMN * (rightEdge(row) - left);
    }

    /**
     * Right edge of the column that a row stands in: as far as rows around with its indent reach.
     */
    private double rightEdge(Row row) {
        double edge = row.right();
        int around = 0;
        for (int i = Math.max(0, row.index - 30); i < Math.min(rows.size(), row.index + 30); i++) {
            Row other = rows.get(i);
            if (Math.abs(other.restX - row.restX) < 4
                    || Math.abs(other.x() - row.restX) < 4
                    || Math.abs(other.x() - row.x()) < 4) {
                edge = Math.max(edge, other.right());
                around++;
            }
        }
        return around < 3 ? right : Math.min(right + 5, edge);
    }

    /** A document typed in capitals throughout has more than half of its signs as such. */
    private static final double MOST_CAPITALS = 0.5;

    private static final double MOST_OF_COLUMN = 0.6;

    /** Lines that surely go on from which their distance is known. */
    private static final int LEAST_WRAPS = 5;

    /** Formats without pages are set line by line at this distance. */
    private static final double FLOWING_LEADING = 1.2;

    /** Lines further apart than this are seldom of one paragraph, in parts of their letters. */
    private static final double MOST_LEADING = 1.5;

    /** Where a table of contents leads to: dots, or a column, then a page. */
    private static final Pattern LEADS_TO_PAGE =
            Pattern.compile(".*(?:\\.{4,}|(?:\\. ){3,}|…{2,}|_{4,})\\s*\\d{1,4}");

    private static final Pattern LEADER = Pattern.compile("\\.{4,}|(?:\\. ){3,}|…{2,}|_{4,}");

    private static final Pattern PAGE = Pattern.compile("\\d{1,4}");

    /**
     * Whether a row is one of several in a row that lead to a page. Dots say so by themselves; a
     * column of pages is also what agendas have, so there the titles must come again further on.
     */
    boolean isContents(Row row) {
        if (leadsToPage(row)) {
            return near(row, Layout::leadsToPage) >= 3 && !leadersAreEntries;
        }
        if (!endsInPage(row) || near(row, Layout::endsInPage) < 4) {
            return false;
        }
        String title = withoutPage(row);
        return title.length() > 3
                && rows.subList(row.index + 1, rows.size()).stream()
                        .anyMatch(
                                other -> other.page() > row.page() && other.rest.startsWith(title));
    }

    /** Whether what leads to pages is numbered, and does not come again further on. */
    private static boolean leadersAreEntries(List<Row> rows) {
        List<Row> leading = rows.stream().filter(Layout::leadsToPage).toList();
        long numbered = leading.stream().filter(Row::labelled).count();
        if (numbered * 2 <= leading.size()) {
            return false;
        }
        long again =
                leading.stream()
                        .map(row -> LEADER.split(row.rest, 2)[0].strip())
                        .filter(title ->
                                rows.stream()
                                        .filter(row -> row.rest.startsWith(title))
                                        .anyMatch(row -> !leadsToPage(row)))
                        .count();
        return again * 2 < leading.size();
    }

    /** Whether dots lead from a row to a page. */
    static boolean leadsToPage(Row row) {
        return Texts.endsInDigit(row.text) && LEADS_TO_PAGE.matcher(row.text).matches();
    }

    private static boolean endsInPage(Row row) {
        Line.Span last = row.line.spans().getLast();
        return last.gapBefore()
                && Texts.endsInDigit(last.text())
                && PAGE.matcher(last.text()).matches();
    }

    private static String withoutPage(Row row) {
        String page = row.line.spans().getLast().text();
        return row.rest.endsWith(page)
                ? row.rest.substring(0, row.rest.length() - page.length()).strip()
                : row.rest;
    }

    private int near(Row row, Predicate<Row> test) {
        int count = 0;
        for (int i = Math.max(0, row.index - 6); i < Math.min(rows.size(), row.index + 7); i++) {
            count += test.test(rows.get(i)) ? 1 : 0;
        }
        return count;
    }

    /** Whether a row starts a paragraph: by the space above it, or as the only bold around. */
    boolean startsParagraph(Row row) {
        if (row.spaced() || row.pageTop) {
            return true;
        }
        Row above = rows.get(row.index - 1);
        return row.allBold() && boldShare < 0.4 && !above.bold() && !goesOn(above);
    }

    /** Whether a row is part of a paragraph set bold. */
    boolean longBold(Row row) {
        if (!row.allBold() || row.caps()) {
            return false;
        }
        int lines = 1;
        for (int i = row.index; i + 1 < rows.size() && goesOn(rows.get(i)); i++) {
            if (!rows.get(i + 1).bold()) {
                return true;
            }
            lines++;
        }
        for (int i = row.index; i > 0 && goesOn(rows.get(i - 1)) && rows.get(i - 1).bold(); i--) {
            lines++;
        }
        return lines > 3 || Texts.words(row.rest) > 9 && lines > 1;
    }

    /** Whether a row is set off from the text by bold, capitals or size. */
    boolean distinct(Row row) {
        return (row.bold() && boldShare < 0.5) || caps(row) || row.size > size + 1.2;
    }

    /** Whether a row is set off by its capitals. */
    boolean caps(Row row) {
        return capsShare < MOST_CAPITALS && row.caps();
    }

    /** The leftmost place where a fair share of the text begins. */
    private static double leftEdge(Map<Integer, Integer> lefts, long letters) {
        return lefts.entrySet().stream()
                .filter(entry -> entry.getValue() >= 0.05 * letters)
                .mapToInt(Map.Entry::getKey)
                .min()
                .orElse(0);
    }

    /** Lines are compared by their baselines: tops move with the size of the letters. */
    private static double baseline(Line line) {
        return line.y() + 0.8 * line.height();
    }

    private static double mostCommon(Map<Integer, Integer> counts, int otherwise) {
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(otherwise);
    }

    /** The smallest distance that is common: headings and paragraphs stand further apart. */
    private static double usualPitch(
            Map<Integer, Integer> wrapped, Map<Integer, Integer> pitches, double size) {
        int wraps = wrapped.values().stream().mapToInt(Integer::intValue).sum();
        if (wraps >= LEAST_WRAPS) {
            return leastCommon(wrapped, 0.2);
        }
        double usual = leastCommon(pitches, 0.2);
        if (usual > MOST_LEADING * size) {
            // Paragraphs of one line each: the distance within one shows only here and there.
            usual = Math.min(usual, leastCommon(pitches, 0.03));
        }
        return usual == Double.MAX_VALUE ? 1.2 * size : usual;
    }

    /** Whether a line surely goes on from the one above. */
    private static boolean wraps(Line above, Line line) {
        return Texts.startsLower(line.text())
                && Math.abs(line.x() - above.x()) < 30
                && !Texts.endsInOneOf(".:;!?", above.text());
    }

    /** The smallest distance that has this share, neighbours included. */
    private static double leastCommon(Map<Integer, Integer> pitches, double share) {
        int total = pitches.values().stream().mapToInt(Integer::intValue).sum();
        int least = Integer.MAX_VALUE;
        for (Map.Entry<Integer, Integer> entry : pitches.entrySet()) {
            int around =
                    entry.getValue()
                            + pitches.getOrDefault(entry.getKey() - 1, 0)
                            + pitches.getOrDefault(entry.getKey() + 1, 0);
            if (around >= Math.max(2, share * total)) {
                least = Math.min(least, entry.getKey());
            }
        }
        return least == Integer.MAX_VALUE ? Double.MAX_VALUE : least / 2.0;
    }
}
