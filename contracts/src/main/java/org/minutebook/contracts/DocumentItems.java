package org.minutebook.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Topic {@code agenda-items}, keyed by document id: all that was read from a document at a
 * revision, in one record. A body over the record limit lies in the store; then the record carries
 * its key and no items. After a deletion or a refusal it says that nothing of the document is to be
 * found any more.
 *
 * @param revision revision of the document that was read
 * @param document record of the document
 * @param read what its pages say; null after a deletion or a refusal
 * @param items its agenda items in order; empty where {@code read} is null or {@code bodyKey} is
 *     set
 * @param bodyKey key of the whole message in the store; null where the message is whole
 */
public record DocumentItems(
        Revision revision,
        StoredDocument document,
        @Nullable ReadDocument read,
        List<AgendaItem> items,
        @Nullable String bodyKey) {

    public DocumentItems {
        items = Lists.copy(items);
    }

    /** Metadata in force: what was given where it says something, else what was read. */
    public Metadata metadata() {
        return read == null ? document.given() : document.given().orElse(read.metadata());
    }
}
