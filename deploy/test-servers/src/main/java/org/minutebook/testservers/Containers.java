package org.minutebook.testservers;

import com.github.dockerjava.api.model.Image;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
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
        return mayHaveEngine() && Images.PRESENT.contains(image);
    }

    /** Spares the search for an engine, and its long complaints, where there can be none. */
    private static boolean mayHaveEngine() {
        return System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of("/var/run/docker.sock"));
    }

    /** Asked once. */
    private static final class Images {

        static final Set<String> PRESENT = present();

        private static Set<String> present() {
            DockerClientFactory docker = DockerClientFactory.instance();
            if (!docker.isDockerAvailable()) {
                return Set.of();
            }
            return docker.client().listImagesCmd().exec().stream()
                    .map(Image::getRepoTags)
                    .flatMap(tags -> tags == null ? Stream.empty() : Arrays.stream(tags))
                    .collect(Collectors.toSet());
        }
    }
}
