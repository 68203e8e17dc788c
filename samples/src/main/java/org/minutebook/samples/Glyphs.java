package org.minutebook.samples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Pictures of letters in the typeface that comes with PDFBox, so that a scan looks the same on
 * every machine whatever fonts it has. Its letters are as wide as Helvetica's.
 */
final class Glyphs {

    private static final String FONT =
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final Map<Place, Glyph> MADE = new ConcurrentHashMap<>();
    private static final TrueTypeFont TYPEFACE = typeface();

    private Glyphs() {}

    private record Place(char letter, int size) {}

    /**
     * A letter in pixels.
     *
     * @param left of its picture, from where the letter stands
     * @param top of its picture, from the line it stands on
     * @param rows from the top, a bit set for each black pixel
     */
    record Glyph(int left, int top, BitSet[] rows) {}

    /** A letter at a size in pixels. */
    static Glyph of(char letter, float size) {
        return MADE.computeIfAbsent(
                new Place(letter, Math.round(size)), place -> draw(place.letter(), place.size()));
    }

    private static TrueTypeFont typeface() {
        try (InputStream font =
                Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT)) {
            return new TTFParser().parse(new RandomAccessReadBuffer(font));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Glyph draw(char letter, int size) {
        Shape outline;
        try {
            synchronized (TYPEFACE) {
                CmapLookup letters = TYPEFACE.getUnicodeCmapLookup();
                GlyphData glyph = TYPEFACE.getGlyph().getGlyph(letters.getGlyphId(letter));
                if (glyph == null) {
                    return new Glyph(0, 0, new BitSet[0]);
                }
                double scale = (double) size / TYPEFACE.getUnitsPerEm();
                outline =
                        AffineTransform.getScaleInstance(scale, -scale)
                                .createTransformedShape(glyph.getPath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Rectangle bounds = outline.getBounds();
        if (bounds.isEmpty()) {
            return new Glyph(0, 0, new BitSet[0]);
        }
        BufferedImage picture =
                new BufferedImage(
                        bounds.width + 1, bounds.height + 1, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = picture.createGraphics();
        pen.translate(-bounds.x, -bounds.y);
        pen.setColor(Color.WHITE);
        pen.fill(outline);
        pen.dispose();
        BitSet[] rows = new BitSet[picture.getHeight()];
        for (int y = 0; y < rows.length; y++) {
            rows[y] = new BitSet(picture.getWidth());
            for (int x = 0; x < picture.getWidth(); x++) {
                rows[y].set(x, picture.getRaster().getSample(x, y, 0) > 127);
            }
        }
        return new Glyph(bounds.x, bounds.y, rows);
    }
}
