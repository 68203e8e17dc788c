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
        int goOn = 0;
        int before = -1;
        double x = -1;
        for (Line line : page.lines()) {
            int number = number(line);
            double right = line.spans().getFirst().x() + line.spans().getFirst().width();
            if (number < 0 || x >= 0 && Math.abs(right - x) > SAME_PLACE) {
                continue;
            }
            x = x < 0 ? right : x;
            numbers++;
            // Some number every line, some every fifth.
            goOn += before < 0 || number == before + 1 || number == before + 5 ? 1 : 0;
            before = number;
        }
        boolean everyLine = numbers >= LEAST_SHARE * page.lines().size();
        return numbers >= least && everyLine && goOn >= 0.9 * numbers;
    }

    /** The number that a line begins with, apart from its text; -1 where it has none. */
    private static int number(Line line) {
        Line.Span first = line.spans().getFirst();
        boolean apart = line.spans().size() == 1 || line.spans().get(1).gapBefore();
        String text = first.text();
        if (!apart || text.length() > 4) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(text);
    }

    private static Page stripped(Page page) {
        List<Line> lines = new ArrayList<>(page.lines().size());
        for (Line line : page.lines()) {
            if (number(line) < 0) {
                lines.add(line);
            } else if (line.spans().size() > 1) {
                List<Line.Span> spans = line.spans().subList(1, line.spans().size());
                double x = spans.getFirst().x();
                double width = line.x() + line.width() - x;
                lines.add(
                        new Line(
                                line.page(),
                                spans,
                                x,
                                line.y(),
                                width,
                                line.height(),
                                line.confidence()));
            }
        }
        return new Page(page.number(), page.width(), page.height(), lines, page.reading());
    }
}
