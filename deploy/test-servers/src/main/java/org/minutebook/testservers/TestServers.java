package org.minutebook.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.embedded.EmbeddedElasticsearch;
import org.minutebook.embedded.EmbeddedKafka;
import org.minutebook.embedded.FreePorts;

/**
 * A real broker and a real Elasticsearch for integration tests. Each is started when first asked
 * for, serves every test of this JVM, and ends with it, also when it is killed. Tests keep apart by
 * topics and indices of their own.
 *
 * <p>In containers where a Docker engine answers and has the images, else as child processes; which
 * of the two is said on standard error.
 *
 * <p>The broker makes no topic by itself. Its class path is its own, not the test's.
 */
public final class TestServers {

    private static @Nullable String kafka;
    private static @Nullable URI elasticsearch;

    private TestServers() {}

    /** The broker's bootstrap servers. */
    public static synchronized String kafka() {
        if (kafka == null) {
            kafka = Containers.kafka().orElseGet(TestServers::embeddedKafka);
        }
        return kafka;
    }

    /** Where Elasticsearch answers. */
    public static synchronized URI elasticsearch() {
        if (elasticsearch == null) {
            elasticsearch =
                    Containers.elasticsearch().orElseGet(TestServers::embeddedElasticsearch);
        }
        return elasticsearch;
    }

    private static String embeddedKafka() {
        List<Integer> ports = freePorts();
        EmbeddedKafka server =
                new EmbeddedKafka(
                        temporary("kafka"), ports.get(0), ports.get(1), EmbeddedKafka.SMALL);
        ChildServer.run("Kafka", server, server.directory());
        return server.bootstrapServers();
    }

    private static URI embeddedElasticsearch() {
        List<Integer> ports = freePorts();
        EmbeddedElasticsearch server =
                new EmbeddedElasticsearch(
                        temporary("elasticsearch"),
                        ports.get(0),
                        ports.get(1),
                        EmbeddedElasticsearch.SMALL);
        ChildServer.run("Elasticsearch", server, server.directory());
        return server.uri();
    }

    private static List<Integer> freePorts() {
        try {
            return FreePorts.any(2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary(String name) {
        try {
            return Files.createTempDirectory("minutebook-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
