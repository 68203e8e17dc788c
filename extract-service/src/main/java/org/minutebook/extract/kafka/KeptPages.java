package org.minutebook.extract.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.StoreUnavailableException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pages of one document that OCR has read, kept in the store. A page that could not be read is kept
 * for this revision only: whoever has the document read anew has it tried again.
 */
final class KeptPages implements OcrPages {

    private final DocumentStore store;
    private final JsonMapper json;
    private final StoredDocument document;

    KeptPages(DocumentStore store, JsonMapper json, StoredDocument document) {
        this.store = store;
        this.json = json;
        this.document = document;
    }

    @Override
    public Optional<Page> page(int number) {
        return store.openDerived(DerivedKeys.ocr(document.id(), number))
                .or(() -> store.openDerived(DerivedKeys.ocrUnread(document, number)))
                .map(this::read);
    }

    private Page read(InputStream bytes) {
        try (bytes) {
            return json.readValue(bytes.readAllBytes(), Page.class);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "A page of document " + document.id() + " cannot be read from the store", e);
        }
    }

    /** Keeps a page: it is not read again. */
    void keep(Page page) {
        String key =
                page.reading() == Page.Reading.UNREAD
                        ? DerivedKeys.ocrUnread(document, page.number())
                        : DerivedKeys.ocr(document.id(), page.number());
        store.putDerived(key, json.writeValueAsBytes(page));
    }
}
