package org.minutebook.extract.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.extract.DocumentExtraction;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.store.StoreUnavailableException;

/** Reads documents in this process, each on a thread that is given up when its time is over. */
final class InProcessReader implements DocumentReader {

    private final DocumentExtraction extraction;
    private final Duration timeLimit;

    InProcessReader(DocumentExtraction extraction, Duration timeLimit) {
        this.extraction = extraction;
        this.timeLimit = timeLimit;
    }

    @Override
    public Extraction read(StoredDocument document, Path file, OcrPages ocr) {
        FutureTask<Extraction> reading =
                new FutureTask<>(
                        () -> extraction.extract(document.id(), file, document.name(), ocr));
        Thread.ofPlatform().daemon().name("read-" + document.id()).start(reading);
        try {
            return reading.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Extraction.Refused(
                    RefusalReason.TOO_SLOW,
                    "Reading took longer than %d s (minutebook.extract.time-limit)."
                            .formatted(timeLimit.toSeconds()));
        } catch (ExecutionException e) {
            return onFailure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the service stops", e);
        } finally {
            reading.cancel(true);
        }
    }

    private static Extraction onFailure(@Nullable Throwable cause) {
        return switch (cause) {
            case OutOfMemoryError e -> tooDemanding("more memory than there is");
            case StackOverflowError e -> tooDemanding("deeper nesting than can be followed");
            case IOException e ->
                    throw new StoreUnavailableException("A local copy cannot be read", e);
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    private static Extraction tooDemanding(String what) {
        return new Extraction.Refused(
                RefusalReason.TOO_DEMANDING, "Reading the document took " + what + ".");
    }
}
