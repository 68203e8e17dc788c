package org.minutebook.extract.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the pages of a PDF, one after the other; nothing of a page but its lines is kept.
 *
 * <p>A page whose text layer is missing or cannot be used is {@link Page.Reading#SCANNED} until OCR
 * has read it. A page that cannot be drawn, or not within the limit, is {@link
 * Page.Reading#UNREAD}; the others are read all the same.
 */
public final class PdfPages {

    private static final Logger log = LoggerFactory.getLogger(PdfPages.class);

    /** Letters below which a page with a picture on it counts as scanned: a stamped number. */
    private static final int STAMP_LETTERS = 120;

    /** Share of the page that a picture must cover to be the page and not a logo. */
    private static final double PICTURE_OF_PAGE = 0.4;

    /** Strokes from which a page without text is text drawn as shapes, not a ruled blank. */
    private static final int STROKES_OF_TEXT = 1000;

    private final Duration pageLimit;

    /**
     * @param pageLimit longest work on one page before it is given up and reported unread
     */
    public PdfPages(Duration pageLimit) {
        this.pageLimit = pageLimit;
    }

    /**
     * Takes pages as they are read.
     *
     * @param <X> what ends the reading
     */
    @FunctionalInterface
    public interface Receiver<X extends Exception> {

        /** Takes the next page, or ends the reading. */
        void take(Page page) throws X;
    }

    /** All pages of a document in order. */
    public List<Page> read(PDDocument document, OcrPages ocr) {
        List<Page> pages = new ArrayList<>();
        read(document, ocr, pages::add);
        return pages;
    }

    /**
     * Hands over all pages of a document in order.
     *
     * @param ocr pages that OCR has read already
     * @param receiver may end the reading, as when a limit on the whole document is reached
     */
    public <X extends Exception> void read(PDDocument document, OcrPages ocr, Receiver<X> receiver)
            throws X {
        GlyphReader reader = new GlyphReader(pageLimit);
        int number = 0;
        for (PDPage page : document.getPages()) {
            number++;
            Page read = read(reader, page, number);
            if (read.reading() == Page.Reading.SCANNED) {
                Optional<Page> byOcr = ocr.page(number);
                read = byOcr.orElse(read);
            }
            receiver.take(read);
        }
    }

    private static Page read(GlyphReader reader, PDPage page, int number) {
        GlyphReader.Drawn drawn;
        try {
            drawn = reader.read(page);
        } catch (PageTooSlowException e) {
            log.info("page {}: {}", number, e.getMessage());
            return unread(page, number);
        } catch (IOException | RuntimeException e) {
            IOException fault = DiskFaults.behind(e);
            if (fault != null) {
                throw new UncheckedIOException(fault);
            }
            // PDFBox meets broken fonts and streams with exceptions of many kinds.
            log.info("page {} cannot be read", number, e);
            return unread(page, number);
        }
        List<Line> lines = LineBuilder.lines(number, drawn);
        int letters = drawn.glyphs().size();
        Page.Reading reading;
        if (letters == 0) {
            boolean picture =
                    drawn.pictureShare() > 0.02
                            || drawn.unmapped() > 0
                            || drawn.paths() > STROKES_OF_TEXT;
            reading = picture ? Page.Reading.SCANNED : Page.Reading.BLANK;
        } else if (letters < STAMP_LETTERS && drawn.pictureShare() > PICTURE_OF_PAGE) {
            reading = Page.Reading.SCANNED;
        } else if (TextQuality.flaw(lines, drawn.unmapped()) != null) {
            reading = Page.Reading.SCANNED;
        } else {
            reading = Page.Reading.TEXT;
        }
        return new Page(
                number,
                drawn.width(),
                drawn.height(),
                reading == Page.Reading.TEXT ? lines : List.of(),
                reading);
    }

    private static Page unread(PDPage page, int number) {
        return new Page(
                number,
                page.getCropBox().getWidth(),
                page.getCropBox().getHeight(),
                List.of(),
                Page.Reading.UNREAD);
    }
}
