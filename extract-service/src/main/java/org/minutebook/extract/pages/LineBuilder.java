package org.minutebook.extract.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the shapes of a page together to lines as a reader sees them. Distances are in parts of the
 * size of the letters, so they hold for small print and for headings alike.
 */
final class LineBuilder {

    /** Baselines that differ by less are one line: cells of a table are seldom set exactly. */
    private static final float SAME_BASELINE = 0.25f;

    /** Baselines that differ by less may be those of a number and of a line with "14th" in it. */
    private static final float PUSHED_DOWN = 0.45f;

    /** Width of the longest number, and of the gap after it, in sizes of the letters. */
    private static final float LONGEST_NUMBER = 6;

    /** Letters at most this part of the size of their neighbours may be raised ("14th"). */
    private static final float RAISED_SIZE = 0.85f;

    /** A gap wider than this parts words where no blank was drawn. */
    private static final float WORD_GAP = 0.18f;

    /** A gap wider than this stands between cells or columns; justified text stays below it. */
    private static final float CELL_GAP = 1.1f;

    /** Rows that a page must have before columns are looked for. */
    private static final int LEAST_ROWS = 18;

    /** Points by which lists are indented in a column. */
    private static final float INDENT = 45;

    /** Part of a column's width that the lines of running text reach. */
    private static final float FULL = 0.8f;

    /** The part of a letter's height above its baseline. */
    private static final float ASCENT = 0.8f;

    private LineBuilder() {}

    static List<Line> lines(int page, GlyphReader.Drawn drawn) {
        List<Row> rows = inReadingOrder(rows(runs(drawn.glyphs())));
        List<Line> lines = new ArrayList<>(rows.size());
        for (Row row : rows) {
            lines.add(line(page, row));
        }
        return lines;
    }

    /** Shapes drawn one after the other along one baseline. */
    private static final class Run {

        /** Room for the letters of a usual line. */
        private static final int USUAL_RUN = 80;

        final List<Glyph> glyphs = new ArrayList<>(USUAL_RUN);
        final float baseline;
        float size;
        float left;
        float right;

        Run(Glyph first) {
            baseline = first.baseline();
            size = first.size();
            left = first.x();
            right = first.right();
            glyphs.add(first);
        }

        boolean takes(Glyph glyph) {
            float gap = glyph.x() - right;
            float rise = baseline - glyph.baseline();
            if (Math.abs(rise) <= 0.1f * size) {
                return gap > -0.5f * size && gap < CELL_GAP * size;
            }
            return glyph.size() <= RAISED_SIZE * size
                    && rise > -0.3f * size
                    && rise < 0.7f * size
                    && gap > -0.3f * size
                    && gap < 0.5f * size;
        }

        boolean hasDigit() {
            for (Glyph glyph : glyphs) {
                if (Character.isDigit(glyph.text().charAt(0))) {
                    return true;
                }
            }
            return false;
        }

        void add(Glyph glyph) {
            glyphs.add(glyph);
            right = Math.max(right, glyph.right());
            size = Math.max(size, glyph.size());
        }
    }

    /** Runs that stand beside each other. */
    private static final class Row {

        boolean crosses(float x) {
            for (Run run : runs) {
                if (run.left < x && run.right > x) {
                    return true;
                }
            }
            return false;
        }

        /** Right edge of what stands before a place; 0 where nothing does. */
        float endBefore(float x) {
            float end = 0;
            for (Run run : runs) {
                if (run.left < x) {
                    end = Math.max(end, run.right);
                }
            }
            return end;
        }

        /** Left edge of what stands after a place. */
        float startAfter(float x) {
            for (Run run : runs) {
                if (run.left > x) {
                    return run.left;
                }
            }
            return Float.MAX_VALUE;
        }

        /** Takes what stands after a place into a row of its own. */
        Row cutAt(float x) {
            Row after = new Row();
            after.baseline = baseline;
            after.size = size;
            for (Run run : runs) {
                if (run.left >= x) {
                    after.runs.add(run);
                }
            }
            runs.removeAll(after.runs);
            return after;
        }

        private Row() {}

        final List<Run> runs = new ArrayList<>();
        float baseline;
        float size;

        Row(Run first) {
            runs.add(first);
            baseline = first.baseline;
            size = first.size;
        }
    }

    private static List<Run> runs(List<Glyph> glyphs) {
        List<Run> runs = new ArrayList<>();
        Run open = null;
        for (Glyph glyph : glyphs) {
            if (open != null && open.takes(glyph)) {
                open.add(glyph);
            } else {
                open = new Run(glyph);
                runs.add(open);
            }
        }
        return runs;
    }

    private static List<Row> rows(List<Run> runs) {
        runs.sort(Comparator.<Run>comparingDouble(run -> run.baseline));
        List<Row> rows = new ArrayList<>();
        Row open = null;
        for (Run run : runs) {
            if (open != null
                    && run.baseline - open.baseline
                            <= SAME_BASELINE * Math.min(run.size, open.size)) {
                open.runs.add(run);
                open.size = Math.max(open.size, run.size);
            } else if (open != null && isRaisedOver(open, run)) {
                open.runs.add(run);
                open.baseline = run.baseline;
                open.size = run.size;
            } else {
                open = new Row(run);
                rows.add(open);
            }
        }
        for (Row row : rows) {
            row.runs.sort(Comparator.comparingDouble(run -> run.left));
        }
        joinNumbers(rows);
        return rows;
    }

    /** Takes a number into the line beside it, which raised letters have pushed down a little. */
    private static void joinNumbers(List<Row> rows) {
        for (int i = rows.size() - 2; i >= 0; i--) {
            Row row = rows.get(i);
            Row next = rows.get(i + 1);
            Run number = row.runs.getFirst();
            float gap = next.runs.getFirst().left - number.right;
            if (row.runs.size() == 1
                    && next.baseline - row.baseline <= PUSHED_DOWN * row.size
                    && gap > 0
                    && gap < LONGEST_NUMBER * row.size
                    && number.right - number.left < LONGEST_NUMBER * row.size
                    && Math.abs(next.size - row.size) < 0.2f * row.size
                    && number.hasDigit()) {
                next.runs.addFirst(number);
                rows.remove(i);
            }
        }
    }

    /**
     * Two columns of running text one after the other. A table stays as it is read, across: the
     * lines of its cells do not fill them.
     */
    private static List<Row> inReadingOrder(List<Row> rows) {
        float gutter = rows.size() < LEAST_ROWS ? -1 : gutter(rows);
        if (gutter < 0) {
            return rows;
        }
        List<Row> ordered = new ArrayList<>(rows.size());
        List<Row> right = new ArrayList<>();
        for (Row row : rows) {
            Row beside = row.crosses(gutter) ? null : row.cutAt(gutter);
            if (beside == null) {
                ordered.addAll(right);
                right.clear();
                ordered.add(row);
                continue;
            }
            if (!beside.runs.isEmpty()) {
                right.add(beside);
            }
            if (!row.runs.isEmpty()) {
                ordered.add(row);
            }
        }
        ordered.addAll(right);
        return ordered;
    }

    /** Middle of the gap between two columns of running text; -1 where there is none. */
    private static float gutter(List<Row> rows) {
        float left = Float.MAX_VALUE;
        float right = 0;
        List<Float> starts = new ArrayList<>();
        for (Row row : rows) {
            for (int i = 0; i < row.runs.size(); i++) {
                Run run = row.runs.get(i);
                left = Math.min(left, run.left);
                right = Math.max(right, run.right);
                if (i == 0 || run.left - row.runs.get(i - 1).right > CELL_GAP * run.size) {
                    starts.add(run.left);
                }
            }
        }
        // The second column begins where most lines of the right half do.
        float middle = (left + right) / 2;
        float edge = mostCommon(starts, middle - 0.1f * (right - left), right);
        if (edge < 0) {
            return -1;
        }
        float gutter = edge - 2;
        int crossing = 0;
        int lefts = 0;
        int fullLefts = 0;
        int rights = 0;
        int fullRights = 0;
        // Cells of a table stand beside each other, the lines of columns seldom do.
        int beside = 0;
        int atEdge = 0;
        float leftEnd = 0;
        for (Row row : rows) {
            if (row.crosses(gutter)) {
                crossing++;
            } else {
                leftEnd = Math.max(leftEnd, row.endBefore(gutter));
            }
        }
        float leftWidth = leftEnd - left;
        float rightWidth = right - edge;
        for (Row row : rows) {
            if (row.crosses(gutter)) {
                continue;
            }
            float end = row.endBefore(gutter);
            if (end > 0) {
                lefts++;
                atEdge += row.runs.getFirst().left - left < INDENT ? 1 : 0;
                fullLefts += end > left + FULL * leftWidth ? 1 : 0;
            }
            Run last = row.runs.getLast();
            beside += end > 0 && last.left > gutter ? 1 : 0;
            if (last.left > gutter) {
                rights++;
                atEdge += row.startAfter(gutter) - edge < INDENT ? 1 : 0;
                fullRights += last.right > edge + FULL * rightWidth ? 1 : 0;
            }
        }
        boolean columns =
                crossing <= 0.25f * rows.size()
                        && lefts >= LEAST_ROWS / 2
                        && rights >= LEAST_ROWS / 2
                        && Math.min(leftWidth, rightWidth) > 0.6f * Math.max(leftWidth, rightWidth)
                        && edge - leftEnd > 0
                        && (fullLefts >= 0.4f * lefts && fullRights >= 0.4f * rights
                                || beside < 0.4f * rows.size()
                                        && atEdge >= 0.8f * (lefts + rights)
                                        && fullLefts >= 0.15f * lefts
                                        && fullRights >= 0.15f * rights);
        return columns ? (leftEnd + edge) / 2 : -1;
    }

    /** The place from which on most lines start; -1 where few share one. */
    private static float mostCommon(List<Float> starts, float from, float to) {
        int[] counts = new int[512];
        int best = -1;
        for (float start : starts) {
            int place = (int) ((start - from) / (to - from) * (counts.length - 1));
            if (start >= from && start < to && place >= 0 && ++counts[place] > 0) {
                best = best < 0 || counts[place] > counts[best] ? place : best;
            }
        }
        if (best < 0 || counts[best] < LEAST_ROWS / 3) {
            return -1;
        }
        float place = from + best * (to - from) / (counts.length - 1);
        float edge = Float.MAX_VALUE;
        for (float start : starts) {
            if (start >= place - 0.01f && start < edge) {
                edge = start;
            }
        }
        return edge;
    }

    /** Whether a row is only the raised letters of the run below it, drawn before or after it. */
    private static boolean isRaisedOver(Row row, Run run) {
        if (row.size > RAISED_SIZE * run.size || run.baseline - row.baseline > 0.6f * run.size) {
            return false;
        }
        for (Run raised : row.runs) {
            if (Math.abs(raised.left - run.right) < 0.5f * run.size
                    || Math.abs(run.left - raised.right) < 0.5f * run.size
                    || (raised.left >= run.left && raised.right <= run.right)) {
                return true;
            }
        }
        return false;
    }

    private static Line line(int page, Row row) {
        List<Glyph> glyphs = new ArrayList<>();
        for (Run run : row.runs) {
            glyphs.addAll(run.glyphs);
        }
        if (row.runs.size() > 1) {
            glyphs.sort(Comparator.comparingDouble(Glyph::x));
        }
        SpanWriter writer = new SpanWriter();
        float left = Float.MAX_VALUE;
        float right = 0;
        float confidence = 0;
        int letters = 0;
        for (Glyph glyph : glyphs) {
            writer.write(glyph);
            left = Math.min(left, glyph.x());
            right = Math.max(right, glyph.right());
            confidence += glyph.confidence() * glyph.text().length();
            letters += glyph.text().length();
        }
        return new Line(
                page,
                writer.spans(),
                left,
                row.baseline - ASCENT * row.size,
                Math.max(0, right - left),
                row.size,
                Float.isNaN(confidence) ? null : (double) confidence / letters);
    }

    /** Writes shapes, left to right, as words and spans. */
    private static final class SpanWriter {

        private final List<Line.Span> spans = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private @Nullable Glyph last;
        private Glyph.Style style = new Glyph.Style("", false, false);
        private float size;
        private float left;
        private float right;
        private boolean twice;
        private boolean gapBefore;

        void write(Glyph glyph) {
            if (last != null) {
                float gap = glyph.x() - right;
                if (glyph.text().equals(last.text())
                        && Math.abs(glyph.x() - last.x()) < 0.3f * glyph.width()) {
                    // The same letter on the same place: drawn twice to look bold.
                    twice = true;
                    return;
                }
                float wide = Math.max(glyph.size(), last.size());
                if (gap > CELL_GAP * wide) {
                    close();
                    gapBefore = true;
                } else if (gap > WORD_GAP * wide || (glyph.afterSpace() && gap > -0.1f * wide)) {
                    if (!sameStyle(glyph)) {
                        close();
                    } else {
                        text.append(' ');
                    }
                }
            }
            if (text.isEmpty()) {
                style = glyph.style();
                size = glyph.size();
                left = glyph.x();
                right = glyph.right();
            }
            text.append(glyph.text());
            right = Math.max(right, glyph.right());
            last = glyph;
        }

        private boolean sameStyle(Glyph glyph) {
            return (glyph.style() == style || glyph.style().equals(style))
                    && Math.abs(glyph.size() - size) < 0.5f;
        }

        private void close() {
            if (text.isEmpty()) {
                return;
            }
            spans.add(
                    new Line.Span(
                            text.toString(),
                            left,
                            right - left,
                            size,
                            style.font(),
                            style.bold() || twice,
                            style.italic(),
                            gapBefore));
            text.setLength(0);
            twice = false;
            gapBefore = false;
        }

        List<Line.Span> spans() {
            close();
            return spans;
        }
    }
}
