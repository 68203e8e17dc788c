package org.minutebook.search.alerts.matching;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.RecordUnreadableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Which documents correct which, as their records in the store say, also those of deleted ones. */
@WithAlerts
@Component
class Corrections {

    /** A document is looked at with each of its items and each subscription that one matches. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int MOST = 10_000;
    private static final Logger log = LoggerFactory.getLogger(Corrections.class);

    private record Correction(DocumentId document, DocumentId replaces) {}

    private final DocumentStore store;
    private final LoadingCache<Correction, DocumentId> origins =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build(this::first);

    Corrections(DocumentStore store) {
        this.store = store;
    }

    /** The first of those that a document corrects one after the other, or the document itself. */
    DocumentId origin(IndexedDocument document) {
        return document.replaces() == null
                ? document.id()
                : origins.get(new Correction(document.id(), document.replaces()));
    }

    private DocumentId first(Correction correction) {
        Set<DocumentId> passed = new LinkedHashSet<>();
        DocumentId at = correction.document();
        DocumentId before = correction.replaces();
        while (before != null && passed.add(at)) {
            at = before;
            before = replaced(at);
        }
        // Where two correct each other nobody knows which was first; always the same one will do.
        return before == null
                ? at
                : passed.stream().min((a, b) -> a.value().compareTo(b.value())).orElse(at);
    }

    /**
     * What a damaged record says nobody knows: rather is somebody told once more than nobody of
     * anything.
     */
    private @Nullable DocumentId replaced(DocumentId document) {
        try {
            return store.record(document)
                    .map(Versioned::value)
                    .map(StoredDocument::replaces)
                    .orElse(null);
        } catch (RecordUnreadableException e) {
            log.warn("Whether document {} corrects another cannot be known", document, e);
            return null;
        }
    }
}
