package org.minutebook.index.reindexing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 * is thrown away by the next one.
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
        FAILED
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
    }

    /** The last reindexing of this instance, also while it is under way. */
    public Status status() {
        return status.get();
    }

    /** Starts one in the background, unless one is under way here. */
    public Status start() {
        Status before = status.get();
        Status started = new Status(State.RUNNING, 0, null, clock.instant(), null, null);
        if (before.state() != State.RUNNING && status.compareAndSet(before, started)) {
            Thread.ofVirtual().name("reindexing").start(this::run);
        }
        return status.get();
    }

    /** Starts one by itself where the index has the mapping of another version of this program. */
    @Scheduled(initialDelay = 1, fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void replaceOutdated() {
        try {
            if (index.current().filter(name -> !ItemIndex.hasOurMapping(name)).isPresent()) {
                log.info(
                        "The index has another mapping than version {}",
                        IndexEntry.MAPPING_VERSION);
                start();
            }
        } catch (IndexAwayException e) {
            log.debug("The next round will look again", e);
        }
    }

    private void run() {
        try {
            fillAndSwitch();
            end(State.DONE, null);
        } catch (RetryException | RuntimeException e) {
            log.error("The index was not replaced", e);
            end(State.FAILED, String.valueOf(e.getMessage()));
        } catch (Error e) {
            // Else it would look as if it still ran, and no other one could start.
            end(State.FAILED, e.toString());
            throw e;
        }
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
            List<String> unused = retrying.execute(() -> index.switchTo(name));
            items.catchUp(batch -> write(name, IndexEntry.ALIAS, batch));
            retrying.execute(() -> {
                index.delete(unused);
                return null;
            });
        }
        log.info(
                "The index {} is in use, {} documents were written",
                name,
                status.get().documents());
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
        status.updateAndGet(now ->
                new Status(
                        state,
                        now.documents(),
                        now.index(),
                        now.startedAt(),
                        clock.instant(),
                        failure));
    }
}
