package org.minutebook.extract.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LineEndsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to accept the minutes of March | 20. Vote 3-0.          | true",
                "to adopt Resolution 2023-      | 14. Roll call vote.    | true",
                "rezone from R-1 to C-          | 2                      | true",
                "to pass Ordinance No.          | 12. Motion carried.    | true",
                "under Section                  | 551 of the Code        | true",
                "the minutes of March           | 2024. Carried.         | false",
                "the minutes of March           | Vote 3-0.              | false",
                "Apologies were received.       | 2. Minutes             | false",
                "Members noted –                | 2. Minutes             | false",
                "the work -                     | 2. Minutes             | false"
            })
    void a_number_that_the_line_above_asks_for_is_its_end(
            String above, String line, boolean itsEnd) {
        assertThat(LineEnds.endsIn(above, line)).isEqualTo(itsEnd);
    }
}
