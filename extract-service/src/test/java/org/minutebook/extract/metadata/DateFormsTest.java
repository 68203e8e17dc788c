package org.minutebook.extract.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DateFormsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    held on 14th March 2023 at 7pm           | 2023-03-14
                    Tuesday, March 14, 2023                  | 2023-03-14
                    TUESDAY 14 MARCH 2023                    | 2023-03-14
                    Tuesday the 14th day of March, 2023      | 2023-03-14
                    14 rd March 2023                         | 2023-03-14
                    March 14th 2023                          | 2023-03-14
                    Sept. 5, 2023                            | 2023-09-05
                    5 Sept 2023                              | 2023-09-05
                    October3, 2024                           | 2024-10-03
                    2023-03-14                               | 2023-03-14
                    14/03/2023                               | 2023-03-14
                    14.3.23                                  | 2023-03-14
                    03/14/2023                               | 2023-03-14
                    29th February 2024                       | 2024-02-29
                    """)
    void a_date_is_read_in_every_form(String text, LocalDate expected) {
        assertThat(new DateForms(false).in(text))
                .singleElement()
                .extracting(PrintedDate::date)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "31st February 2023",
        "45 March 2023",
        "2023-13-01",
        "12/2023",
        "version 1.2.3.4",
        "may 300 people",
        "GMC/23/04/2023/11"
    })
    void what_is_no_date_is_not_read_as_one(String text) {
        assertThat(new DateForms(false).in(text)).isEmpty();
    }

    @Test
    void where_numbers_leave_it_open_the_country_decides() {
        assertThat(new DateForms(false).in("3/4/2023").getFirst().date()).isEqualTo("2023-04-03");
        assertThat(new DateForms(true).in("3/4/2023").getFirst().date()).isEqualTo("2023-03-04");
    }

    @Test
    void a_date_may_go_over_the_end_of_a_line() {
        assertThat(
                        new DateForms(false)
                                .in("to be held on Tuesday,\n6th March\n2018")
                                .getFirst()
                                .date())
                .isEqualTo("2018-03-06");
    }

    @Test
    void a_date_without_year_is_a_date_without_year() {
        assertThat(new DateForms(false).in("June 6, 530pm"))
                .singleElement()
                .satisfies(date -> assertThat(date.year()).isNull());
    }
}
