package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.minutebook.extract.pages.Line;

/** Joins lines to the paragraphs that they make up. */
final class Paragraphs {

    /**
     * @param text white space folded, words that a line's end parts joined
     * @param listed whether it opens with the mark of a list: a number, a letter or a bullet
     */
    record Paragraph(String text, boolean listed) {}

    /** Distance between lines, as a multiple of the usual one, from which a paragraph begins. */
    private static final double PARAGRAPH_GAP = 1.3;

    private static final Pattern LIST_MARK =
            Pattern.compile(
                    "(?:\\(?(?:[a-zA-Z]|[ivxIVX]{1,5}|\\d{1,2})[.)]|\\d{1,2}\\.\\d{1,2}\\.?|[•·▪●◦○\\uF0B7\\u2022–—-])\\s+\\S.*");

    private Paragraphs() {}

    static boolean isListed(String text) {
        return LIST_MARK.matcher(text).matches();
    }

    static List<Paragraph> of(List<Line> lines) {
        List<Paragraph> paragraphs = new ArrayList<>();
        double pitch = pitch(lines);
        double right = 0;
        for (Line line : lines) {
            right = Math.max(right, line.x() + line.width());
        }
        StringBuilder text = new StringBuilder();
        Line above = null;
        for (Line line : lines) {
            String next = line.text();
            if (above != null && begins(above, line, next, pitch, right)) {
                add(paragraphs, text);
            }
            if (!text.isEmpty()) {
                boolean parted =
                        text.charAt(text.length() - 1) == '-' && Character.isLetter(next.charAt(0));
                text.append(parted ? "" : " ");
            }
            text.append(next);
            above = line;
        }
        add(paragraphs, text);
        return paragraphs;
    }

    private static void add(List<Paragraph> paragraphs, StringBuilder text) {
        if (!text.isEmpty()) {
            String whole = text.toString();
            paragraphs.add(new Paragraph(whole, isListed(whole)));
            text.setLength(0);
        }
    }

    private static boolean begins(Line above, Line line, String next, double pitch, double right) {
        if (isListed(next)) {
            return true;
        }
        String before = above.text();
        boolean ended = ".:;!?".indexOf(before.charAt(before.length() - 1)) >= 0;
        double step = line.y() + 0.8 * line.height() - above.y() - 0.8 * above.height();
        if (above.page() != line.page() || step < -0.5 * line.height()) {
            return ended;
        }
        boolean opensUpper = !Character.isLowerCase(next.charAt(0)) && next.charAt(0) != '(';
        if (step > PARAGRAPH_GAP * pitch || opensUpper && isBold(above) && !isBold(line)) {
            return true;
        }
        // The next word would have had room: the line was ended on purpose.
        String word = next.substring(0, (next + " ").indexOf(' '));
        double wordWidth = line.width() * (word.length() + 2) / Math.max(1, next.length());
        boolean room = above.x() + above.width() + 1.2 * wordWidth < right;
        return room && opensUpper;
    }

    private static boolean isBold(Line line) {
        return line.spans().stream().allMatch(Line.Span::bold);
    }

    /** The usual distance from one line to the next: that of the closest quarter. */
    private static double pitch(List<Line> lines) {
        List<Double> steps = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            Line above = lines.get(i - 1);
            Line line = lines.get(i);
            double step = line.y() + 0.8 * line.height() - above.y() - 0.8 * above.height();
            if (above.page() == line.page()
                    && step > 0.6 * line.height()
                    && step < 4 * line.height()) {
                steps.add(step);
            }
        }
        if (steps.isEmpty()) {
            return lines.isEmpty() ? 14 : 1.3 * lines.getFirst().height();
        }
        steps.sort(null);
        double close = steps.get(steps.size() / 4);
        // Where paragraphs are of one line all steps are wide.
        return Math.min(close, 1.6 * lines.getFirst().height());
    }
}
