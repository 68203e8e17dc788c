package org.minutebook.ingest.topics;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.minutebook.contracts.Topic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Creates the topics as the contracts describe them; those that are there stay as they are, but
 * that they get partitions where they have fewer. Where no broker answers at the start, again and
 * again until one does.
 */
@Configuration(proxyBeanMethods = false)
class Topics {

    private static final int PAUSE_SECONDS = 5;

    private final KafkaAdmin admin;
    private boolean made;

    Topics(KafkaAdmin admin) {
        this.admin = admin;
    }

    @Scheduled(fixedDelay = PAUSE_SECONDS, timeUnit = TimeUnit.SECONDS)
    void make() {
        if (!made) {
            made = admin.initialize();
        }
    }

    @Bean
    static KafkaAdmin.NewTopics minutebookTopics(TopicSettings settings) {
        return new KafkaAdmin.NewTopics(
                Topic.ALL.stream()
                        .flatMap(topic ->
                                Stream.of(
                                        newTopic(topic, settings.partitions()),
                                        deadLetters(topic, settings.partitions())))
                        .toArray(NewTopic[]::new));
    }

    private static NewTopic newTopic(Topic<?> topic, int partitions) {
        TopicBuilder builder = TopicBuilder.name(topic.name()).partitions(partitions);
        if (topic.compacted()) {
            return builder.compact()
                    .config(
                            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                            Long.toString(Topic.MAX_COMPACTION_LAG.toMillis()))
                    .build();
        }
        if (topic.retention() == null) {
            throw new IllegalStateException(
                    topic.name() + " is neither compacted nor has a retention");
        }
        return builder.config(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(topic.retention().toMillis()))
                .build();
    }

    private static NewTopic deadLetters(Topic<?> topic, int partitions) {
        return TopicBuilder.name(topic.deadLetters())
                .partitions(partitions)
                .config(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(Topic.DEAD_LETTER_RETENTION.toMillis()))
                .build();
    }
}
