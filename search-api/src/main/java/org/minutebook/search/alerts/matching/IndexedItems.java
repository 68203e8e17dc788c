package org.minutebook.search.alerts.matching;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.MgetResponse;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.ItemId;
import org.minutebook.search.alerts.WithAlerts;
import org.springframework.stereotype.Component;

/** Fetches entries of the item index by name. */
@WithAlerts
@Component
class IndexedItems {

    /** Entries of one request; items are up to some ten thousand characters each. */
    private static final int BATCH = 200;

    private final ElasticsearchClient client;

    IndexedItems(ElasticsearchClient client) {
        this.client = client;
    }

    /**
     * Those of the items that the index has now.
     *
     * @throws UncheckedIOException if Elasticsearch does not answer
     */
    List<IndexEntry> find(List<ItemId> ids) {
        List<IndexEntry> found = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<String> some =
                    ids.subList(from, Math.min(ids.size(), from + BATCH)).stream()
                            .map(ItemId::value)
                            .toList();
            try {
                MgetResponse<IndexEntry> answer =
                        client.mget(
                                get ->
                                        get.index(IndexEntry.ALIAS)
                                                .ids(some)
                                                .sourceExcludes("item.boxes"),
                                IndexEntry.class);
                for (MultiGetResponseItem<IndexEntry> each : answer.docs()) {
                    if (each.isFailure()) {
                        throw new UncheckedIOException(
                                new IOException(String.valueOf(each.failure().error().reason())));
                    }
                    IndexEntry entry = each.result().source();
                    if (entry != null) {
                        found.add(entry);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
