package org.minutebook.extract.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.DrawObject;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.state.Concatenate;
import org.apache.pdfbox.contentstream.operator.state.Restore;
import org.apache.pdfbox.contentstream.operator.state.Save;
import org.apache.pdfbox.contentstream.operator.state.SetGraphicsStateParameters;
import org.apache.pdfbox.contentstream.operator.state.SetMatrix;
import org.apache.pdfbox.contentstream.operator.text.BeginText;
import org.apache.pdfbox.contentstream.operator.text.EndText;
import org.apache.pdfbox.contentstream.operator.text.MoveText;
import org.apache.pdfbox.contentstream.operator.text.MoveTextSetLeading;
import org.apache.pdfbox.contentstream.operator.text.NextLine;
import org.apache.pdfbox.contentstream.operator.text.SetCharSpacing;
import org.apache.pdfbox.contentstream.operator.text.SetFontAndSize;
import org.apache.pdfbox.contentstream.operator.text.SetTextHorizontalScaling;
import org.apache.pdfbox.contentstream.operator.text.SetTextLeading;
import org.apache.pdfbox.contentstream.operator.text.SetTextRenderingMode;
import org.apache.pdfbox.contentstream.operator.text.SetTextRise;
import org.apache.pdfbox.contentstream.operator.text.SetWordSpacing;
import org.apache.pdfbox.contentstream.operator.text.ShowText;
import org.apache.pdfbox.contentstream.operator.text.ShowTextAdjusted;
import org.apache.pdfbox.contentstream.operator.text.ShowTextLine;
import org.apache.pdfbox.contentstream.operator.text.ShowTextLineAndSpace;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.pdmodel.font.PDSimpleFont;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.font.encoding.GlyphList;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Runs through the drawing instructions of pages once and keeps the shapes that stand for text,
 * with the little about pictures and paths that tells a scanned page from an empty one. One reader
 * serves all pages of a document, one after the other.
 */
final class GlyphReader extends PDFStreamEngine {

    /** Glyph names to text, with PDFBox's own additions for TeX and the like. */
    private static final GlyphList GLYPH_NAMES = glyphNames();

    /** Operators between two looks at the clock: it costs more than an average operator. */
    private static final int OPERATORS_BETWEEN_CHECKS = 512;

    /** Fonts remembered before all are forgotten; a page seldom has more than ten. */
    private static final int FONTS_KEPT = 200;

    private final Duration pageLimit;
    private final Map<PDFont, DrawnFont> fonts = new IdentityHashMap<>();

    /** Shapes by the quarter turns, clockwise, that make them upright on the page as seen. */
    private final List<List<Glyph>> byTurn =
            List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    private PDRectangle box = PDRectangle.A4;
    private int rotation;
    private boolean afterSpace;
    private int unmapped;
    private double pictureArea;
    private int paths;
    private int operators;
    private WorkTime time = new WorkTime();

    GlyphReader(Duration pageLimit) {
        this.pageLimit = pageLimit;
        addOperator(new BeginText(this));
        addOperator(new Concatenate(this));
        addOperator(new TextAndPictures());
        addOperator(new EndText(this));
        addOperator(new SetGraphicsStateParameters(this));
        addOperator(new Save(this));
        addOperator(new Restore(this));
        addOperator(new NextLine(this));
        addOperator(new SetCharSpacing(this));
        addOperator(new MoveText(this));
        addOperator(new MoveTextSetLeading(this));
        addOperator(new SetFontAndSize(this));
        addOperator(new ShowText(this));
        addOperator(new ShowTextAdjusted(this));
        addOperator(new SetTextLeading(this));
        addOperator(new SetMatrix(this));
        addOperator(new SetTextRenderingMode(this));
        addOperator(new SetTextRise(this));
        addOperator(new SetWordSpacing(this));
        addOperator(new SetTextHorizontalScaling(this));
        addOperator(new ShowTextLine(this));
        addOperator(new ShowTextLineAndSpace(this));
    }

    /**
     * What is drawn on a page.
     *
     * @param width in points in the frame in which its text is read
     * @param height in points in the frame in which its text is read
     * @param glyphs in the order in which they are drawn
     * @param unmapped shapes of fonts that do not say what they stand for
     * @param pictureShare part of the page that pictures cover, 0 to 1
     * @param paths lines, curves and fills drawn
     */
    record Drawn(
            float width,
            float height,
            List<Glyph> glyphs,
            int unmapped,
            double pictureShare,
            int paths) {}

    /**
     * Reads a page.
     *
     * @throws PageTooSlowException when the limit for one page is reached
     * @throws IOException when the page's instructions cannot be read
     */
    Drawn read(PDPage page) throws IOException {
        byTurn.forEach(List::clear);
        if (fonts.size() > FONTS_KEPT) {
            fonts.clear();
        }
        box = page.getCropBox();
        rotation = Math.floorMod(page.getRotation(), 360);
        afterSpace = false;
        unmapped = 0;
        pictureArea = 0;
        paths = 0;
        operators = 0;
        time = new WorkTime();
        processPage(new PageInMemory(page));
        showFormFields(page);
        boolean sideways = rotation == 90 || rotation == 270;
        float width = sideways ? box.getHeight() : box.getWidth();
        float height = sideways ? box.getWidth() : box.getHeight();
        int turn = 0;
        for (int i = 1; i < 4; i++) {
            if (byTurn.get(i).size() > byTurn.get(turn).size()) {
                turn = i;
            }
        }
        List<Glyph> glyphs = new ArrayList<>(byTurn.get(turn));
        double area = Math.max(1, (double) width * height);
        return turn % 2 == 0
                ? new Drawn(width, height, glyphs, unmapped, Math.min(1, pictureArea / area), paths)
                : new Drawn(
                        height, width, glyphs, unmapped, Math.min(1, pictureArea / area), paths);
    }

    @Override
    protected void showGlyph(Matrix textRenderingMatrix, PDFont font, int code, Vector displacement)
            throws IOException {
        DrawnFont drawn = fonts.computeIfAbsent(font, DrawnFont::new);
        String text = drawn.text(code);
        if (text == null) {
            unmapped++;
            return;
        }
        if (text.isBlank()) {
            afterSpace = true;
            return;
        }
        float a = textRenderingMatrix.getScaleX();
        float b = textRenderingMatrix.getShearY();
        float advance = font.isVertical() ? font.getWidth(code) / 1000 : displacement.getX();
        float width = (float) Math.hypot(a, b) * advance;
        float size =
                (float) Math.hypot(textRenderingMatrix.getShearX(), textRenderingMatrix.getScaleY())
                        * drawn.scale;
        float x = textRenderingMatrix.getTranslateX() - box.getLowerLeftX();
        float y = textRenderingMatrix.getTranslateY() - box.getLowerLeftY();
        float w = box.getWidth();
        float h = box.getHeight();
        // Where it stands and which way it runs on the page as seen, y downwards.
        float seenX;
        float seenY;
        float runX;
        float runY;
        switch (rotation) {
            case 90 -> {
                seenX = y;
                seenY = x;
                runX = b;
                runY = a;
            }
            case 180 -> {
                seenX = w - x;
                seenY = y;
                runX = -a;
                runY = b;
            }
            case 270 -> {
                seenX = h - y;
                seenY = w - x;
                runX = -b;
                runY = -a;
            }
            default -> {
                seenX = x;
                seenY = h - y;
                runX = a;
                runY = -b;
            }
        }
        boolean sideways = rotation == 90 || rotation == 270;
        float seenWidth = sideways ? h : w;
        float seenHeight = sideways ? w : h;
        float along = Math.abs(runX);
        float across = Math.abs(runY);
        if (Math.min(along, across) > 0.2f * Math.max(along, across)) {
            // Slanted across the page: a watermark.
            return;
        }
        int turn;
        float readX;
        float readY;
        if (along >= across) {
            turn = runX >= 0 ? 0 : 2;
            readX = runX >= 0 ? seenX : seenWidth - seenX;
            readY = runX >= 0 ? seenY : seenHeight - seenY;
        } else if (runY < 0) {
            turn = 1;
            readX = seenHeight - seenY;
            readY = seenX;
        } else {
            turn = 3;
            readX = seenY;
            readY = seenWidth - seenX;
        }
        RenderingMode mode = getGraphicsState().getTextState().getRenderingMode();
        Glyph.Style style = mode == RenderingMode.FILL_STROKE ? drawn.stroked : drawn.plain;
        byTurn.get(turn)
                .add(new Glyph(text, readX, readY, width, size, style, afterSpace, Glyph.DRAWN));
        afterSpace = false;
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        if (++operators % OPERATORS_BETWEEN_CHECKS == 0 && time.exceeds(pageLimit)) {
            throw new PageTooSlowException(pageLimit);
        }
        super.processOperator(operator, operands);
    }

    @Override
    protected void unsupportedOperator(Operator operator, List<COSBase> operands) {
        switch (operator.getName()) {
            case "l", "c", "v", "y", "re", "f", "f*", "S" -> paths++;
            case "BI" -> addPicture();
            default -> {
                // colours and the like say nothing about text
            }
        }
    }

    /** What was typed into the fields of a form, as dates and names in a printed agenda form. */
    private void showFormFields(PDPage page) throws IOException {
        for (PDAnnotation annotation : page.getAnnotations()) {
            if (annotation instanceof PDAnnotationWidget
                    && !annotation.isHidden()
                    && !annotation.isNoView()) {
                showAnnotation(annotation);
            }
        }
    }

    private void addPicture() {
        Matrix ctm = getGraphicsState().getCurrentTransformationMatrix();
        pictureArea += Math.abs((double) ctm.getScalingFactorX() * ctm.getScalingFactorY());
    }

    private static GlyphList glyphNames() {
        String additional = "/org/apache/pdfbox/resources/glyphlist/additional.txt";
        try (InputStream in = GlyphList.class.getResourceAsStream(additional)) {
            return in == null
                    ? GlyphList.getAdobeGlyphList()
                    : new GlyphList(GlyphList.getAdobeGlyphList(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs through forms as PDFBox does for text, and measures pictures without loading them. */
    private final class TextAndPictures extends DrawObject {

        TextAndPictures() {
            super(GlyphReader.this);
        }

        @Override
        public void process(Operator operator, List<COSBase> operands) throws IOException {
            if (!operands.isEmpty()
                    && operands.getFirst() instanceof COSName name
                    && getResources() != null
                    && getResources().isImageXObject(name)) {
                addPicture();
                return;
            }
            super.process(operator, operands);
        }
    }

    /** A font with what is asked of it for every shape. */
    private static final class DrawnFont {

        /** Simple fonts have codes of one byte. */
        private static final int KEPT_CODES = 256;

        private final PDFont font;
        private final @Nullable String[] texts = new String[KEPT_CODES];
        private final boolean[] known = new boolean[KEPT_CODES];
        private final Glyph.Style plain;

        /**
         * From the size that is set to the size as drawn: fonts of type 3 have units of their own.
         */
        private final float scale;

        /** Filled and outlined: how some programs make bold of a font that has none. */
        private final Glyph.Style stroked;

        DrawnFont(PDFont font) {
            this.font = font;
            String name = font.getName() == null ? "" : font.getName();
            if (name.length() > 7 && name.charAt(6) == '+') {
                name = name.substring(7);
            }
            String lower = name.toLowerCase(Locale.ROOT);
            PDFontDescriptor descriptor = font.getFontDescriptor();
            boolean bold =
                    lower.contains("bold")
                            || lower.contains("black")
                            || lower.contains("heavy")
                            || (descriptor != null
                                    && (descriptor.isForceBold()
                                            || descriptor.getFontWeight() >= 600));
            boolean italic =
                    lower.contains("italic")
                            || lower.contains("oblique")
                            || (descriptor != null && descriptor.isItalic());
            this.plain = new Glyph.Style(name, bold, italic);
            this.scale =
                    font instanceof PDType3Font
                            ? Math.abs(font.getFontMatrix().getScaleY()) * 1000
                            : 1;
            this.stroked = bold ? plain : new Glyph.Style(name, true, italic);
        }

        @Nullable String text(int code) throws IOException {
            if (code < 0 || code >= KEPT_CODES) {
                return read(code);
            }
            if (!known[code]) {
                texts[code] = read(code);
                known[code] = true;
            }
            return texts[code];
        }

        private @Nullable String read(int code) throws IOException {
            String text = font.toUnicode(code, GLYPH_NAMES);
            if (text == null) {
                // As Acrobat does: the code of a simple font is taken for the letter.
                return font instanceof PDSimpleFont ? String.valueOf((char) code) : null;
            }
            if (text.length() == 1) {
                char c = text.charAt(0);
                if (c >= '\uFB00' && c <= '\uFB06') {
                    return Normalizer.normalize(text, Normalizer.Form.NFKC);
                }
                if (c == '\u00A0' || c == '\u2007' || c == '\u202F') {
                    return " ";
                }
            }
            return text;
        }
    }
}
