package org.minutebook.extract.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.workers.WorkerDeathException.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** One worker, seen from the service: one task at a time, within its limits. */
final class WorkerProcess {

    private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);

    /** Time between two looks at what a worker uses. */
    private static final long LOOK_MILLIS = 200;

    private static final Duration END = Duration.ofSeconds(5);

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** Starting Java and loading the program, on a machine that is busy. */
    private static final Duration START = Duration.ofSeconds(60);

    /** Java's exit status with {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;

    /** Exit status of a process that a signal ended is this and the signal's number. */
    private static final int SIGNALLED = 128;

    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private static final int SIGXFSZ = 25;

    private final Process process;
    private final Path scratch;
    private final ExtractSettings.Worker limits;
    private final Frames frames;

    /** At most one message: the worker waits for an answer to each. Empty at its end. */
    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>(2);

    private boolean ready;

    private record Said(Optional<Message.FromWorker> message, boolean tooLong) {}

    private WorkerProcess(Process process, Path scratch, ExtractSettings.Worker limits) {
        this.process = process;
        this.scratch = scratch;
        this.limits = limits;
        this.frames =
                new Frames(
                        process.getInputStream(),
                        process.getOutputStream(),
                        limits.maxOutput().toBytes());
        Thread.ofVirtual().name("worker-" + process.pid()).start(this::listen);
    }

    /**
     * Starts a worker.
     *
     * @param builder its command
     * @param scratch its own folder, deleted when it ends
     */
    static WorkerProcess start(
            ProcessBuilder builder,
            Path scratch,
            ExtractSettings.Worker limits,
            Message.Begin begin)
            throws IOException {
        Process process;
        try {
            process = builder.directory(scratch.toFile()).start();
        } catch (IOException e) {
            delete(scratch);
            throw e;
        }
        WorkerProcess worker = new WorkerProcess(process, scratch, limits);
        try {
            worker.frames.write(begin);
            return worker;
        } catch (IOException e) {
            worker.end();
            throw e;
        }
    }

    private void listen() {
        try {
            Optional<Message.FromWorker> message;
            do {
                message = frames.read(Message.FromWorker.class);
                said.put(new Said(message, false));
            } while (message.isPresent());
        } catch (Frames.TooLongException e) {
            end(new Said(Optional.empty(), true));
        } catch (IOException e) {
            log.debug("worker {} cannot be listened to", process.pid(), e);
            end(new Said(Optional.empty(), false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Said last) {
        if (!said.offer(last)) {
            log.warn("worker {} says more than it is asked", process.pid());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Has it do a task.
     *
     * @param timeLimit longest time for it, its own start apart
     * @param kept pages that the worker may ask for
     * @throws WorkerDeathException if the worker ended, by itself or at a limit; it is gone then
     */
    Message.Result ask(Message.ToWorker task, Duration timeLimit, OcrPages kept)
            throws WorkerDeathException, InterruptedException {
        boolean answered = false;
        try {
            if (!ready) {
                awaitReady();
            }
            Use use = new Use(timeLimit);
            send(task);
            while (true) {
                switch (said(use)) {
                    case Message.KeptPageWanted(int number) ->
                            send(new Message.KeptPage(kept.page(number).orElse(null)));
                    case Message.Result result -> {
                        answered = true;
                        return result;
                    }
                    case Message.Ready _ ->
                            throw new IllegalStateException("a worker starts in a task");
                }
            }
        } finally {
            if (!answered) {
                end();
            }
        }
    }

    private void awaitReady() throws WorkerDeathException, InterruptedException {
        Said first = said.poll(START.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            throw death(
                    Cause.NOT_STARTED,
                    "What reads documents was not ready after %d s.".formatted(START.toSeconds()));
        }
        if (!(first.message().orElse(null) instanceof Message.Ready)) {
            throw death(
                    Cause.NOT_STARTED, "What reads documents does not start. " + ended().detail());
        }
        ready = true;
    }

    /** What it says next, unless its use of the machine goes over a limit before. */
    private Message.FromWorker said(Use use) throws WorkerDeathException, InterruptedException {
        while (true) {
            Said next = said.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (next == null) {
                use.check();
                checkDisk();
            } else if (next.tooLong()) {
                throw tooLong();
            } else {
                return next.message().orElseThrow(this::ended);
            }
        }
    }

    /** A process that crashes has its last words printed between the messages. */
    private WorkerDeathException tooLong() throws InterruptedException {
        return process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
                ? ended()
                : death(
                        Cause.TOO_DEMANDING,
                        "What comes of the document is more than %d MB (minutebook.extract.worker.max-output)."
                                .formatted(limits.maxOutput().toMegabytes()));
    }

    /** The time that a task takes. */
    private final class Use {

        private final long started = System.nanoTime();
        private final Duration timeLimit;

        /**
         * Processor time at the first look. Asking the system at the beginning would cost each
         * short document as much as a page; what is used until the first look hardly counts.
         */
        private @Nullable Duration cpuBefore;

        Use(Duration timeLimit) {
            this.timeLimit = timeLimit;
        }

        void check() throws WorkerDeathException {
            if (System.nanoTime() - started > timeLimit.toNanos()) {
                throw death(
                        Cause.TOO_SLOW,
                        "Reading took longer than %d s (minutebook.extract.time-limit)."
                                .formatted(timeLimit.toSeconds()));
            }
            Duration cpu = cpuTime();
            // Less than before is used once something that it had started is gone.
            if (cpuBefore == null || cpu.compareTo(cpuBefore) < 0) {
                cpuBefore = cpu;
            }
            if (cpu.minus(cpuBefore).compareTo(limits.cpuLimit()) > 0) {
                throw death(
                        Cause.TOO_SLOW,
                        "Reading took more than %d s of processor time (minutebook.extract.worker.cpu-limit)."
                                .formatted(limits.cpuLimit().toSeconds()));
            }
        }
    }

    /** A worker that ended does not take it; why, the end of what it says tells. */
    private void send(Message.ToWorker message) {
        try {
            frames.write(message);
        } catch (IOException e) {
            log.debug("worker {} takes nothing", process.pid(), e);
        }
    }

    private void checkDisk() throws WorkerDeathException {
        try (Stream<Path> files = Files.walk(scratch)) {
            long bytes = files.mapToLong(file -> file.toFile().length()).sum();
            if (bytes > limits.tempSpace().toBytes()) {
                throw tooMuchDisk();
            }
        } catch (IOException | UncheckedIOException e) {
            log.debug("files of worker {} went while they were counted", process.pid(), e);
        }
    }

    private WorkerDeathException tooMuchDisk() {
        return death(
                Cause.TOO_DEMANDING,
                "Reading took more than %d MB of disk space (minutebook.extract.worker.temp-space)."
                        .formatted(limits.tempSpace().toMegabytes()));
    }

    private WorkerDeathException ended() {
        try {
            if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                return death(Cause.CRASHED, "The process that read the document broke off.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return death(Cause.KILLED, "The service stops.");
        }
        int status = process.exitValue();
        return switch (status) {
            case OUT_OF_MEMORY ->
                    death(
                            Cause.TOO_DEMANDING,
                            "Reading took more memory than %d MB (minutebook.extract.worker.heap)."
                                    .formatted(limits.heap().toMegabytes()));
            case SIGNALLED + SIGXFSZ -> tooMuchDisk();
            case 0,
                    SIGNALLED + SIGHUP,
                    SIGNALLED + SIGINT,
                    SIGNALLED + SIGKILL,
                    SIGNALLED + SIGTERM ->
                    death(
                            Cause.KILLED,
                            "The process that read the document was killed from outside.");
            default ->
                    death(
                            Cause.CRASHED,
                            "The process that read the document crashed (status %d)."
                                    .formatted(status));
        };
    }

    private static WorkerDeathException death(Cause cause, String detail) {
        return new WorkerDeathException(cause, detail);
    }

    /** With that of what it started: what confines it stays as its parent. */
    private Duration cpuTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(each -> each.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Ends it and what it has started, and deletes its folder. */
    void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(scratch);
    }

    private static void delete(Path scratch) {
        try {
            FileSystemUtils.deleteRecursively(scratch);
        } catch (IOException e) {
            log.warn("{} stays: {}", scratch, e.toString());
        }
    }
}
