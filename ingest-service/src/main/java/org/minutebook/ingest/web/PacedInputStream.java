package org.minutebook.ingest.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.minutebook.ingest.files.CountedInputStream;

/**
 * A sender's stream that breaks off a sender who drips: it would hold its place for days. Only the
 * time in which the sender is waited for counts.
 */
final class PacedInputStream extends CountedInputStream {

    /** Time before the pace is looked at, for a slow start. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final double NANOS = 1e9;

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private long waitedNanos;

    PacedInputStream(InputStream in, long bytesPerSecond) {
        this(in, bytesPerSecond, System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param nanoTime as {@link System#nanoTime()}
     */
    PacedInputStream(InputStream in, long bytesPerSecond, LongSupplier nanoTime) {
        super(in);
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
    }

    /** The sender is too slow. */
    static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1;

        TooSlowException(long bytesPerSecond) {
            super(
                    "less than %d bytes a second, the limit minutebook.ingest.slowest-upload"
                            .formatted(bytesPerSecond));
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long before = nanoTime.getAsLong();
        int read = super.read(buffer, offset, length);
        waitedNanos += nanoTime.getAsLong() - before;
        if (count() < (waitedNanos - GRACE.toNanos()) / NANOS * bytesPerSecond) {
            throw new TooSlowException(bytesPerSecond);
        }
        return read;
    }
}
