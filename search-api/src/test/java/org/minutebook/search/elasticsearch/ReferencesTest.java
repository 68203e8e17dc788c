package org.minutebook.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReferencesTest {

    @Test
    void references_are_found_whole_and_once() {
        assertThat(References.in("Application 22/01234/FUL (see R2023-069), 22/01234/FUL."))
                .containsExactly("22/01234/FUL", "R2023-069");
    }

    @Test
    void dates_years_and_words_are_none() {
        assertThat(References.in("2026/27, 14/10/2026, COVID-19, part-time, A4/B5, 9-5")).isEmpty();
    }

    @Test
    void a_list_of_references_says_nothing_about_any_of_them() {
        assertThat(References.in("A/1001 A/1002 A/1003 A/1004 A/1005 A/1006")).isEmpty();
    }
}
