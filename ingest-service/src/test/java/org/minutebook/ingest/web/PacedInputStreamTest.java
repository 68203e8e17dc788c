package org.minutebook.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedInputStreamTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void a_sender_who_drips_is_broken_off() {
        PacedInputStream stream = paced(Duration.ofSeconds(10));

        assertThatThrownBy(stream::readAllBytes)
                .isInstanceOf(PacedInputStream.TooSlowException.class)
                .hasMessageContaining("minutebook.ingest.slowest-upload");
        assertThat(Duration.ofNanos(nanos.get()))
                .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    @Test
    void a_sender_who_keeps_the_pace_is_waited_for() throws IOException {
        assertThat(paced(Duration.ofMillis(1)).readAllBytes()).hasSize(10_000);
    }

    @Test
    void the_first_half_minute_is_free() throws IOException {
        InputStream late =
                new InputStream() {
                    @Override
                    public int read() {
                        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
                        return -1;
                    }
                };
        assertThat(new PacedInputStream(late, 1000, nanos::get).read()).isEqualTo(-1);
    }

    /** A sender of 10,000 bytes who takes this long for each. */
    private PacedInputStream paced(Duration eachByte) {
        InputStream slow =
                new ByteArrayInputStream(new byte[10_000]) {
                    @Override
                    public synchronized int read(byte[] buffer, int offset, int length) {
                        nanos.addAndGet(eachByte.toNanos());
                        return super.read(buffer, offset, Math.min(1, length));
                    }
                };
        return new PacedInputStream(slow, 1000, nanos::get);
    }
}
