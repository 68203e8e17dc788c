package org.minutebook.extract;

import java.util.List;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.contracts.RefusalReason;

/** What became of a document that was read. */
public sealed interface Extraction {

    /**
     * Read and cut.
     *
     * @param read what its pages say
     * @param items its agenda items in order
     */
    record Extracted(ReadDocument read, List<AgendaItem> items) implements Extraction {
        public Extracted {
            items = List.copyOf(items);
        }
    }

    /**
     * Pages have no usable text and were not yet read by OCR.
     *
     * @param pages their numbers, ascending, at least one
     * @param pagesPrinted pages that the document has
     */
    record OcrNeeded(List<Integer> pages, int pagesPrinted) implements Extraction {
        public OcrNeeded {
            pages = List.copyOf(pages);
        }
    }

    /**
     * The document itself is the reason why it cannot be read.
     *
     * @param reason code that people and scripts see
     * @param detail one line for a person: what exactly, and what to do
     */
    record Refused(RefusalReason reason, String detail) implements Extraction {}
}
