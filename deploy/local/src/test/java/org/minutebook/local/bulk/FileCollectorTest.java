package org.minutebook.local.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FileCollectorTest {

    @TempDir private Path folder;

    private FileCollector collector() {
        return new FileCollector(Map.of(), Manifest.none());
    }

    @Test
    void folders_are_searched_for_documents_and_the_rest_is_counted() throws IOException {
        Files.createDirectories(folder.resolve("2026"));
        Files.writeString(folder.resolve("2026/minutes.PDF"), "m");
        Files.writeString(folder.resolve("agenda.docx"), "a");
        Files.writeString(folder.resolve("logo.png"), "l");

        try (FileCollector collector = collector()) {
            collector.add(folder);

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("minutes.PDF", "agenda.docx");
            assertThat(collector.leftOut()).isEqualTo(1);
        }
    }

    @Test
    void a_file_that_is_named_is_taken_whatever_it_is_called() throws IOException {
        Path file = Files.writeString(folder.resolve("minutes.bin"), "m");

        try (FileCollector collector = collector()) {
            collector.add(file);

            assertThat(collector.files()).hasSize(1);
        }
    }

    @Test
    void a_file_that_is_named_twice_is_imported_once() throws IOException {
        Files.writeString(folder.resolve("a.pdf"), "a");

        try (FileCollector collector = collector()) {
            collector.add(folder.resolve("a.pdf"));
            collector.add(folder);

            assertThat(collector.files()).hasSize(1);
        }
    }

    @Test
    void documents_of_a_zip_file_are_unpacked_beside_nothing_and_removed_after()
            throws IOException {
        Path zip = folder.resolve("march.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : new String[] {"../../escaped.pdf", "in/minutes.pdf", "readme.md"}) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }

        Path copy;
        try (FileCollector collector = collector()) {
            collector.add(zip);

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("escaped.pdf", "minutes.pdf");
            copy = collector.files().getFirst().path();
            assertThat(copy).hasContent("../../escaped.pdf");
            assertThat(folder.resolve("../../escaped.pdf")).doesNotExist();
        }
        assertThat(copy).doesNotExist();
    }
}
