package org.minutebook.ingest.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentState;
import org.minutebook.ingest.Batch;
import org.minutebook.ingest.BatchEntry;
import org.minutebook.ingest.Batches;
import org.minutebook.ingest.RegistryEntry;
import org.minutebook.ingest.RegistryUnavailableException;
import org.minutebook.ingest.elasticsearch.BatchEntries;
import org.minutebook.ingest.elasticsearch.DocumentRegistry;
import org.minutebook.ingest.web.Problems.BadRequestException;
import org.minutebook.ingest.web.Problems.NotThereException;
import org.minutebook.store.StoreUnavailableException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** {@code /api/v1/batches}: begin a batch, and see how far it has come. */
@RestController
@RequestMapping("/api/v1/batches")
class BatchesController {

    private static final int LARGEST_PAGE = 1000;
    private static final int LONGEST_NAME = 200;
    private static final Duration LIVE_PERIOD = Duration.ofSeconds(1);

    /** A page that is looked at for longer asks again by itself. */
    private static final Duration LONGEST_LIVE = Duration.ofHours(1);

    private final Batches batches;
    private final BatchEntries entries;
    private final DocumentRegistry registry;
    private final ItemLinks itemLinks;

    BatchesController(
            Batches batches, BatchEntries entries, DocumentRegistry registry, ItemLinks itemLinks) {
        this.batches = batches;
        this.entries = entries;
        this.registry = registry;
        this.itemLinks = itemLinks;
    }

    /**
     * What a new batch is called.
     *
     * @param name for people; may be absent
     * @param files how many files are expected; may be absent. A few are not put behind a bulk
     *     import; before all have come the batch is not finished
     * @param alerts {@code off} where nobody is to be alerted about its documents
     */
    record BatchWish(@Nullable String name, @Nullable Integer files, @Nullable String alerts) {}

    /**
     * How far a batch has come.
     *
     * @param id names it
     * @param name for people
     * @param createdAt when it was begun
     * @param expected files that are expected; null where nobody said
     * @param files files that were handed in
     * @param accepted new documents among them
     * @param known documents that were there before
     * @param refused files that were not taken in
     * @param states how many of the new documents are in each state
     * @param finished whether all expected files came and nothing more happens to any by itself
     * @param documentsPerMinute how many came to their end in the last minute
     * @param secondsLeft estimate until all have; null where nothing moves
     */
    record Progress(
            String id,
            @Nullable String name,
            @Nullable Instant createdAt,
            @Nullable Integer expected,
            long files,
            long accepted,
            long known,
            long refused,
            Map<DocumentState, Long> states,
            boolean finished,
            long documentsPerMinute,
            @Nullable Long secondsLeft) {}

    /**
     * What became of a file.
     *
     * @param file its name
     * @param outcome whether it was taken in
     * @param id its document; null where it was refused
     * @param state how far the document has come; null where it was refused
     * @param reason code of the reason where it, or its document, was refused or failed
     * @param detail a sentence for a person
     * @param items agenda items found; null before
     * @param itemsAddress where they can be looked at; null where they cannot
     */
    record FileState(
            String file,
            BatchEntry.Outcome outcome,
            @Nullable DocumentId id,
            @Nullable DocumentState state,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable Integer items,
            @Nullable String itemsAddress) {}

    /**
     * A batch with a page of its files.
     *
     * @param batch how far it has come
     * @param entries a page of its files, by name
     * @param nextCursor asks for the next page; null on the last one
     */
    record BatchAnswer(
            @JsonUnwrapped Progress batch, List<FileState> entries, @Nullable String nextCursor) {}

    @PostMapping
    ResponseEntity<Batch> begin(@RequestBody(required = false) @Nullable BatchWish wish) {
        String name = wish == null || wish.name() == null ? null : wish.name().strip();
        if (name != null && name.length() > LONGEST_NAME) {
            throw new BadRequestException(
                    "name of %d characters, expected at most %d"
                            .formatted(name.length(), LONGEST_NAME));
        }
        if (wish != null && wish.files() != null && wish.files() < 0) {
            throw new BadRequestException("files %d, expected 0 or more".formatted(wish.files()));
        }
        String alerts = wish == null || wish.alerts() == null ? "on" : wish.alerts().strip();
        if (!alerts.equals("on") && !alerts.equals("off")) {
            throw new BadRequestException("alerts '" + alerts + "', expected on or off");
        }
        Batch batch =
                batches.begin(
                        name == null || name.isEmpty() ? null : name,
                        wish == null ? null : wish.files(),
                        alerts.equals("off"));
        return ResponseEntity.created(URI.create("/api/v1/batches/" + batch.id())).body(batch);
    }

    @GetMapping("/{id}")
    BatchAnswer batch(
            @PathVariable String id,
            @RequestParam(defaultValue = "100") int size,
            @RequestParam(required = false) @Nullable String cursor) {
        if (size < 0 || size > LARGEST_PAGE) {
            throw new BadRequestException(
                    "size %d, expected 0 to %d".formatted(size, LARGEST_PAGE));
        }
        Progress progress = progress(id);
        BatchEntries.Page page = entries.list(id, size, cursor);
        return new BatchAnswer(progress, states(page.entries()), page.nextCursor());
    }

    /** The same counts again and again, as they change, until the batch is finished. */
    @GetMapping(path = "/{id}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter live(@PathVariable String id) {
        progress(id); // 404 and 503 are told as for everybody
        SseEmitter emitter = new SseEmitter(LONGEST_LIVE.toMillis());
        AtomicReference<@Nullable Progress> told = new AtomicReference<>();
        CountDownLatch over = new CountDownLatch(1);
        emitter.onCompletion(over::countDown);
        emitter.onTimeout(emitter::complete);
        emitter.onError(_ -> over.countDown());
        // A thread for each: who looks on waits for nobody, and nothing that is scheduled for them.
        Thread.ofVirtual()
                .name("batch-live")
                .start(() -> {
                    boolean more = true;
                    while (more) {
                        more = tell(id, emitter, told) && !isOverAfterPeriod(over);
                    }
                });
        return emitter;
    }

    private static boolean isOverAfterPeriod(CountDownLatch over) {
        try {
            return over.await(LIVE_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Whether there will be more to tell. */
    private boolean tell(String id, SseEmitter emitter, AtomicReference<@Nullable Progress> told) {
        try {
            Progress progress = progress(id);
            if (!progress.equals(told.getAndSet(progress))) {
                emitter.send(
                        SseEmitter.event()
                                .name("batch")
                                .data(progress, MediaType.APPLICATION_JSON));
            }
            if (progress.finished()) {
                emitter.complete();
                return false;
            }
            return true;
        } catch (RegistryUnavailableException | StoreUnavailableException e) {
            return true; // told again when it is back
        } catch (IOException | RuntimeException e) {
            emitter.completeWithError(e); // nobody listens any more, or there is nothing to tell
            return false;
        }
    }

    Progress progress(String id) {
        Batch batch = find(id);
        DocumentRegistry.Counts counts = registry.counts(id);
        Map<BatchEntry.Outcome, Long> outcomes = entries.list(id, 0, null).counts();
        if (batch == null && counts.states().isEmpty() && outcomes.isEmpty()) {
            throw new NotThereException();
        }
        long accepted = 0;
        long open = 0;
        for (var state : counts.states().entrySet()) {
            accepted += state.getValue();
            open += state.getKey().isFinal() ? 0 : state.getValue();
        }
        long known = outcomes.getOrDefault(BatchEntry.Outcome.KNOWN, 0L);
        long refused = outcomes.getOrDefault(BatchEntry.Outcome.REFUSED, 0L);
        long files = accepted + known + refused;
        Integer expected = batch == null ? null : batch.files();
        boolean allCame = files > 0 && (expected == null || files >= expected);
        long perMinute = counts.finishedLastMinute();
        return new Progress(
                id,
                batch == null ? null : batch.name(),
                batch == null ? null : batch.createdAt(),
                expected,
                files,
                accepted,
                known,
                refused,
                counts.states(),
                allCame && open == 0,
                perMinute,
                open == 0
                        ? Long.valueOf(0)
                        : perMinute == 0
                                ? null
                                : Long.valueOf(
                                        open * Duration.ofMinutes(1).toSeconds() / perMinute));
    }

    private @Nullable Batch find(String id) {
        if (new Fields(_ -> id).batch() == null) {
            throw new NotThereException();
        }
        return batches.find(id).orElse(null);
    }

    private List<FileState> states(List<BatchEntry> page) {
        List<DocumentId> ids =
                page.stream().map(BatchEntry::document).filter(Objects::nonNull).toList();
        Map<DocumentId, RegistryEntry> documents = registry.byId(ids);
        List<FileState> states = new ArrayList<>();
        for (BatchEntry entry : page) {
            RegistryEntry document =
                    entry.document() == null ? null : documents.get(entry.document());
            states.add(
                    new FileState(
                            entry.file(),
                            entry.outcome(),
                            entry.document(),
                            document == null
                                    ? entry.document() == null ? null : DocumentState.UPLOADED
                                    : document.state(),
                            document == null ? entry.reason() : document.reason(),
                            document == null ? entry.detail() : document.detail(),
                            document == null ? null : document.items(),
                            document == null ? null : itemLinks.of(document)));
        }
        return states;
    }
}
