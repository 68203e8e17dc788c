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
import org.minutebook.embedded.ServerProcess;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process that a part was started as, kept in a file so that every later command finds it.
 *
 * @param pid its process id; ids are used again, hence the start time
 * @param startedAt when the system started it
 * @param version of the part's program
 * @param children what it has started itself, known once it was ready
 */
record PartProcess(long pid, Instant startedAt, String version, List<Child> children) {

    /** A process that the part has started itself. */
    record Child(long pid, Instant startedAt) {}

    /** Start times are computed from the boot time, which follows the clock when that is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static PartProcess of(ProcessHandle handle, String version) {
        return new PartProcess(
                handle.pid(),
                startOf(handle),
                version,
                handle.descendants().map(child -> new Child(child.pid(), startOf(child))).toList());
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
        return alive(pid, startedAt);
    }

    /** What it has started and left behind. */
    Stream<ProcessHandle> orphans() {
        return children.stream().flatMap(child -> alive(child.pid(), child.startedAt()).stream());
    }

    private static Optional<ProcessHandle> alive(long pid, Instant startedAt) {
        return ProcessHandle.of(pid)
                .filter(ServerProcess::isRunning)
                .filter(handle ->
                        Duration.between(startedAt, startOf(handle)).abs().compareTo(TOLERANCE)
                                <= 0);
    }

    private static Instant startOf(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH);
    }
}
