package org.minutebook.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.minutebook.embedded.ServerProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stack for this run alone, started, used and stopped by the command that people use.
 *
 * @param command the script {@code minutebook}
 * @param data folder of the stack's data
 * @param port first of its ports
 * @param settings environment variables of its parts, beside those of this process
 */
record OwnStack(Path command, Path data, int port, Map<String, String> settings)
        implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MOST_MINUTES = 120;

    /** Starts it. */
    static OwnStack start(Path command, Path data, int port)
            throws IOException, InterruptedException {
        return start(command, data, port, Map.of());
    }

    /** Starts it with settings. */
    static OwnStack start(Path command, Path data, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        OwnStack stack = new OwnStack(command, data, port, settings);
        stack.run("up", "--detach");
        return stack;
    }

    /** Uploads a folder and waits until every document has come to its end. */
    JsonNode importAll(Path folder) throws IOException, InterruptedException {
        List<String> lines = run("import", folder.toString(), "--wait", "--json");
        return JSON.readTree(lines.getLast());
    }

    /**
     * Processor time that the parts have used so far, those of their children that run included.
     */
    Map<String, Duration> cpuTime() {
        Map<String, Duration> used = new TreeMap<>();
        parts().forEach((part, process) ->
                used.put(
                        part,
                        Stream.concat(Stream.of(process), process.descendants())
                                .flatMap(each -> each.info().totalCpuDuration().stream())
                                .reduce(Duration.ZERO, Duration::plus)));
        return used;
    }

    /**
     * Memory of the parts that is not swapped out, in MB, that of their children included; 0 for
     * one that has ended.
     */
    Map<String, Long> residentMegabytes() {
        Map<String, Long> used = new TreeMap<>();
        parts().forEach((part, process) ->
                used.put(
                        part,
                        Objects.requireNonNullElse(ServerProcess.residentBytes(process), 0L)
                                >> 20));
        return used;
    }

    private Map<String, ProcessHandle> parts() {
        Map<String, ProcessHandle> processes = new TreeMap<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(data.resolve("run"), "*.json")) {
            for (Path file : files) {
                long pid = JSON.readTree(Files.readAllBytes(file)).path("pid").asLong();
                String name = file.getFileName().toString().replace(".json", "");
                ProcessHandle.of(pid).ifPresent(process -> processes.put(name, process));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return processes;
    }

    private List<String> run(String verb, String... arguments)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command.toString(), verb));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(settings);
        Process process = builder.start();
        List<String> lines;
        try (Stream<String> out = process.inputReader(StandardCharsets.UTF_8).lines()) {
            lines = out.toList();
        }
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(
                    "%s ended with %d".formatted(String.join(" ", line), process.exitValue()));
        }
        return lines;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("down");
    }
}
