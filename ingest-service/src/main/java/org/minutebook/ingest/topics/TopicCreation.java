package org.minutebook.ingest.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.minutebook.contracts.Topic;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates the topics, with the settings of the service, and nothing else: a job for clusters where
 * the services themselves may create none, or where there are to be more partitions. Repeating it
 * is harmless.
 */
public final class TopicCreation {

    private TopicCreation() {}

    @EnableConfigurationProperties(TopicSettings.class)
    @ImportAutoConfiguration({SslAutoConfiguration.class, KafkaAutoConfiguration.class})
    @Import(Topics.class)
    static class Job {}

    /**
     * Creates what is missing and says what is there.
     *
     * @param arguments settings, as {@code --minutebook.topics.partitions=12}
     * @return exit status: 0 when all topics are there, 1 when the broker is away or forbids it
     */
    public static int run(String[] arguments) {
        try (ConfigurableApplicationContext job =
                new SpringApplicationBuilder(Job.class)
                        .web(WebApplicationType.NONE)
                        .run(arguments)) {
            KafkaAdmin admin = job.getBean(KafkaAdmin.class);
            admin.setFatalIfBrokerNotAvailable(true);
            admin.initialize();
            Map<String, TopicDescription> found = admin.describeTopics(names());
            found.values().stream()
                    .map(topic ->
                            "%s: %d partitions, replication factor %d"
                                    .formatted(
                                            topic.name(),
                                            topic.partitions().size(),
                                            topic.partitions().getFirst().replicas().size()))
                    .sorted()
                    .forEach(System.out::println);
            return 0;
        } catch (RuntimeException e) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
            System.err.println(
                    "The topics are not all there: "
                            + (cause instanceof TimeoutException
                                    ? "no broker answers at spring.kafka.bootstrap-servers."
                                    : cause.getMessage()));
            return 1;
        }
    }

    private static String[] names() {
        List<String> names = new ArrayList<>();
        for (Topic<?> topic : Topic.ALL) {
            names.add(topic.name());
            names.add(topic.deadLetters());
        }
        return names.toArray(String[]::new);
    }
}
