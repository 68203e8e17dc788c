package org.minutebook.extract.pages;

/**
 * One shape drawn on a page, in the frame in which the page's text is read: x to the right, y
 * downwards from the top, in points.
 *
 * @param text what it stands for; never blank
 * @param x left edge
 * @param baseline of the text it is part of
 * @param width to where the next one may begin
 * @param size height of the font as drawn
 * @param style how it is drawn
 * @param afterSpace whether a blank was drawn right before it
 * @param confidence of OCR, from 0 to 1; {@link #DRAWN} for text that was drawn as text
 */
record Glyph(
        String text,
        float x,
        float baseline,
        float width,
        float size,
        Style style,
        boolean afterSpace,
        float confidence) {

    /** Confidence of what was not read by OCR. */
    static final float DRAWN = Float.NaN;

    /**
     * How text is drawn.
     *
     * @param font name without subset prefix
     */
    record Style(String font, boolean bold, boolean italic) {}

    float right() {
        return x + width;
    }
}
