package org.minutebook.extract.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Writes the documents of a test. */
final class Pdf {

    private static final float SIZE = 11;
    private static final float MARGIN = 60;

    /** Items of every {@link #agenda} before those that a test names. */
    static final int OPENING_ITEMS = 2;

    private static final PDType1Font PLAIN = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
    private static final PDType1Font BOLD =
            new PDType1Font(Standard14Fonts.FontName.HELVETICA_BOLD);

    /** A numbered line is the heading of an item. */
    private static final Pattern HEADING = Pattern.compile("\\d+\\. ");

    private Pdf() {}

    /** An agenda of one page with these items after the two that open every meeting. */
    static byte[] agenda(String... titles) {
        return pages(List.of(agendaLines(titles)));
    }

    /** What is printed on the page of {@link #agenda}. */
    static List<String> agendaLines(String... titles) {
        List<String> lines = new ArrayList<>();
        lines.add("Saltby Town Council");
        lines.add("AGENDA of the meeting to be held on Monday 6 July 2026 at 7.00 pm");
        lines.add("");
        lines.add("1. Apologies for absence");
        lines.add("");
        lines.add("2. Minutes of the last meeting");
        lines.add("To approve the minutes of the meeting held in June.");
        lines.add("");
        for (int i = 0; i < titles.length; i++) {
            lines.add("%d. %s".formatted(OPENING_ITEMS + i + 1, titles[i]));
            lines.add("To consider what the clerk has written about it.");
            lines.add("");
        }
        return lines;
    }

    /** Pages, each of some lines. */
    static byte[] pages(List<List<String>> pages) {
        try (PDDocument pdf = new PDDocument()) {
            for (List<String> lines : pages) {
                write(pdf, lines);
            }
            return bytes(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same behind a password. */
    static byte[] encrypted(List<String> lines) {
        try (PDDocument pdf = new PDDocument()) {
            write(pdf, lines);
            pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            return bytes(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture of a page with these lines, as a scanner makes it: 200 dots an inch, grey. */
    static byte[] scan(List<String> lines) {
        try (PDDocument printed = new PDDocument();
                PDDocument scan = new PDDocument()) {
            write(printed, lines);
            var picture = new PDFRenderer(printed).renderImageWithDPI(0, 200, ImageType.GRAY);
            PDPage page = new PDPage(PDRectangle.A4);
            scan.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(scan, page)) {
                content.drawImage(
                        JPEGFactory.createFromImage(scan, picture),
                        0,
                        0,
                        PDRectangle.A4.getWidth(),
                        PDRectangle.A4.getHeight());
            }
            return bytes(scan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(PDDocument pdf, List<String> lines) throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        pdf.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
            content.setLeading(SIZE * 1.4f);
            content.beginText();
            content.newLineAtOffset(MARGIN, PDRectangle.A4.getHeight() - MARGIN);
            for (String line : lines) {
                content.setFont(HEADING.matcher(line).lookingAt() ? BOLD : PLAIN, SIZE);
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }

    private static byte[] bytes(PDDocument pdf) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pdf.save(bytes);
        return bytes.toByteArray();
    }
}
