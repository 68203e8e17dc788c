package org.minutebook.extract.kafka;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.minutebook.contracts.DocumentUploaded;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.ReaderAwayException;
import org.minutebook.extract.ocr.OcrAbsentException;
import org.minutebook.extract.ocr.ScanReader;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.workers.Workers;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.LocalCopy;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.RecordUnreadableException;
import org.minutebook.store.StoreFullException;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The slow lane, of documents with scanned pages: the pages are read by OCR and kept in the store
 * one by one, so that whoever tries again goes on after the last one. Then the document goes back
 * to the lane of uploaded documents, which finds the pages there, and its entry here is tombstoned;
 * both in one transaction with the offset.
 *
 * <p>Where there is no Tesseract, that counts as something being away: the lane waits and looks
 * again, and nothing is lost.
 */
@Component
class ScannedDocuments implements Work {

    private final DocumentStore store;
    private final Workers workers;
    private final ScanReader scans;
    private final Events events;
    private final Announcements announcements;
    private final JsonMapper json;

    ScannedDocuments(
            DocumentStore store,
            Workers workers,
            ScanReader scans,
            Events events,
            Announcements announcements,
            JsonMapper json) {
        this.store = store;
        this.workers = workers;
        this.scans = scans;
        this.events = events;
        this.announcements = announcements;
        this.json = json;
    }

    @Override
    public Outcome on(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Outcome.Done.SILENTLY; // done with
        }
        StoredDocument document;
        try {
            document = events.read(Topic.DOCUMENTS_SCANNED, record).document();
        } catch (RuntimeException e) {
            return announcements.givenUp(record, e);
        }
        try {
            return isOvertaken(document) ? Outcome.Done.SILENTLY : readPages(document, record);
        } catch (StoreUnavailableException
                | StoreFullException
                | OcrAbsentException
                | ReaderAwayException e) {
            return new Outcome.Retried(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Retried(e);
        } catch (RecordUnreadableException e) {
            return announcements.damaged(document, record, e);
        } catch (RuntimeException e) {
            return announcements.givenUp(record, e);
        }
    }

    /**
     * Whether the document has a newer revision by now. Where that is its deletion, pages that were
     * kept while it happened go, too.
     */
    private boolean isOvertaken(StoredDocument document) {
        if (!announcements.isOutOfDate(document)) {
            return false;
        }
        if (store.record(document.id()).map(Versioned::value).orElseThrow().deleted()) {
            DerivedKeys.allOf(document.id()).forEach(store::deleteDerived);
        }
        return true;
    }

    private Outcome readPages(StoredDocument document, ConsumerRecord<String, byte[]> record)
            throws InterruptedException {
        scans.require();
        KeptPages kept = new KeptPages(store, json, document);
        Optional<LocalCopy> copy = store.local(document.sha256());
        // Without its bytes it was deleted this very moment; the other lane sees to that.
        if (copy.isPresent()) {
            try (LocalCopy file = copy.get()) {
                if (workers.read(document.id(), document.name(), file.path(), kept)
                        instanceof Extraction.OcrNeeded(List<Integer> pages, int _)) {
                    scans.read(file.path(), pages, page -> keep(page, document, kept));
                }
            } catch (RuntimeException e) {
                if (isOvertaken(document)) {
                    return Outcome.Done.SILENTLY; // its bytes were deleted under our eyes
                }
                throw e;
            }
        }
        return new Outcome.Done(
                List.of(
                        Events.backTo(
                                record,
                                events.about(
                                        document,
                                        "scans-read",
                                        Topic.DOCUMENTS_UPLOADED,
                                        new DocumentUploaded(document),
                                        record)),
                        new ProducerRecord<>(
                                Topic.DOCUMENTS_SCANNED.name(), document.id().value(), null)));
    }

    private void keep(Page page, StoredDocument document, KeptPages kept) {
        kept.keep(page);
        // Asked after keeping, so that no page of a deleted document stays.
        if (isOvertaken(document)) {
            throw new OvertakenException();
        }
    }

    /** The document has a newer revision: there is no point in reading on. */
    private static final class OvertakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
