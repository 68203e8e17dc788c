package org.minutebook.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldingTest {

    @Test
    void accents_case_and_punctuation_do_not_count() {
        assertThat(Folding.fold("  Café – Étage 2.")).isEqualTo("cafe etage 2");
        assertThat(Folding.fold("(4.1) The Clerk's  Report!")).isEqualTo("4 1 the clerk s report");
        assertThat(Folding.slug("St. Mary's")).isEqualTo("st-mary-s");
    }

    /** A text of plain letters is folded in another way than one with an accent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "Annual Accounts (2023/24)",
                "--A--b",
                "a tab\tand\na line",
                "_under_score_",
                "{|}~ @Z[`z9:",
                "\u0000\u007f",
                "x"
            })
    void plain_letters_are_folded_like_others(String text) {
        assertThat(Folding.fold(text + " é")).isEqualTo((Folding.fold(text) + " e").strip());
    }
}
