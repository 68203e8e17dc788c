package org.minutebook.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Metadata;
import org.minutebook.manifest.ManifestTable.Row;

class ManifestTableTest {

    @Test
    void every_column_is_read() {
        ManifestTable table =
                read(
                        """
                        file,council,committee,meeting date,kind,title,source URL
                        2026/minutes.pdf,Eldmarsh Borough Council,"Parks, Trees and Paths",2026-09-16,minutes,Minutes,https://eldmarsh.example/1.pdf
                        """);

        assertThat(table.rows())
                .containsExactly(
                        new Row(
                                2,
                                "2026/minutes.pdf",
                                new Metadata(
                                        "Eldmarsh Borough Council",
                                        "Parks, Trees and Paths",
                                        DocumentKind.MINUTES,
                                        LocalDate.of(2026, 9, 16),
                                        "Minutes",
                                        "https://eldmarsh.example/1.pdf")));
    }

    @Test
    void columns_may_stand_in_any_order_and_be_written_as_spreadsheets_do() {
        byte[] excel =
                "\uFEFFKind;File;Council\r\nAgenda;a.pdf;Eldmarsh\r\n"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(ManifestTable.read(excel).rows().getFirst().metadata().kind())
                .isEqualTo(DocumentKind.AGENDA);
    }

    @Test
    void a_table_in_the_code_page_of_windows_is_read() {
        byte[] windows =
                "file,council\na.pdf,Zoë’s Parish\n".getBytes(Charset.forName("windows-1252"));

        assertThat(ManifestTable.read(windows).rows().getFirst().metadata().council())
                .isEqualTo("Zoë’s Parish");
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
    void a_line_of_several_is_known_by_its_first() {
        assertThat(problems("file,title\na.pdf,\"one\ntwo\"\na.pdf,\n"))
                .containsExactly("line 4, column file: 'a.pdf' is named in line 2 already");
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

    private static ManifestTable read(String text) {
        return ManifestTable.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String text) {
        ManifestException e = catchThrowableOfType(ManifestException.class, () -> read(text));
        assertThat(e).as("'%s' should be refused", text).isNotNull();
        return e.problems().stream().map(ManifestException.Problem::toString).toList();
    }
}
