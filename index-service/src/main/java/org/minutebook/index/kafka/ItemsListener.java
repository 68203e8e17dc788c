package org.minutebook.index.kafka;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.ItemsIndexed;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.index.DocumentIndexing;
import org.minutebook.index.Outcome;
import org.minutebook.index.elasticsearch.IndexEntries;
import org.minutebook.index.kafka.ItemsReader.Read;
import org.minutebook.index.kafka.ItemsReader.Unreadable;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.RecordUnreadableException;
import org.minutebook.traces.AboutDocument;
import org.minutebook.traces.Step;
import org.minutebook.traces.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Puts the items of documents into the index and says so.
 *
 * <p>Delivery: at least once. The offset moves after Elasticsearch has taken every entry of the
 * batch, a search finds them, and the broker has acknowledged the events about them.
 *
 * <p>Order: per document, by revision; of several records about one document that are read together
 * only the newest counts. Repeating is harmless: revisions are external versions, and events of the
 * same revision say the same. A document of very many items has several events, each about some of
 * them.
 *
 * <p>Failure: Elasticsearch, the store or the broker away → the container pauses, backs off and
 * starts with the same batch, without end; a record that cannot be read, or entries that
 * Elasticsearch will never take → the record goes to {@code agenda-items-dlt}, the document is
 * FAILED, and the rest of the batch goes on. Dead letters are sent last, so that a batch which is
 * repeated for hours does not fill their topic.
 *
 * <p>Time: a batch takes a few requests of at most {@code spring.elasticsearch.socket-timeout}
 * each, together well under the consumer's {@code max.poll.interval.ms}.
 */
@Component
class ItemsListener {

    /** Reason code: the record about the document's items makes no sense. */
    private static final String UNREADABLE = "RECORD_UNREADABLE";

    /** Reason code: Elasticsearch does not take an item. */
    private static final String REJECTED = "INDEX_REJECTED";

    /**
     * Ids of items that one event names. An id takes 44 bytes and the record of its document up to
     * 900,000, the most that extract-service hands on; the broker takes a record of a mebibyte.
     */
    private static final int IDS_OF_AN_EVENT = 2_000;

    private static final Logger log = LoggerFactory.getLogger(ItemsListener.class);

    private final ItemsReader reader;
    private final DocumentIndexing indexing;
    private final Events events;
    private final DocumentStore store;
    private final Traces traces;
    private final Clock clock;

    ItemsListener(
            ItemsReader reader,
            DocumentIndexing indexing,
            Events events,
            DocumentStore store,
            Traces traces,
            Clock clock) {
        this.reader = reader;
        this.indexing = indexing;
        this.events = events;
        this.store = store;
        this.traces = traces;
        this.clock = clock;
    }

    /** A message whose entries are not taken, without its items. */
    private record Rejected(
            DocumentItems emptied,
            int items,
            String reason,
            ConsumerRecord<String, byte[]> record) {}

    @KafkaListener(topics = "#{T(org.minutebook.contracts.Topic).AGENDA_ITEMS.name()}")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        Instant from = clock.instant();
        List<CompletableFuture<?>> sent = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        reader.read(records, slice -> index(slice, from, sent, rejected), unreadable::add);
        for (Rejected each : rejected) {
            sent.addAll(giveUp(each));
            Events.trace(each.record())
                    .ifPresent(before ->
                            traces.failed(before, Step.INDEX, from, clock.instant(), REJECTED));
        }
        for (Unreadable each : unreadable) {
            sent.addAll(giveUp(each));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }

    private void index(
            Collection<Read> slice,
            Instant from,
            List<CompletableFuture<?>> sent,
            List<Rejected> rejected) {
        Map<DocumentId, ConsumerRecord<String, byte[]>> records = new HashMap<>();
        slice.forEach(read -> records.put(read.message().document().id(), read.record()));
        for (Outcome outcome : indexing.index(slice.stream().map(Read::message).toList())) {
            ConsumerRecord<String, byte[]> record =
                    Objects.requireNonNull(records.get(outcome.message().document().id()));
            switch (outcome) {
                case Outcome.Indexed indexed -> {
                    sent.addAll(tell(indexed.entries(), record));
                    Events.trace(record)
                            .ifPresent(before ->
                                    traces.followed(before, Step.INDEX, from, clock.instant()));
                }
                case Outcome.Overtaken _ -> {}
                case Outcome.Rejected(DocumentItems message, String reason) ->
                        rejected.add(
                                new Rejected(
                                        emptied(message), message.items().size(), reason, record));
            }
        }
    }

    private static DocumentItems emptied(DocumentItems message) {
        return new DocumentItems(
                message.revision(), message.document(), message.read(), List.of(), null);
    }

    private List<CompletableFuture<?>> tell(
            IndexEntries entries, ConsumerRecord<String, byte[]> record) {
        DocumentItems message = entries.message();
        StoredDocument document = message.document();
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (List<ItemId> ids : parts(entries.hits())) {
            sent.add(
                    events.send(
                            Topic.AGENDA_ITEMS_INDEXED,
                            document.id(),
                            message.revision(),
                            sent.size(),
                            new ItemsIndexed(message.revision(), document, ids),
                            record));
        }
        // It has its last word already: ingest-service said DELETED, or extract-service REFUSED.
        if (message.read() != null) {
            sent.add(
                    lifecycle(
                            message,
                            DocumentState.INDEXED,
                            null,
                            null,
                            entries.itemCount(),
                            record));
        }
        return sent;
    }

    /** As many at a time as fit an event; one empty part where there are none. */
    private static List<List<ItemId>> parts(List<ItemId> ids) {
        List<List<ItemId>> parts = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(ids.size(), from + IDS_OF_AN_EVENT);
            parts.add(ids.subList(from, to));
            from = to;
        } while (from < ids.size());
        return parts;
    }

    private List<CompletableFuture<?>> giveUp(Rejected rejected) {
        DocumentItems message = rejected.emptied();
        try (AboutDocument _ = AboutDocument.of(message.document().id())) {
            log.error(
                    "Elasticsearch does not take the items of document {}: {}",
                    message.document().id(),
                    rejected.reason());
        }
        return List.of(
                events.deadLetter(
                        rejected.record(), new IllegalArgumentException(rejected.reason())),
                lifecycle(
                        message,
                        DocumentState.FAILED,
                        REJECTED,
                        "The index did not take an item of the document. Look at the dead letters.",
                        rejected.items(),
                        rejected.record()));
    }

    private List<CompletableFuture<?>> giveUp(Unreadable unreadable) {
        ConsumerRecord<String, byte[]> record = unreadable.record();
        try (AboutDocument _ = AboutDocument.of(record.key())) {
            log.error(
                    "The record at {}-{} offset {} cannot be read",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    unreadable.cause());
        }
        List<CompletableFuture<?>> sent = new ArrayList<>();
        sent.add(events.deadLetter(record, unreadable.cause()));
        String key = record.key();
        if (key != null && DocumentId.isValid(key)) {
            known(new DocumentId(key))
                    .filter(document -> !document.deleted())
                    .ifPresent(document ->
                            sent.add(
                                    lifecycle(
                                            new DocumentItems(
                                                    document.revision(),
                                                    document,
                                                    null,
                                                    List.of(),
                                                    null),
                                            DocumentState.FAILED,
                                            UNREADABLE,
                                            "What was read from the document could not be handed on. Look at the dead letters.",
                                            null,
                                            record)));
        }
        return sent;
    }

    /** Empty also where the store has no more than a damaged record: the dead letter has to do. */
    private Optional<StoredDocument> known(DocumentId id) {
        try {
            return store.record(id).map(Versioned::value);
        } catch (RecordUnreadableException e) {
            log.error("Nobody is told that document {} has failed", id, e);
            return Optional.empty();
        }
    }

    private CompletableFuture<?> lifecycle(
            DocumentItems message,
            DocumentState state,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable Integer items,
            ConsumerRecord<String, byte[]> record) {
        return events.send(
                Topic.DOCUMENTS_LIFECYCLE,
                message.document().id(),
                message.revision(),
                0,
                new DocumentLifecycle(
                        message.revision(),
                        message.document(),
                        state,
                        reason,
                        detail,
                        message.read(),
                        items,
                        clock.instant()),
                record);
    }
}
