package org.minutebook.ingest.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys of those who upload and manage. Where {@code minutebook.ingest.key-hashes} names none and
 * the store has none, a first key with all rights is made at the start and shown once.
 *
 * @param firstKeyFile file that the first key is written to, readable by its owner only; without
 *     one it is printed on the console
 * @param requestsPerMinute most requests that one key may make a minute
 * @param failuresPerMinute most requests without a valid key that one address may make a minute
 */
@ConfigurationProperties("minutebook.keys")
public record AccessSettings(
        @Nullable Path firstKeyFile,
        @DefaultValue("60000") int requestsPerMinute,
        @DefaultValue("60") int failuresPerMinute) {}
