package org.minutebook.ingest;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits and access of the intake.
 *
 * @param keyHashes keys with all rights, beside those that the store keeps: {@code name:SHA-256 of
 *     the key in hex}
 * @param maxSize largest document accepted
 * @param maxRequest largest request accepted, all its files together
 * @param diskReserve space that intake leaves free for the broker and the index; below it uploads
 *     are refused with 507
 * @param parallelUploads requests with documents that are read at once; more are asked to come
 *     again
 * @param mostWaiting documents stored and not announced, with the broker away, at which uploads are
 *     asked to come again
 * @param slowestUpload bytes that a sender must bring a second, in the mean over all but the first
 *     half minute; 0 waits for everybody
 */
@ConfigurationProperties("minutebook.ingest")
public record IngestSettings(
        @DefaultValue List<String> keyHashes,
        @DefaultValue("200MB") DataSize maxSize,
        @DefaultValue("10GB") DataSize maxRequest,
        @DefaultValue("2GB") DataSize diskReserve,
        @DefaultValue("64") int parallelUploads,
        @DefaultValue("100000") int mostWaiting,
        @DefaultValue("1KB") DataSize slowestUpload) {

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
