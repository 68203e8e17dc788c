package org.minutebook.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Writes a plain document: lines of one typeface, without a design. */
public final class TextPdf {

    private static final int LINES_ON_PAGE = 40;

    private TextPdf() {}

    /** These lines, on as many pages as they need. */
    public static byte[] of(List<String> lines) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            for (int from = 0; from < lines.size(); from += LINES_ON_PAGE) {
                PDPage page = new PDPage(PDRectangle.A4);
                pdf.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(FontName.HELVETICA), 11);
                    content.setLeading(17);
                    content.newLineAtOffset(72, 780);
                    for (String line :
                            lines.subList(from, Math.min(lines.size(), from + LINES_ON_PAGE))) {
                        content.showText(line);
                        content.newLine();
                    }
                    content.endText();
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            pdf.save(bytes);
            return bytes.toByteArray();
        }
    }
}
