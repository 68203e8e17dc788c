package org.minutebook.index.elasticsearch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How items are written to Elasticsearch.
 *
 * @param bulkSize size from which a bulk request is sent; larger batches go in several. Source:
 *     "Tune for indexing speed" in the Elasticsearch reference advises a few tens of megabytes at
 *     most
 * @param reindexPatience how long each step of a reindexing is tried while Elasticsearch or the
 *     store is away; then it is given up, and searches keep the index that they have; after the new
 *     one took its place it is filled again
 */
@ConfigurationProperties("minutebook.index")
public record IndexSettings(
        @DefaultValue("8MB") DataSize bulkSize, @DefaultValue("10m") Duration reindexPatience) {

    public IndexSettings {
        if (reindexPatience.isNegative()) {
            throw new IllegalArgumentException(
                    "minutebook.index.reindex-patience: "
                            + reindexPatience
                            + ", expected 0 or more");
        }
        if (bulkSize.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "minutebook.index.bulk-size: " + bulkSize + ", expected 1 byte or more");
        }
    }
}
