package org.minutebook.embedded;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The broker's process: formats its folder the first time, starts, and says so in a file. Saves the
 * second and a half that Kafka's own storage tool takes.
 */
final class Broker {

    private Broker() {}

    /** Arguments: the settings, and the file that is there while the broker takes requests. */
    public static void main(String[] arguments) throws Exception {
        Path ready = Path.of(arguments[1]);
        Files.deleteIfExists(ready);
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(reader);
        }
        format(settings);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            try {
                                Files.deleteIfExists(ready);
                            } catch (IOException e) {
                                System.err.println("cannot delete " + ready + ": " + e);
                            }
                            server.shutdown();
                            server.awaitShutdown();
                        }));
        try {
            server.startup();
        } catch (RuntimeException e) {
            // Threads that it has started would keep the process, and who waits for it would wait.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        Files.writeString(ready, Long.toString(ProcessHandle.current().pid()));
        server.awaitShutdown();
    }

    private static void format(Properties settings) throws Exception {
        String directory = settings.getProperty("log.dirs");
        if (Files.exists(Path.of(directory, "meta.properties"))) {
            return;
        }
        new Formatter()
                .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(directory))
                .setMetadataLogDirectory(directory)
                .setControllerListenerName(settings.getProperty("controller.listener.names"))
                .setIgnoreFormatted(true)
                .run();
    }
}
