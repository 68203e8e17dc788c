package org.minutebook.search.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.Outcome;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WordingTest {

    private final Wording wording = new Wording();

    private static Decision decision(Outcome outcome, String text) {
        return new Decision(text, outcome, null, null, null);
    }

    @Test
    void an_outcome_that_the_text_begins_with_is_not_said_again() {
        assertThat(
                        wording.untoldOutcomes(
                                List.of(
                                        decision(Outcome.RESOLVED, "RESOLVED: That it be mended."),
                                        decision(Outcome.NOTED, "The report was noted."))))
                .containsExactly(Outcome.NOTED);
    }

    @Test
    void an_outcome_of_several_decisions_is_said_once() {
        assertThat(
                        wording.untoldOutcomes(
                                List.of(
                                        decision(Outcome.CARRIED, "That it be mended."),
                                        decision(Outcome.CARRIED, "That it be painted."))))
                .containsExactly(Outcome.CARRIED);
    }

    @Test
    void a_longer_word_that_begins_so_does_not_say_the_outcome() {
        assertThat(wording.untoldOutcomes(List.of(decision(Outcome.LOST, "Lostwithiel Road."))))
                .containsExactly(Outcome.LOST);
    }
}
