package org.minutebook.extract;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
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
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Writes the documents of a test. */
public final class Pdf {

    private static final float SIZE = 11;
    private static final float MARGIN = 60;

    /** By so much the letters of a bold font of this size are stronger. */
    private static final float STROKE = 0.5f;

    /** Items of every {@link #agenda} before those that a test names. */
    public static final int OPENING_ITEMS = 2;

    private static final PDType1Font PLAIN = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
    private static final PDType1Font BOLD =
            new PDType1Font(Standard14Fonts.FontName.HELVETICA_BOLD);

    /** A numbered line is the heading of an item. */
    private static final Pattern HEADING = Pattern.compile("\\d+\\. ");

    private Pdf() {}

    /** An agenda of one page with these items after the two that open every meeting. */
    public static byte[] agenda(String... titles) {
        return pages(List.of(agendaLines(titles)));
    }

    /** What is printed on the page of {@link #agenda}. */
    public static List<String> agendaLines(String... titles) {
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
    public static byte[] pages(List<List<String>> pages) {
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
    public static byte[] encrypted(List<String> lines) {
        try (PDDocument pdf = new PDDocument()) {
            write(pdf, lines);
            pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            return bytes(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture of a page with these lines, as a scanner makes it: 200 dots an inch, grey. */
    public static byte[] scan(List<String> lines) {
        return scans(List.of(lines), 0);
    }

    /**
     * Pictures of pages, each of some lines.
     *
     * @param degrees by which the sheets lay turned on the glass, counterclockwise
     */
    public static byte[] scans(List<List<String>> pages, double degrees) {
        try (PDDocument printed = new PDDocument();
                PDDocument scan = new PDDocument()) {
            for (List<String> lines : pages) {
                // A machine without a bold font draws a plain one: the stroke makes it bold there.
                write(printed, lines, RenderingMode.FILL_STROKE);
            }
            PDFRenderer renderer = new PDFRenderer(printed);
            for (int i = 0; i < pages.size(); i++) {
                BufferedImage picture = renderer.renderImageWithDPI(i, 200, ImageType.GRAY);
                write(scan, turned(picture, degrees));
            }
            return bytes(scan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage turned(BufferedImage picture, double degrees) {
        double angle = Math.toRadians(-degrees);
        double cos = Math.abs(Math.cos(angle));
        double sin = Math.abs(Math.sin(angle));
        int width = (int) (picture.getWidth() * cos + picture.getHeight() * sin);
        int height = (int) (picture.getWidth() * sin + picture.getHeight() * cos);
        BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = turned.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.translate(width / 2.0, height / 2.0);
        graphics.rotate(angle);
        graphics.drawImage(picture, -picture.getWidth() / 2, -picture.getHeight() / 2, null);
        graphics.dispose();
        return turned;
    }

    private static void write(PDDocument pdf, BufferedImage picture) throws IOException {
        PDRectangle size =
                new PDRectangle(picture.getWidth() * 72 / 200f, picture.getHeight() * 72 / 200f);
        PDPage page = new PDPage(size);
        pdf.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
            content.drawImage(
                    JPEGFactory.createFromImage(pdf, picture),
                    0,
                    0,
                    size.getWidth(),
                    size.getHeight());
        }
    }

    private static void write(PDDocument pdf, List<String> lines) throws IOException {
        write(pdf, lines, RenderingMode.FILL);
    }

    private static void write(PDDocument pdf, List<String> lines, RenderingMode headings)
            throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        pdf.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
            content.setLeading(SIZE * 1.4f);
            content.setLineWidth(STROKE);
            content.beginText();
            content.newLineAtOffset(MARGIN, PDRectangle.A4.getHeight() - MARGIN);
            for (String line : lines) {
                boolean isHeading = HEADING.matcher(line).lookingAt();
                content.setFont(isHeading ? BOLD : PLAIN, SIZE);
                content.setRenderingMode(isHeading ? headings : RenderingMode.FILL);
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
