package org.minutebook.extract.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CuesTest {

    @Test
    void a_cue_is_found_in_any_case_within_a_word() {
        Cues cues = new Cues("resol", "favo");
        assertThat(cues.in("RESOLVED: That the report be received")).isTrue();
        assertThat(cues.in("All in favour")).isTrue();
        assertThat(cues.in("The report was received – résolu")).isFalse();
        assertThat(cues.in("")).isFalse();
    }

    @Test
    void a_cue_is_found_that_begins_within_another_which_is_not_there() {
        Cues cues = new Cues("was agreed", "as agr", "green");
        assertThat(cues.in("it was agr")).isTrue();
        assertThat(cues.in("it was agreen")).isTrue();
        assertThat(cues.in("it was ag")).isFalse();
    }

    @Test
    void a_cue_that_no_text_could_have_is_refused() {
        assertThatThrownBy(() -> new Cues("Resolved")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cues("")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Few letters, so that words overlap. */
    @Property
    void cues_are_found_where_one_of_the_words_is_contained(
            @ForAll @Size(min = 1, max = 6)
                    List<@StringLength(min = 1, max = 5) @CharRange(from = 'a', to = 'c') String>
                            words,
            @ForAll @StringLength(max = 20) @CharRange(from = 'a', to = 'd') String text) {
        Cues cues = new Cues(words.toArray(String[]::new));
        boolean contained = words.stream().anyMatch(text::contains);
        assertThat(cues.in(text)).isEqualTo(contained);
        assertThat(cues.in(text.toUpperCase(Locale.ROOT))).isEqualTo(contained);
    }
}
