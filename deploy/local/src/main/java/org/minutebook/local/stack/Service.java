package org.minutebook.local.stack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minutebook.embedded.Launch;

/**
 * One of the four services.
 *
 * @param name its name and its module's
 * @param port of HTTP
 * @param settings its settings, as {@code name=value}
 * @param data the stack's folder
 * @param programs where its program is
 */
record Service(
        String name, int port, List<String> settings, DataFolder data, ServicePrograms programs)
        implements Part {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final int ANSWER_LIMIT_MILLIS = 1000;

    Service {
        settings = List.copyOf(settings);
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public Duration startLimit() {
        return START_LIMIT;
    }

    /**
     * The broker. Elasticsearch takes longer, and a service waits for it when it needs it: starting
     * beside it uses the processors that it leaves idle.
     */
    @Override
    public Set<String> needs() {
        return Set.of("kafka");
    }

    @Override
    public String version() {
        return programs.version(name);
    }

    @Override
    public Launch launch() throws IOException {
        Path folder = Files.createDirectories(data.part(name));
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        clear(temporary);
        List<String> command = new ArrayList<>();
        List<String> program = programs.command(name, System.getenv().keySet());
        command.add(program.getFirst());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-XX:ErrorFile=" + data.logs().resolve(name + "-crash-%p.log"));
        command.addAll(program.subList(1, program.size()));
        command.add("--server.address=127.0.0.1");
        command.add("--server.port=" + port);
        settings.forEach(setting -> command.add("--" + setting));
        return new Launch(name, command, Map.of(), folder, data.log(name));
    }

    /** What uploads under way left behind when the service was killed. */
    private static void clear(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isDirectory(file)) {
                    clear(file);
                }
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public boolean isReady() {
        return isReady(port);
    }

    /** Whether the service at a port of this machine says that it is ready. */
    static boolean isReady(int port) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection)
                            URI.create(
                                            "http://127.0.0.1:%d/actuator/health/readiness"
                                                    .formatted(port))
                                    .toURL()
                                    .openConnection();
            connection.setConnectTimeout(ANSWER_LIMIT_MILLIS);
            connection.setReadTimeout(ANSWER_LIMIT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
