package org.minutebook.ingest.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Metadata;

class ManifestTest {

    @Test
    void every_column_is_read() {
        Manifest manifest =
                read(
                        """
                        file,council,committee,meeting date,kind,title,source URL
                        2026/minutes.pdf,Eldmarsh Borough Council,"Parks, Trees and Paths",2026-09-16,minutes,Minutes,https://eldmarsh.example/1.pdf
                        """);

        assertThat(manifest.of("2026/minutes.pdf"))
                .isEqualTo(
                        new Metadata(
                                "Eldmarsh Borough Council",
                                "Parks, Trees and Paths",
                                DocumentKind.MINUTES,
                                LocalDate.of(2026, 9, 16),
                                "Minutes",
                                "https://eldmarsh.example/1.pdf"));
        assertThat(manifest.of("other.pdf")).isEqualTo(Metadata.NONE);
    }

    @Test
    void columns_may_stand_in_any_order_and_be_written_as_spreadsheets_do() {
        byte[] excel =
                "\uFEFFKind;File;Council\r\nAgenda;a.pdf;Eldmarsh\r\n"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(Manifest.read(excel).of("a.pdf").kind()).isEqualTo(DocumentKind.AGENDA);
    }

    @Test
    void a_table_in_the_code_page_of_windows_is_read() {
        byte[] windows =
                "file,council\na.pdf,Zoë’s Parish\n".getBytes(Charset.forName("windows-1252"));

        assertThat(Manifest.read(windows).of("a.pdf").council()).isEqualTo("Zoë’s Parish");
    }

    @Test
    void a_file_is_found_without_its_folders_unless_two_have_its_name() {
        Manifest manifest =
                read(
                        "file,title\na/one.pdf,One\na/two.pdf,Two\nb/two.pdf,Other\nc/two.pdf,Third\n");

        assertThat(manifest.of("one.pdf").title()).isEqualTo("One");
        assertThat(manifest.of("a\\one.pdf".replace('\\', '/')).title()).isEqualTo("One");
        assertThat(manifest.of("two.pdf")).isEqualTo(Metadata.NONE);
        assertThat(manifest.of("b/two.pdf").title()).isEqualTo("Other");
    }

    @Test
    void files_that_did_not_come_are_told() {
        Manifest manifest = read("file\na.pdf\nfolder/b.pdf\nc.pdf\n");

        assertThat(manifest.missing(Set.of("a.pdf", "x/b.pdf"))).containsExactly("c.pdf");
    }

    @Test
    void every_wrong_line_is_told_with_its_column() {
        assertThat(
                        problems(
                                """
                                file,kind,meeting date,source URL
                                a.pdf,protocol,16/9/2026,
                                ,minutes,,
                                c.pdf,minutes,2026-02-30,ftp://eldmarsh.example
                                a.pdf,,,,Parks, Trees\
                                """))
                .containsExactly(
                        "line 2, column kind: 'protocol', expected agenda, minutes or other",
                        "line 2, column meeting date: '16/9/2026', expected a date as 2026-03-31",
                        "line 3, column file: is empty, expected the name of a file",
                        "line 4, column meeting date: '2026-02-30', expected a date as 2026-03-31",
                        "line 4, column source URL: 'ftp://eldmarsh.example', expected an address that begins with https://",
                        "line 5, column file: 'a.pdf' is named in line 2 already",
                        "line 5: has 6 values, expected at most 4; is a value with a comma not in quotes?");
    }

    @Test
    void lines_are_counted_past_values_of_several_lines() {
        assertThat(problems("file,title\na.pdf,\"one\ntwo\"\n\n,x\n"))
                .containsExactly("line 5, column file: is empty, expected the name of a file");
    }

    @Test
    void a_heading_that_is_not_known_or_lacks_the_file_is_told() {
        assertThat(problems("name of clerk,council\nx,y\n"))
                .containsExactly(
                        "line 1, column name of clerk: is not known, expected file, council, committee, meeting date, kind, title or source URL",
                        "line 1: has no column 'file'");
    }

    @Test
    void an_empty_table_and_one_that_breaks_off_are_told() {
        assertThat(problems("")).containsExactly("line 1: is empty, expected a heading");
        assertThat(problems("file,title\na.pdf,\"begun"))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    private static Manifest read(String text) {
        return Manifest.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String text) {
        ManifestException e = catchThrowableOfType(ManifestException.class, () -> read(text));
        assertThat(e).as("'%s' should be refused", text).isNotNull();
        return e.problems().stream().map(ManifestException.Problem::toString).toList();
    }
}
