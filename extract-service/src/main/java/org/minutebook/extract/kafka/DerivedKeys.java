package org.minutebook.extract.kafka;

import java.util.stream.Stream;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.StoredDocument;

/** Where in the store lies what was made from a document; all of it goes with the document. */
final class DerivedKeys {

    private DerivedKeys() {}

    /** Items of a revision that are too large for a message. */
    static String items(StoredDocument document) {
        return "items/%s/%s.json".formatted(document.id(), document.revision());
    }

    /** A page as OCR read it. */
    static String ocr(DocumentId document, int page) {
        return "ocr/%s/%d.json".formatted(document, page);
    }

    /** A page that OCR could not read at a revision. */
    static String ocrUnread(StoredDocument document, int page) {
        return "ocr/%s/%d.unread-%s.json".formatted(document.id(), page, document.revision());
    }

    /** The keys above everything of a document, the pictures that were drawn of it among them. */
    static Stream<String> allOf(DocumentId document) {
        return Stream.of("items/" + document, "ocr/" + document, "pictures/" + document);
    }
}
