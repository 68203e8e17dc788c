package org.minutebook.extract.formats;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.extract.Pdf;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;

/** What is no fault of the document is not taken for one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentReaderTest {

    private final DocumentReader reader = new DocumentReader(ReadingLimits.DEFAULT);

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void scan() throws IOException {
        file = Files.write(folder.resolve("a.pdf"), Pdf.scan(List.of("Saltby")));
    }

    @Test
    void a_full_disk_is_an_exception() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "SKIPPED: this system has no " + full);

        assertThatThrownBy(() -> reader.read(file, "a.pdf", number -> writtenTo(full)))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }

    private static Optional<Page> writtenTo(Path path) {
        try (OutputStream out = Files.newOutputStream(path)) {
            out.write(1);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_library_that_is_missing_is_a_bug() {
        OcrPages missing =
                number -> {
                    throw new NoClassDefFoundError("org/apache/pdfbox/Loader");
                };

        assertThatThrownBy(() -> reader.read(file, "a.pdf", missing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("org/apache/pdfbox/Loader");
    }
}
