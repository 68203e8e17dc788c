package org.minutebook.extract.renderings;

import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/**
 * How a PDF looks.
 *
 * @param regular font of the text
 * @param bold font of headings
 * @param paper size of the page as seen
 * @param rotation {@code /Rotate} of the pages: stored turned, seen upright
 * @param columns of running text
 * @param layout how items are set
 * @param running whether pages have headers and footers
 * @param lineNumbers whether every line is numbered in the margin
 * @param watermark whether DRAFT stands slanted across each page
 * @param size of the letters in points
 */
record PdfLook(
        FontName regular,
        FontName bold,
        PDRectangle paper,
        int rotation,
        int columns,
        Layout layout,
        boolean running,
        boolean lineNumbers,
        boolean watermark,
        float size) {

    enum Layout {
        /** As a text editor prints it. */
        PLAIN,
        /** Headings in bold. */
        BOLD,
        /** Two columns, "No." and "Item". */
        TABLE
    }

    static final PdfLook PLAIN =
            new PdfLook(
                    FontName.HELVETICA,
                    FontName.HELVETICA_BOLD,
                    PDRectangle.A4,
                    0,
                    1,
                    Layout.PLAIN,
                    false,
                    false,
                    false,
                    11);

    PdfLook times() {
        return new PdfLook(
                FontName.TIMES_ROMAN,
                FontName.TIMES_BOLD,
                paper,
                rotation,
                columns,
                layout,
                running,
                lineNumbers,
                watermark,
                size);
    }

    PdfLook letter() {
        return new PdfLook(
                regular,
                bold,
                PDRectangle.LETTER,
                rotation,
                columns,
                layout,
                running,
                lineNumbers,
                watermark,
                size);
    }

    PdfLook turned(int degrees) {
        return new PdfLook(
                regular,
                bold,
                paper,
                degrees,
                columns,
                layout,
                running,
                lineNumbers,
                watermark,
                size);
    }

    PdfLook columns(int count) {
        return new PdfLook(
                regular,
                bold,
                paper,
                rotation,
                count,
                layout,
                running,
                lineNumbers,
                watermark,
                size);
    }

    PdfLook as(Layout other) {
        return new PdfLook(
                regular,
                bold,
                paper,
                rotation,
                columns,
                other,
                running,
                lineNumbers,
                watermark,
                size);
    }

    PdfLook withRunningHeads() {
        return new PdfLook(
                regular,
                bold,
                paper,
                rotation,
                columns,
                layout,
                true,
                lineNumbers,
                watermark,
                size);
    }

    PdfLook withLineNumbers() {
        return new PdfLook(
                regular, bold, paper, rotation, columns, layout, running, true, watermark, size);
    }

    PdfLook withWatermark() {
        return new PdfLook(
                regular, bold, paper, rotation, columns, layout, running, lineNumbers, true, size);
    }

    PdfLook sized(float points) {
        return new PdfLook(
                regular,
                bold,
                paper,
                rotation,
                columns,
                layout,
                running,
                lineNumbers,
                watermark,
                points);
    }
}
