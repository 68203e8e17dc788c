package org.minutebook.extract;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits for reading one document, and how much is done at once.
 *
 * @param timeLimit longest time to read one document, OCR apart; past it the document is refused as
 *     {@code TOO_SLOW}
 * @param maxPages most pages that a document may have; past it the document is refused as {@code
 *     TOO_LARGE}
 * @param maxText most text taken from one document; past it the document is refused as {@code
 *     TOO_DEMANDING}
 * @param workers documents read at once; 0 for one a processor. One more is read where it came by
 *     itself and all others are busy
 * @param batch most documents whose results share one Kafka transaction
 * @param linger longest time that a finished result waits for others to share its transaction
 * @param instance names this instance to the broker, unlike any other and the same after a restart,
 *     so that it takes up its own unfinished business at once; host name and port where not set
 * @param ocr reading of scanned pages
 * @param worker the processes that read documents
 */
@ConfigurationProperties("minutebook.extract")
public record ExtractSettings(
        @DefaultValue("2m") Duration timeLimit,
        @DefaultValue("10000") int maxPages,
        @DefaultValue("64MB") DataSize maxText,
        @DefaultValue("0") int workers,
        @DefaultValue("50") int batch,
        @DefaultValue("200ms") Duration linger,
        @Nullable String instance,
        @DefaultValue Ocr ocr,
        @DefaultValue Worker worker) {

    public ExtractSettings {
        requirePositive("time-limit", timeLimit);
        requireAtLeast("max-pages", maxPages, 1);
        requireAtLeast("workers", workers, 0);
        requireAtLeast("batch", batch, 1);
        workers = workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
    }

    /**
     * Reading of scanned pages.
     *
     * @param command the Tesseract program: a name on the path, or a file
     * @param languages languages of the documents, as Tesseract names them, joined by {@code +}
     * @param dpi resolution at which pages are drawn for it, in dots an inch
     * @param pageTimeLimit longest time for one page; past it the page counts as unread and the
     *     document as read in part
     * @param workers pages read at once; 0 for one a processor
     * @param lookAgain time between two looks for the program where it is absent
     */
    public record Ocr(
            @DefaultValue("tesseract") String command,
            @DefaultValue("eng") String languages,
            @DefaultValue("300") int dpi,
            @DefaultValue("60s") Duration pageTimeLimit,
            @DefaultValue("0") int workers,
            @DefaultValue("30s") Duration lookAgain) {

        public Ocr {
            requireAtLeast("ocr.dpi", dpi, 70); // below it Tesseract guesses a resolution
            requirePositive("ocr.page-time-limit", pageTimeLimit);
            requireAtLeast("ocr.workers", workers, 0);
            requirePositive("ocr.look-again", lookAgain);
            workers = workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
        }
    }

    /**
     * The processes that read documents, one a document that is read at once; what a document does
     * to its process ends that process and nothing else.
     *
     * @param heap most memory that Java takes for a document; past it the document is refused as
     *     {@code TOO_DEMANDING}
     * @param cpuLimit most processor time for a document; past it the document is refused as {@code
     *     TOO_SLOW}
     * @param maxOutput most that may come of a document, as JSON; past it the document is refused
     *     as {@code TOO_DEMANDING}
     * @param tempSpace most disk space for a document while it is read; past it the document is
     *     refused as {@code TOO_DEMANDING}
     * @param idle a process without work for as long as this ends
     * @param kept processes that start soon after the service and stay, so that a document that
     *     comes by itself need not wait until Java has started
     * @param confinement what a process is kept from; less than the strictest only where that
     *     stands in the way
     */
    public record Worker(
            @DefaultValue("256MB") DataSize heap,
            @DefaultValue("3m") Duration cpuLimit,
            @DefaultValue("256MB") DataSize maxOutput,
            @DefaultValue("512MB") DataSize tempSpace,
            @DefaultValue("60s") Duration idle,
            @DefaultValue("1") int kept,
            @DefaultValue("strictest") ConfinementWish confinement) {

        public Worker {
            requireAtLeast("worker.heap", heap, DataSize.ofMegabytes(64));
            requirePositive("worker.cpu-limit", cpuLimit);
            requireAtLeast("worker.max-output", maxOutput, DataSize.ofMegabytes(1));
            requireAtLeast("worker.temp-space", tempSpace, DataSize.ofMegabytes(1));
            requirePositive("worker.idle", idle);
            requireAtLeast("worker.kept", kept, 0);
        }
    }

    /** What a process that reads documents is to be kept from. */
    public enum ConfinementWish {
        /** From all that the system offers: the network, and writing files. */
        STRICTEST,
        /** From the network only. */
        NETWORK,
        /** From nothing. */
        NONE
    }

    private static void requireAtLeast(String setting, DataSize value, DataSize least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "minutebook.extract.%s: %s, expected %s or more"
                            .formatted(setting, value, least));
        }
    }

    private static void requireAtLeast(String setting, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "minutebook.extract.%s: %d, expected %d or more"
                            .formatted(setting, value, least));
        }
    }

    private static void requirePositive(String setting, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "minutebook.extract.%s: %s, expected more than nothing"
                            .formatted(setting, value));
        }
    }
}
