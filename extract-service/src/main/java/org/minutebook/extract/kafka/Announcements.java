package org.minutebook.extract.kafka;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.RecordUnreadableException;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.stereotype.Component;

/** What both lanes say and ask about a document that was announced. */
@Component
class Announcements {

    private final DocumentStore store;
    private final Events events;
    private final Clock clock;

    Announcements(DocumentStore store, Events events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Whether the document has a newer revision by now, whose own announcement comes later.
     *
     * @throws IllegalStateException if the store does not know the document
     */
    boolean isOutOfDate(StoredDocument announced) {
        StoredDocument current =
                store.record(announced.id())
                        .map(Versioned::value)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "document %s is not in the store"
                                                .formatted(announced.id())));
        return announced.revision().isOlderThan(current.revision());
    }

    /** Says that a document reached a state. */
    ProducerRecord<String, byte[]> reached(
            DocumentState state,
            StoredDocument document,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable ReadDocument read,
            @Nullable Integer items,
            ConsumerRecord<String, byte[]> cause) {
        return events.about(
                document,
                state.name(),
                Topic.DOCUMENTS_LIFECYCLE,
                new DocumentLifecycle(
                        document.revision(),
                        document,
                        state,
                        reason,
                        detail,
                        read,
                        items,
                        clock.instant()),
                cause);
    }

    /**
     * A dead letter, with a lifecycle event unless the record names no document that there is, or
     * one whose record in the store is damaged.
     */
    Outcome givenUp(ConsumerRecord<String, byte[]> record, RuntimeException cause) {
        if (record.key() == null || !DocumentId.isValid(record.key())) {
            return new Outcome.DeadLettered(cause, List.of());
        }
        Optional<StoredDocument> present;
        try {
            present = store.record(new DocumentId(record.key())).map(Versioned::value);
        } catch (StoreUnavailableException e) {
            return new Outcome.Retried(e);
        } catch (RecordUnreadableException e) {
            present = Optional.empty();
        }
        return new Outcome.DeadLettered(
                cause,
                present.stream()
                        .map(document ->
                                failed(
                                        document,
                                        cause,
                                        "Reading the document failed for a reason that is ours. It is kept among the dead letters and can be replayed.",
                                        record))
                        .toList());
    }

    /** A dead letter about a document whose record in the store is damaged. */
    Outcome damaged(
            StoredDocument announced,
            ConsumerRecord<String, byte[]> record,
            RecordUnreadableException cause) {
        return new Outcome.DeadLettered(
                cause,
                List.of(
                        failed(
                                announced,
                                cause,
                                "The record of the document in the store is damaged. Bring it back from a copy, then replay the dead letter.",
                                record)));
    }

    private ProducerRecord<String, byte[]> failed(
            StoredDocument document,
            RuntimeException cause,
            String detail,
            ConsumerRecord<String, byte[]> record) {
        return reached(
                DocumentState.FAILED,
                document,
                cause.getClass().getSimpleName(),
                detail,
                null,
                null,
                record);
    }
}
