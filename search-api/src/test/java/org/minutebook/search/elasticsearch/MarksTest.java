package org.minutebook.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MarksTest {

    @Test
    void what_was_found_is_marked_and_the_rest_escaped() {
        assertThat(Marks.html("a < " + Marks.BEGIN + "b&c" + Marks.END + " \"d\""))
                .isEqualTo("a &lt; <mark>b&amp;c</mark> &quot;d&quot;");
    }

    @Test
    void marks_that_a_document_brings_along_stay_balanced() {
        assertThat(Marks.html(Marks.END + Marks.BEGIN + Marks.BEGIN + "x"))
                .isEqualTo("<mark>x</mark>");
    }
}
