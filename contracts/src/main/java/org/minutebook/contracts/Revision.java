package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Clock;

/**
 * Orders everything that is said about one document. ingest-service gives a new one at every
 * upload, metadata change, reprocessing and deletion; every record about the document carries it;
 * whoever reads a record older than the document's revision drops it. It is also the external
 * version in Elasticsearch.
 *
 * @param value positive; near the epoch milliseconds at which it was given
 */
public record Revision(@JsonValue long value) implements Comparable<Revision> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Revision {
        if (value <= 0) {
            throw new IllegalArgumentException("revision " + value + ", expected 1 or more");
        }
    }

    /** The first revision of a document. */
    public static Revision first(Clock clock) {
        return new Revision(clock.millis());
    }

    /**
     * The one after this: {@code max(this + 1, epoch milliseconds)}, so it grows even if the clock
     * steps back.
     */
    public Revision next(Clock clock) {
        return new Revision(Math.max(value + 1, clock.millis()));
    }

    /** Whether a record with this revision is out of date for a document at {@code current}. */
    public boolean isOlderThan(Revision current) {
        return value < current.value;
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
