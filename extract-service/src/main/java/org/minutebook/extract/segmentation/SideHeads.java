package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

    /** The same where the head of a table says what stands in its columns. */
    private static final int LEAST_OF_TABLE = 3;

    /** Part of the lines that the two columns must hold: a table is a smaller part of a paper. */
    private static final double LEAST_SHARE = 0.6;

    /** Points within which lines stand at the same place. */
    private static final double SAME_PLACE = 3;

    private static final int MOST_WORDS = 8;

    /** How far the place of a word may be guessed wrong by counting letters, in their size. */
    private static final double NEAR_EDGE = 0.8;

    /** The head of the column of headings in minutes that are a table. */
    private static final Pattern ITEMS =
            Pattern.compile("(?i)(?:agenda )?(?:items?|topics?|subjects?)");

    private static final Pattern DISCUSSION =
            Pattern.compile(
                    "(?i)(?:discussions?|minutes?|summary|notes?|comments?|details?|proceedings)\\b.{0,40}");

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

    /** Where the columns stand; null where there are none. */
    private static @Nullable SideHeads find(List<Page> pages) {
        Map<Long, List<Line>> heads = new HashMap<>();
        boolean table = false;
        int lines = 0;
        for (Page page : pages) {
            for (Line line : page.lines()) {
                lines++;
                int column = column(line);
                if (column == 0) {
                    continue;
                }
                table |= isHeadOfTable(line, column);
                if (isHead(line, column)) {
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
        if (most.size() < (table ? LEAST_OF_TABLE : LEAST) || telling * 2 < most.size()) {
            return null;
        }
        double left = most.stream().mapToDouble(Line::x).min().orElseThrow();
        Line any = most.getFirst();
        SideHeads columns = new SideHeads(left, any.spans().get(column(any)).x());
        return table || columns.hold(pages, lines, most.size()) ? columns : null;
    }

    /** Whether nearly all of a document stands in the two columns. */
    private boolean hold(List<Page> pages, int lines, int heads) {
        int both = 0;
        int texts = 0;
        for (Page page : pages) {
            for (Line line : page.lines()) {
                texts += isText(line) ? 1 : 0;
                both += isText(line) || isBeside(line) ? 1 : 0;
            }
        }
        return texts >= heads && both >= LEAST_SHARE * lines;
    }

    /** "Agenda item | Discussion | Action" */
    private static boolean isHeadOfTable(Line line, int column) {
        return ITEMS.matcher(cell(line, column)).matches()
                && DISCUSSION.matcher(line.spans().get(column).text()).matches();
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
        for (Line each : page.lines()) {
            Line line = apart(each);
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

    /** A line whose heading comes so close to the text that there is no gap, with one. */
    private Line apart(Line line) {
        Line.Span first = line.spans().getFirst();
        double end = first.x() + first.width();
        if (Math.abs(line.x() - left) >= SAME_PLACE || end < text + first.fontSize()) {
            return line;
        }
        String words = first.text();
        double letter = first.width() / words.length();
        int cut = words.indexOf(' ');
        while (cut >= 0 && first.x() + letter * (cut + 1) < text - NEAR_EDGE * first.fontSize()) {
            cut = words.indexOf(' ', cut + 1);
        }
        double begin = cut < 0 ? Double.MAX_VALUE : first.x() + letter * (cut + 1);
        if (Math.abs(begin - text) > NEAR_EDGE * first.fontSize()) {
            return line; // a sentence across both columns
        }
        List<Line.Span> spans = new ArrayList<>(line.spans());
        spans.set(0, part(first, words.substring(0, cut), first.x(), begin - letter, false));
        spans.add(1, part(first, words.substring(cut + 1), text, end, true));
        return line.endingIn(spans);
    }

    private static Line.Span part(
            Line.Span span, String words, double x, double end, boolean gapBefore) {
        return new Line.Span(
                words,
                x,
                end - x,
                span.fontSize(),
                span.font(),
                span.bold(),
                span.italic(),
                gapBefore);
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
