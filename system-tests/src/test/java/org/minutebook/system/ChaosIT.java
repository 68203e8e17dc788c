package org.minutebook.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Faults of every kind while documents come in, and an account of each of them: {@code
 * docs/reliability.md}. The long form is the command itself.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChaosIT {

    /** The seed draws kills and pauses of services and servers, and cables of every kind. */
    private static final String SEED = "11";

    @TempDir private static Path folder;

    @Test
    void nothing_is_lost_doubled_or_wrong_whatever_dies() throws IOException {
        Path outputs = Files.createDirectories(folder.resolve("outputs"));
        CommandLine minutebook =
                new CommandLine(folder.resolve("a stack"), FreePorts.first(30), outputs);

        CommandLine.Result result =
                minutebook.run("chaos", "--minutes", "1.2", "--seed", SEED, "--json");

        JsonNode summary = result.succeeded().summary();
        assertThat(summary.path("faults").asInt()).isGreaterThanOrEqualTo(6);
        assertThat(summary.path("documents").asInt()).isGreaterThan(50);
        assertThat(summary.path("lost").asInt()).isZero();
        assertThat(summary.path("doubled").asInt()).isZero();
        assertThat(summary.path("wrong").asInt()).isZero();
    }
}
