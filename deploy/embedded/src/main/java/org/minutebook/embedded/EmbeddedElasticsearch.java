package org.minutebook.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One Elasticsearch node with the analysis plugin, without security, on the loopback address.
 *
 * <p>It refuses to run as root. Started by root, it runs in a user namespace in which root's files
 * belong to an ordinary user: nobody has to create one, and a private folder stays reachable.
 *
 * @param directory folder for data, settings and log
 * @param port of HTTP
 * @param transportPort between nodes; there are none, but it is opened
 * @param javaOptions options of its Java
 */
public record EmbeddedElasticsearch(
        Path directory, int port, int transportPort, List<String> javaOptions)
        implements EmbeddedServer {

    private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    /**
     * For tests and small archives: ready in 7 s, 530 MB resident. With a heap this small the
     * serial collector costs less than the concurrent one. No archive of classes can be used, so
     * all of Java's and the server's are read at each start: with Java's usual table of names an
     * eighth of the start goes into looking them up, and all memory is collected three times while
     * room for them grows. Source: measured, docs/performance.md.
     */
    public static final List<String> SMALL =
            List.of(
                    "-Xms256m",
                    "-Xmx256m",
                    "-XX:+UnlockExperimentalVMOptions",
                    "-XX:SymbolTableSize=524288",
                    "-XX:MetaspaceSize=192m",
                    FIRST_COMPILER_ONLY,
                    "-XX:ReservedCodeCacheSize=128m",
                    "-XX:-UseG1GC",
                    "-XX:+UseSerialGC");

    /**
     * Settings of a node that runs with {@link #SMALL}: it refuses a request by what requests ask
     * for, not by how full its heap is. With the serial collector a heap is nearly full of garbage
     * before all of it is collected; then everybody would be refused, and nobody would fill the
     * rest, which alone makes it collect. Half of the heap leaves room for what stays there, a
     * fifth of it, and for what is being written, a tenth.
     */
    public static final Map<String, String> SMALL_SETTINGS =
            Map.of(
                    "indices.breaker.total.use_real_memory", "false",
                    "indices.breaker.total.limit", "50%");

    /** Answered with 408 before the node's own shards are there. */
    private static final String HEALTH = "/_cluster/health?wait_for_status=yellow&timeout=0s";

    private static final int ANSWER_LIMIT_MILLIS = 1000;

    private static final List<String> WRITES_INTO_HOME =
            List.of("-Xlog:gc", "-XX:ErrorFile", "-XX:+HeapDumpOnOutOfMemoryError");

    /**
     * Vectors are instructions of the processor for Java's second compiler only; for the first they
     * are objects and loops, in which Elasticsearch would look for the ends of lines.
     */
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    /** Everything to standard output, which is the log file. */
    private static final String LOGGING =
            """
            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
            rootLogger.level = info
            rootLogger.appenderRef.console.ref = console
            """;

    public EmbeddedElasticsearch {
        directory = directory.toAbsolutePath();
        javaOptions = List.copyOf(javaOptions);
    }

    /** What clients are given. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public Launch prepare() throws IOException {
        Path config = Files.createDirectories(directory.resolve("config"));
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Files.writeString(config.resolve("elasticsearch.yml"), settings());
        Files.writeString(config.resolve("log4j2.properties"), LOGGING);
        Path home = ServerFiles.ofBuild().elasticsearchHome();
        Files.write(config.resolve("jvm.options"), javaOptions(home));
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(
                    List.of("unshare", "--user", "--map-user=1000", "--map-group=1000", "--"));
        }
        command.add(home.resolve("bin").resolve("elasticsearch").toString());
        return new Launch(
                "Elasticsearch",
                command,
                Map.of(
                        "ES_JAVA_HOME", JavaProgram.home().toString(),
                        "ES_PATH_CONF", config.toString(),
                        "ES_TMPDIR", temporary.toString(),
                        "ES_JAVA_OPTS", "",
                        // The launcher runs for a second: compiling it well takes longer.
                        "CLI_JAVA_OPTS", "-XX:TieredStopAtLevel=1"),
                directory,
                directory.resolve("elasticsearch.log"));
    }

    /**
     * The server's own options without those that write into its folder, or that do not fit ours;
     * then ours.
     */
    private List<String> javaOptions(Path home) throws IOException {
        List<String> unfit = new ArrayList<>(WRITES_INTO_HOME);
        if (javaOptions.contains(FIRST_COMPILER_ONLY)) {
            unfit.add(VECTORS);
        }
        List<String> options = new ArrayList<>();
        for (String line : Files.readAllLines(home.resolve("config").resolve("jvm.options"))) {
            String option = line.substring(line.indexOf(":-") + 1); // "20-:" stands for Java 20 on
            if (unfit.stream().noneMatch(option::startsWith)) {
                options.add(line);
            }
        }
        options.addAll(javaOptions);
        options.add("-XX:ErrorFile=" + directory.resolve("hs_err_pid%p.log"));
        return options;
    }

    /**
     * The watermarks are absolute: by default, in percent, a large disk with hundreds of free
     * gigabytes would already count as full. They lie below intake's reserve.
     */
    private String settings() {
        return """
        cluster.name: minutebook
        node.name: minutebook
        discovery.type: single-node
        network.host: 127.0.0.1
        http.port: %d
        transport.port: %d
        path.data: %s
        path.logs: %s
        xpack.security.enabled: false
        xpack.ml.enabled: false
        cluster.routing.allocation.disk.watermark.low: 1gb
        cluster.routing.allocation.disk.watermark.high: 750mb
        cluster.routing.allocation.disk.watermark.flood_stage: 500mb
        """
                        .formatted(
                                port,
                                transportPort,
                                quoted(directory.resolve("data")),
                                quoted(directory.resolve("logs")))
                + SMALL_SETTINGS.entrySet().stream()
                        .map(setting -> setting.getKey() + ": " + setting.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Override
    public String version() {
        return ServerFiles.ofBuild().elasticsearchVersion();
    }

    @Override
    public boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) uri().resolve(HEALTH).toURL().openConnection();
            connection.setConnectTimeout(ANSWER_LIMIT_MILLIS);
            connection.setReadTimeout(ANSWER_LIMIT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
