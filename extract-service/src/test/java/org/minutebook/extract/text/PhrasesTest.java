package org.minutebook.extract.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PhrasesTest {

    private static final String ALTERNATION =
            "apolog|agenda(?: item|s)?|(?:staff|council) report|.{0,8} notice|x?yz|minutes [|]"
                    + "|(?:(?:staff|agenda) )?plan|(?:a|s)*tree";

    private static final Phrases PHRASES = new Phrases(ALTERNATION, "the ", "to ");

    private static final Pattern PATTERN = Pattern.compile("(?:the |to )?(?:" + ALTERNATION + ")");

    @Example
    void a_phrase_is_found_at_the_start_and_not_further_on() {
        assertThat(PHRASES.open("apologies for absence")).isTrue();
        assertThat(PHRASES.open("the apologies")).isTrue();
        assertThat(PHRASES.open("their apologies")).isFalse();
        assertThat(PHRASES.are("apologies")).isFalse();
        assertThat(PHRASES.are("council report")).isTrue();
        assertThat(PHRASES.open("")).isFalse();
    }

    @Property
    void phrases_are_found_where_the_pattern_of_all_of_them_finds_one(
            @ForAll @From("texts") String text) {
        assertThat(PHRASES.open(text)).isEqualTo(PATTERN.matcher(text).lookingAt());
        assertThat(PHRASES.are(text)).isEqualTo(PATTERN.matcher(text).matches());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "the ",
                        "to ",
                        "apolog",
                        "ies",
                        "agenda",
                        " item",
                        "s",
                        "staff",
                        "council",
                        " report",
                        " notice",
                        "plan",
                        "tree",
                        "a",
                        "x",
                        "y",
                        "yz",
                        "minutes ",
                        "|",
                        " ",
                        "é")
                .list()
                .ofMaxSize(5)
                .map(words -> String.join("", words));
    }
}
