package org.minutebook.local.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class UnpackedCopiesTest {

    @TempDir private Path root;

    @Test
    void copies_are_there_until_they_are_closed() throws IOException {
        Path copy;
        try (UnpackedCopies copies = new UnpackedCopies(root, 0)) {
            copy = copies.add(bytes("a"));

            assertThat(copy).hasContent("a");
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void nothing_is_written_where_less_is_free_than_is_to_stay_so() {
        try (UnpackedCopies copies = new UnpackedCopies(root, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> copies.add(bytes("a")))
                    .asInstanceOf(type(UnpackedCopies.UnwritableException.class))
                    .extracting(UnpackedCopies.UnwritableException::reason)
                    .isEqualTo("NO_ROOM");
            assertThat(root).isDirectoryNotContaining("glob:**/0");
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_told_as_that() {
        try (UnpackedCopies copies = new UnpackedCopies(root.resolve("nowhere"), 0)) {
            assertThatThrownBy(() -> copies.add(bytes("a")))
                    .asInstanceOf(type(UnpackedCopies.UnwritableException.class))
                    .extracting(UnpackedCopies.UnwritableException::reason)
                    .isEqualTo("UNWRITABLE");
        }
    }

    @Test
    void a_copy_whose_reading_fails_is_taken_away() throws IOException {
        InputStream broken =
                new SequenceInputStream(
                        bytes("aaa"),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("broken off");
                            }

                            @Override
                            public int read(byte[] buffer, int offset, int length)
                                    throws IOException {
                                return read();
                            }
                        });
        try (UnpackedCopies copies = new UnpackedCopies(root, 0)) {
            Path copy = copies.add(bytes("a"));

            assertThatThrownBy(() -> copies.add(broken)).hasMessage("broken off");
            assertThat(copy.getParent()).isDirectoryNotContaining("glob:**/1");
        }
    }

    @Test
    void copies_of_a_run_that_lives_stay() throws IOException, InterruptedException {
        Process run = run();

        UnpackedCopies.removeAbandoned(root);

        assertThat(root).isDirectoryRecursivelyContaining("glob:**/0");
        run.destroyForcibly().waitFor();
    }

    @Test
    void copies_of_a_run_that_was_killed_are_taken_away_by_the_next()
            throws IOException, InterruptedException {
        run().destroyForcibly().waitFor();
        assertThat(root).isDirectoryRecursivelyContaining("glob:**/0");

        UnpackedCopies.removeAbandoned(root);

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void a_run_that_is_interrupted_takes_its_copies_away()
            throws IOException, InterruptedException {
        Process run = run();
        run.destroy();

        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void what_is_no_folder_of_a_run_stays() throws IOException {
        Path other = Files.createDirectories(root.resolve("other"));
        Files.writeString(other.resolve("0"), "0");
        Files.createFile(other.resolve("lock"));
        Files.createSymbolicLink(root.resolve("minutebook-import-link"), other);
        Files.createDirectories(root.resolve("minutebook-import-unlocked/sub"));

        UnpackedCopies.removeAbandoned(root);

        assertThat(other.resolve("0")).exists();
        assertThat(root.resolve("minutebook-import-unlocked/sub")).exists();
    }

    /** Another process that has unpacked something, and waits. */
    private Process run() throws IOException {
        Process run =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Run.class.getName(),
                                root.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(run.getInputStream().read()).as("the process has begun").isEqualTo('!');
        return run;
    }

    /** The other process. */
    static final class Run {
        private Run() {}

        public static void main(String[] arguments) throws IOException {
            new UnpackedCopies(Path.of(arguments[0]), 0).add(bytes("a"));
            System.out.print('!');
            System.out.flush();
            int _ = System.in.read();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
