package org.minutebook.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.minutebook.store.DocumentStore;
import org.springframework.stereotype.Component;

/** How much is stored and not announced, looked at only while announcing fails. */
@Component
public class Backlog {

    private static final Duration STALE_AFTER = Duration.ofSeconds(1);

    private final DocumentStore store;
    private final Clock clock;
    private volatile boolean failing;
    private volatile Count count = new Count(0, Instant.MIN);

    private record Count(int waiting, Instant at) {}

    Backlog(DocumentStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A round of announcements went through, or did not. */
    public void announced(boolean all) {
        failing = !all;
    }

    /** Whether announcing fails and at least this many wait. */
    boolean isOver(int limit) {
        if (!failing) {
            return false;
        }
        Count last = count;
        if (last.at().plus(STALE_AFTER).isBefore(clock.instant())) {
            last = new Count(store.unannounced(limit).size(), clock.instant());
            count = last;
        }
        return last.waiting() >= limit;
    }
}
