package org.minutebook.extract.renderings;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.util.Matrix;

/** Sets a meeting's text as PDF. */
final class PdfRendering {

    private static final float MARGIN = 64;
    private static final float COLUMN_GAP = 26;
    private static final float NUMBER_COLUMN = 58;
    private static final float LEADING = 1.25f;

    private final PdfLook look;
    private final PDDocument document = new PDDocument();
    private final PDFont regular;
    private final PDFont bold;
    private final List<PDPage> pages = new ArrayList<>();
    private PDPageContentStream out;
    private float y;
    private int column;
    private int lineNumber;

    private PdfRendering(PdfLook look) {
        this.look = look;
        this.regular = new PDType1Font(look.regular());
        this.bold = new PDType1Font(look.bold());
    }

    static byte[] render(MeetingText text, PdfLook look) {
        PdfRendering rendering = new PdfRendering(look);
        try (PDDocument document = rendering.document) {
            rendering.all(text);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pages as pictures at this resolution, as an office scanner makes them. */
    static byte[] scan(byte[] pdf, int dpi) {
        try (PDDocument printed = Loader.loadPDF(pdf);
                PDDocument scanned = new PDDocument()) {
            PDFRenderer renderer = new PDFRenderer(printed);
            for (int i = 0; i < printed.getNumberOfPages(); i++) {
                BufferedImage picture = renderer.renderImageWithDPI(i, dpi, ImageType.GRAY);
                PDRectangle box = printed.getPage(i).getMediaBox();
                PDPage page = new PDPage(box);
                scanned.addPage(page);
                PDImageXObject image = LosslessFactory.createFromImage(scanned, picture);
                try (PDPageContentStream out = new PDPageContentStream(scanned, page)) {
                    out.drawImage(image, 0, 0, box.getWidth(), box.getHeight());
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            scanned.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private float width() {
        return look.paper().getWidth();
    }

    private float height() {
        return look.paper().getHeight();
    }

    private void all(MeetingText text) throws IOException {
        newPage();
        for (String line : text.front()) {
            boolean columns = line.equals("No. Item") && look.layout() == PdfLook.Layout.TABLE;
            if (columns) {
                beside("No.", "Item", true);
            } else {
                paragraph(line, heading() && line.equals(text.front().getFirst()), 0, look.size());
            }
            space(0.6f);
        }
        for (MeetingText.Item item : text.items()) {
            space(0.9f);
            if (look.layout() == PdfLook.Layout.TABLE) {
                beside(item.time(), item.heading(), true);
            } else {
                String start = item.time().isEmpty() ? "" : item.time() + ' ';
                paragraph(start + item.heading(), heading(), 0, look.size());
            }
            float indent = look.layout() == PdfLook.Layout.TABLE ? NUMBER_COLUMN : 0;
            for (MeetingText.Block block : item.blocks()) {
                if (block.kind() == MeetingText.Block.Kind.PARAGRAPH) {
                    space(0.6f);
                    paragraph(block.text(), false, indent, 0);
                } else {
                    space(0.15f);
                    paragraph(block.marker() + ' ' + block.text(), false, indent + 16, 12);
                }
            }
        }
        out.close();
        running();
        watermark();
    }

    private boolean heading() {
        return look.layout() != PdfLook.Layout.PLAIN;
    }

    private void newPage() throws IOException {
        if (out != null) {
            out.close();
        }
        boolean sideways = look.rotation() % 180 != 0;
        PDPage page = new PDPage(sideways ? new PDRectangle(height(), width()) : look.paper());
        page.setRotation(look.rotation());
        document.addPage(page);
        pages.add(page);
        out = new PDPageContentStream(document, page);
        upright(out);
        y = height() - MARGIN;
        column = 0;
        lineNumber = 0;
    }

    /** Turns what is drawn against the page's rotation, so that it is seen upright. */
    private void upright(PDPageContentStream to) throws IOException {
        switch (look.rotation()) {
            case 90 -> to.transform(new Matrix(0, 1, -1, 0, height(), 0));
            case 180 -> to.transform(new Matrix(-1, 0, 0, -1, width(), height()));
            case 270 -> to.transform(new Matrix(0, -1, 1, 0, 0, width()));
            default -> {
                // seen as it is stored
            }
        }
    }

    private float columnWidth() {
        return (width() - 2 * MARGIN - (look.columns() - 1) * COLUMN_GAP) / look.columns();
    }

    private float left() {
        return MARGIN + column * (columnWidth() + COLUMN_GAP);
    }

    private void space(float lines) {
        y -= lines * look.size();
    }

    private void need(float lines) throws IOException {
        if (y - lines * look.size() * LEADING < MARGIN) {
            if (column + 1 < look.columns()) {
                column++;
                y = height() - MARGIN;
            } else {
                newPage();
            }
        }
    }

    private void beside(String number, String title, boolean strong) throws IOException {
        need(3);
        float baseline = y - look.size();
        draw(number, strong ? bold : regular, left(), baseline);
        paragraph(title, strong, NUMBER_COLUMN, 0);
    }

    private void paragraph(String text, boolean strong, float indent, float hanging)
            throws IOException {
        PDFont font = strong ? bold : regular;
        need(strong ? 3 : 1);
        StringBuilder line = new StringBuilder();
        float from = indent;
        float most = columnWidth() - indent;
        for (String word : MeetingText.fold(text).split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && stringWidth(longer, font) > most) {
                line(line.toString(), font, from);
                line.setLength(0);
                from = indent + hanging;
                most = columnWidth() - from;
                line.append(word);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        line(line.toString(), font, from);
    }

    private float stringWidth(String text, PDFont font) throws IOException {
        return font.getStringWidth(text) / 1000 * look.size();
    }

    private void line(String text, PDFont font, float indent) throws IOException {
        need(1);
        y -= look.size();
        draw(text, font, left() + indent, y);
        if (look.lineNumbers()) {
            draw(String.valueOf(++lineNumber), regular, MARGIN - 30, y);
        }
        y -= look.size() * (LEADING - 1);
    }

    private void draw(String text, PDFont font, float x, float baseline) throws IOException {
        out.beginText();
        out.setFont(font, look.size());
        out.newLineAtOffset(x, baseline);
        out.showText(text);
        out.endText();
    }

    private void running() throws IOException {
        if (!look.running()) {
            return;
        }
        for (int i = 0; i < pages.size(); i++) {
            try (PDPageContentStream over = over(pages.get(i))) {
                over.beginText();
                over.setFont(regular, 9);
                over.newLineAtOffset(MARGIN, height() - 36);
                over.showText("Partnership Board – Agenda and minutes");
                over.endText();
                over.beginText();
                over.setFont(regular, 9);
                over.newLineAtOffset(width() / 2 - 30, 34);
                over.showText("Page %d of %d".formatted(i + 1, pages.size()));
                over.endText();
            }
        }
    }

    private void watermark() throws IOException {
        if (!look.watermark()) {
            return;
        }
        for (PDPage page : pages) {
            try (PDPageContentStream over = over(page)) {
                over.setNonStrokingColor(0.85f);
                over.beginText();
                over.setFont(bold, 130);
                over.setTextMatrix(Matrix.getRotateInstance(Math.PI / 4, 120, 180));
                over.showText("DRAFT");
                over.endText();
            }
        }
    }

    private PDPageContentStream over(PDPage page) throws IOException {
        PDPageContentStream over =
                new PDPageContentStream(
                        document, page, PDPageContentStream.AppendMode.APPEND, true, true);
        upright(over);
        return over;
    }
}
