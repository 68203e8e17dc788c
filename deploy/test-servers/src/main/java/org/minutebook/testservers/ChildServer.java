package org.minutebook.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.minutebook.embedded.EmbeddedServer;
import org.minutebook.embedded.ServerProcess;
import org.minutebook.embedded.ServerProcess.Lifetime;

/** A server as a child process of the tests, in a folder that goes when they end. */
final class ChildServer {

    /** Twenty times what it takes on an idle machine, for a machine with many tests at once. */
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private ChildServer() {}

    static void run(String name, EmbeddedServer server, Path folder) {
        System.err.printf("Tests use %s as a child process, in %s%n", name, folder);
        try {
            ServerProcess process =
                    ServerProcess.start(server.prepare(), Lifetime.WITH_THIS_PROCESS);
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                process.stop(STOP_LIMIT);
                                delete(folder);
                            }));
            try {
                process.awaitReady(server::isReady, START_LIMIT);
            } catch (RuntimeException e) {
                process.stop(STOP_LIMIT); // the next test that asks gets a new one
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.printf("%s stays behind: %s%n", folder, e);
        }
    }
}
