package org.minutebook.local.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
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

        assertThatThrownBy(() -> Manifest.read(table))
                .hasMessageContaining("line 1, column counsil: is not known");
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
                .hasMessageContaining("line 4, column meetingDate: '31.12.2026'")
                .hasMessageContaining("line 5, column file: is empty")
                .hasMessageContaining("line 6, column kind: 'protocol'")
                .hasMessageContaining("line 7, column file: 'a.pdf' is named in line 2 already");
    }

    @Test
    void one_file_under_two_names_is_told() throws IOException {
        Path table = table("file\n2026/a.pdf\n2026/../2026/a.pdf\n");

        assertThatThrownBy(() -> Manifest.read(table))
                .hasMessageContaining(
                        "line 3: file '2026/../2026/a.pdf' is named in line 2 already");
    }

    /** With a mark for its encoding, semicolons, and headings as people write them. */
    @Test
    void a_table_that_a_spreadsheet_wrote_is_read() throws IOException {
        Manifest manifest =
                Manifest.read(
                        table(
                                "\uFEFFFile;Meeting date;Kind;Source URL\r\n2026\\a.pdf;2026-03-31;Minutes;https://zoe.example/a\r\n"));

        assertThat(manifest.metadata(folder.resolve("2026/a.pdf")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "meetingDate",
                                "2026-03-31",
                                "kind",
                                "minutes",
                                "sourceUrl",
                                "https://zoe.example/a"));
    }

    @Test
    void a_table_in_the_code_page_of_windows_is_read() throws IOException {
        Path table =
                Files.write(
                        folder.resolve("table.csv"),
                        "file,council\na.pdf,Zoë’s Parish\n"
                                .getBytes(Charset.forName("windows-1252")));

        assertThat(Manifest.read(table).metadata(folder.resolve("a.pdf")))
                .isEqualTo(Map.of("council", "Zoë’s Parish"));
    }

    @Test
    void what_is_no_table_is_told_in_a_sentence() throws IOException {
        Path broken = table("file,title\na.pdf,\"begun");
        Path empty = Files.createFile(folder.resolve("empty.csv"));

        assertThatThrownBy(() -> Manifest.read(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line ")
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> Manifest.read(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 1: is empty, expected a heading");
        assertThatThrownBy(() -> Manifest.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder + " cannot be read");
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
