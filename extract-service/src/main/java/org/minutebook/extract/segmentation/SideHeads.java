package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;

/**
 * Headings in plain type that stand in a column at the left, with the text of the document in a
 * column of its own beside them, as minutes of villages and school boards have it. The place sets
 * them off as bold type does elsewhere, so that is what they are given.
 */
final class SideHeads {

    /** Fewer than this are a table. */
    private static final int LEAST = 5;

    /** Part of the lines that the two columns must hold: a table is a smaller part of a paper. */
    private static final double LEAST_SHARE = 0.6;

    /** Points within which lines stand at the same place. */
    private static final double SAME_PLACE = 3;

    private static final int MOST_WORDS = 8;

    private final double left;
    private final double text;

    private SideHeads(double left, double text) {
        this.left = left;
        this.text = text;
    }

    /** The same pages, with such headings in bold; the pages themselves where there are none. */
    static List<Page> setOff(List<Page> pages) {
        SideHeads columns = find(pages);
        if (columns == null) {
            return pages;
        }
        List<Page> setOff = new ArrayList<>(pages.size());
        for (Page page : pages) {
            setOff.add(columns.setOff(page));
        }
        return setOff;
    }

    private static @Nullable SideHeads find(List<Page> pages) {
        Map<Long, List<Line>> heads = new HashMap<>();
        int lines = 0;
        for (Page page : pages) {
            for (Line line : page.lines()) {
                lines++;
                int column = column(line);
                if (column > 0 && isHead(line, column)) {
                    heads.computeIfAbsent(
                                    Math.round(line.spans().get(column).x() / SAME_PLACE),
                                    _ -> new ArrayList<>())
                            .add(line);
                }
            }
        }
        List<Line> most =
                heads.values().stream()
                        .max((a, b) -> Integer.compare(a.size(), b.size()))
                        .orElse(List.of());
        long telling = most.stream().filter(SideHeads::isTelling).count();
        if (most.size() < LEAST || telling * 2 < most.size()) {
            return null;
        }
        double left = most.stream().mapToDouble(Line::x).min().orElseThrow();
        Line any = most.getFirst();
        SideHeads columns = new SideHeads(left, any.spans().get(column(any)).x());
        int both = 0;
        int texts = 0;
        for (Page page : pages) {
            for (Line line : page.lines()) {
                texts += columns.isText(line) ? 1 : 0;
                both += columns.isText(line) || columns.isBeside(line) ? 1 : 0;
            }
        }
        return texts >= most.size() && both >= LEAST_SHARE * lines ? columns : null;
    }

    /** The first span that stands in a further column; 0 where there is none. */
    private static int column(Line line) {
        for (int i = 1; i < line.spans().size(); i++) {
            if (line.spans().get(i).gapBefore()) {
                return i;
            }
        }
        return 0;
    }

    private static String cell(Line line, int column) {
        return line.endingIn(line.spans().subList(0, column)).text();
    }

    private static boolean isHead(Line line, int column) {
        String cell = cell(line, column);
        return !line.spans().getFirst().bold()
                && Character.isUpperCase(cell.charAt(0))
                && Texts.words(cell) <= MOST_WORDS
                && !Texts.endsSentence(cell);
    }

    private static boolean isTelling(Line line) {
        String cell = cell(line, column(line));
        return cell.endsWith(":") || Vocabulary.isBusiness(cell);
    }

    /** Whether a line is text without a heading beside it. */
    private boolean isText(Line line) {
        return Math.abs(line.x() - text) < SAME_PLACE;
    }

    /** Whether a line has words in both columns. */
    private boolean isBeside(Line line) {
        int column = column(line);
        return column > 0
                && Math.abs(line.x() - left) < SAME_PLACE
                && Math.abs(line.spans().get(column).x() - text) < SAME_PLACE;
    }

    private Page setOff(Page page) {
        List<Line> lines = new ArrayList<>(page.lines().size());
        boolean below = false;
        for (Line line : page.lines()) {
            boolean beside = isBeside(line);
            // a heading that is longer than the text beside it
            boolean goesOn =
                    below
                            && Math.abs(line.x() - left) < SAME_PLACE
                            && line.x() + line.width() < text - SAME_PLACE;
            below = beside || goesOn;
            lines.add(below ? bold(line, beside ? column(line) : line.spans().size()) : line);
        }
        return new Page(page.number(), page.width(), page.height(), lines, page.reading());
    }

    private static Line bold(Line line, int until) {
        List<Line.Span> spans = new ArrayList<>(line.spans());
        for (int i = 0; i < until; i++) {
            Line.Span span = spans.get(i);
            spans.set(
                    i,
                    new Line.Span(
                            span.text(),
                            span.x(),
                            span.width(),
                            span.fontSize(),
                            span.font(),
                            true,
                            span.italic(),
                            span.gapBefore()));
        }
        return line.endingIn(spans);
    }
}
