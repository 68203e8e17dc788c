package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.List;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.segmentation.Segmentation;

/**
 * A page made of the lines that a test names: a blank line is a gap, {@code *bold*} is bold, and
 * what follows {@code ||} stands in a column at the right.
 */
final class Sheet {

    private static final double A4_WIDTH = 595;
    private static final double A4_HEIGHT = 842;
    private static final double COLUMN = 430;

    private Sheet() {}

    static List<Page> a4(String text) {
        return List.of(new Page(1, A4_WIDTH, A4_HEIGHT, lines(text), Page.Reading.TEXT));
    }

    static List<Page> letter(String text) {
        return List.of(new Page(1, 612, 792, lines(text), Page.Reading.TEXT));
    }

    static DocumentFacts facts(List<Page> pages) {
        return MetadataReading.read(pages, Segmentation.cut(pages), null);
    }

    static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        double y = 60;
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                lines.add(line(line, y));
            }
            y += 14;
        }
        return lines;
    }

    private static Line line(String text, double y) {
        double x = 60 + 6.0 * (text.length() - text.stripLeading().length());
        String[] cells = text.split("\\|\\|");
        String bare = cells[0].strip();
        boolean bold = bare.length() > 1 && bare.startsWith("*") && bare.endsWith("*");
        String shown = bold ? bare.substring(1, bare.length() - 1) : bare;
        double width = 5.5 * shown.length();
        var span = new Line.Span(shown, x, width, 11, "Test", bold, false, false);
        if (cells.length == 1) {
            return new Line(1, List.of(span), x, y, width, 11, null);
        }
        String right = cells[1].strip();
        double rightWidth = 5.5 * right.length();
        boolean beside = !bare.isEmpty();
        var column = new Line.Span(right, COLUMN, rightWidth, 11, "Test", false, false, beside);
        if (!beside) {
            return new Line(1, List.of(column), COLUMN, y, rightWidth, 11, null);
        }
        return new Line(1, List.of(span, column), x, y, COLUMN + rightWidth - x, 11, null);
    }
}
