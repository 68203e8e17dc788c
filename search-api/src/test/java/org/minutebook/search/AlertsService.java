package org.minutebook.search;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.testservers.TestServers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** search-api as a process of its own, which can be killed. */
final class AlertsService implements AutoCloseable {

    static final String OPERATOR = "the operator's key";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration START = Duration.ofMinutes(5);

    private final Path directory;
    private final String instance;
    private final int port;
    private final List<String> settings;
    private @Nullable Process process;
    private int starts;

    /**
     * @param directory for its files; several may share one
     */
    AlertsService(Path directory, String instance, String... settings) {
        this.directory = directory;
        this.instance = instance;
        this.settings = List.of(settings);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and returns when it answers. */
    AlertsService start() {
        begin();
        awaitReady();
        return this;
    }

    /**
     * Starts it. One that is ended leaves an archive of its classes, with which later ones start in
     * half the time.
     */
    void begin() {
        Path archive = directory.resolve("classes.jsa");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        Files.exists(archive)
                                ? "-XX:SharedArchiveFile=" + archive
                                : "-XX:ArchiveClassesAtExit=" + archive,
                        "-Xlog:disable",
                        "-cp",
                        classPath()));
        command.add(SearchApi.class.getName());
        command.add("--server.port=" + port);
        command.add("--minutebook.alerts.instance=" + instance);
        command.add("--spring.elasticsearch.uris=" + TestServers.elasticsearch());
        command.add("--spring.kafka.bootstrap-servers=" + TestServers.kafka());
        command.add("--minutebook.store.directory=" + directory.resolve("store"));
        command.add(
                "--minutebook.alerts.operator-key-hashes=operator:"
                        + ContentHash.of(OPERATOR.getBytes(StandardCharsets.UTF_8)).hex());
        command.addAll(settings);
        starts++;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    directory.resolve(instance + "-" + starts + ".log").toFile())
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        await().atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (process == null || !process.isAlive()) {
                        throw new IllegalStateException(
                                "the service ended:\n"
                                        + Files.readString(
                                                directory.resolve(
                                                        instance + "-" + starts + ".log")));
                    }
                    return answers();
                });
    }

    private boolean answers() {
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false; // not yet
        }
    }

    /** The classes as jars: an archive of classes cannot be made of folders. */
    private String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .filter(part -> !part.toString().contains("test-classes"))
                .map(part -> Files.isDirectory(part) ? jar(part) : part)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path jar(Path folder) {
        Path jar = directory.resolve("jar-" + Math.abs(folder.toString().hashCode()) + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        try (Stream<Path> files = Files.walk(folder);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files.filter(file -> !file.equals(folder)).toList()) {
                // Also the folders: Spring looks through them for settings.
                boolean isFolder = Files.isDirectory(file);
                String name = folder.relativize(file).toString().replace('\\', '/');
                out.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
                if (!isFolder) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** As {@code kill -9} does. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** Asks it to end, and waits for that. */
    void stop() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(address(path)).build());
    }

    HttpResponse<String> post(String path, String body) {
        return send(
                HttpRequest.newBuilder(address(path))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + OPERATOR)
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    /** What the operator is answered. */
    JsonNode json(String path) {
        return new JsonMapper()
                .readTree(
                        send(HttpRequest.newBuilder(address(path))
                                        .header("Authorization", "Bearer " + OPERATOR)
                                        .build())
                                .body());
    }

    /** The subscription of an e-mail address. */
    String idOf(String address) {
        return json("/api/v1/subscriptions?email=" + address).at("/subscriptions/0/id").asString();
    }

    /** The value of a metric, summed over its tags; 0 where it is not there. */
    double metric(String name) {
        return get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
