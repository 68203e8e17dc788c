package org.minutebook.search.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minutebook.search.query.Field.ANYWHERE;
import static org.minutebook.search.query.Field.NUMBER;
import static org.minutebook.search.query.Field.TITLE;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.search.query.Expression.All;
import org.minutebook.search.query.Expression.Any;
import org.minutebook.search.query.Expression.Everything;
import org.minutebook.search.query.Expression.Not;
import org.minutebook.search.query.Expression.Nothing;
import org.minutebook.search.query.Expression.Phrase;
import org.minutebook.search.query.Expression.Prefix;
import org.minutebook.search.query.Expression.Widened;
import org.minutebook.search.query.Expression.Word;
import org.minutebook.search.query.Vocabulary.Explanation;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QueryParserTest {

    private static final Thesaurus SMALL =
            Thesaurus.read(
                    new StringReader(
                            """
                            # comment
                            TPO | tree preservation order
                            pot hole | pothole > carriageway defect
                            """));

    private static final Thesaurus BUNDLED = Thesaurus.bundled();

    private static Expression parse(String text) {
        return new QueryParser(Thesaurus.NONE).parse(text).expression();
    }

    private static Expression widen(String text) {
        return new QueryParser(SMALL).parse(text).expression();
    }

    private static Word word(String text) {
        return new Word(ANYWHERE, text);
    }

    private static Phrase phrase(String text) {
        return new Phrase(ANYWHERE, text);
    }

    @Test
    void words_are_all_wanted() {
        assertThat(parse("planning  application"))
                .isEqualTo(new All(List.of(word("planning"), word("application"))));
    }

    @Test
    void a_blank_text_means_everything_and_punctuation_nothing() {
        assertThat(parse(" \t")).isEqualTo(new Everything());
        assertThat(parse("!!! & () \"-\"")).isEqualTo(new Nothing());
    }

    @Test
    void a_phrase_is_between_any_quotation_marks_and_may_stay_open() {
        assertThat(parse("\"town  hall\"")).isEqualTo(phrase("town hall"));
        assertThat(parse("“town hall”")).isEqualTo(phrase("town hall"));
        assertThat(parse("\"town hall")).isEqualTo(phrase("town hall"));
    }

    @Test
    void a_minus_before_a_word_means_without() {
        assertThat(parse("parking -permits"))
                .isEqualTo(new All(List.of(word("parking"), new Not(word("permits")))));
        assertThat(parse("parking NOT permits")).isEqualTo(parse("parking -permits"));
        assertThat(parse("x - y")).isEqualTo(new All(List.of(word("x"), word("y"))));
        assertThat(parse("-permits")).isEqualTo(new Not(word("permits")));
    }

    @Test
    void or_binds_its_neighbours() {
        assertThat(parse("town bins OR refuse | waste"))
                .isEqualTo(
                        new All(
                                List.of(
                                        word("town"),
                                        new Any(
                                                List.of(
                                                        word("bins"),
                                                        word("refuse"),
                                                        word("waste"))))));
        assertThat(parse("OR bins OR")).isEqualTo(word("bins"));
    }

    @Test
    void brackets_group_and_need_not_be_balanced() {
        assertThat(parse("(a1 b1) OR c1"))
                .isEqualTo(new Any(List.of(new All(List.of(word("a1"), word("b1"))), word("c1"))));
        assertThat(parse(")) a1 ((b1")).isEqualTo(new All(List.of(word("a1"), word("b1"))));
    }

    @Test
    void a_star_makes_a_beginning() {
        assertThat(parse("flood*")).isEqualTo(new Prefix(ANYWHERE, "flood"));
        assertThat(parse("f*")).isEqualTo(word("f"));
        assertThat(parse("*")).isEqualTo(new Nothing());
    }

    @Test
    void a_field_word_says_where() {
        assertThat(parse("title:bridge")).isEqualTo(new Word(TITLE, "bridge"));
        assertThat(parse("Title: \"town hall\"")).isEqualTo(new Phrase(TITLE, "town hall"));
        assertThat(parse("title:(town hall)"))
                .isEqualTo(new All(List.of(new Word(TITLE, "town"), new Word(TITLE, "hall"))));
        assertThat(parse("number:R2023-069")).isEqualTo(new Word(NUMBER, "R2023-069"));
        assertThat(parse("colour:red")).isEqualTo(word("colour:red"));
    }

    @Test
    void a_reference_is_kept_whole() {
        assertThat(parse("22/01234/FUL,")).isEqualTo(phrase("22/01234/FUL"));
        assertThat(parse("R2023-069")).isEqualTo(phrase("R2023-069"));
        assertThat(parse("e-mail")).isEqualTo(word("e-mail"));
    }

    @Test
    void small_words_are_left_out_beside_others() {
        assertThat(parse("who empties the bins"))
                .isEqualTo(new All(List.of(word("empties"), word("bins"))));
        assertThat(parse("the")).isEqualTo(phrase("the"));
        assertThat(parse("\"to the point\"")).isEqualTo(phrase("to the point"));
    }

    @Test
    void words_of_which_the_index_leaves_out_every_part_are_small() {
        for (String small :
                List.of("and/or", "it's", "It’s", "that's", "there's", "nó", "â", "of-the")) {
            assertThat(parse("bins " + small + " refuse"))
                    .as(small)
                    .isEqualTo(parse("bins refuse"));
            assertThat(parse("bins OR title:" + small)).as(small).isEqualTo(parse("bins"));
            assertThat(parse("bins -" + small)).as(small).isEqualTo(parse("bins"));
            assertThat(parse(small)).as(small).isEqualTo(phrase(small));
            assertThat(parse("bins \"" + small + "\""))
                    .as(small)
                    .isEqualTo(new All(List.of(word("bins"), phrase(small))));
        }
        for (String telling : List.of("A&E", "and/ors", "no-one", "bins/and", "café")) {
            assertThat(parse("bins " + telling))
                    .as(telling)
                    .isEqualTo(new All(List.of(word("bins"), word(telling))));
        }
    }

    @Test
    void a_term_of_the_thesaurus_also_finds_what_others_call_it() {
        assertThat(widen("oak TPO"))
                .isEqualTo(
                        new All(
                                List.of(
                                        word("oak"),
                                        new Widened(
                                                word("TPO"),
                                                List.of(word("tree preservation order"))))));
        assertThat(widen("Tree preservation orders oak"))
                .isEqualTo(
                        new All(
                                List.of(
                                        new Widened(
                                                new All(
                                                        List.of(
                                                                word("Tree"),
                                                                word("preservation"),
                                                                word("orders"))),
                                                List.of(word("TPO"))),
                                        word("oak"))));
    }

    @Test
    void one_way_terms_phrases_field_words_and_exclusions_are_not_widened() {
        assertThat(widen("carriageway defect")).isInstanceOf(All.class);
        assertThat(widen("\"pot hole\"")).isEqualTo(phrase("pot hole"));
        assertThat(widen("title:pothole")).isEqualTo(new Word(TITLE, "pothole"));
        assertThat(widen("-pothole")).isEqualTo(new Not(word("pothole")));
        assertThat(widen("potholes OR bins"))
                .isEqualTo(
                        new Any(
                                List.of(
                                        new Widened(
                                                word("potholes"),
                                                List.of(word("carriageway defect"))),
                                        word("bins"))));
    }

    @Test
    void what_else_is_searched_is_said_once() {
        assertThat(new QueryParser(SMALL).parse("pothole potholes").alsoSearched())
                .containsExactly("carriageway defect");
    }

    @Test
    void the_bundled_thesaurus_can_be_read() {
        assertThat(BUNDLED.entries()).hasSizeGreaterThan(500);
        assertThat(BUNDLED.size()).isGreaterThan(1000);
    }

    @Test
    void no_everyday_small_word_is_a_term_of_the_bundled_thesaurus() {
        QueryParser parser = new QueryParser(BUNDLED);
        for (String word : List.of("it", "far", "sea", "send", "row", "leap", "mat", "boat")) {
            assertThat(parser.parse(word + " nearby").alsoSearched())
                    .as(word)
                    .noneMatch(other -> other.length() > 25);
        }
    }

    @Test
    void a_place_has_its_own_words() {
        Thesaurus both =
                Thesaurus.read(
                        new StringReader(
                                """
                                UK: tip > household waste recycling centre
                                US CA: tip > landfill
                                rubbish | trash
                                """));
        assertThat(both.others(List.of("tip")).orElseThrow()).hasSize(2);
        assertThat(both.in(Set.of("US")).others(List.of("tip")).orElseThrow())
                .containsExactly("landfill");
        assertThat(both.in(Set.of("US")).others(List.of("trash"))).isPresent();
        assertThat(both.in(Set.of("NZ")).others(List.of("tip"))).isEmpty();
    }

    @Test
    void an_operator_adds_terms_and_takes_terms_away() {
        Thesaurus own =
                Thesaurus.read(
                        new StringReader(
                                """
                                - pothole
                                the Wedge > civic centre
                                """));
        Thesaurus both = SMALL.with(own);
        assertThat(both.others(List.of("potholes"))).isEmpty();
        assertThat(both.others(List.of("pot", "hole"))).isPresent();
        assertThat(both.others(List.of("the", "wedge"))).isPresent();
    }

    @Test
    void a_line_that_is_not_of_the_form_is_named() {
        for (String line : List.of("alone", "a > b > c", "UK: > b", "a >")) {
            assertThatThrownBy(() -> Thesaurus.read(new StringReader("# first\n" + line)))
                    .as(line)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("line 2");
        }
    }

    @Test
    void an_acronym_is_learned_where_documents_agree() {
        Vocabulary vocabulary = new Vocabulary(null, Set.of());
        vocabulary.learn(
                List.of(
                        new Explanation("ZQX", "zonal quality index", 1),
                        new Explanation("HMOX", "house in mixed occupation extra", 2),
                        new Explanation("HMOX", "houses in mixed occupation extra", 2),
                        new Explanation("QQQ", "quick quiet quarry", 2),
                        new Explanation("QQQ", "queen's quay quarter", 2)));
        assertThat(vocabulary.get().others(List.of("zqx")).orElseThrow())
                .containsExactly("zonal quality index");
        assertThat(vocabulary.get().others(List.of("hmox"))).isPresent();
        assertThat(vocabulary.get().others(List.of("qqq"))).isEmpty();
        vocabulary.learn(List.of());
        assertThat(vocabulary.get().others(List.of("zqx"))).isEmpty();
    }

    @Test
    void the_operators_file_is_read_again_when_it_changes(@TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("words.txt"), "the wedge > civic centre");
        Vocabulary vocabulary = new Vocabulary(file, Set.of());
        QueryParser parser = new QueryParser(vocabulary);
        assertThat(parser.parse("the wedge").alsoSearched()).contains("civic centre");

        Files.writeString(file, "the egg > civic centre");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        vocabulary.reread();
        assertThat(parser.parse("the wedge").alsoSearched()).isEmpty();
        assertThat(parser.parse("the egg").alsoSearched()).contains("civic centre");

        Files.writeString(file, "broken");
        Files.setLastModifiedTime(file, FileTime.fromMillis(2));
        vocabulary.reread();
        assertThat(parser.parse("the egg").alsoSearched()).contains("civic centre");
    }

    @Property(tries = 3000)
    void any_text_can_be_read_and_written_again(@ForAll("typed") String text) {
        Expression expression = parse(text);
        assertThat(parse(expression.render())).as(expression.render()).isEqualTo(expression);
    }

    @Property(tries = 1000)
    void any_characters_at_all_can_be_read(@ForAll String text) {
        Expression expression = new QueryParser(BUNDLED).parse(text).expression();
        assertThat(expression.render()).isNotNull();
    }

    @Provide
    Arbitrary<String> typed() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "bins",
                        "the",
                        "it's",
                        "and/or",
                        "OR",
                        "AND",
                        "NOT",
                        "-",
                        "(",
                        ")",
                        "\"",
                        "title:",
                        "Number:",
                        "*",
                        "flood*",
                        "22/01234/FUL",
                        "R2023-069",
                        "e-mail",
                        ",",
                        " ",
                        " ",
                        " ",
                        "é",
                        "|",
                        "&",
                        ":",
                        "a",
                        "town hall",
                        "“",
                        "”",
                        "'",
                        "18.07.3",
                        "\u0000",
                        "\uD800",
                        "😀",
                        "council:",
                        "\n",
                        "--",
                        "x");
        return pieces.list().ofMaxSize(25).map(list -> String.join("", list));
    }
}
