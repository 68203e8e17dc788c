package org.minutebook.ingest.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the bytes that are read. All of them are read by {@link #read(byte[], int, int)}, which a
 * kind with a bound of its own overrides.
 */
public abstract class CountedInputStream extends FilterInputStream {

    private long count;

    protected CountedInputStream(InputStream in) {
        super(in);
    }

    /** Bytes read so far. */
    protected final long count() {
        return count;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        count += Math.max(read, 0);
        return read;
    }

    /** No: what is read once more would be counted twice. */
    @Override
    public final boolean markSupported() {
        return false;
    }
}
