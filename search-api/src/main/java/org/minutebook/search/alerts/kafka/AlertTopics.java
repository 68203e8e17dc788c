package org.minutebook.search.alerts.kafka;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.minutebook.contracts.Topic;
import org.minutebook.search.alerts.WithAlerts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * The topics that alerts use, as the contracts describe them; those that are there stay as they
 * are.
 */
@WithAlerts
@Configuration(proxyBeanMethods = false)
class AlertTopics {

    /** Enough for four instances of a service at once. */
    private static final int PARTITIONS = 4;

    @Bean
    static KafkaAdmin.NewTopics topicsOfAlerts() {
        return new KafkaAdmin.NewTopics(
                Stream.concat(
                                Stream.of(
                                                Topic.AGENDA_ITEMS_INDEXED,
                                                Topic.SUBSCRIPTIONS,
                                                Topic.ALERTS_MATCHED,
                                                Topic.ALERTS_SENT)
                                        .map(AlertTopics::newTopic),
                                Stream.of(deadLetters(Topic.AGENDA_ITEMS_INDEXED)))
                        .toArray(NewTopic[]::new));
    }

    private static NewTopic newTopic(Topic<?> topic) {
        TopicBuilder builder = TopicBuilder.name(topic.name()).partitions(PARTITIONS);
        if (topic.retention() == null) {
            return builder.compact()
                    .config(
                            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                            Long.toString(Topic.MAX_COMPACTION_LAG.toMillis()))
                    .build();
        }
        return builder.configs(
                        Map.of(
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(topic.retention().toMillis())))
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
