package org.minutebook.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** A family of the fonts that every PDF reader has, so that nothing is embedded. */
enum Typeface {
    TIMES(FontName.TIMES_ROMAN, FontName.TIMES_BOLD),
    HELVETICA(FontName.HELVETICA, FontName.HELVETICA_BOLD);

    /** Letters, and the dashes and quotation marks that clerks use. */
    private static final int LETTERS = 0x2100;

    private final FontName regular;
    private final FontName bold;
    private final Widths regularWidths;
    private final Widths boldWidths;

    Typeface(FontName regular, FontName bold) {
        this.regular = regular;
        this.bold = bold;
        this.regularWidths = new Widths(new PDType1Font(regular));
        this.boldWidths = new Widths(new PDType1Font(bold));
    }

    /** Width of a letter in thousandths of the font's size. */
    float width(char letter, boolean isBold) {
        return (isBold ? boldWidths : regularWidths).of(letter);
    }

    /**
     * Asking a font takes most of the time of laying text out; its letters stay as wide as they
     * are.
     */
    private static final class Widths {

        private final PDFont font;
        private final float[] known = new float[LETTERS];

        Widths(PDFont font) {
            this.font = font;
            Arrays.fill(known, Float.NaN);
        }

        float of(char letter) {
            float width = known[letter];
            if (Float.isNaN(width)) {
                synchronized (font) {
                    try {
                        width = font.getStringWidth(String.valueOf(letter));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                known[letter] = width; // by whichever thread: it is the same
            }
            return width;
        }
    }

    /** The two fonts, for one document. */
    Fonts fonts() {
        return new Fonts(this, new PDType1Font(regular), new PDType1Font(bold));
    }

    /**
     * Fonts of one document.
     *
     * @param typeface whose they are
     * @param regular for running text
     * @param bold for headings
     */
    record Fonts(Typeface typeface, PDFont regular, PDFont bold) {

        PDFont of(boolean isBold) {
            return isBold ? bold : regular;
        }

        /** Width of a text in points. */
        float width(String text, boolean isBold, float size) {
            float width = 0;
            for (int i = 0; i < text.length(); i++) {
                width += typeface.width(text.charAt(i), isBold);
            }
            return width / 1000 * size;
        }
    }
}
