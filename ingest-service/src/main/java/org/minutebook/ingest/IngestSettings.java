package org.minutebook.ingest;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits and access of the intake.
 *
 * @param keyHashes who may upload: {@code name:SHA-256 of the key in hex}; nobody where the list is
 *     empty
 * @param maxSize largest document accepted
 * @param diskReserve space that intake leaves free for the broker and the index; below it uploads
 *     are refused with 507
 */
@ConfigurationProperties("minutebook.ingest")
public record IngestSettings(
        @DefaultValue List<String> keyHashes,
        @DefaultValue("200MB") DataSize maxSize,
        @DefaultValue("2GB") DataSize diskReserve) {

    private static final Pattern KEY_HASH = Pattern.compile("[^:]+:[0-9a-f]{64}");

    public IngestSettings {
        keyHashes = List.copyOf(keyHashes);
        for (String entry : keyHashes) {
            if (!KEY_HASH.matcher(entry).matches()) {
                throw new IllegalArgumentException(
                        "minutebook.ingest.key-hashes: expected name:SHA-256 in 64 lower-case hex digits");
            }
        }
    }
}
