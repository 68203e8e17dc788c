package org.minutebook.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** A family of the fonts that every PDF reader has, so that nothing is embedded. */
enum Typeface {
    TIMES(FontName.TIMES_ROMAN, FontName.TIMES_BOLD),
    HELVETICA(FontName.HELVETICA, FontName.HELVETICA_BOLD);

    private final FontName regular;
    private final FontName bold;

    Typeface(FontName regular, FontName bold) {
        this.regular = regular;
        this.bold = bold;
    }

    /** The two fonts, for one document. */
    Fonts fonts() {
        return new Fonts(new PDType1Font(regular), new PDType1Font(bold));
    }

    /**
     * Fonts of one document.
     *
     * @param regular for running text
     * @param bold for headings
     */
    record Fonts(PDFont regular, PDFont bold) {

        PDFont of(boolean isBold) {
            return isBold ? bold : regular;
        }

        /** Width of a text in points. */
        float width(String text, boolean isBold, float size) {
            try {
                return of(isBold).getStringWidth(text) / 1000 * size;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
