package org.minutebook.ingest.topics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How topics are created.
 *
 * @param partitions partitions of each topic, and so the most instances of a service that share its
 *     work; topics that have fewer get more, none loses any
 */
@ConfigurationProperties("minutebook.topics")
record TopicSettings(@DefaultValue("4") int partitions) {

    TopicSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException("minutebook.topics.partitions is at least 1");
        }
    }
}
