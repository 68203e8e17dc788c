package org.minutebook.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of ours that runs until it is stopped, and that says why when it fails. */
public final class ServerProcess {

    /** How long it lives. */
    public enum Lifetime {
        /** It ends when this process ends, also when this process is killed. */
        WITH_THIS_PROCESS,
        /** It goes on when this process ends, and hears nothing of the terminal's Ctrl-C. */
        DETACHED
    }

    private static final Duration POLL = Duration.ofMillis(100);

    /** What is left of a log when its process starts again. */
    private static final long LOG_KEPT_BYTES = 4L << 20;

    /**
     * Runs the server beside a reader of our end of a pipe, and stops it when that end closes: the
     * one thing that happens however we die.
     */
    private static final String STOP_WITH_PARENT =
            """
            exec 3<&0
            "$@" </dev/null 3<&- & server=$!
            { cat <&3 >/dev/null; kill "$server" 2>/dev/null; } & reader=$!
            exec 3<&-
            wait "$server"; status=$?
            kill "$reader" 2>/dev/null
            exit "$status"
            """;

    private final Launch launch;
    private final Lifetime lifetime;
    private final Process process;

    private ServerProcess(Launch launch, Lifetime lifetime, Process process) {
        this.launch = launch;
        this.lifetime = lifetime;
        this.process = process;
    }

    /**
     * Starts it and returns at once.
     *
     * @throws ServerFailedException if the program cannot be run
     */
    public static ServerProcess start(Launch launch, Lifetime lifetime) {
        List<String> command = new ArrayList<>();
        switch (lifetime) {
            case WITH_THIS_PROCESS ->
                    command.addAll(List.of("/bin/sh", "-c", STOP_WITH_PARENT, launch.name()));
            case DETACHED -> ProgramPath.find("setsid").map(Path::toString).ifPresent(command::add);
        }
        command.addAll(launch.command());
        try {
            Files.createDirectories(launch.log().toAbsolutePath().getParent());
            rotate(launch.log());
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(launch.directory().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
            if (lifetime == Lifetime.DETACHED) {
                builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            }
            builder.environment().putAll(launch.environment());
            return new ServerProcess(launch, lifetime, builder.start());
        } catch (IOException e) {
            throw new ServerFailedException(
                    "%s cannot be started: %s".formatted(launch.name(), e.getMessage()));
        }
    }

    /** Handle of the process that was started. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * Waits until it is ready.
     *
     * @param ready asked again and again
     * @param limit longest wait
     * @throws ServerFailedException if it ended or the limit has passed
     */
    public void awaitReady(BooleanSupplier ready, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (hasEndedWithin(POLL)) {
                throw failed("ended with status %d".formatted(process.exitValue()));
            }
            if (System.nanoTime() - end > 0) {
                throw failed("was not ready within %d s".formatted(limit.toSeconds()));
            }
        }
    }

    private boolean hasEndedWithin(Duration wait) {
        try {
            process.onExit().get(wait.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was being waited for when the wait was interrupted");
        }
    }

    private ServerFailedException failed(String what) {
        return new ServerFailedException(
                "%s %s. Its log, %s, ends with:%n%s"
                        .formatted(launch.name(), what, launch.log(), LogTail.of(launch.log())));
    }

    /** Stops it cleanly, and by force if it has not ended by the limit. */
    public void stop(Duration limit) {
        if (lifetime == Lifetime.WITH_THIS_PROCESS) {
            try {
                process.getOutputStream().close();
                if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        stop(process.toHandle(), limit);
    }

    /**
     * Stops a process and all it has started: asks, waits, and ends by force what has not ended by
     * the limit.
     *
     * @return whether it ended by itself
     */
    public static boolean stop(ProcessHandle handle, Duration limit) {
        List<ProcessHandle> started = handle.descendants().toList();
        handle.destroy();
        boolean clean = endsWithin(handle, limit);
        if (!clean) {
            handle.destroyForcibly();
        }
        for (ProcessHandle child : started) {
            if (!endsWithin(child, clean ? limit : Duration.ZERO)) {
                child.destroyForcibly();
                clean = false;
            }
        }
        return clean;
    }

    /**
     * Whether a process still does something. One that has ended, and that nobody has collected,
     * does not: in a container that may last for ever.
     */
    public static boolean isRunning(ProcessHandle handle) {
        return handle.isAlive() && !isUncollected(handle.pid());
    }

    private static boolean isUncollected(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name before it is in brackets, and may itself hold some.
            return line.startsWith("Z", line.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // ended meanwhile, or not Linux
        }
    }

    /**
     * Memory resident in a process and all it has started, in bytes, from the system's tables; null
     * where unknown.
     */
    public static @Nullable Long residentBytes(ProcessHandle handle) {
        long sum = 0;
        for (ProcessHandle process :
                Stream.concat(Stream.of(handle), handle.descendants()).toList()) {
            Path status = Path.of("/proc", Long.toString(process.pid()), "status");
            try (Stream<String> lines = Files.lines(status)) {
                sum +=
                        lines.filter(line -> line.startsWith("VmRSS:"))
                                .mapToLong(
                                        line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                                .sum();
            } catch (IOException | UncheckedIOException e) {
                if (process.equals(handle)) {
                    return null; // ended meanwhile, or not Linux
                }
            }
        }
        return sum;
    }

    private static boolean endsWithin(ProcessHandle handle, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (isRunning(handle)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                handle.onExit().get(Math.min(left, POLL.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // not yet
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_KEPT_BYTES) {
            Files.move(
                    log,
                    log.resolveSibling(log.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
