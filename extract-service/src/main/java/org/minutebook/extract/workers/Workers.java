package org.minutebook.extract.workers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.ReaderAwayException;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Reads documents and scanned pages in processes of their own. There are as many as threads ask at
 * once; a process is used again for the next document, and ends when none comes for a while. A few
 * stay.
 *
 * <p>A worker that ends in the middle of a document costs that document one try: it has another
 * one, in a fresh process, and is refused when that ends, too. A worker that was killed from
 * outside, or that did not start, costs it nothing, unless it is killed time after time.
 */
public final class Workers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    private static final int TRIES = 2;

    /** Added to the limit on a page, within which the worker itself gives up. */
    private static final Duration PAGE_GRACE = Duration.ofSeconds(5);

    private static final String SCRATCH = "minutebook-worker-";

    /** A service in a container has the same process id each time; this it has once. */
    private static final String THIS_RUN = UUID.randomUUID().toString().substring(0, 8);

    /** All else of the environment may hold secrets, and no document needs it. */
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "LANG", "LC_ALL", "TZ", "TESSDATA_PREFIX", "LD_LIBRARY_PATH");

    /**
     * Java's second compiler begins twelve times later than usual: each worker compiles for itself,
     * and what that costs comes back after thousands of documents only. Without it reading would
     * take half as long again. Source: measured, docs/performance.md.
     */
    private static final List<String> COMPILING =
            List.of(
                    "-XX:Tier4InvocationThreshold=60000",
                    "-XX:Tier4MinInvocationThreshold=7200",
                    "-XX:Tier4CompileThreshold=180000",
                    "-XX:Tier4BackEdgeThreshold=480000");

    /**
     * Memory beside the heap, which has no such bounds else. A worker needs less than 1 MB of
     * buffers, and 25 MB for its classes. Source: measured over the samples.
     */
    private static final List<String> BESIDE_THE_HEAP =
            List.of("-XX:MaxDirectMemorySize=64m", "-XX:MaxMetaspaceSize=256m");

    private static final String LOADER =
            "org.springframework.boot.loader.launch.PropertiesLauncher";

    private final ExtractSettings settings;
    private final Path folder;
    private final Confinement confinement;
    private final List<String> prlimit;
    private final BiConsumer<String, Integer> deaths;
    private final Class<?> program;

    private final Kills kills = new Kills();
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Set<WorkerProcess> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService housekeeping =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("idle-workers").factory());
    private volatile boolean closed;

    private record Idle(WorkerProcess worker, long since) {}

    /**
     * Workers within these limits.
     *
     * @param folder where each has a folder of its own
     * @param deaths told of each that ended in the middle of a document: what of, as {@code
     *     too_slow}, and how many it was for that document
     */
    public Workers(ExtractSettings settings, Path folder, BiConsumer<String, Integer> deaths) {
        this(settings, folder, deaths, WorkerProgram.class);
    }

    /** What workers may end of in the middle of a document, as it is told. */
    public static List<String> deathCauses() {
        return Stream.of(WorkerDeathException.Cause.values()).map(Workers::wireName).toList();
    }

    private static String wireName(WorkerDeathException.Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    /** Workers with another program. */
    Workers(
            ExtractSettings settings,
            Path folder,
            BiConsumer<String, Integer> deaths,
            Class<?> program) {
        this.program = program;
        this.settings = settings;
        this.folder = folder.toAbsolutePath();
        this.deaths = deaths;
        removeOld();
        this.confinement = Confinement.best(settings.worker().confinement(), this.folder);
        this.prlimit = Confinement.limits(settings.worker().tempSpace());
        log.info("what reads a document is confined: {}", confinement.explanation());
        if (prlimit.isEmpty()) {
            log.warn("the sizes of its files are not bounded by the system: no prlimit");
        }
        long every = Math.max(1, settings.worker().idle().toMillis() / 4);
        housekeeping.scheduleWithFixedDelay(this::endIdle, every, every, TimeUnit.MILLISECONDS);
    }

    /** Starts those that stay, after a while. What has to be read before starts its own. */
    public void startKept(Duration after) {
        housekeeping.schedule(this::startMissing, after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void startMissing() {
        try {
            while (running.size() < settings.worker().kept()) {
                giveBack(started());
            }
        } catch (IOException | RuntimeException e) {
            log.warn("what reads documents is started when one comes", e);
        }
    }

    /**
     * Reads a document; past a limit it is refused.
     *
     * @param document its id
     * @param name name under which it came in
     * @param file its bytes
     * @param ocr pages that OCR has read already
     * @throws ReaderAwayException if it cannot be read here and now
     */
    public Extraction read(DocumentId document, String name, Path file, OcrPages ocr) {
        Message.ToWorker task =
                new Message.ReadDocumentTask(document, file.toAbsolutePath().toString(), name);
        try {
            for (int tries = 1; ; tries++) {
                try {
                    Extraction read = extraction(ask(task, settings.timeLimit(), ocr));
                    kills.forget(document.value());
                    return read;
                } catch (WorkerDeathException e) {
                    note(e, "document " + document, tries, document::value);
                    if (e.what() == WorkerDeathException.Cause.KILLED) {
                        kills.forget(document.value());
                        return new Extraction.Refused(
                                RefusalReason.TOO_DEMANDING,
                                "The process that read it was killed %d times in a row, most likely for want of memory. Save the document anew from the program that made it, or split it."
                                        .formatted(Kills.MOST));
                    }
                    if (tries == TRIES) {
                        return new Extraction.Refused(e.what().refusal(), e.detail());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the service stops", e);
        }
    }

    /**
     * Reads a scanned page.
     *
     * @throws IOException when it cannot be read
     * @throws ReaderAwayException if it cannot be read here and now
     * @throws LinkageError if a library is missing
     */
    public Page readPage(Path file, int number, Duration limit)
            throws IOException, InterruptedException {
        Message.ToWorker task =
                new Message.ReadPageTask(file.toAbsolutePath().toString(), number, limit);
        try {
            Message.Result result = ask(task, limit.plus(PAGE_GRACE), OcrPages.NONE);
            return switch (result) {
                case Message.PageRead(Page page) -> page;
                case Message.Failed(Message.Fault fault, String trace)
                        when fault == Message.Fault.PAGE ->
                        throw new IOException(trace);
                case Message.Failed(var _, String trace) -> throw new LinkageError(trace);
                case Message.Extracted _, Message.OcrNeeded _, Message.Refused _ ->
                        throw new IOException("no page: " + result);
            };
        } catch (WorkerDeathException e) {
            // The file may be a copy with another name each time.
            note(
                    e,
                    "page %d of %s".formatted(number, file),
                    1,
                    () -> "page %d of %s".formatted(number, contentOf(file)));
            throw new IOException(e.detail(), e);
        }
    }

    private static String contentOf(Path file) {
        MessageDigest digest = ContentHash.newDigest();
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        } catch (IOException e) {
            return file.toString();
        }
        return ContentHash.ofDigest(digest.digest()).hex();
    }

    private void note(
            WorkerDeathException death, String what, int tries, Supplier<String> killedFor) {
        deaths.accept(wireName(death.what()), tries);
        log.warn("a worker ended in the middle of {}: {}", what, death.detail());
        boolean ofDocument =
                switch (death.what()) {
                    case TOO_SLOW, TOO_DEMANDING, CRASHED -> true;
                    case KILLED -> !closed && kills.areOf(killedFor.get());
                    case NOT_STARTED -> false;
                };
        if (!ofDocument) {
            throw new ReaderAwayException(death.detail(), death);
        }
    }

    private static Extraction extraction(Message.Result result) {
        return switch (result) {
            case Message.Extracted(var read, var items) -> new Extraction.Extracted(read, items);
            case Message.OcrNeeded(List<Integer> pages, int printed) ->
                    new Extraction.OcrNeeded(pages, printed);
            case Message.Refused(RefusalReason reason, String detail) ->
                    new Extraction.Refused(reason, detail);
            case Message.Failed(var _, String trace) -> throw new IllegalStateException(trace);
            case Message.PageRead page -> throw new IllegalStateException("no document: " + page);
        };
    }

    /** A fault of the program may be what an earlier document left in that process. */
    private Message.Result ask(Message.ToWorker task, Duration limit, OcrPages kept)
            throws WorkerDeathException, InterruptedException {
        Message.Result result = askOne(task, limit, kept);
        return result instanceof Message.Failed(Message.Fault fault, var _)
                        && fault == Message.Fault.PROGRAM
                ? askOne(task, limit, kept)
                : result;
    }

    private Message.Result askOne(Message.ToWorker task, Duration limit, OcrPages kept)
            throws WorkerDeathException, InterruptedException {
        WorkerProcess worker = taken();
        try {
            Message.Result result = worker.ask(task, limit, kept);
            switch (result) {
                case Message.Failed(Message.Fault fault, String trace)
                        when fault == Message.Fault.MACHINE -> {
                    end(worker); // perhaps somebody deleted its folder
                    throw new ReaderAwayException(
                            "A document cannot be read now: "
                                    + trace.lines().findFirst().orElse(""),
                            new IOException(trace));
                }
                case Message.Failed(Message.Fault fault, var _)
                        when fault == Message.Fault.PROGRAM ->
                        end(worker);
                default -> giveBack(worker);
            }
            return result;
        } finally {
            if (!worker.isAlive()) {
                running.remove(worker);
            }
        }
    }

    private WorkerProcess taken() {
        while (true) {
            Idle next;
            synchronized (idle) {
                next = idle.pollLast(); // the one that is warm
            }
            if (next == null) {
                try {
                    return started();
                } catch (IOException e) {
                    throw new ReaderAwayException(
                            "What reads documents cannot be started: " + e.getMessage(), e);
                }
            }
            if (next.worker().isAlive()) {
                return next.worker();
            }
            end(next.worker());
        }
    }

    private void giveBack(WorkerProcess worker) {
        synchronized (idle) {
            if (!closed) {
                idle.addLast(new Idle(worker, System.nanoTime()));
                return;
            }
        }
        end(worker);
    }

    private WorkerProcess started() throws IOException {
        long pid = ProcessHandle.current().pid();
        Path scratch = Files.createTempDirectory(folder, SCRATCH + pid + "-" + THIS_RUN + "-");
        ProcessBuilder builder =
                new ProcessBuilder(command(scratch)).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        environment.put("MALLOC_ARENA_MAX", "2"); // else every thread keeps memory of its own
        WorkerProcess worker =
                WorkerProcess.start(
                        builder,
                        scratch,
                        settings.worker(),
                        new Message.Begin(
                                settings.maxPages(), settings.maxText().toBytes(), settings.ocr()));
        running.add(worker);
        if (closed) {
            end(worker);
            throw new IllegalStateException("the service stops");
        }
        return worker;
    }

    private List<String> command(Path scratch) {
        List<String> command = new ArrayList<>(confinement.prefix(scratch));
        command.addAll(prlimit);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx%dm".formatted(settings.worker().heap().toMegabytes()));
        command.addAll(BESIDE_THE_HEAP);
        command.addAll(COMPILING);
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+DisplayVMOutputToStderr",
                        "-XX:-UsePerfData",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + scratch.resolve("crash.log"),
                        "-Djava.io.tmpdir=" + scratch,
                        "-Djava.awt.headless=true",
                        "-Dlogback.configurationFile=worker-logback.xml",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        String classes = System.getProperty("java.class.path");
        command.addAll(List.of("-cp", classes));
        if (isPackaged()) {
            command.add("-Dloader.main=" + program.getName());
            command.add(LOADER);
        } else {
            command.add(program.getName());
        }
        return command;
    }

    /** Whether the program is one jar that holds the others, which its own loader reads. */
    private static boolean isPackaged() {
        URL here = Workers.class.getResource("Workers.class");
        return here != null && here.toString().startsWith("jar:nested:");
    }

    private void endIdle() {
        long oldest = System.nanoTime() - settings.worker().idle().toNanos();
        while (true) {
            Idle next;
            synchronized (idle) {
                next = idle.peekFirst();
                if (next == null
                        || next.since() - oldest > 0
                        || running.size() <= settings.worker().kept()) {
                    return;
                }
                idle.removeFirst();
            }
            end(next.worker());
        }
    }

    private void end(WorkerProcess worker) {
        worker.end();
        running.remove(worker);
    }

    /** How many there are. */
    public int count() {
        return running.size();
    }

    /** Folders of workers whose service was killed. */
    private void removeOld() {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, SCRATCH + "*")) {
            for (Path each : old) {
                String[] parts =
                        each.getFileName().toString().substring(SCRATCH.length()).split("-", 3);
                if (parts[0].matches("[0-9]{1,9}")
                        && isOver(Long.parseLong(parts[0]), parts.length > 1 ? parts[1] : "")) {
                    FileSystemUtils.deleteRecursively(each);
                }
            }
        } catch (IOException e) {
            log.warn("folders of earlier workers stay in {}: {}", folder, e.toString());
        }
    }

    private static boolean isOver(long pid, String run) {
        return pid == ProcessHandle.current().pid()
                ? !run.equals(THIS_RUN)
                : ProcessHandle.of(pid).isEmpty();
    }

    /** Ends all, in the middle of documents, too. */
    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.clear();
        }
        housekeeping.shutdownNow();
        List.copyOf(running).forEach(this::end);
    }
}
