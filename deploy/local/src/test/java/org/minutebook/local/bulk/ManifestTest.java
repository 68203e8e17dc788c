package org.minutebook.local.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ManifestTest {

    @TempDir private Path folder;

    private Path table(String text) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), text);
    }

    @Test
    void a_row_says_what_is_known_about_the_file_beside_the_table() throws IOException {
        Manifest manifest =
                Manifest.read(
                        table(
                                """
                                file,council,meetingDate
                                2026/march.pdf,"Newbiggin, Town Council",2026-03-31
                                april.pdf,,
                                """));

        assertThat(manifest.files())
                .containsExactly(folder.resolve("2026/march.pdf"), folder.resolve("april.pdf"));
        assertThat(manifest.metadata(folder.resolve("2026/march.pdf")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("council", "Newbiggin, Town Council", "meetingDate", "2026-03-31"));
        assertThat(manifest.metadata(folder.resolve("april.pdf"))).isEmpty();
    }

    @Test
    void a_column_that_means_nothing_is_named() throws IOException {
        Path table = table("file,counsil\na.pdf,Crete\n");

        assertThatThrownBy(() -> Manifest.read(table)).hasMessageContaining("'counsil'");
    }

    @Test
    void a_table_without_file_names_is_refused() throws IOException {
        Path table = table("council,kind\nCrete,agenda\n");

        assertThatThrownBy(() -> Manifest.read(table)).hasMessageContaining("'file'");
    }

    @Test
    void every_line_that_makes_no_sense_is_told_by_its_number() throws IOException {
        Path table =
                table(
                        """
                        file,council,kind,meetingDate
                        a.pdf,"Crete,
                        and around",agenda,2026-03-31
                        b.pdf,Crete,agenda,31.12.2026
                        ,Crete,agenda,
                        c.pdf,Crete,protocol,
                        a.pdf,Crete,minutes,2026-03-31
                        """);

        assertThatThrownBy(() -> Manifest.read(table))
                .hasMessageContaining("line 4: meetingDate '31.12.2026'")
                .hasMessageContaining("line 5: file is empty")
                .hasMessageContaining("line 6: kind 'protocol'")
                .hasMessageContaining("line 7: file 'a.pdf' is named in line 2 already");
    }

    @Test
    void what_the_manifest_says_goes_before_what_is_said_of_all_files() throws IOException {
        Files.writeString(folder.resolve("a.pdf"), "a");
        Files.writeString(folder.resolve("b.pdf"), "b");
        Manifest manifest = Manifest.read(table("file,council\na.pdf,Crete\nlost.pdf,Crete\n"));

        try (FileCollector collector =
                new FileCollector(
                        Map.of("council", "Milburn", "kind", "agenda"),
                        FolderPattern.none(),
                        manifest)) {
            collector.add(folder);

            assertThat(collector.files())
                    .extracting(ImportFile::metadata)
                    .isEqualTo(
                            List.of(
                                    Map.of("council", "Crete", "kind", "agenda"),
                                    Map.of("council", "Milburn", "kind", "agenda")));
            assertThat(collector.missing()).containsExactly(folder.resolve("lost.pdf"));
        }
    }
}
