package org.minutebook.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.minutebook.contracts.ContentHash;

/**
 * A4 pages that are written from top to bottom. Positions are points from the top left.
 *
 * <p>The same calls give the same bytes everywhere: dates and the file's id come from what is
 * written, and nothing is compressed, because the output of deflate differs between builds of zlib.
 */
final class Sheets implements AutoCloseable {

    /** Line height as a multiple of the font's size, as word processors set it. */
    private static final float LEADING = 1.18f;

    private static final PDRectangle PAPER = PDRectangle.A4;

    private final PDDocument document = new PDDocument();
    private final List<Leaf> pages = new ArrayList<>();
    private final Typeface.Fonts fonts;
    private final float margin;
    private final Design.Ink ink;
    private float y;

    Sheets(Typeface typeface, float margin, Design.Ink ink) {
        this.fonts = typeface.fonts();
        this.margin = margin;
        this.ink = ink;
        turn();
    }

    Typeface.Fonts fonts() {
        return fonts;
    }

    /** Number of the page that is being written, from 1. */
    int page() {
        return pages.size();
    }

    float left() {
        return margin;
    }

    float right() {
        return PAPER.getWidth() - margin;
    }

    float bottom() {
        return PAPER.getHeight() - margin;
    }

    float y() {
        return y;
    }

    /** Begins the next page. */
    void turn() {
        PDPage page = new PDPage(PAPER);
        document.addPage(page);
        pages.add(
                switch (ink) {
                    case PRINTED -> new Leaf.Printed(document, page, fonts);
                    case SCANNED -> new Leaf.Scanned(document, page);
                });
        y = margin;
    }

    /** Begins the next page unless there is room for this many points. */
    void need(float height) {
        if (y + height > bottom()) {
            turn();
        }
    }

    void space(float points) {
        y += points;
    }

    static float lineHeight(float size) {
        return size * LEADING;
    }

    /** Writes a paragraph between two edges, over the page's end if need be. */
    void paragraph(RichText text, float size, float from, float to) {
        for (RichText line : text.lines(fonts, size, to - from)) {
            need(lineHeight(size));
            draw(line, size, from, y + size);
            y += lineHeight(size);
        }
    }

    /** Writes a paragraph with each line centred on the page. */
    void centred(RichText text, float size) {
        for (RichText line : text.lines(fonts, size, right() - left())) {
            need(lineHeight(size));
            draw(line, size, (PAPER.getWidth() - line.width(fonts, size)) / 2, y + size);
            y += lineHeight(size);
        }
    }

    /** Writes one line on the page in hand without moving on. */
    void draw(RichText line, float size, float x, float baseline) {
        drawOn(pages.getLast(), line, size, x, baseline);
    }

    /** Writes one line on any page, for running headers and footers. */
    void drawOn(int page, RichText line, float size, float x, float baseline) {
        drawOn(pages.get(page - 1), line, size, x, baseline);
    }

    private void drawOn(Leaf page, RichText line, float size, float x, float baseline) {
        float at = x;
        // A run of one style is one string, as word processors write it.
        int i = 0;
        while (i < line.words().size()) {
            boolean bold = line.words().get(i).bold();
            StringBuilder run = new StringBuilder(line.words().get(i).text());
            i++;
            while (i < line.words().size() && line.words().get(i).bold() == bold) {
                run.append(' ').append(line.words().get(i).text());
                i++;
            }
            page.text(run.toString(), bold, size, at, baseline);
            at += fonts.width(run.toString(), bold, size) + fonts.width(" ", false, size);
        }
    }

    /** Draws a thin rule on the page in hand. */
    void rule(float fromX, float fromY, float toX, float toY) {
        pages.getLast().rule(fromX, fromY, toX, toY);
    }

    /** The finished file. */
    byte[] finish(String title, String author, LocalDate made) {
        try {
            pages.forEach(Leaf::finish);
            PDDocumentInformation information = document.getDocumentInformation();
            information.setTitle(title);
            information.setAuthor(author);
            information.setProducer("Minutebook samples");
            Calendar date = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC));
            date.setTimeInMillis(made.atTime(9, 0).toInstant(ZoneOffset.UTC).toEpochMilli());
            information.setCreationDate(date);
            information.setModificationDate(date);
            byte[] name = (title + author).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            document.setDocumentId(ByteBuffer.wrap(ContentHash.newDigest().digest(name)).getLong());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes, CompressParameters.NO_COMPRESSION);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            document.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
