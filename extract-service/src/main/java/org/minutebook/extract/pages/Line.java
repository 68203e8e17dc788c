package org.minutebook.extract.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of text as a reader sees it, in reading order of its page. Positions are points (1/72
 * inch) from the top left of the page as seen (rotation applied). Two cells of a table that stand
 * side by side are two spans of one line where they are read across, as the number and the title of
 * an item; two columns of running text are read one after the other.
 *
 * @param page page of the document, from 1
 * @param spans parts of the line with the same style or set apart by a wide gap, left to right; at
 *     least one
 * @param x left edge
 * @param y top edge
 * @param width to the right edge
 * @param height of the line's tallest glyph box
 * @param confidence OCR confidence from 0 to 1; null for text that was not read by OCR
 */
public record Line(
        int page,
        List<Span> spans,
        double x,
        double y,
        double width,
        double height,
        @Nullable Double confidence) {

    public Line {
        spans = List.copyOf(spans);
        if (spans.isEmpty()) {
            throw new IllegalArgumentException("a line without spans, expected one or more");
        }
    }

    /**
     * A part of a line in one style.
     *
     * @param text as read: ligatures resolved, white space folded, not blank
     * @param x left edge
     * @param width to the right edge
     * @param fontSize in points, as drawn; the size of the letters for OCR
     * @param font name of the font without subset prefix; empty where not known
     * @param bold drawn bold, by the font or by other means
     * @param italic drawn slanted
     * @param gapBefore whether a gap far wider than a space stands before it: another cell or
     *     column
     */
    public record Span(
            String text,
            double x,
            double width,
            double fontSize,
            String font,
            boolean bold,
            boolean italic,
            boolean gapBefore) {}

    /** The part of the line that begins with a span. */
    public Line from(int span) {
        return endingIn(spans.subList(span, spans.size()));
    }

    /** The line with nothing but these spans, which end where it does. */
    public Line endingIn(List<Span> kept) {
        double left = kept.getFirst().x();
        return new Line(page, kept, left, y, x + width - left, height, confidence);
    }

    /** The text of the whole line, spans joined as they stand. */
    public String text() {
        if (spans.size() == 1) {
            return spans.getFirst().text();
        }
        StringBuilder text = new StringBuilder();
        for (Span span : spans) {
            if (!text.isEmpty()) {
                text.append(' ');
            }
            text.append(span.text());
        }
        return text.toString();
    }
}
