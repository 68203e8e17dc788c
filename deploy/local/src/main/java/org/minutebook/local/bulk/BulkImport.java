package org.minutebook.local.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.client.AwayException;
import org.minutebook.local.client.Intake;
import org.minutebook.local.client.Intake.Document;
import org.minutebook.local.client.RejectedException;
import org.minutebook.local.client.SlowUploadException;
import org.minutebook.local.client.UnreadableException;

/**
 * Hands many files in. Bytes that are there already are not sent again, so an import that broke off
 * is taken up by repeating it. A service that is away is waited for.
 */
public final class BulkImport {

    /** Enough to keep intake's disk busy; the network is this machine's. */
    private static final int UPLOADS_AT_ONCE = 4;

    private static final int HASHES_A_QUESTION = 500;

    /** Fewest that are asked about at once, where there are as many. */
    private static final int FEWEST_HASHES = 50;

    private static final Duration FIRST_POLL = Duration.ofMillis(250);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(2);
    private static final Duration MANY_POLL = Duration.ofSeconds(1);

    /** What an import may take longer because nobody looked when it was done: a hundredth. */
    private static final int PAUSES_AN_IMPORT = 100;

    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final int UNAUTHORIZED = 401;
    private static final List<Integer> ABOUT_THE_FILE = List.of(413, 415, 422);

    /** Told what happens, from several threads. */
    public interface Listener {
        /** The fate of a file is known. */
        void ended(FileOutcome outcome);

        /** A file's bytes were sent. */
        void sent(long bytes);

        /** Something worth a line for a person. */
        void note(String text);

        /** Something that a person is to read when all is over. */
        void lastly(String text);
    }

    /**
     * How an import is done.
     *
     * @param name of the batch of its new documents, for people
     * @param dryRun only says what would be uploaded
     * @param waits whether to wait until nothing more happens with any document
     * @param patience longest time that a service may be away, or that nothing moves while waiting
     */
    public record Options(String name, boolean dryRun, boolean waits, Duration patience) {}

    private final Intake intake;
    private final Options options;
    private final UnfinishedBatches batches;
    private final BooleanSupplier ocrWorks;
    private final Listener listener;
    private final AtomicBoolean awayTold = new AtomicBoolean();
    private final Tally tally = new Tally();

    /** Files whose document is there and has not come to its end, by hash. */
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    /** The hashes of those, in the order in which they are asked about. */
    private final Queue<String> questions = new ConcurrentLinkedQueue<>();

    /**
     * How many are asked about next: twice as many as came to their end before. Documents end in
     * about the order in which they came, so asking about all that wait would mostly tell nothing,
     * and cost the services as much as their work.
     */
    private int hashesNext = HASHES_A_QUESTION;

    private volatile long movedAt = System.nanoTime();

    /** Why no more is uploaded; null while it goes on. */
    private volatile @Nullable AwayException givenUp;

    private record Pending(List<ImportFile> files, Document document) {}

    /**
     * Prepares an import.
     *
     * @param ocrWorks whether scanned documents will be read, asked when one waits for it
     */
    public BulkImport(
            Intake intake,
            Options options,
            UnfinishedBatches batches,
            BooleanSupplier ocrWorks,
            Listener listener) {
        this.intake = intake;
        this.options = options;
        this.batches = batches;
        this.ocrWorks = ocrWorks;
        this.listener = listener;
    }

    /**
     * Imports these files.
     *
     * @param damaged archives that could not be unpacked and folders that could not be read
     * @throws AwayException if the intake is away for longer than the patience before the first
     *     upload; later the files that are left fail
     * @throws RejectedException if the intake does not take the key
     */
    public ImportSummary run(List<ImportFile> files, List<FileOutcome> damaged)
            throws InterruptedException {
        long start = System.nanoTime();
        damaged.forEach(this::ended);
        Map<String, List<ImportFile>> byHash = hash(files);
        Map<String, Document> known = known(byHash.keySet());
        List<Map.Entry<String, List<ImportFile>>> missing = new ArrayList<>();
        for (Map.Entry<String, List<ImportFile>> entry : byHash.entrySet()) {
            Document document = known.get(entry.getKey());
            if (document == null || putsRight(entry.getValue(), document)) {
                missing.add(entry);
            } else {
                tally.known(entry.getValue().size());
                arrived(entry.getKey(), entry.getValue(), document);
            }
        }
        @Nullable String batch = null;
        if (options.dryRun()) {
            missing.forEach(entry ->
                    entry.getValue()
                            .forEach(file ->
                                    ended(
                                            new FileOutcome(
                                                    file.name(),
                                                    idOf(entry.getKey()),
                                                    FileOutcome.NEW,
                                                    null,
                                                    null,
                                                    null))));
        } else {
            batch = batch(byHash.keySet(), missing.size());
            upload(batch, missing);
            if (givenUp == null) {
                batches.done(byHash.keySet());
            }
        }
        return tally.summary(
                files.size() + damaged.size(), (System.nanoTime() - start) / 1e9, batch);
    }

    /** Whether one of these names has a refused document read again; it then comes first. */
    private static boolean putsRight(List<ImportFile> files, Document document) {
        Optional<ImportFile> right =
                files.stream().filter(file -> document.isReadAgainAs(file.fileName())).findFirst();
        right.ifPresent(file -> {
            files.remove(file);
            files.addFirst(file);
        });
        return right.isPresent();
    }

    /** A new batch, or that of the same import which broke off; null where nothing is missing. */
    private @Nullable String batch(Collection<String> hashes, int missing) {
        Optional<String> begun = batches.find(hashes).filter(b -> patiently(() -> intake.has(b)));
        if (begun.isPresent() || missing == 0) {
            return begun.orElse(null);
        }
        String batch = patiently(() -> intake.beginBatch(options.name(), missing));
        batches.begun(hashes, batch);
        return batch;
    }

    private Map<String, List<ImportFile>> hash(List<ImportFile> files) throws InterruptedException {
        Map<String, List<ImportFile>> byHash = new LinkedHashMap<>();
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(cores)) {
            List<Future<String>> hashes =
                    files.stream().map(file -> pool.submit(() -> sha256(file))).toList();
            for (int i = 0; i < files.size(); i++) {
                ImportFile file = files.get(i);
                try {
                    byHash.computeIfAbsent(hashes.get(i).get(), hash -> new ArrayList<>())
                            .add(file);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnreadableException unreadable)) {
                        throw new IllegalStateException(e.getCause());
                    }
                    unreadable(file, unreadable);
                }
            }
        }
        return byHash;
    }

    private static String sha256(ImportFile file) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file.path()), digest)) {
            bytes.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw UnreadableException.of(file.path(), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The id that a document has in every installation: the first half of its hash. */
    private static String idOf(String sha256) {
        return sha256.substring(0, 32);
    }

    private Map<String, Document> known(Collection<String> hashes) {
        Map<String, Document> known = new HashMap<>();
        List<String> all = List.copyOf(hashes);
        for (int from = 0; from < all.size(); from += HASHES_A_QUESTION) {
            List<String> some = all.subList(from, Math.min(from + HASHES_A_QUESTION, all.size()));
            patiently(() -> intake.known(some))
                    .forEach(document -> known.put(document.sha256(), document));
        }
        return known;
    }

    private void upload(@Nullable String batch, List<Map.Entry<String, List<ImportFile>>> missing)
            throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(UPLOADS_AT_ONCE)) {
            List<Future<?>> uploads = new ArrayList<>();
            Parcel.of(missing, UPLOADS_AT_ONCE)
                    .forEach(parcel -> uploads.add(pool.submit(() -> upload(batch, parcel))));
            try {
                await(uploads);
            } catch (ExecutionException e) {
                pool.shutdownNow();
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            }
        }
    }

    /** Waits for the uploads, and for what becomes of the documents where that is asked for. */
    private void await(List<Future<?>> uploads) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        Duration pause = FIRST_POLL;
        while (options.waits()
                && !(pending.isEmpty() && uploads.stream().allMatch(Future::isDone))) {
            for (Future<?> upload : uploads) {
                if (upload.state() == Future.State.FAILED) {
                    upload.get();
                }
            }
            pause(pending.size() > HASHES_A_QUESTION ? MANY_POLL : pause);
            Look look = look();
            boolean progress = look != Look.NOTHING;
            while (look == Look.ALL_ENDED) {
                look = look();
            }
            pause = progress ? FIRST_POLL : shorter(pause.multipliedBy(2), longestPoll(start));
            if (!pending.isEmpty()
                    && uploads.stream().allMatch(Future::isDone)
                    && System.nanoTime() - movedAt > options.patience().toNanos()) {
                giveUpWaiting();
            }
        }
        for (Future<?> upload : uploads) {
            upload.get();
        }
    }

    private static Duration longestPoll(long start) {
        Duration share = Duration.ofNanos((System.nanoTime() - start) / PAUSES_AN_IMPORT);
        return shorter(LONGEST_POLL, share.compareTo(FIRST_POLL) < 0 ? FIRST_POLL : share);
    }

    /** What was found about the documents that were asked about. */
    private enum Look {
        /** All of them have ended; then those that came after them may have, too. */
        ALL_ENDED,
        PROGRESS,
        NOTHING
    }

    /** Asks about some of the documents, those first that were not asked about for longest. */
    private Look look() {
        List<String> hashes = new ArrayList<>();
        for (String hash = questions.poll(); hash != null; hash = questions.poll()) {
            hashes.add(hash);
            if (hashes.size() == hashesNext) {
                break;
            }
        }
        Map<String, Document> now = known(hashes);
        boolean progress = false;
        int ended = 0;
        for (String hash : hashes) {
            Pending before = pending.get(hash);
            if (before == null) {
                continue;
            }
            Document document = now.getOrDefault(hash, deleted(hash));
            if (!document.state().equals(before.document().state())) {
                progress = true;
                movedAt = System.nanoTime();
            }
            if (isFinal(document)) {
                pending.remove(hash);
                end(before.files(), document);
                ended++;
            } else {
                pending.put(hash, new Pending(before.files(), document));
                questions.add(hash);
            }
        }
        hashesNext = Math.clamp(2L * ended, FEWEST_HASHES, HASHES_A_QUESTION);
        if (ended > 0 && ended == hashes.size()) {
            return Look.ALL_ENDED;
        }
        return progress ? Look.PROGRESS : Look.NOTHING;
    }

    private static Document deleted(String hash) {
        return new Document(
                idOf(hash),
                hash,
                FileOutcome.DELETED,
                FileOutcome.DELETED,
                "The document was deleted meanwhile.",
                null,
                null,
                null);
    }

    /** Something is broken that does not say so: whoever waits is told, and can come again. */
    private void giveUpWaiting() {
        Map<String, Integer> states = new TreeMap<>();
        pending.values()
                .forEach(each ->
                        states.merge(each.document().state(), each.files().size(), Integer::sum));
        listener.lastly(
                "Nothing has moved for %d minutes: %s. ./minutebook status tells what runs. Repeat the command to go on waiting; nothing is uploaded twice."
                        .formatted(
                                options.patience().toMinutes(),
                                states.entrySet().stream()
                                        .map(state ->
                                                "%d files are %s"
                                                        .formatted(
                                                                state.getValue(), state.getKey()))
                                        .collect(Collectors.joining(", "))));
        pending.values()
                .forEach(each -> {
                    tally.unfinished(each.files().size());
                    end(each.files(), each.document());
                });
        pending.clear();
        questions.clear();
    }

    private void upload(@Nullable String batch, Parcel parcel) {
        Map<String, String> form = new LinkedHashMap<>(parcel.metadata());
        if (batch != null) {
            form.put("batch", batch);
        }
        boolean together = parcel.documents().size() > 1 && givenUp == null;
        if (!together || !uploadTogether(form, parcel.documents())) {
            parcel.documents().forEach((hash, files) -> upload(form, hash, files));
        }
    }

    /**
     * Sends several files as one form. One that is refused is sent again by itself: what is said of
     * it then does not depend on its company.
     *
     * @return false where the form was not taken, and each file is to be sent by itself
     */
    private boolean uploadTogether(
            Map<String, String> form, Map<String, List<ImportFile>> documents) {
        List<Intake.Sent> sent =
                documents.values().stream()
                        .map(List::getFirst)
                        .map(file -> new Intake.Sent(file.path(), file.fileName()))
                        .toList();
        Iterator<Intake.Answer> answers;
        try {
            answers = patiently(() -> intake.upload(sent, form)).iterator();
        } catch (RejectedException e) {
            if (e.status() == UNAUTHORIZED) {
                throw e;
            }
            return false;
        } catch (UnreadableException | SlowUploadException e) {
            return false;
        } catch (AwayException e) {
            givenUp = e;
            documents.values().forEach(files -> fail(files, e));
            return true;
        }
        documents.forEach((hash, files) -> {
            Document document = answers.next().document();
            if (document != null) {
                uploaded(hash, files, document);
            } else {
                upload(form, hash, files);
            }
        });
        return true;
    }

    private void uploaded(String hash, List<ImportFile> files, Document document) {
        tally.uploaded();
        tally.known(files.size() - 1);
        listener.sent(files.getFirst().size());
        arrived(hash, files, document);
    }

    private void upload(Map<String, String> form, String hash, List<ImportFile> files) {
        AwayException away = givenUp;
        if (away != null) {
            fail(files, away);
            return;
        }
        try {
            uploaded(hash, files, send(form, hash, files.getFirst()));
        } catch (RejectedException e) {
            if (e.status() == UNAUTHORIZED) {
                throw e;
            }
            files.forEach(file ->
                    ended(
                            ABOUT_THE_FILE.contains(e.status())
                                    ? FileOutcome.refused(file, idOf(hash), e.code(), e.detail())
                                    : FileOutcome.failed(file, e.code(), e.detail())));
        } catch (AwayException e) {
            givenUp = e; // the others would wait as long, one after the other
            fail(files, e);
        } catch (UnreadableException e) {
            files.forEach(file -> unreadable(file, e));
        } catch (SlowUploadException e) {
            files.forEach(file -> ended(FileOutcome.failed(file, "TOO_SLOW", e.detail())));
        }
    }

    /**
     * Sends a file. Where its answer came too late, it may be there all the same; and a service
     * that does not even say that is away.
     */
    private Document send(Map<String, String> form, String hash, ImportFile file) {
        try {
            return patiently(() -> intake.upload(file.path(), file.fileName(), form)).document();
        } catch (SlowUploadException e) {
            return patiently(() -> intake.known(List.of(hash))).stream()
                    .findFirst()
                    .orElseThrow(() -> e);
        }
    }

    private void unreadable(ImportFile file, UnreadableException why) {
        ended(FileOutcome.failed(file, why.code(), why.detail()));
    }

    private void fail(List<ImportFile> files, AwayException away) {
        files.forEach(
                file -> ended(FileOutcome.failed(file, "AWAY", String.valueOf(away.getMessage()))));
    }

    /** A document is there: its files have come to their end, or wait for it. */
    private void arrived(String hash, List<ImportFile> files, Document document) {
        if (!options.waits() || options.dryRun() || isFinal(document)) {
            end(files, document);
        } else {
            movedAt = System.nanoTime();
            pending.put(hash, new Pending(files, document));
            questions.add(hash);
        }
    }

    private void end(List<ImportFile> files, Document document) {
        files.forEach(file -> ended(FileOutcome.of(file, document)));
    }

    private void ended(FileOutcome outcome) {
        tally.ended(outcome);
        listener.ended(outcome);
    }

    private boolean isFinal(Document document) {
        return switch (document.state()) {
            case FileOutcome.INDEXED,
                    FileOutcome.REFUSED,
                    FileOutcome.FAILED,
                    FileOutcome.DELETED ->
                    true;
            case FileOutcome.OCR_QUEUED -> !ocrWorks.getAsBoolean();
            default -> false;
        };
    }

    /** Repeats what fails because a service is away, until the patience ends. */
    private <T> T patiently(Supplier<T> request) {
        long since = System.nanoTime();
        Duration pause = FIRST_RETRY;
        while (true) {
            try {
                T answer = request.get();
                if (awayTold.getAndSet(false)) {
                    listener.note("going on");
                }
                return answer;
            } catch (AwayException e) {
                if (System.nanoTime() - since > options.patience().toNanos()) {
                    throw e;
                }
                if (!awayTold.getAndSet(true)) {
                    listener.note(e.getMessage() + "; waiting for it");
                }
                Duration asked = e.retryAfter();
                try {
                    pause(asked == null ? pause : shorter(asked, LONGEST_RETRY));
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
                pause = shorter(pause.multipliedBy(2), LONGEST_RETRY);
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void pause(Duration time) throws InterruptedException {
        var unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Counts, from several threads. */
    private static final class Tally {
        private final Map<String, Integer> states = new HashMap<>();
        private int uploaded;
        private int known;
        private int unfinished;
        private int otherDetails;

        synchronized void uploaded() {
            uploaded++;
        }

        synchronized void known(int files) {
            known += files;
        }

        synchronized void unfinished(int files) {
            unfinished += files;
        }

        synchronized void ended(FileOutcome outcome) {
            states.merge(outcome.state(), 1, Integer::sum);
            otherDetails += outcome.metadataDiffers() ? 1 : 0;
        }

        private int count(String state) {
            return states.getOrDefault(state, 0);
        }

        synchronized ImportSummary summary(int files, double seconds, @Nullable String batch) {
            return new ImportSummary(
                    files,
                    uploaded,
                    known,
                    count(FileOutcome.INDEXED),
                    count(FileOutcome.OCR_QUEUED),
                    count(FileOutcome.REFUSED),
                    count(FileOutcome.FAILED) + count(FileOutcome.DELETED),
                    unfinished,
                    otherDetails,
                    Math.round(seconds * 100) / 100.0,
                    batch);
        }
    }
}
