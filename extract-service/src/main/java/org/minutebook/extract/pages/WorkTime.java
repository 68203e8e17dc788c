package org.minutebook.extract.pages;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * How long a piece of work takes, for a limit on it. On a machine that has other work to do the
 * clock says little about a document, so what counts is the processor time of the thread, though
 * never less than a quarter of what the clock says: work that waits for ever comes to an end, too.
 */
public final class WorkTime {

    private static final int LEAST_SHARE = 4;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long startedAt = System.nanoTime();
    private final long cpuAtStart = THREADS.getCurrentThreadCpuTime();

    /** Whether this work, which the calling thread does, has taken longer than this. */
    public boolean exceeds(Duration limit) {
        return exceeds(limit.toNanos());
    }

    boolean exceeds(long nanos) {
        long clock = System.nanoTime() - startedAt;
        // Asking for the processor time costs ten times as much as the clock.
        return clock > nanos
                && Math.max(THREADS.getCurrentThreadCpuTime() - cpuAtStart, clock / LEAST_SHARE)
                        > nanos;
    }

    /** What the clock says. */
    public Duration onTheClock() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
