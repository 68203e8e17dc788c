package org.minutebook.extract.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.minutebook.contracts.DocumentId;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.StoreUnavailableException;
import tools.jackson.databind.json.JsonMapper;

/** Pages of one document that OCR has read, kept in the store. */
final class KeptPages implements OcrPages {

    private final DocumentStore store;
    private final JsonMapper json;
    private final DocumentId document;

    KeptPages(DocumentStore store, JsonMapper json, DocumentId document) {
        this.store = store;
        this.json = json;
        this.document = document;
    }

    @Override
    public Optional<Page> page(int number) {
        return store.openDerived(DerivedKeys.ocr(document, number)).map(this::read);
    }

    private Page read(InputStream bytes) {
        try (bytes) {
            return json.readValue(bytes.readAllBytes(), Page.class);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "A page of document " + document + " cannot be read from the store", e);
        }
    }

    /** Keeps a page: it is not read again. */
    void keep(Page page) {
        store.putDerived(DerivedKeys.ocr(document, page.number()), json.writeValueAsBytes(page));
    }
}
