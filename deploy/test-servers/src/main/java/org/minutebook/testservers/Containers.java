package org.minutebook.testservers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The servers in containers. Nothing is pulled: who wants containers has the images, and nobody
 * waits for a registry that does not answer. Other images than the official ones are named by the
 * variables {@code MINUTEBOOK_TEST_KAFKA_IMAGE} and {@code MINUTEBOOK_TEST_ELASTICSEARCH_IMAGE}.
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

    private static final int ELASTICSEARCH_PORT = 9200;
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private Containers() {}

    static Optional<String> kafka() {
        if (!isThere(KAFKA_IMAGE)) {
            return Optional.empty();
        }
        System.err.printf("Tests use Kafka in a container of %s%n", KAFKA_IMAGE);
        KafkaContainer container =
                new KafkaContainer(
                                DockerImageName.parse(KAFKA_IMAGE).asCompatibleSubstituteFor(KAFKA))
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        container.start();
        stopAtExit(container);
        return Optional.of(container.getBootstrapServers());
    }

    static Optional<URI> elasticsearch() {
        if (!isThere(ELASTICSEARCH_IMAGE)) {
            return Optional.empty();
        }
        System.err.printf("Tests use Elasticsearch in a container of %s%n", ELASTICSEARCH_IMAGE);
        GenericContainer<?> container =
                new GenericContainer<>(DockerImageName.parse(ELASTICSEARCH_IMAGE))
                        .withEnv("discovery.type", "single-node")
                        .withEnv("xpack.security.enabled", "false")
                        .withEnv("xpack.ml.enabled", "false")
                        .withEnv("ES_JAVA_OPTS", "-Xms256m -Xmx256m")
                        .withExposedPorts(ELASTICSEARCH_PORT)
                        .waitingFor(
                                Wait.forHttp("/_cluster/health")
                                        .forPort(ELASTICSEARCH_PORT)
                                        .withStartupTimeout(START_LIMIT));
        container.start();
        stopAtExit(container);
        return Optional.of(
                URI.create(
                        "http://%s:%d"
                                .formatted(
                                        container.getHost(),
                                        container.getMappedPort(ELASTICSEARCH_PORT))));
    }

    private static void stopAtExit(GenericContainer<?> container) {
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
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
