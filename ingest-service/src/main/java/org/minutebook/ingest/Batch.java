package org.minutebook.ingest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Documents handed in together.
 *
 * @param id names it; given to uploads that belong to it
 * @param name for people; null where it has none
 * @param createdAt when it was begun
 */
public record Batch(String id, @Nullable String name, Instant createdAt) {}
