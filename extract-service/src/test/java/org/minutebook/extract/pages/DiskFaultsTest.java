package org.minutebook.extract.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.imageio.IIOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Real failures: Linux has files that no byte can be written to or read from. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DiskFaultsTest {

    private static final Path FULL = Path.of("/dev/full");

    @Test
    void a_full_disk_is_one_whatever_it_is_wrapped_in() {
        assumeTrue(Files.exists(FULL), "SKIPPED: this system has no " + FULL);
        IOException byChannel = failure(() -> write(Files.newOutputStream(FULL)));
        IOException byStream = failure(() -> write(new FileOutputStream(FULL.toFile())));

        assertThat(DiskFaults.behind(byChannel)).isSameAs(byChannel);
        assertThat(DiskFaults.behind(new IllegalStateException(new IIOException("a", byStream))))
                .isSameAs(byStream);
    }

    @Test
    void a_file_that_the_system_cannot_read_is_one() {
        Path memory = Path.of("/proc/self/mem"); // nothing is at its beginning
        assumeTrue(Files.isReadable(memory), "SKIPPED: this system has no " + memory);
        IOException unread =
                failure(() -> {
                    try (InputStream in = Files.newInputStream(memory)) {
                        in.read();
                    }
                });

        assertThat(unread).hasMessage("Input/output error");
        assertThat(DiskFaults.behind(unread)).isSameAs(unread);
    }

    @Test
    void a_file_that_is_gone_is_one() {
        IOException gone = failure(() -> Files.size(Path.of("/nowhere")));

        assertThat(gone).isInstanceOf(NoSuchFileException.class);
        assertThat(DiskFaults.behind(gone)).isSameAs(gone);
    }

    @Test
    void what_a_document_says_is_none() {
        assertThat(DiskFaults.behind(new IOException("found 'No space left on device' at 7")))
                .isNull();
        assertThat(DiskFaults.behind(new IllegalStateException("No space left on device")))
                .isNull();
    }

    private static void write(OutputStream out) throws IOException {
        try (out) {
            out.write(1);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static IOException failure(Step step) {
        return catchThrowableOfType(IOException.class, step::run);
    }
}
