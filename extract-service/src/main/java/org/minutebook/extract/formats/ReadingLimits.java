package org.minutebook.extract.formats;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * What reading one document may use at most.
 *
 * @param maxSize largest file
 * @param maxPages most pages
 * @param maxText most text taken from a document
 * @param maxPart largest part of a file once it is unpacked: the content of a page, a font, the
 *     body of a word processor file. A small file can be packed so that it fills any memory
 * @param timeLimit time for a document, not counting {@code timePerPage}
 * @param timePerPage time added for every page that was read, so that a pack of thousands of pages
 *     has the time that it needs while a file that gets nowhere is given up early
 */
public record ReadingLimits(
        DataSize maxSize,
        int maxPages,
        DataSize maxText,
        DataSize maxPart,
        Duration timeLimit,
        Duration timePerPage) {

    /**
     * What fits beside a service in a memory of 256 MB. 200 MB is what intake accepts; the largest
     * public document pack seen has 2,000 pages and 4 MB of text; a page takes 2 to 15 ms.
     */
    public static final ReadingLimits DEFAULT =
            new ReadingLimits(
                    DataSize.ofMegabytes(200),
                    10_000,
                    DataSize.ofMegabytes(64),
                    DataSize.ofMegabytes(48),
                    Duration.ofSeconds(20),
                    Duration.ofMillis(100));

    public ReadingLimits {
        if (maxPages < 1) {
            throw new IllegalArgumentException("pages " + maxPages + ", expected 1 or more");
        }
        if (!timeLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "time " + timeLimit + ", expected more than nothing");
        }
    }

    /** The same with other limits on pages and text. */
    public ReadingLimits with(int pages, DataSize text) {
        return new ReadingLimits(maxSize, pages, text, maxPart, timeLimit, timePerPage);
    }
}
