package org.minutebook.index.reindexing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.index.DocumentIndexing;
import org.minutebook.index.Outcome;
import org.minutebook.index.elasticsearch.IndexAwayException;
import org.minutebook.index.elasticsearch.IndexSettings;
import org.minutebook.index.elasticsearch.ItemIndex;
import org.minutebook.index.kafka.ItemsReplay;
import org.minutebook.index.kafka.ItemsReplay.Replay;
import org.minutebook.store.StoreUnavailableException;
import org.minutebook.traces.AboutDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Fills a new item index from the topic and puts it in the place of the old one, while searches go
 * on and documents come in. Nobody is told INDEXED again, so no alert is sent twice.
 *
 * <p>Nothing is lost on the way: whatever the listener wrote into the old index lies in the topic
 * before its end at the time of the switch, and the replay goes on after the switch up to that end.
 * Until then, a second at most, a document of the last moments may be missing in searches.
 *
 * <p>Where it fails on the way, the alias stays on the index that it is on; what was filled so far
 * is thrown away by the next one. Where it fails after the switch, or its process dies, the new
 * index is marked as unfinished: whichever instance sees the mark reads the topic into it once
 * more, and then takes the mark away.
 */
@Service
public class Reindexing {

    private static final Logger log = LoggerFactory.getLogger(Reindexing.class);

    private final ItemIndex index;
    private final DocumentIndexing indexing;
    private final ItemsReplay replay;
    private final Clock clock;
    private final RetryTemplate retrying;
    private final AtomicReference<Status> status =
            new AtomicReference<>(new Status(State.IDLE, 0, null, null, null, null));

    /** How the one under way ends if it fails now. */
    private volatile State whenItFails = State.FAILED;

    Reindexing(
            ItemIndex index,
            DocumentIndexing indexing,
            ItemsReplay replay,
            IndexSettings settings,
            Clock clock) {
        this.index = index;
        this.indexing = indexing;
        this.replay = replay;
        this.clock = clock;
        this.retrying =
                new RetryTemplate(
                        RetryPolicy.builder()
                                .includes(IndexAwayException.class, StoreUnavailableException.class)
                                .delay(Duration.ofMillis(500))
                                .multiplier(2)
                                .maxDelay(Duration.ofSeconds(30))
                                .maxRetries(Long.MAX_VALUE)
                                .timeout(settings.reindexPatience())
                                .build());
    }

    /** Where a reindexing stands. */
    public enum State {
        /** None since the start of this instance. */
        IDLE,
        /** Under way. */
        RUNNING,
        /** The new index is in use. */
        DONE,
        /** The old index is still in use; it can be started again. */
        FAILED,
        /**
         * It failed while the new index took the old one's place: documents of the last moments may
         * be missing in searches. That is looked at every half minute, and put right without
         * anybody's doing.
         */
        INCOMPLETE
    }

    /**
     * The last reindexing of this instance.
     *
     * @param state where it stands
     * @param documents documents written so far
     * @param index name of the new index; null until it is made
     * @param startedAt when it began; null where there was none
     * @param endedAt when it ended; null before
     * @param failure why it failed; null where it did not
     */
    public record Status(
            State state,
            long documents,
            @Nullable String index,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String failure) {

        private Status with(long more, String name) {
            return new Status(state, documents + more, name, startedAt, endedAt, failure);
        }

        private Status ended(State in, Instant at, @Nullable String why) {
            return new Status(in, documents, index, startedAt, at, why);
        }
    }

    /** The last reindexing of this instance, also while it is under way. */
    public Status status() {
        return status.get();
    }

    /** Starts one in the background, unless one is under way here. */
    public Status start() {
        return start(this::fillAndSwitch);
    }

    private interface Work {
        void run() throws RetryException;
    }

    private Status start(Work work) {
        Status before = status.get();
        Status started = new Status(State.RUNNING, 0, null, clock.instant(), null, null);
        if (before.state() != State.RUNNING && status.compareAndSet(before, started)) {
            Thread.ofVirtual().name("reindexing").start(() -> run(work));
        }
        return status.get();
    }

    /**
     * Starts one by itself where the index has the mapping of another version of this program, and
     * completes an index that was left unfinished. Another instance may be about to do so, too,
     * which is harmless.
     */
    @Scheduled(initialDelay = 1, fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void putRight() {
        if (status.get().state() == State.RUNNING) {
            return;
        }
        try {
            Optional<String> current = index.current();
            if (current.filter(name -> !ItemIndex.hasOurMapping(name)).isPresent()) {
                log.info(
                        "The index has another mapping than version {}",
                        IndexEntry.MAPPING_VERSION);
                start();
                return;
            }
            index.unfinished()
                    .ifPresentOrElse(name -> start(() -> complete(name)), () -> settle(current));
        } catch (IndexAwayException e) {
            log.debug("The next round will look again", e);
        }
    }

    /** Nothing is missing: either another instance completed it, or the alias was never moved. */
    private void settle(Optional<String> current) {
        Status before = status.get();
        if (before.state() != State.INCOMPLETE) {
            return;
        }
        Status after =
                current.equals(Optional.ofNullable(before.index()))
                        ? before.ended(State.DONE, clock.instant(), null)
                        : before.ended(
                                State.FAILED,
                                clock.instant(),
                                "The index in use is %s, and complete. To replace it start again."
                                        .formatted(current.orElse("none")));
        status.compareAndSet(before, after); // else somebody has started one
    }

    private void run(Work work) {
        whenItFails = State.FAILED;
        try {
            work.run();
            end(State.DONE, null);
        } catch (RetryException | RuntimeException e) {
            log.error("The index was not replaced, or is incomplete", e);
            fail(String.valueOf(e.getMessage()));
        } catch (Error e) {
            // Else it would look as if it still ran, and no other one could start.
            fail(e.toString());
            throw e;
        }
    }

    private void fail(String cause) {
        end(
                whenItFails,
                whenItFails == State.INCOMPLETE
                        ? "The new index may be in use without the documents of the last moments. It is looked at every half minute, and filled again by itself: "
                                + cause
                        : cause);
    }

    private void fillAndSwitch() throws RetryException {
        String name = retrying.execute(index::beginNext);
        status.updateAndGet(now -> now.with(0, name));
        log.info("Filling the index {}", name);
        try (Replay items = replay.start()) {
            // Twice: while the first pass ran, more came in. What comes during the second, much
            // shorter one, is read after the switch.
            items.catchUp(batch -> write(name, ItemIndex.next(), batch));
            items.catchUp(batch -> write(name, ItemIndex.next(), batch));
            whenItFails = State.INCOMPLETE; // before: its answer may be lost
            retrying.execute(() -> {
                index.switchTo(name);
                return null;
            });
            finish(name, items);
        }
    }

    /** All of the topic once more: who left the index unfinished did not say how far it came. */
    private void complete(String name) throws RetryException {
        whenItFails = State.INCOMPLETE;
        status.updateAndGet(now -> now.with(0, name));
        log.warn("The index {} is in use but incomplete; it is filled again", name);
        try (Replay items = replay.start()) {
            finish(name, items);
        }
    }

    /** Brings into the index in use what the replay has not read yet, and clears up. */
    private void finish(String name, Replay items) throws RetryException {
        items.catchUp(batch -> write(name, IndexEntry.ALIAS, batch));
        retrying.execute(() -> {
            index.finished(name);
            return null;
        });
        log.info(
                "The index {} is in use, {} documents were written",
                name,
                status.get().documents());
        try {
            retrying.execute(() -> {
                index.deleteUnused();
                return null;
            });
        } catch (RetryException e) {
            log.warn("What is not used any more is left to the next reindexing to delete", e);
        }
    }

    private void write(String name, String target, List<DocumentItems> batch) {
        try {
            List<Outcome> outcomes = retrying.execute(() -> indexing.indexInto(target, batch));
            for (Outcome outcome : outcomes) {
                if (outcome instanceof Outcome.Rejected(DocumentItems message, String reason)) {
                    try (AboutDocument _ = AboutDocument.of(message.document().id())) {
                        log.error(
                                "Document {} is not in the new index: {}",
                                message.document().id(),
                                reason);
                    }
                }
            }
            status.updateAndGet(now -> now.with(outcomes.size(), name));
        } catch (RetryException e) {
            throw new IndexAwayException("The new index cannot be filled", e);
        }
    }

    private void end(State state, @Nullable String failure) {
        status.updateAndGet(now -> now.ended(state, clock.instant(), failure));
    }
}
