package org.minutebook.extract.kafka;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.minutebook.contracts.Topic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/** Creates the topics that this service uses; those that are there stay as they are. */
@Configuration(proxyBeanMethods = false)
class Topics {

    /** Enough for four instances of a service at once. */
    private static final int PARTITIONS = 4;

    private static final List<Topic<?>> USED =
            List.of(
                    Topic.DOCUMENTS_UPLOADED,
                    Topic.DOCUMENTS_SCANNED,
                    Topic.AGENDA_ITEMS,
                    Topic.DOCUMENTS_LIFECYCLE);

    @Bean
    KafkaAdmin.NewTopics minutebookTopics() {
        return new KafkaAdmin.NewTopics(
                USED.stream()
                        .flatMap(topic -> Stream.of(newTopic(topic), deadLetters(topic)))
                        .toArray(NewTopic[]::new));
    }

    private static NewTopic newTopic(Topic<?> topic) {
        TopicBuilder builder = TopicBuilder.name(topic.name()).partitions(PARTITIONS);
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

    private static NewTopic deadLetters(Topic<?> topic) {
        return TopicBuilder.name(topic.deadLetters())
                .partitions(PARTITIONS)
                .config(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(Topic.DEAD_LETTER_RETENTION.toMillis()))
                .build();
    }
}
