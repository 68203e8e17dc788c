package org.minutebook.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.RecordUnreadableException;
import org.minutebook.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.kafka.KafkaException;
import org.springframework.stereotype.Service;

/**
 * Fills everything anew from the store alone: says of each document again what was said when it
 * came to its present revision, also of the deleted ones. Into an empty broker and an empty index
 * that brings back what was there; into full ones it changes nothing, since revisions are the same.
 *
 * <p>Documents whose record in the store is damaged are passed over, and named at the end.
 *
 * <p>What is said again is no news: nobody is alerted, see {@link
 * org.minutebook.contracts.CloudEventHeaders#REBUILT}.
 */
@Service
public class Rebuilding {

    private static final Logger log = LoggerFactory.getLogger(Rebuilding.class);

    /** Announcements under way at once; a bound on memory. */
    private static final int ROUND = 500;

    /** Documents with a damaged record that a sentence names; the log names all. */
    private static final int MOST_NAMED = 20;

    /** Tries of one round: with pauses that grow to 30 s, about ten minutes. */
    private static final RetryPolicy RETRIES =
            RetryPolicy.builder()
                    .includes(
                            CompletionException.class,
                            KafkaException.class,
                            org.apache.kafka.common.KafkaException.class,
                            StoreUnavailableException.class)
                    .delay(Duration.ofMillis(500))
                    .multiplier(2)
                    .maxDelay(Duration.ofSeconds(30))
                    .maxRetries(25)
                    .build();

    private final DocumentStore store;
    private final Turns turns;
    private final Announcements announcements;
    private final Clock clock;
    private final RetryTemplate retrying = new RetryTemplate(RETRIES);
    private final AtomicReference<Status> status =
            new AtomicReference<>(new Status(State.IDLE, 0, null, null, null));

    Rebuilding(DocumentStore store, Turns turns, Announcements announcements, Clock clock) {
        this.store = store;
        this.turns = turns;
        this.announcements = announcements;
        this.clock = clock;
    }

    /** Tells the other services of documents. */
    public interface Announcements {
        /**
         * Says again at which revision a document is.
         *
         * @return completes when the broker has it
         */
        CompletableFuture<?> sayAgain(StoredDocument document);
    }

    /** Where it stands. */
    public enum State {
        /** None since the start of this instance. */
        IDLE,
        /** Under way. */
        RUNNING,
        /** Every document was announced; the other services do the rest. */
        DONE,
        /** Broken off; it can be started again. */
        FAILED
    }

    /**
     * The last one of this instance.
     *
     * @param state where it stands
     * @param documents documents announced so far, deleted ones too
     * @param startedAt when it began; null where there was none
     * @param endedAt when it ended; null before
     * @param failure why it failed; null where it did not
     */
    public record Status(
            State state,
            int documents,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String failure) {}

    /** The last one of this instance, also while it is under way. */
    public Status status() {
        return status.get();
    }

    /** Starts one in the background, unless one is under way here. */
    public Status start() {
        Status before = status.get();
        Status started = new Status(State.RUNNING, 0, clock.instant(), null, null);
        if (before.state() != State.RUNNING && status.compareAndSet(before, started)) {
            Thread.ofVirtual().name("rebuilding").start(this::run);
        }
        return status.get();
    }

    private void run() {
        try {
            sayAll();
            end(State.DONE, null);
            log.info("All {} documents of the store were announced", status.get().documents());
        } catch (RetryException | RuntimeException e) {
            log.error("Not all documents of the store were announced", e);
            end(State.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private void sayAll() throws RetryException {
        List<DocumentId> round = new ArrayList<>(ROUND);
        Set<DocumentId> damaged = new TreeSet<>(Comparator.comparing(DocumentId::value));
        try (Stream<DocumentId> all = store.records()) {
            for (DocumentId id : (Iterable<DocumentId>) all::iterator) {
                round.add(id);
                if (round.size() == ROUND) {
                    say(round, damaged);
                    round.clear();
                }
            }
        }
        say(round, damaged);
        if (!damaged.isEmpty()) {
            throw new DamagedRecordsException(damaged);
        }
    }

    private static final class DamagedRecordsException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DamagedRecordsException(Set<DocumentId> documents) {
            super(
                    "All documents were announced but %d, whose records in the store are damaged and have to be brought back from a copy: %s"
                            .formatted(
                                    documents.size(),
                                    documents.stream()
                                            .limit(MOST_NAMED)
                                            .map(DocumentId::value)
                                            .collect(Collectors.joining(", "))));
        }
    }

    private void say(List<DocumentId> round, Set<DocumentId> damaged) throws RetryException {
        int said =
                retrying.execute(() -> {
                    List<CompletableFuture<?>> sent = new ArrayList<>();
                    try {
                        for (DocumentId id : round) {
                            try {
                                sayAgain(id).ifPresent(sent::add);
                            } catch (RecordUnreadableException e) {
                                log.error("Passed over", e);
                                damaged.add(id);
                            }
                        }
                    } finally {
                        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
                    }
                    return sent.size();
                });
        status.updateAndGet(now ->
                new Status(
                        now.state(),
                        now.documents() + said,
                        now.startedAt(),
                        now.endedAt(),
                        now.failure()));
    }

    /** In the document's turn, so that a change made this moment is announced after it. */
    private Optional<CompletableFuture<?>> sayAgain(DocumentId id) {
        synchronized (turns.of(id)) {
            return store.record(id).map(Versioned::value).map(announcements::sayAgain);
        }
    }

    private void end(State state, @Nullable String failure) {
        status.updateAndGet(now ->
                new Status(state, now.documents(), now.startedAt(), clock.instant(), failure));
    }
}
