package org.minutebook.search.alerts.matching;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.springframework.stereotype.Component;

/** Which documents correct which, as their records in the store say, also those of deleted ones. */
@WithAlerts
@Component
class Corrections {

    private final DocumentStore store;

    Corrections(DocumentStore store) {
        this.store = store;
    }

    /** The first of those that a document corrects one after the other, or the document itself. */
    DocumentId origin(IndexedDocument document) {
        Set<DocumentId> passed = new LinkedHashSet<>();
        DocumentId at = document.id();
        DocumentId before = document.replaces();
        while (before != null && passed.add(at)) {
            at = before;
            before = replaced(at);
        }
        // Where two correct each other nobody knows which was first; always the same one will do.
        return before == null
                ? at
                : passed.stream().min((a, b) -> a.value().compareTo(b.value())).orElse(at);
    }

    private @Nullable DocumentId replaced(DocumentId document) {
        return store.record(document)
                .map(Versioned::value)
                .map(StoredDocument::replaces)
                .orElse(null);
    }
}
