package org.minutebook.embedded;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * A Kafka broker that is its own controller. Topics are made by who owns them, never by who asks
 * for one first.
 *
 * @param directory folder for data, settings and log
 * @param port where clients connect, on the loopback address
 * @param controllerPort where the broker talks to its controller
 * @param javaOptions options of its Java
 * @param keepsClasses for a broker that is started from one folder again and again: Java keeps an
 *     archive of its classes there, made when it first stops. The next start takes 2.2 s instead of
 *     3.9. Source: measured.
 * @param detours more entrances, for clients that something stands before
 */
public record EmbeddedKafka(
        Path directory,
        int port,
        int controllerPort,
        List<String> javaOptions,
        boolean keepsClasses,
        List<Detour> detours)
        implements EmbeddedServer {

    /**
     * Another entrance of the broker, which tells its clients to come by a third port: that of a
     * proxy before it.
     *
     * @param port where the broker listens
     * @param advertised where the broker says that it listens
     */
    public record Detour(int port, int advertised) {}

    /** Enough for a council's archive: 240 MB resident. Source: measured. */
    public static final List<String> SMALL =
            List.of("-Xms64m", "-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /**
     * With Kafka's default, 128 MB, the log cleaner alone would burst the small heap. Source:
     * measured.
     */
    private static final int CLEANER_BUFFER_BYTES = 8 << 20;

    /** Partitions of the broker's two own topics; 50 by default, for clusters. */
    private static final int OWN_PARTITIONS = 4;

    /**
     * How soon the controller forgets a broker that was killed; the same broker is let in again
     * only then. By default 9 s, which makes a start after a kill take 12.5 s. Source: measured.
     */
    private static final int SESSION_MILLIS = 2000;

    private static final int HEARTBEAT_MILLIS = 400;

    private static final int CONNECT_MILLIS = 1000;

    public EmbeddedKafka {
        directory = directory.toAbsolutePath();
        javaOptions = List.copyOf(javaOptions);
        detours = List.copyOf(detours);
    }

    /** A broker with one entrance that is started once. */
    public EmbeddedKafka(Path directory, int port, int controllerPort, List<String> javaOptions) {
        this(directory, port, controllerPort, javaOptions, false, List.of());
    }

    /** What clients are given. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** The file that is there while the broker takes requests; holds its process id. */
    private Path readyFile() {
        return directory.resolve("ready");
    }

    @Override
    public Launch prepare() throws IOException {
        Files.createDirectories(directory);
        Files.deleteIfExists(readyFile());
        Path file = directory.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings().store(writer, null);
        }
        ServerFiles files = ServerFiles.ofBuild();
        List<String> command = new ArrayList<>();
        command.add(JavaProgram.ofThisProcess().toString());
        command.addAll(javaOptions);
        List<Path> classPath = classPath(files);
        if (keepsClasses) {
            command.addAll(archive(classPath));
        }
        command.addAll(
                List.of(
                        "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                        "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn",
                        "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaConfig=warn",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                classPath.stream().map(Path::toString).toList()),
                        Broker.class.getName(),
                        file.toString(),
                        readyFile().toString()));
        return new Launch("Kafka", command, Map.of(), directory, directory.resolve("kafka.log"));
    }

    /** Every jar by name: a wildcard's order is the file system's, and an archive depends on it. */
    private static List<Path> classPath(ServerFiles files) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (var jars = Files.newDirectoryStream(files.kafkaLibraries(), "*.jar")) {
            jars.forEach(entries::add);
        }
        entries.sort(null);
        entries.add(files.brokerClasses());
        return entries;
    }

    /**
     * Options for an archive of just these classes; that of other ones goes away. Java by itself
     * would neither use nor replace an archive whose jars have changed.
     */
    private List<String> archive(List<Path> classPath) throws IOException {
        if (directory.toString().contains(File.pathSeparator)) {
            return List.of(); // Java would take it for two files
        }
        int state = 0;
        for (Path entry : classPath) {
            state =
                    Objects.hash(
                            state,
                            entry.toString(),
                            Files.size(entry),
                            Files.getLastModifiedTime(entry));
        }
        Path archive = directory.resolve("classes-%08x.jsa".formatted(state));
        try (var kept = Files.newDirectoryStream(directory, "classes*.jsa")) {
            for (Path each : kept) {
                if (!each.equals(archive)) {
                    Files.delete(each);
                }
            }
        }
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:cds=off,aot=off,cds+dynamic=off"); // without one it only starts slower
    }

    private Properties settings() {
        StringBuilder listeners =
                new StringBuilder(
                        "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d"
                                .formatted(port, controllerPort));
        StringBuilder advertised = new StringBuilder("PLAINTEXT://localhost:" + port);
        StringBuilder protocols = new StringBuilder("CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        for (Detour detour : detours) {
            String name = "DETOUR" + detour.port();
            listeners.append(",%s://localhost:%d".formatted(name, detour.port()));
            advertised.append(",%s://localhost:%d".formatted(name, detour.advertised()));
            protocols.append(",%s:PLAINTEXT".formatted(name));
        }
        Properties settings = new Properties();
        settings.putAll(
                Map.of(
                        "process.roles",
                        "broker,controller",
                        "node.id",
                        "1",
                        "controller.quorum.voters",
                        "1@localhost:" + controllerPort,
                        "listeners",
                        listeners.toString(),
                        "advertised.listeners",
                        advertised.toString(),
                        "controller.listener.names",
                        "CONTROLLER",
                        "inter.broker.listener.name",
                        "PLAINTEXT",
                        "listener.security.protocol.map",
                        protocols.toString(),
                        "log.dirs",
                        directory.resolve("data").toString(),
                        "auto.create.topics.enable",
                        "false"));
        settings.putAll(
                Map.of(
                        "offsets.topic.replication.factor", "1",
                        "offsets.topic.num.partitions", Integer.toString(OWN_PARTITIONS),
                        "transaction.state.log.replication.factor", "1",
                        "transaction.state.log.min.isr", "1",
                        "transaction.state.log.num.partitions", Integer.toString(OWN_PARTITIONS),
                        "group.initial.rebalance.delay.ms", "0",
                        "log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BUFFER_BYTES),
                        "broker.session.timeout.ms", Integer.toString(SESSION_MILLIS),
                        "broker.heartbeat.interval.ms", Integer.toString(HEARTBEAT_MILLIS)));
        return settings;
    }

    @Override
    public String version() {
        return ServerFiles.ofBuild().kafkaVersion();
    }

    @Override
    public boolean isReady() {
        return Files.exists(readyFile()) && takesConnections();
    }

    private boolean takesConnections() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
