package org.minutebook.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.embedded.ServerProcess;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process that a part was started as, kept in a file so that every later command finds it.
 *
 * @param pid its process id; ids are used again, hence when it was started
 * @param startedAt when the system started it
 * @param sinceBoot the same as the system counts it, whatever its clock says: the id of its start
 *     and ticks since then; null where the system does not tell, and in files of earlier versions
 * @param version of the part's program
 * @param children what it has started itself, known once it was ready
 */
record PartProcess(
        long pid,
        Instant startedAt,
        @Nullable String sinceBoot,
        String version,
        List<Child> children) {

    /** A process that the part has started itself. */
    record Child(long pid, Instant startedAt, @Nullable String sinceBoot) {}

    /** Start times are computed from the boot time, which follows the clock when that is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** Place of the ticks in Linux's {@code stat}, behind the name. Source: proc_pid_stat(5). */
    private static final int START_TICKS = 19;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static PartProcess of(ProcessHandle handle, String version) {
        return new PartProcess(
                handle.pid(),
                startOf(handle),
                sinceBoot(handle.pid()),
                version,
                handle.descendants().map(PartProcess::child).toList());
    }

    private static Child child(ProcessHandle handle) {
        return new Child(handle.pid(), startOf(handle), sinceBoot(handle.pid()));
    }

    /** Reads the file; empty where there is none, or one that a crash has left unreadable. */
    static Optional<PartProcess> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(Files.readAllBytes(file), PartProcess.class))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.write(aside, JSON.writeValueAsBytes(this));
        Files.move(
                aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The process itself; empty when it has ended. */
    Optional<ProcessHandle> handle() {
        return alive(pid, startedAt, sinceBoot);
    }

    /** What it has started and left behind. */
    Stream<ProcessHandle> orphans() {
        return children.stream()
                .flatMap(
                        child -> alive(child.pid(), child.startedAt(), child.sinceBoot()).stream());
    }

    private static Optional<ProcessHandle> alive(
            long pid, Instant startedAt, @Nullable String sinceBoot) {
        return ProcessHandle.of(pid)
                .filter(ServerProcess::isRunning)
                .filter(handle -> isSame(handle, startedAt, sinceBoot));
    }

    private static boolean isSame(
            ProcessHandle handle, Instant startedAt, @Nullable String sinceBoot) {
        String now = sinceBoot == null ? null : sinceBoot(handle.pid());
        return now == null
                ? Duration.between(startedAt, startOf(handle)).abs().compareTo(TOLERANCE) <= 0
                : now.equals(sinceBoot);
    }

    private static Instant startOf(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH);
    }

    private static @Nullable String sinceBoot(long pid) {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name before it is in brackets, and may itself hold some.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return boot + " " + fields[START_TICKS];
        } catch (IOException e) {
            return null; // ended meanwhile, or not Linux
        }
    }
}
