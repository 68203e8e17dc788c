package org.minutebook.extract.ocr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.ReaderAwayException;
import org.minutebook.extract.pages.DiskFaults;
import org.minutebook.extract.pages.Page;

/** Reads pages that are pictures, one by one. */
@FunctionalInterface
public interface PageOcr extends AutoCloseable {

    /**
     * Reads a page of a PDF.
     *
     * @param number from 1
     * @param limit longest time for it
     * @return the page, {@link Page.Reading#OCR}
     * @throws IOException when it cannot be read, or not within the limit, or for what {@link
     *     DiskFaults} tells of
     * @throws ReaderAwayException when it cannot be read here and now
     */
    Page read(Path file, int number, Duration limit) throws IOException, InterruptedException;

    /** Gives back what it holds; nothing where it holds nothing. */
    @Override
    default void close() {}

    /**
     * Draws the page in this process, and reads it by a Tesseract process.
     *
     * @param atOnce pages that are read at once
     */
    static PageOcr inThisProcess(ExtractSettings.Ocr settings, int atOnce) {
        return new TesseractPages(settings, atOnce);
    }
}
