package org.minutebook.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Topic {@code documents.lifecycle}, keyed by document id: a document reached a state. Each event
 * is whole: the registry needs no earlier one.
 *
 * @param revision revision of the document that the state is about
 * @param document record of the document
 * @param state the state reached
 * @param reason code of the reason; set for REFUSED (a {@link RefusalReason}) and FAILED
 * @param detail one line for a person; null where there is nothing to add
 * @param read what the pages say; null before they were read
 * @param items number of agenda items; null before they were cut
 * @param at when the state was reached
 */
public record DocumentLifecycle(
        Revision revision,
        StoredDocument document,
        DocumentState state,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable ReadDocument read,
        @Nullable Integer items,
        Instant at) {

    /** Room for the ranks of all states between two revisions. */
    private static final long RANKS = 16;

    /**
     * Grows with the revision, and within one with the state. The registry applies an event only if
     * this grows: it is the external version of the registry's entry.
     */
    public long version() {
        return revision.value() * RANKS + state.ordinal();
    }

    /** Metadata in force: what was given where it says something, else what was read. */
    public Metadata metadata() {
        return read == null ? document.given() : document.given().orElse(read.metadata());
    }
}
