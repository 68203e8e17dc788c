package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.List;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;

/**
 * Takes the numbers of lines off the margin, as papers have them for reference in debate: figures
 * that stand apart from the text at one place and count up line by line.
 */
final class LineNumbers {

    /** Lines of a page that must be numbered before it counts as numbered. */
    private static final double LEAST_SHARE = 0.6;

    /** Fewer numbers than this are a list. */
    private static final int LEAST_NUMBERS = 8;

    private static final double SAME_PLACE = 14;

    /** An agenda of one line an entry has a number before each, too, and a title behind each. */
    private static final double LEAST_UNTITLED = 0.1;

    /** Numbers from which a page has them in its margin though the text stands close to them. */
    private static final int MANY_NUMBERS = 20;

    private LineNumbers() {}

    static List<Page> without(List<Page> pages) {
        List<Page> without = new ArrayList<>(pages.size());
        long numbered = pages.stream().filter(page -> isNumbered(page, LEAST_NUMBERS)).count();
        long full = pages.stream().filter(page -> page.lines().size() >= LEAST_NUMBERS).count();
        if (numbered == 0 || numbered * 2 < full) {
            return pages;
        }
        for (Page page : pages) {
            without.add(isNumbered(page, 1) ? stripped(page) : page);
        }
        return without;
    }

    private static boolean isNumbered(Page page, int least) {
        int numbers = 0;
        int apart = 0;
        int untitled = 0;
        int goOn = 0;
        int before = -1;
        double x = -1;
        for (Line line : page.lines()) {
            int number = number(line);
            double right = rightOfNumber(line);
            if (number < 0 || x >= 0 && Math.abs(right - x) > SAME_PLACE) {
                continue;
            }
            x = x < 0 ? right : x;
            numbers++;
            apart += isApart(line) ? 1 : 0;
            untitled += isUntitled(line) ? 1 : 0;
            // Some number every line, some every fifth.
            goOn += before < 0 || number == before + 1 || number == before + 5 ? 1 : 0;
            before = number;
        }
        boolean everyLine = numbers >= LEAST_SHARE * page.lines().size();
        boolean margin = numbers == apart || numbers >= MANY_NUMBERS || least == 1;
        boolean lines = least == 1 || untitled >= LEAST_UNTITLED * numbers;
        return numbers >= least && margin && lines && everyLine && goOn >= 0.9 * numbers;
    }

    /** Whether the number is no entry's: nothing follows it, or the middle of a sentence. */
    private static boolean isUntitled(Line line) {
        String text = line.text();
        int end = text.indexOf(' ');
        return end < 0 || Texts.startsLower(text.substring(end + 1));
    }

    /** The number that a line begins with; -1 where it has none. */
    private static int number(Line line) {
        String text = line.text();
        int end = text.indexOf(' ');
        String first = end < 0 ? text : text.substring(0, end);
        if (first.isEmpty() || first.length() > 4) {
            return -1;
        }
        for (int i = 0; i < first.length(); i++) {
            if (first.charAt(i) < '0' || first.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(first);
    }

    /** Whether the number has a wide gap behind it, or stands by itself. */
    private static boolean isApart(Line line) {
        return line.spans().getFirst().text().indexOf(' ') < 0
                && (line.spans().size() == 1 || line.spans().get(1).gapBefore());
    }

    private static double rightOfNumber(Line line) {
        Line.Span first = line.spans().getFirst();
        int end = first.text().indexOf(' ');
        return first.x() + first.width() * (end < 0 ? 1 : (double) end / first.text().length());
    }

    private static Page stripped(Page page) {
        List<Line> lines = new ArrayList<>(page.lines().size());
        for (Line line : page.lines()) {
            if (number(line) < 0) {
                lines.add(line);
            } else if (line.text().indexOf(' ') > 0) {
                lines.add(line.endingIn(withoutNumber(line)));
            }
        }
        return new Page(page.number(), page.width(), page.height(), lines, page.reading());
    }

    private static List<Line.Span> withoutNumber(Line line) {
        Line.Span first = line.spans().getFirst();
        int end = first.text().indexOf(' ');
        if (end < 0) {
            return line.spans().subList(1, line.spans().size());
        }
        double from = first.width() * (end + 1) / first.text().length();
        List<Line.Span> spans = new ArrayList<>(line.spans());
        spans.set(
                0,
                new Line.Span(
                        first.text().substring(end + 1),
                        first.x() + from,
                        first.width() - from,
                        first.fontSize(),
                        first.font(),
                        first.bold(),
                        first.italic(),
                        false));
        return spans;
    }
}
