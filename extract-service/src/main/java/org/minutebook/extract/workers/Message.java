package org.minutebook.extract.workers;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.pages.Page;

/** What the service and a worker say to each other; both are of the same build. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
sealed interface Message {

    /** What the service says. */
    sealed interface ToWorker extends Message {}

    /** What the worker says. */
    sealed interface FromWorker extends Message {}

    /** An answer that ends a task. */
    sealed interface Result extends FromWorker {}

    /**
     * The first message: what holds for all tasks.
     *
     * @param maxPages most pages of a document
     * @param maxText most text of a document, in bytes
     * @param ocr how scanned pages are read
     */
    record Begin(int maxPages, long maxText, ExtractSettings.Ocr ocr) implements ToWorker {}

    /**
     * A document is to be read.
     *
     * @param document its id
     * @param file path of its bytes
     * @param name name under which it came in
     */
    record ReadDocumentTask(DocumentId document, String file, String name) implements ToWorker {}

    /**
     * A scanned page is to be read by OCR.
     *
     * @param file path of the document's bytes
     * @param number of the page, from 1
     * @param limit longest time for it
     */
    record ReadPageTask(String file, int number, Duration limit) implements ToWorker {}

    /** The answer to {@link KeptPageWanted}; null where OCR has not read that page. */
    record KeptPage(@Nullable Page page) implements ToWorker {}

    /** It has started. */
    record Ready() implements FromWorker {}

    /** Asks for a page that OCR has read before. */
    record KeptPageWanted(int number) implements FromWorker {}

    /** As {@link Extraction.Extracted}. */
    record Extracted(ReadDocument read, List<AgendaItem> items) implements Result {}

    /** As {@link Extraction.OcrNeeded}. */
    record OcrNeeded(List<Integer> pages, int pagesPrinted) implements Result {}

    /** As {@link Extraction.Refused}. */
    record Refused(RefusalReason reason, String detail) implements Result {}

    /** A page that OCR has read. */
    record PageRead(Page page) implements Result {}

    /**
     * Reading failed, and that is no outcome.
     *
     * @param fault whose fault it is
     * @param trace message and stack trace
     */
    record Failed(Fault fault, String trace) implements Result {}

    /** What a failure says. */
    enum Fault {
        /** The disk fails or is full, or the file cannot be reached: later it may work. */
        MACHINE,
        /** A bug, or a library that is missing. */
        PROGRAM,
        /** The page that was asked for cannot be read. */
        PAGE
    }

    /** The message for an outcome. */
    static Result of(Extraction extraction) {
        return switch (extraction) {
            case Extraction.Extracted(ReadDocument read, List<AgendaItem> items) ->
                    new Extracted(read, items);
            case Extraction.OcrNeeded(List<Integer> pages, int printed) ->
                    new OcrNeeded(pages, printed);
            case Extraction.Refused(RefusalReason reason, String detail) ->
                    new Refused(reason, detail);
        };
    }
}
