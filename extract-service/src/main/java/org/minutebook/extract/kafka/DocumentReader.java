package org.minutebook.extract.kafka;

import java.nio.file.Path;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.pages.OcrPages;

/** Reads a document within the limits on time and memory. */
@FunctionalInterface
interface DocumentReader {

    /**
     * Reads a document; past a limit it is refused, never is the caller held up longer.
     *
     * @param document its record
     * @param file its bytes
     * @param ocr pages that OCR has read already
     */
    Extraction read(StoredDocument document, Path file, OcrPages ocr);
}
