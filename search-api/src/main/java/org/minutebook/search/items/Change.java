package org.minutebook.search.items;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Revision;

/**
 * Something that was written to the index.
 *
 * @param type {@code item}: this item is there at this revision. {@code document}: all items of
 *     this document at this revision are there, and none of earlier ones. {@code deleted}: the
 *     document and its items are gone
 * @param document the document
 * @param item the item; null for a document
 * @param revision of the document
 * @param at when it was written
 */
public record Change(
        String type, DocumentId document, @Nullable ItemId item, Revision revision, Instant at) {}
