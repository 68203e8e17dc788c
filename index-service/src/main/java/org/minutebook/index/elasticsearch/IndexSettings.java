package org.minutebook.index.elasticsearch;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How items are written to Elasticsearch.
 *
 * @param bulkSize size from which a bulk request is sent; larger batches go in several. Source:
 *     "Tune for indexing speed" in the Elasticsearch reference advises a few tens of megabytes at
 *     most
 */
@ConfigurationProperties("minutebook.index")
public record IndexSettings(@DefaultValue("8MB") DataSize bulkSize) {

    public IndexSettings {
        if (bulkSize.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "minutebook.index.bulk-size: " + bulkSize + ", expected 1 byte or more");
        }
    }
}
