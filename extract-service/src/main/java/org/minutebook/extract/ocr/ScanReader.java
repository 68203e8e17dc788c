package org.minutebook.extract.ocr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.ReaderAwayException;
import org.minutebook.extract.pages.DiskFaults;
import org.minutebook.extract.pages.Page;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pages that are pictures, several at once whichever documents they are of. Safe for use by
 * many threads; each document has its turn, so a long one does not hold up a short one for more
 * than a page.
 */
public final class ScanReader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ScanReader.class);

    /** A page is tried once more before it counts as unread: a process may have been killed. */
    private static final int TRIES = 2;

    private final ExtractSettings.Ocr settings;
    private final Tesseract tesseract;
    private final PageOcr ocr;
    private final ExecutorService pool;

    /** Reads pages in this process. */
    public ScanReader(ExtractSettings.Ocr settings) {
        this(settings, PageOcr.inThisProcess(settings, settings.workers()));
    }

    /**
     * Reads pages by other means.
     *
     * @param settings limits, and which Tesseract must be there
     * @param ocr reads one page
     */
    public ScanReader(ExtractSettings.Ocr settings, PageOcr ocr) {
        this.settings = settings;
        this.tesseract = new Tesseract(settings, settings.workers());
        this.ocr = ocr;
        this.pool =
                Executors.newFixedThreadPool(
                        settings.workers(), Thread.ofPlatform().daemon().name("ocr-", 0).factory());
    }

    /**
     * Makes sure that scans can be read here and now.
     *
     * @throws OcrAbsentException where they cannot; later they may
     */
    public void require() {
        tesseract.require();
    }

    /**
     * Reads pages of a PDF.
     *
     * @param pages their numbers, from 1
     * @param keep takes each page as soon as it is read, in the order of the numbers: {@link
     *     Page.Reading#OCR}, or {@link Page.Reading#UNREAD} where it cannot be read within the
     *     limits
     * @throws OcrAbsentException where Tesseract is not there, or no longer
     * @throws ReaderAwayException where pages cannot be read here and now
     */
    public void read(Path file, List<Integer> pages, Consumer<Page> keep)
            throws InterruptedException {
        Deque<Future<Page>> window = new ArrayDeque<>();
        Iterator<Integer> left = pages.iterator();
        try {
            while (left.hasNext() || !window.isEmpty()) {
                while (left.hasNext() && window.size() < settings.workers()) {
                    int number = left.next();
                    window.add(pool.submit(() -> read(file, number)));
                }
                keep.accept(window.element().get());
                window.remove();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case InterruptedException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            window.forEach(page -> page.cancel(true));
        }
    }

    private Page read(Path file, int number) throws InterruptedException {
        tesseract.require();
        long deadline = System.nanoTime() + settings.pageTimeLimit().toNanos();
        for (int tries = 1; ; tries++) {
            try {
                return ocr.read(file, number, left(deadline));
            } catch (ReaderAwayException e) {
                throw e; // says nothing about the page
            } catch (LinkageError e) {
                throw new IllegalStateException("A library is missing or does not fit: " + e, e);
            } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
                IOException fault = DiskFaults.behind(e);
                if (fault != null) {
                    throw new ReaderAwayException(
                            "Page %d of %s cannot be read now: %s"
                                    .formatted(number, file, fault.getMessage()),
                            fault);
                }
                log.info("page {} of {} cannot be read, try {}", number, file, tries, e);
                tesseract.forget();
                tesseract.require(); // its absence says nothing about the page
                if (tries == TRIES || System.nanoTime() - deadline > 0) {
                    return new Page(number, 0, 0, List.of(), Page.Reading.UNREAD);
                }
            }
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        pool.shutdownNow();
        ocr.close();
    }
}
