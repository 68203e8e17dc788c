package org.minutebook.ingest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Documents handed in together.
 *
 * @param id names it; given to uploads that belong to it
 * @param name for people; null where it has none
 * @param files how many files are expected; null where nobody said
 * @param createdAt when it was begun
 */
public record Batch(String id, @Nullable String name, @Nullable Integer files, Instant createdAt) {}
