package org.minutebook.ingest;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.springframework.stereotype.Service;

/**
 * What is done with a document after it came in. Each change gives the record its next revision,
 * which the store remembers as to be announced: so it goes through the whole pipeline, in order,
 * also past a reading that is still under way.
 *
 * <p>All methods: empty where there is no such document, or it was deleted.
 */
@Service
public class DocumentChanges {

    private final DocumentStore store;
    private final Turns turns;
    private final Clock clock;

    DocumentChanges(DocumentStore store, Turns turns, Clock clock) {
        this.store = store;
        this.turns = turns;
        this.clock = clock;
    }

    /**
     * Deletes a document: its bytes and all that was said of it are gone from the store when this
     * returns, its items from search soon after. The record stays and says no more than that, and
     * which document it corrected: who was told of the first is not told again of a later one.
     */
    public Optional<StoredDocument> delete(DocumentId id) {
        return delete(id, _ -> true);
    }

    /**
     * Deletes a document that another one replaces, unless it was handed in after that.
     *
     * @param by when the other one was handed in
     */
    public Optional<StoredDocument> replace(DocumentId id, Instant by) {
        return delete(id, document -> !document.uploadedAt().isAfter(by));
    }

    private Optional<StoredDocument> delete(DocumentId id, Predicate<StoredDocument> condition) {
        synchronized (turns.of(id)) {
            if (store.record(id).map(Versioned::value).filter(condition).isEmpty()) {
                return Optional.empty();
            }
            Optional<StoredDocument> deleted =
                    change(
                            id,
                            d ->
                                    new StoredDocument(
                                            d.id(),
                                            d.sha256(),
                                            d.size(),
                                            d.revision().next(clock),
                                            Metadata.NONE,
                                            List.of(),
                                            d.batches(),
                                            d.uploadedAt(),
                                            d.replaces(),
                                            true,
                                            Set.of()));
            deleted.ifPresent(this::removeBytes);
            return deleted;
        }
    }

    /**
     * Takes away the bytes of a document that is deleted; for a deletion whose process died
     * half-way.
     */
    public void removeBytes(StoredDocument deleted) {
        ContentHash hash = deleted.sha256();
        synchronized (turns.of(deleted.id())) {
            if (store.record(deleted.id()).filter(r -> r.value().deleted()).isPresent()) {
                store.delete(hash);
            }
        }
    }

    /** Corrects what was given; it wins over what is read. */
    public Optional<StoredDocument> correct(DocumentId id, UnaryOperator<Metadata> correction) {
        return change(id, d -> with(d, correction.apply(d.given()), d.hidden()));
    }

    /** Takes an item out of search, and keeps it out whenever the document is read again. */
    public Optional<StoredDocument> hide(ItemId item) {
        return change(
                item.document(),
                d -> {
                    Set<ItemId> hidden = new HashSet<>(d.hidden());
                    hidden.add(item);
                    return with(d, d.given(), hidden);
                });
    }

    /** Brings a hidden item back. */
    public Optional<StoredDocument> show(ItemId item) {
        return change(
                item.document(),
                d -> {
                    Set<ItemId> hidden = new HashSet<>(d.hidden());
                    hidden.remove(item);
                    return with(d, d.given(), hidden);
                });
    }

    /** Has a document read again. */
    public Optional<StoredDocument> reprocess(DocumentId id) {
        return change(id, d -> with(d, d.given(), d.hidden()));
    }

    /** Ids of all documents, also deleted ones. The caller closes the stream. */
    public Stream<DocumentId> all() {
        return store.records();
    }

    private StoredDocument with(StoredDocument d, Metadata given, Set<ItemId> hidden) {
        return new StoredDocument(
                d.id(),
                d.sha256(),
                d.size(),
                d.revision().next(clock),
                given,
                d.names(),
                d.batches(),
                d.uploadedAt(),
                d.replaces(),
                false,
                hidden);
    }

    private Optional<StoredDocument> change(DocumentId id, UnaryOperator<StoredDocument> change) {
        synchronized (turns.of(id)) {
            // Repeats only when another instance wrote the same record in between.
            while (true) {
                Optional<Versioned<StoredDocument>> present = store.record(id);
                if (present.isEmpty() || present.get().value().deleted()) {
                    return Optional.empty();
                }
                Revision before = present.get().value().revision();
                StoredDocument changed = change.apply(present.get().value());
                if (!before.isOlderThan(changed.revision())) {
                    throw new IllegalStateException(
                            "revision %s after %s, expected a newer one"
                                    .formatted(changed.revision(), before));
                }
                if (store.putRecord(changed, present.get().version()).isPresent()) {
                    return Optional.of(changed);
                }
            }
        }
    }
}
