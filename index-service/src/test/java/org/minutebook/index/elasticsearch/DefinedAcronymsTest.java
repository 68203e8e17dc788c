package org.minutebook.index.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DefinedAcronymsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The Community Infrastructure Levy (CIL) is due | CIL = community infrastructure levy",
                "under Section 106 (s106) of the Act | S106 = section 106",
                "a House in Multiple Occupation (HMO) | HMO = house in multiple occupation",
                "Houses in Multiple Occupation (HMOs) | HMO = houses in multiple occupation",
                "The Memorandum of Understanding (“MOU”) | MOU = memorandum of understanding",
                "by the Annual Governance and Accountability Return (AGAR) | AGAR = annual governance and accountability return",
                "a TPO (Tree Preservation Order) on the oak | TPO = tree preservation order",
                "the Police & Crime Commissioner (PCC) | PCC = police crime commissioner",
                "refused. Capital Improvement Program (CIP) | CIP = capital improvement program",
            })
    void an_acronym_beside_its_words_is_defined(String text, String defined) {
        assertThat(DefinedAcronyms.in("Title", text)).containsExactly(defined);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Councillor Brown (LAB) spoke",
                "the amount (USD) of 5",
                "RESOLVED (AB)",
                "the plan (see page 3)",
                "North Road (A)",
                "Item 12 (12)",
            })
    void what_stands_in_brackets_otherwise_is_none(String text) {
        assertThat(DefinedAcronyms.in("Title", text)).isEmpty();
    }

    @Test
    void each_is_found_once() {
        assertThat(
                        DefinedAcronyms.in(
                                "Public Works Loan Board (PWLB)",
                                "The public works loan board (PWLB) lends."))
                .containsExactly("PWLB = public works loan board");
    }
}
