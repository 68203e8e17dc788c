package org.minutebook.ingest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;

/**
 * A document as the registry knows it: what it is and how far it has come.
 *
 * <pre>{@code
 * {"id": "0123456789abcdef0123456789abcdef", "state": "INDEXED", "items": 12, "pagesRead": 4, "pagesPrinted": 4, …}
 * }</pre>
 *
 * @param id names the document
 * @param sha256 hash of its bytes
 * @param size bytes
 * @param revision newest revision that the registry heard of
 * @param names file names under which it was handed in
 * @param batches batches it came in
 * @param state how far it has come
 * @param reason code of the reason for REFUSED and FAILED
 * @param detail a line for a person
 * @param given metadata given
 * @param read metadata read; null before it was read
 * @param pagesPrinted pages it has; null before it was read
 * @param pagesRead pages that were read; null before
 * @param items agenda items found; null before
 * @param uploadedAt when it came in
 * @param at when the state was reached
 */
public record RegistryEntry(
        DocumentId id,
        ContentHash sha256,
        long size,
        Revision revision,
        List<String> names,
        List<String> batches,
        DocumentState state,
        @Nullable String reason,
        @Nullable String detail,
        Metadata given,
        @Nullable Metadata read,
        @Nullable Integer pagesPrinted,
        @Nullable Integer pagesRead,
        @Nullable Integer items,
        Instant uploadedAt,
        Instant at) {

    /** The entry that an event makes. */
    public static RegistryEntry of(DocumentLifecycle event) {
        StoredDocument document = event.document();
        return new RegistryEntry(
                document.id(),
                document.sha256(),
                document.size(),
                event.revision(),
                document.names(),
                document.batches(),
                event.state(),
                event.reason(),
                event.detail(),
                document.given(),
                event.read() == null ? null : event.read().metadata(),
                event.read() == null ? null : event.read().pagesPrinted(),
                event.read() == null ? null : event.read().pagesRead(),
                event.items(),
                document.uploadedAt(),
                event.at());
    }

    /** The entry of a document that is stored and not yet projected. */
    public static RegistryEntry ofStored(StoredDocument document) {
        DocumentState state = document.deleted() ? DocumentState.DELETED : DocumentState.UPLOADED;
        return of(
                new DocumentLifecycle(
                        document.revision(),
                        document,
                        state,
                        null,
                        null,
                        null,
                        null,
                        document.uploadedAt()));
    }
}
