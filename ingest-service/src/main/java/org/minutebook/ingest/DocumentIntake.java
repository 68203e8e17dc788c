package org.minutebook.ingest;

import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.StoredContent;
import org.minutebook.store.DocumentStore.Versioned;
import org.springframework.stereotype.Service;

/**
 * The story of the intake: bytes into the store, then the record beside them, and only then the
 * answer. Announcing comes after and by itself: the store remembers what is still to be announced.
 */
@Service
public class DocumentIntake {

    private final DocumentStore store;
    private final IngestSettings settings;
    private final Clock clock;

    private final Turns turns;

    private final Backlog backlog;

    private final Refusals refusals;

    DocumentIntake(
            DocumentStore store,
            Turns turns,
            Backlog backlog,
            Refusals refusals,
            IngestSettings settings,
            Clock clock) {
        this.store = store;
        this.backlog = backlog;
        this.refusals = refusals;
        this.turns = turns;
        this.settings = settings;
        this.clock = clock;
    }

    /** Tells which documents were refused when they were read. */
    public interface Refusals {
        /**
         * Whether it was.
         *
         * @throws RegistryUnavailableException if nobody can tell now
         */
        boolean isRefused(DocumentId id);
    }

    /** What became of bytes that were handed in; the record is durable in either case. */
    public sealed interface Intake {
        /** The record as it is now. */
        StoredDocument document();

        /**
         * To be announced: they are new, or were deleted before, or were refused and came again
         * under a name that promises another kind of file.
         */
        record Accepted(StoredDocument document) implements Intake {}

        /**
         * The same bytes are there already; nothing is read again.
         *
         * @param metadataDiffers whether other metadata was given than is kept
         */
        record Known(StoredDocument document, boolean metadataDiffers) implements Intake {}
    }

    /**
     * What is said of a document when it is handed in.
     *
     * @param name file name, null where it has none
     * @param given metadata given with it
     * @param batch id of the batch it belongs to, or null
     * @param replaces the document that it corrects, or null
     */
    public record Said(
            @Nullable String name,
            Metadata given,
            @Nullable String batch,
            @Nullable DocumentId replaces) {}

    /**
     * Keeps a document's bytes; the first half of taking it in.
     *
     * @param bytes read to the end, not closed
     * @throws NoRoomException if the disk is below the reserve
     * @throws EmptyDocumentException if there are no bytes
     * @throws org.minutebook.store.ContentTooLargeException past the limit
     */
    public StoredContent keep(InputStream bytes) {
        requireRoom();
        StoredContent content = store.put(bytes, settings.maxSize().toBytes());
        if (content.size() == 0) {
            store.delete(content.hash());
            throw new EmptyDocumentException();
        }
        return content;
    }

    /**
     * Refuses while more waits for the broker than the limit. The store is asked at most once a
     * second, and only while announcing fails.
     *
     * @throws TooMuchWaitingException if it does
     */
    public void requireFewWaiting() {
        if (backlog.isOver(settings.mostWaiting())) {
            throw new TooMuchWaitingException(settings.mostWaiting());
        }
    }

    /**
     * Refuses while the disk is below the reserve.
     *
     * @throws NoRoomException if it is
     */
    public void requireRoom() {
        if (store.usableSpace() < settings.diskReserve().toBytes()) {
            throw new NoRoomException();
        }
    }

    /** Takes kept bytes away again, unless they are a document's. */
    public void forget(StoredContent content) {
        DocumentId id = DocumentId.of(content.hash());
        synchronized (turns.of(id)) {
            if (content.created() && store.record(id).filter(r -> !r.value().deleted()).isEmpty()) {
                store.delete(content.hash());
            }
        }
    }

    /**
     * Writes the record of bytes that were kept; the second half of taking a document in.
     *
     * @throws DeletedMeanwhileException if the bytes are there no more
     */
    public Intake record(StoredContent content, Said said) {
        DocumentId id = DocumentId.of(content.hash());
        synchronized (turns.of(id)) {
            // Repeats only when another instance wrote the same document's record in between.
            while (true) {
                Optional<Versioned<StoredDocument>> present = store.record(id);
                if (present.isPresent() && !present.get().value().deleted()) {
                    StoredDocument known = present.get().value();
                    Metadata given = said.given().orElse(known.given());
                    if (!putsRight(known, said.name())) {
                        return new Intake.Known(known, !given.equals(known.given()));
                    }
                    StoredDocument renamed =
                            new StoredDocument(
                                    id,
                                    known.sha256(),
                                    known.size(),
                                    known.revision().next(clock),
                                    given,
                                    with(known.names(), said.name()),
                                    with(known.batches(), said.batch()),
                                    known.uploadedAt(),
                                    known.replaces(),
                                    false,
                                    known.hidden());
                    if (store.putRecord(renamed, present.get().version()).isPresent()) {
                        return new Intake.Accepted(renamed);
                    }
                    continue;
                }
                // Also without a record: who handed the same bytes in first may have broken off.
                if (!store.holds(content.hash())) {
                    throw new DeletedMeanwhileException();
                }
                StoredDocument document =
                        new StoredDocument(
                                id,
                                content.hash(),
                                content.size(),
                                present.map(p -> p.value().revision().next(clock))
                                        .orElseGet(() -> Revision.first(clock)),
                                said.given(),
                                present.map(p -> with(p.value().names(), said.name()))
                                        .orElseGet(() -> with(List.of(), said.name())),
                                present.map(p -> with(p.value().batches(), said.batch()))
                                        .orElseGet(() -> with(List.of(), said.batch())),
                                clock.instant(),
                                said.replaces(),
                                false,
                                Set.of());
                String version = present.map(Versioned::version).orElse(Versioned.ABSENT);
                if (store.putRecord(document, version).isPresent()) {
                    return new Intake.Accepted(document);
                }
            }
        }
    }

    /**
     * Whether a name can put right that a document was refused: its ending is another one than
     * those it had. Where nobody can tell whether it was refused, it is known like any other.
     */
    private boolean putsRight(StoredDocument known, @Nullable String name) {
        if (name == null
                || known.names().stream()
                        .map(DocumentIntake::ending)
                        .anyMatch(ending(name)::equals)) {
            return false;
        }
        try {
            return refusals.isRefused(known.id());
        } catch (RegistryUnavailableException e) {
            return false;
        }
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static List<String> with(List<String> list, @Nullable String more) {
        if (more == null || list.contains(more)) {
            return list;
        }
        List<String> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }

    /** There is no room left above the reserve. */
    public static final class NoRoomException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** With the broker away, as many documents wait as are allowed to. */
    public static final class TooMuchWaitingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int limit;

        TooMuchWaitingException(int limit) {
            this.limit = limit;
        }

        public int limit() {
            return limit;
        }
    }

    /**
     * The same bytes were taken away while they came in: their document was deleted, or another
     * sender of them broke off.
     */
    public static final class DeletedMeanwhileException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A document of no bytes. */
    public static final class EmptyDocumentException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
