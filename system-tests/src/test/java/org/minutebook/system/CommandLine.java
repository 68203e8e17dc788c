package org.minutebook.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real {@code ./minutebook}, run as a person runs it, with a stack of its own.
 *
 * @param data folder of the stack's data
 * @param port first of its ports
 * @param outputs folder for what the commands print
 * @param environment variables that the commands are given beside those of the test
 */
record CommandLine(Path data, int port, Path outputs, Map<String, String> environment) {

    CommandLine(Path data, int port, Path outputs) {
        this(data, port, outputs, Map.of());
    }

    /** Starting everything on a machine that is busy with other things. */
    private static final Duration LIMIT = Duration.ofMinutes(12);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a command did. */
    record Result(int status, List<String> out, String errors) {

        Result succeeded() {
            assertThat(status).as("%s%n%s", String.join("\n", out), errors).isZero();
            return this;
        }

        /** The objects that {@code --json} printed. */
        List<JsonNode> json() {
            return out.stream().map(JSON::readTree).toList();
        }

        /** The last of them. */
        JsonNode summary() {
            return JSON.readTree(out.getLast());
        }
    }

    /** A command under way. */
    record Running(Process process, Path out, Path errors) {

        Result await() {
            try {
                assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .as("the command ends in time: %s", Files.readString(errors))
                        .isTrue();
                return new Result(
                        process.exitValue(), Files.readAllLines(out), Files.readString(errors));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } finally {
                process.destroy();
            }
        }
    }

    /** Starts a command of this stack. */
    Running start(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Project.ROOT.resolve("minutebook").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
        return run(command);
    }

    /** Runs a command of this stack to its end. */
    Result run(String... arguments) {
        return start(arguments).await();
    }

    /** Runs a command as it stands, without naming a stack. */
    Result runPlain(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Project.ROOT.resolve("minutebook").toString());
        command.addAll(List.of(arguments));
        return run(command).await();
    }

    private Running run(List<String> command) {
        try {
            Path out = Files.createTempFile(outputs, "out", ".txt");
            Path errors = Files.createTempFile(outputs, "errors", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(outputs.toFile()) // from anywhere
                            .redirectInput(new java.io.File("/dev/null"))
                            .redirectOutput(out.toFile())
                            .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode status() {
        return run("status", "--json").succeeded().summary();
    }
}
