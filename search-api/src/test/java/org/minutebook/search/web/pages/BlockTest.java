package org.minutebook.search.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BlockTest {

    @Test
    void blank_lines_part_paragraphs_and_line_breaks_make_a_list() {
        assertThat(Block.of("One.\n\n(a) first\n(b) second\n"))
                .containsExactly(
                        new Block(false, List.of("One.")),
                        new Block(true, List.of("(a) first", "(b) second")));
        assertThat(Block.of(" \n\n ")).isEmpty();
    }

    @Test
    void a_line_that_goes_on_in_the_middle_of_a_sentence_belongs_to_the_one_before() {
        assertThat(Block.of("Forty objections had\nbeen received.\na) one\nb) two"))
                .containsExactly(
                        new Block(
                                true,
                                List.of(
                                        "Forty objections had been received.",
                                        "a) one",
                                        "b) two")));
    }
}
