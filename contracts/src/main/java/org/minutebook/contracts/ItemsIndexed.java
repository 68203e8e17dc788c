package org.minutebook.contracts;

import java.util.List;

/**
 * Topic {@code agenda-items.indexed}, keyed by document id: these items of a document are
 * searchable now. Alerts are matched from it. A document of very many items has several at one
 * revision, each about some of them.
 *
 * @param revision revision of the document
 * @param document record of the document
 * @param items ids of items of it that are in the index
 */
public record ItemsIndexed(Revision revision, StoredDocument document, List<ItemId> items) {

    public ItemsIndexed {
        items = Lists.copy(items);
    }
}
