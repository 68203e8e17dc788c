package org.minutebook.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.minutebook.embedded.EmbeddedElasticsearch;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The servers in containers. Nothing is pulled: nobody waits for a registry that does not answer.
 * The images are those that the variables {@code MINUTEBOOK_TEST_KAFKA_IMAGE} and {@code
 * MINUTEBOOK_TEST_ELASTICSEARCH_IMAGE} name, or the official ones, if the engine has them; else
 * they are built from this build's servers if it has the bases, which {@code ./minutebook images
 * --without-registry bases} makes.
 */
final class Containers {

    private static final String KAFKA = "apache/kafka";
    private static final String KAFKA_IMAGE =
            System.getenv().getOrDefault("MINUTEBOOK_TEST_KAFKA_IMAGE", KAFKA + ":4.2.2");
    private static final String ELASTICSEARCH_IMAGE =
            System.getenv()
                    .getOrDefault(
                            "MINUTEBOOK_TEST_ELASTICSEARCH_IMAGE",
                            "docker.elastic.co/elasticsearch/elasticsearch:9.5.3");

    /** Images that are made without a registry. */
    private static final String LOCAL = "minutebook/%s:local";

    private static final int ELASTICSEARCH_PORT = 9200;
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private Containers() {}

    static Optional<String> kafka() {
        return image(KAFKA_IMAGE, "kafka", "java").map(Containers::startKafka);
    }

    private static String startKafka(String image) {
        System.err.printf("Tests use Kafka in a container of %s%n", image);
        KafkaContainer container =
                new KafkaContainer(DockerImageName.parse(image).asCompatibleSubstituteFor(KAFKA))
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        container.start();
        stopAtExit(container);
        return container.getBootstrapServers();
    }

    static Optional<URI> elasticsearch() {
        return image(ELASTICSEARCH_IMAGE, "elasticsearch", "jdk")
                .map(Containers::startElasticsearch);
    }

    private static URI startElasticsearch(String image) {
        System.err.printf("Tests use Elasticsearch in a container of %s%n", image);
        GenericContainer<?> container =
                new GenericContainer<>(DockerImageName.parse(image))
                        .withEnv("discovery.type", "single-node")
                        .withEnv("xpack.security.enabled", "false")
                        .withEnv("xpack.ml.enabled", "false")
                        .withEnv("ES_JAVA_OPTS", String.join(" ", EmbeddedElasticsearch.SMALL))
                        .withEnv(EmbeddedElasticsearch.SMALL_SETTINGS)
                        .withExposedPorts(ELASTICSEARCH_PORT)
                        .waitingFor(
                                Wait.forHttp("/_cluster/health")
                                        .forPort(ELASTICSEARCH_PORT)
                                        .withStartupTimeout(START_LIMIT));
        container.start();
        stopAtExit(container);
        return URI.create(
                "http://%s:%d"
                        .formatted(
                                container.getHost(), container.getMappedPort(ELASTICSEARCH_PORT)));
    }

    private static void stopAtExit(GenericContainer<?> container) {
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
    }

    /** The image to start; empty where there is none and none can be built. */
    private static Optional<String> image(String image, String name, String base) {
        if (isThere(image)) {
            return Optional.of(image);
        }
        @Nullable String root = System.getProperty("minutebook.root");
        if (root == null || !isThere(LOCAL.formatted(base))) {
            return Optional.empty();
        }
        build(Path.of(root, "deploy", "images", "build"), name);
        return Optional.of(LOCAL.formatted(name));
    }

    /** Built each time, so that it is of these servers; an engine that has it takes seconds. */
    private static void build(Path program, String name) {
        ProcessBuilder building =
                new ProcessBuilder(program.toString(), "--without-registry", name)
                        .redirectErrorStream(true);
        building.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = building.start();
            process.inputReader(StandardCharsets.UTF_8).lines().forEach(System.err::println);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        "%s %s ended with status %d".formatted(program, name, status));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an image was built", e);
        }
    }

    private static boolean isThere(String image) {
        return Images.PRESENT.contains('"' + image + '"');
    }

    /**
     * The engine's list of images, asked once, over its own socket: Testcontainers would first pull
     * an image of its own, and wait for minutes where no registry answers.
     */
    private static final class Images {

        private static final String DEFAULT_HOST = "unix:///var/run/docker.sock";
        private static final String REQUEST = "GET /images/json HTTP/1.0\r\nHost: docker\r\n\r\n";

        /** JSON as the engine sent it; empty where none answers. */
        static final String PRESENT = present();

        private static String present() {
            URI host = URI.create(System.getenv().getOrDefault("DOCKER_HOST", DEFAULT_HOST));
            try (SocketChannel engine = SocketChannel.open(addressOf(host))) {
                engine.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
                return new String(
                        Channels.newInputStream(engine).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException | UnsupportedOperationException e) {
                return ""; // no engine that answers us
            }
        }

        private static SocketAddress addressOf(URI host) {
            return "unix".equals(host.getScheme())
                    ? UnixDomainSocketAddress.of(host.getPath())
                    : new InetSocketAddress(host.getHost(), host.getPort());
        }
    }
}
