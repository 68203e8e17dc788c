package org.minutebook.local.bulk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * How much an archive may unpack to; one past a limit is refused whole.
 *
 * @param mostEntries most files and folders in it
 * @param mostContent most bytes of all its files together
 * @param mostRatio most bytes unpacked for each byte packed, looked at past the first 10 MB
 */
record ArchiveLimits(int mostEntries, long mostContent, int mostRatio) {

    /** What intake takes where its settings are left as they are: {@code minutebook.archives.*}. */
    static final ArchiveLimits OF_INTAKE = new ArchiveLimits(50_000, 50L * 1024 * 1024 * 1024, 100);

    /** Below this a ratio says nothing: a page of blanks packs well, too. */
    private static final long FREE_BYTES = 10L * 1024 * 1024;

    private static final String INSTEAD =
            " Nothing of it was kept. If it should be so large, unpack it and import the folder.";

    /** An archive is past a limit. */
    static final class PastLimitException extends IOException {
        private static final long serialVersionUID = 1;

        private final String reason;

        PastLimitException(String reason, String message) {
            super(message + INSTEAD);
            this.reason = reason;
        }

        /** Code of the reason, as intake has it. */
        String reason() {
            return reason;
        }
    }

    /** Counts for one archive of {@code packed} bytes. */
    Count count(long packed) {
        return new Count(packed);
    }

    /** What was unpacked of one archive so far. */
    final class Count {
        private final long packed;
        private int entries;
        private long unpacked;

        private Count(long packed) {
            this.packed = packed;
        }

        void entry() throws PastLimitException {
            if (++entries > mostEntries) {
                throw new PastLimitException(
                        "TOO_MANY_ENTRIES",
                        "The archive has more than %d entries.".formatted(mostEntries));
            }
        }

        /** The same bytes, counted as they are read. */
        InputStream counted(InputStream bytes) {
            return new FilterInputStream(bytes) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = in.read(buffer, offset, length);
                    add(Math.max(read, 0));
                    return read;
                }

                @Override
                public boolean markSupported() {
                    return false;
                }
            };
        }

        private void add(int bytes) throws PastLimitException {
            unpacked += bytes;
            if (unpacked > mostContent) {
                throw new PastLimitException(
                        "TOO_MUCH_CONTENT",
                        "The archive unpacks to more than %d bytes.".formatted(mostContent));
            }
            if (unpacked > FREE_BYTES && unpacked / mostRatio > packed) {
                throw new PastLimitException(
                        "TOO_MUCH_CONTENT",
                        "The archive unpacks to more than %d times its size.".formatted(mostRatio));
            }
        }
    }
}
