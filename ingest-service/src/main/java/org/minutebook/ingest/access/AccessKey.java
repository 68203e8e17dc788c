package org.minutebook.ingest.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;

/**
 * A key as it is kept: never the key itself.
 *
 * @param name who has it, for people and the audit
 * @param hash SHA-256 of the key
 * @param rights what it allows
 * @param createdAt when it was made
 * @param expiresAt when it ends; null for never
 */
public record AccessKey(
        String name,
        ContentHash hash,
        Set<Right> rights,
        Instant createdAt,
        @Nullable Instant expiresAt) {

    public AccessKey {
        rights = Set.copyOf(rights);
    }

    /** Whether it counts at this time. */
    public boolean isValidAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
