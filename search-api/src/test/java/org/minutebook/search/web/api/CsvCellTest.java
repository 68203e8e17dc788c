package org.minutebook.search.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CsvCellTest {

    @Test
    void quotation_marks_are_doubled() {
        assertThat(ExportController.cell("a \"b\", c")).isEqualTo("\"a \"\"b\"\", c\"");
        assertThat(ExportController.cell(null)).isEmpty();
    }

    @Test
    void a_title_never_becomes_a_formula() {
        assertThat(ExportController.cell("=HYPERLINK(1)")).isEqualTo("\"'=HYPERLINK(1)\"");
    }
}
