package org.minutebook.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.embedded.ServerProcess;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PartProcessTest {

    @TempDir private Path folder;

    @Test
    void a_process_is_found_again_by_its_file_until_it_ends() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        Path file = folder.resolve("part.json");
        try {
            PartProcess.of(sleeper.toHandle(), "1").write(file);

            assertThat(PartProcess.read(file).flatMap(PartProcess::handle))
                    .contains(sleeper.toHandle());
            assertThat(ServerProcess.residentBytes(sleeper.toHandle())).isPositive();

            assertThat(ServerProcess.stop(sleeper.toHandle(), Duration.ofSeconds(10))).isTrue();
            assertThat(PartProcess.read(file).flatMap(PartProcess::handle)).isEmpty();
        } finally {
            sleeper.destroyForcibly();
        }
    }

    @Test
    void another_process_with_the_same_id_is_not_the_part() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        PartProcess earlier =
                new PartProcess(
                        self.pid(),
                        self.info().startInstant().orElseThrow().minus(Duration.ofMinutes(5)),
                        null,
                        "1",
                        List.of());

        assertThat(earlier.handle()).isEmpty();
    }

    @Test
    void a_process_is_found_again_after_the_clock_was_set() {
        PartProcess now = PartProcess.of(ProcessHandle.current(), "1");
        assumeThat(now.sinceBoot()).as("Linux counts from its start").isNotNull();

        PartProcess bySlowClock =
                new PartProcess(
                        now.pid(),
                        now.startedAt().minus(Duration.ofHours(1)),
                        now.sinceBoot(),
                        "1",
                        List.of());
        PartProcess ofEarlierBoot =
                new PartProcess(
                        now.pid(), now.startedAt(), "another " + now.sinceBoot(), "1", List.of());

        assertThat(bySlowClock.handle()).contains(ProcessHandle.current());
        assertThat(ofEarlierBoot.handle()).isEmpty();
    }

    @Test
    void a_process_that_ended_and_was_not_collected_does_not_run() throws Exception {
        // The shell becomes a program that never collects the child it had.
        Process parent =
                new ProcessBuilder("/bin/sh", "-c", "sleep 0.1 & echo $!; exec sleep 60").start();
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            ProcessHandle child = ProcessHandle.of(pid).orElseThrow();

            boolean ended = ServerProcess.stop(child, Duration.ofSeconds(10));

            assertThat(ended).isTrue();
            assertThat(ServerProcess.isRunning(child)).isFalse();
        } finally {
            parent.destroyForcibly();
            parent.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_file_that_a_crash_left_half_written_counts_as_none() throws IOException {
        Path file = Files.writeString(folder.resolve("part.json"), "{\"pid\": 12");

        assertThat(PartProcess.read(file)).isEmpty();
    }
}
