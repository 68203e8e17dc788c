package org.minutebook.index;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.Revision;
import org.minutebook.index.elasticsearch.IndexAwayException;
import org.minutebook.index.elasticsearch.IndexEntries;
import org.minutebook.index.elasticsearch.ItemIndex;
import org.minutebook.index.elasticsearch.ItemIndex.Written;
import org.springframework.stereotype.Service;

/**
 * The story of indexing: leave out what is out of date, write the entries of the rest, make them
 * visible, take away what earlier revisions left.
 *
 * <p>Repeating is harmless, also half-way: revisions are external versions, and a version that is
 * there already counts as written.
 */
@Service
public class DocumentIndexing {

    private final ItemIndex index;
    private final Clock clock;

    DocumentIndexing(ItemIndex index, Clock clock) {
        this.index = index;
        this.clock = clock;
    }

    /**
     * Brings documents into the index that searches use. When it returns, what is {@link
     * Outcome.Indexed} is durable and can be found.
     *
     * @param batch no document twice
     * @return what became of each, in the order of the batch
     * @throws IndexAwayException if Elasticsearch does not take them now; perhaps some were written
     */
    public List<Outcome> index(List<DocumentItems> batch) {
        index.makeSure();
        return indexInto(IndexEntry.ALIAS, batch);
    }

    /** The same by the alias of another item index that is there already. */
    public List<Outcome> indexInto(String target, List<DocumentItems> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        Map<DocumentId, Revision> present =
                index.revisions(target, batch.stream().map(DocumentIndexing::id).toList());
        List<IndexEntries> current =
                batch.stream()
                        .filter(message -> !isOvertaken(message, present))
                        .map(message -> IndexEntries.of(message, clock.instant()))
                        .toList();
        Written written = index.write(target, current);
        index.refresh(target);

        // Whoever wrote a newer revision meanwhile may have cleaned up before our entries came:
        // then they are ours to take away.
        Map<DocumentId, Revision> newest = new HashMap<>();
        current.forEach(entries -> newest.put(id(entries.message()), entries.message().revision()));
        newest.putAll(index.revisions(target, written.conflicts()));
        if (index.removeOlder(target, newest)) {
            index.refresh(target);
        }

        Map<DocumentId, IndexEntries> byDocument = new HashMap<>();
        current.forEach(entries -> byDocument.put(id(entries.message()), entries));
        List<Outcome> outcomes = new ArrayList<>();
        for (DocumentItems message : batch) {
            IndexEntries entries = byDocument.get(id(message));
            String rejection = written.rejections().get(id(message));
            if (entries == null || isOvertaken(message, newest)) {
                outcomes.add(new Outcome.Overtaken(message));
            } else if (rejection != null) {
                outcomes.add(new Outcome.Rejected(message, rejection));
            } else {
                outcomes.add(new Outcome.Indexed(entries));
            }
        }
        return outcomes;
    }

    private static boolean isOvertaken(DocumentItems message, Map<DocumentId, Revision> present) {
        @Nullable Revision there = present.get(id(message));
        return there != null && message.revision().isOlderThan(there);
    }

    private static DocumentId id(DocumentItems message) {
        return message.document().id();
    }
}
