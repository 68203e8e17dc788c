package org.minutebook.ingest.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that a service could not handle, as an operator sees it in a list.
 *
 * @param id names it: topic, partition and offset where it lies, as {@code
 *     documents.uploaded-dlt-2-17}
 * @param topic topic that it was read from, and is sent to when it is replayed
 * @param key key of the record, a document's id as a rule; null where it had none
 * @param service who gave it up; null where that is not known
 * @param cause type and message of what went wrong; null where that is not known
 * @param at when it was given up
 * @param size bytes of its value
 */
public record DeadLetter(
        String id,
        String topic,
        @Nullable String key,
        @Nullable String service,
        @Nullable String cause,
        Instant at,
        int size) {}
