package org.minutebook.extract.formats;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.pages.WorkTime;
import org.springframework.util.unit.DataSize;

/**
 * What reading one document has used and may still use. Parsers swallow exceptions to get on with
 * broken files, so the first limit that was passed is remembered and asked for at the end.
 */
final class Budget {

    private final ReadingLimits limits;
    private final WorkTime time = new WorkTime();
    private long characters;
    private int pagesRead;
    private volatile @Nullable RefusedException passed;

    Budget(ReadingLimits limits) {
        this.limits = limits;
    }

    ReadingLimits limits() {
        return limits;
    }

    /** The first limit that was passed; null while none was. */
    @Nullable RefusedException passed() {
        return passed;
    }

    /** Remembers and returns a refusal; an earlier one wins. */
    RefusedException pass(RefusalReason reason, String detail) {
        if (passed == null) {
            passed = new RefusedException(reason, detail);
        }
        return Objects.requireNonNull(passed);
    }

    /** Time that the document may take, as far as it is known by now. */
    private Duration wholeTime() {
        return limits.timeLimit().plus(limits.timePerPage().multipliedBy(pagesRead));
    }

    /** Time that is left by the clock; zero or less when it is used up. */
    Duration timeLeft() {
        return wholeTime().minus(time.onTheClock());
    }

    /** Notes a page that was read and gives the time for one more. */
    void pageRead() throws RefusedException {
        pagesRead++;
        checkTime();
    }

    void checkTime() throws RefusedException {
        if (time.exceeds(wholeTime())) {
            throw tooSlow();
        }
    }

    RefusedException tooSlow() {
        return pass(
                RefusalReason.TOO_SLOW,
                "Reading was given up after %d seconds and %d pages. Save the document anew from the program that made it, or split it."
                        .formatted(time.onTheClock().toSeconds(), pagesRead));
    }

    void takeText(int length) throws RefusedException {
        characters += length;
        if (characters > limits.maxText().toBytes()) {
            throw pass(
                    RefusalReason.TOO_DEMANDING,
                    "It holds more than %s of text, the limit for one document. Split it."
                            .formatted(size(limits.maxText())));
        }
    }

    void checkPages(int count) throws RefusedException {
        if (count > limits.maxPages()) {
            throw pass(
                    RefusalReason.TOO_LARGE,
                    "It has %,d pages, the limit is %,d. Split it."
                            .formatted(count, limits.maxPages()));
        }
    }

    RefusedException partTooLarge() {
        return pass(
                RefusalReason.TOO_DEMANDING,
                "A part of it unpacks to more than %s, the limit for one part. Save the document anew from the program that made it."
                        .formatted(size(limits.maxPart())));
    }

    /** A part of a file while it is unpacked, up to the limit on parts and on time. */
    InputStream limited(InputStream part) {
        return new LimitedPart(part);
    }

    static String size(DataSize size) {
        return size.toMegabytes() > 0 ? size.toMegabytes() + " MB" : size.toBytes() + " bytes";
    }

    private final class LimitedPart extends FilterInputStream {

        private long left = limits.maxPart().toBytes();

        LimitedPart(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                take(1);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read > 0) {
                take(read);
            }
            return read;
        }

        private void take(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new IOException(partTooLarge());
            }
            try {
                checkTime();
            } catch (RefusedException e) {
                throw new IOException(e);
            }
        }
    }
}
