package org.minutebook.extract.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.DocumentUploaded;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.ReaderAwayException;
import org.minutebook.extract.workers.Workers;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.LocalCopy;
import org.minutebook.store.RecordUnreadableException;
import org.minutebook.store.StoreFullException;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lane of uploaded documents: each becomes one record of agenda items and one lifecycle event,
 * or a refusal, or waits for OCR.
 *
 * <p>This lane alone writes {@code agenda-items}, in the order of {@code documents.uploaded}: so
 * the last record of a document is the newest, which compaction and reindexing rely on. The OCR
 * lane sends a document back here once its pages are read.
 */
@Component
class UploadedDocuments implements Work {

    /** Largest message that goes through Kafka, in bytes; the broker's limit is 1 MiB. */
    private static final int LARGEST_MESSAGE = 900_000;

    private final DocumentStore store;
    private final Workers workers;
    private final Events events;
    private final Announcements announcements;
    private final JsonMapper json;
    private final Counter pages;
    private final Counter items;

    UploadedDocuments(
            DocumentStore store,
            Workers workers,
            Events events,
            Announcements announcements,
            JsonMapper json,
            MeterRegistry meters) {
        this.store = store;
        this.workers = workers;
        this.events = events;
        this.announcements = announcements;
        this.json = json;
        pages =
                Counter.builder("minutebook.extract.pages")
                        .description("Pages that were read")
                        .register(meters);
        items =
                Counter.builder("minutebook.extract.items")
                        .description("Agenda items that documents were cut into")
                        .register(meters);
    }

    @Override
    public Outcome on(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Outcome.Done.SILENTLY; // nothing of ours leaves a tombstone here
        }
        StoredDocument announced;
        try {
            announced = events.read(Topic.DOCUMENTS_UPLOADED, record).document();
        } catch (RuntimeException e) {
            return announcements.givenUp(record, e);
        }
        try {
            return new About(announced, record).outcome();
        } catch (StoreUnavailableException | StoreFullException | ReaderAwayException e) {
            return new Outcome.Retried(e);
        } catch (RecordUnreadableException e) {
            return announcements.damaged(announced, record, e);
        } catch (RuntimeException e) {
            return announcements.givenUp(record, e);
        }
    }

    /** One announcement of one document. */
    private final class About {

        private final StoredDocument document;
        private final ConsumerRecord<String, byte[]> record;

        About(StoredDocument document, ConsumerRecord<String, byte[]> record) {
            this.document = document;
            this.record = record;
        }

        Outcome outcome() {
            if (announcements.isOutOfDate(document)) {
                return Outcome.Done.SILENTLY;
            }
            if (document.deleted()) {
                return deleted();
            }
            Optional<LocalCopy> copy = store.local(document.sha256());
            if (copy.isEmpty()) {
                if (announcements.isOutOfDate(document)) {
                    return Outcome.Done.SILENTLY; // deleted this very moment
                }
                throw new IllegalStateException(
                        "the bytes of document %s are not in the store, its record is"
                                .formatted(document.id()));
            }
            Extraction extraction;
            try (LocalCopy file = copy.get()) {
                extraction =
                        workers.read(
                                document.id(),
                                document.name(),
                                file.path(),
                                new KeptPages(store, json, document));
            } catch (RuntimeException e) {
                if (announcements.isOutOfDate(document)) {
                    return Outcome.Done.SILENTLY; // its bytes were deleted under our eyes
                }
                throw e;
            }
            if (announcements.isOutOfDate(document)) {
                return Outcome.Done.SILENTLY; // what follows it in the lane says more
            }
            return switch (extraction) {
                case Extraction.Extracted(ReadDocument read, List<AgendaItem> items) ->
                        extracted(read, items);
                case Extraction.OcrNeeded needed -> waitsForOcr(needed);
                case Extraction.Refused(RefusalReason reason, String detail) ->
                        refused(reason, detail);
            };
        }

        private Outcome extracted(ReadDocument read, List<AgendaItem> items) {
            byte[] whole =
                    events.json(
                            new DocumentItems(document.revision(), document, read, items, null));
            byte[] message = whole;
            if (whole.length > LARGEST_MESSAGE) {
                String key = DerivedKeys.items(document);
                message =
                        events.json(
                                new DocumentItems(
                                        document.revision(), document, read, List.of(), key));
                if (message.length > LARGEST_MESSAGE) {
                    return refused(
                            RefusalReason.TOO_DEMANDING,
                            "What the document says of itself takes more than %d kB."
                                    .formatted(LARGEST_MESSAGE / 1000));
                }
                store.putDerived(key, whole);
            }
            pages.increment(read.pagesRead());
            UploadedDocuments.this.items.increment(items.size());
            return new Outcome.Done(
                    List.of(
                            events.about(document, "items", Topic.AGENDA_ITEMS, message, record),
                            lifecycle(DocumentState.EXTRACTED, null, null, read, items.size())));
        }

        /**
         * What an earlier revision had in the index goes, too: an item that was hidden since, or
         * data that were corrected, would stay there else.
         */
        private Outcome refused(RefusalReason reason, String detail) {
            return new Outcome.Done(
                    List.of(
                            nothing("refused"),
                            lifecycle(DocumentState.REFUSED, reason.name(), detail, null, null)));
        }

        private Outcome waitsForOcr(Extraction.OcrNeeded needed) {
            ProducerRecord<String, byte[]> scanned =
                    events.about(
                            document,
                            "scanned",
                            Topic.DOCUMENTS_SCANNED,
                            new DocumentUploaded(document),
                            record);
            Events.comesFrom(record.partition(), scanned);
            return new Outcome.Done(
                    List.of(
                            scanned,
                            lifecycle(
                                    DocumentState.OCR_QUEUED,
                                    null,
                                    "%d of %d pages wait for OCR."
                                            .formatted(
                                                    needed.pages().size(), needed.pagesPrinted()),
                                    null,
                                    null)));
        }

        /** Everything that was made from the document goes, here and downstream. */
        private Outcome deleted() {
            DerivedKeys.allOf(document.id()).forEach(store::deleteDerived);
            List<ProducerRecord<String, byte[]>> sent = new ArrayList<>();
            sent.add(nothing("deleted"));
            sent.add(
                    new ProducerRecord<>(
                            Topic.DOCUMENTS_SCANNED.name(), document.id().value(), null));
            return new Outcome.Done(sent);
        }

        private ProducerRecord<String, byte[]> nothing(String why) {
            return events.about(
                    document,
                    why,
                    Topic.AGENDA_ITEMS,
                    new DocumentItems(document.revision(), document, null, List.of(), null),
                    record);
        }

        private ProducerRecord<String, byte[]> lifecycle(
                DocumentState state,
                @Nullable String reason,
                @Nullable String detail,
                @Nullable ReadDocument read,
                @Nullable Integer items) {
            return announcements.reached(state, document, reason, detail, read, items, record);
        }
    }
}
