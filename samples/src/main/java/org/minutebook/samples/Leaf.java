package org.minutebook.samples;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** A page under way. Positions are points from the top left. */
sealed interface Leaf {

    /** Writes a run of one style. */
    void text(String run, boolean bold, float size, float x, float baseline);

    /** Draws a thin rule. */
    void rule(float fromX, float fromY, float toX, float toY);

    /** Nothing more comes. */
    void finish();

    /** Text, as a word processor writes it. */
    final class Printed implements Leaf {

        private final PDPageContentStream content;
        private final Typeface.Fonts fonts;
        private final float height;

        Printed(PDDocument document, PDPage page, Typeface.Fonts fonts) {
            this.fonts = fonts;
            this.height = page.getMediaBox().getHeight();
            try {
                content = new PDPageContentStream(document, page, AppendMode.OVERWRITE, false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void text(String run, boolean bold, float size, float x, float baseline) {
            try {
                content.beginText();
                content.setFont(fonts.of(bold), size);
                content.newLineAtOffset(x, height - baseline);
                content.showText(run);
                content.endText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void rule(float fromX, float fromY, float toX, float toY) {
            try {
                content.setLineWidth(0.5f);
                content.moveTo(fromX, height - fromY);
                content.lineTo(toX, height - toY);
                content.stroke();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void finish() {
            try {
                content.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A picture in black and white with a few specks of dust. */
    final class Scanned implements Leaf {

        /** Of the cheaper office scanners; enough for OCR. */
        private static final int DPI = 200;

        private static final float SCALE = DPI / 72f;
        private static final int SPECKS = 40;

        private final PDDocument document;
        private final PDPage page;
        private final int width;
        private final int height;
        private final int bytesALine;

        /** A bit set for each black pixel, lines from the top. */
        private final byte[] black;

        Scanned(PDDocument document, PDPage page) {
            this.document = document;
            this.page = page;
            width = Math.round(page.getMediaBox().getWidth() * SCALE);
            height = Math.round(page.getMediaBox().getHeight() * SCALE);
            bytesALine = (width + 7) / 8;
            black = new byte[bytesALine * height];
            SplittableRandom dust = new SplittableRandom(document.getNumberOfPages());
            for (int i = 0; i < SPECKS; i++) {
                blacken(dust.nextInt(width), dust.nextInt(height));
            }
        }

        private void blacken(int x, int y) {
            if (x >= 0 && y >= 0 && x < width && y < height) {
                black[y * bytesALine + x / 8] |= (byte) (0x80 >> x % 8);
            }
        }

        @Override
        public void text(String run, boolean bold, float size, float x, float baseline) {
            float at = x;
            for (int i = 0; i < run.length(); i++) {
                Glyphs.Glyph glyph = Glyphs.of(run.charAt(i), size * SCALE);
                int left = Math.round(at * SCALE) + glyph.left();
                int top = Math.round(baseline * SCALE) + glyph.top();
                for (int row = 0; row < glyph.rows().length; row++) {
                    for (int column = glyph.rows()[row].nextSetBit(0);
                            column >= 0;
                            column = glyph.rows()[row].nextSetBit(column + 1)) {
                        blacken(left + column, top + row);
                        if (bold) {
                            blacken(left + column + 1, top + row);
                            blacken(left + column + 2, top + row);
                        }
                    }
                }
                at += Typeface.HELVETICA.width(run.charAt(i), bold) / 1000 * size;
            }
        }

        @Override
        public void rule(float fromX, float fromY, float toX, float toY) {
            for (int x = Math.round(fromX * SCALE); x <= Math.round(toX * SCALE); x++) {
                for (int y = Math.round(fromY * SCALE); y <= Math.round(toY * SCALE); y++) {
                    blacken(x, y);
                    blacken(x + 1, y + 1);
                }
            }
        }

        @Override
        public void finish() {
            try (PDPageContentStream content =
                    new PDPageContentStream(document, page, AppendMode.OVERWRITE, false)) {
                content.drawImage(
                        picture(),
                        0,
                        0,
                        page.getMediaBox().getWidth(),
                        page.getMediaBox().getHeight());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Packed as fax machines do. PDFBox's own way asks an image for each pixel: 0.2 s a page.
         */
        private PDImageXObject picture() throws IOException {
            COSDictionary how = new COSDictionary();
            how.setInt(COSName.K, -1);
            how.setInt(COSName.COLUMNS, width);
            how.setInt(COSName.ROWS, height);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            FilterFactory.INSTANCE
                    .getFilter(COSName.CCITTFAX_DECODE)
                    .encode(new ByteArrayInputStream(black), packed, how, 0);
            PDImageXObject picture =
                    new PDImageXObject(
                            document,
                            new ByteArrayInputStream(packed.toByteArray()),
                            COSName.CCITTFAX_DECODE,
                            width,
                            height,
                            1,
                            PDDeviceGray.INSTANCE);
            picture.getCOSObject().setItem(COSName.DECODE_PARMS, how);
            return picture;
        }
    }
}
