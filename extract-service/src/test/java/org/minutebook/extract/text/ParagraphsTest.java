package org.minutebook.extract.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minutebook.extract.pages.Line;

/** Lines are five points a letter wide and ten high; the margin is where the longest one ends. */
class ParagraphsTest {

    private static final String FULL =
            "The Committee considered the report of the Head of Environment on";

    private final List<Line> lines = new ArrayList<>();
    private double y = 100;
    private int page = 1;

    @Test
    void a_line_goes_on_where_the_next_word_had_no_room() {
        print(FULL);
        print("the flood gates.");
        assertThat(text()).isEqualTo(FULL + " the flood gates.");
    }

    @Test
    void a_line_that_had_room_for_more_ends_there() {
        print(FULL);
        print("the weir");
        print("Moved by Councillor Hall");
        assertThat(text()).isEqualTo(FULL + " the weir\nMoved by Councillor Hall");
    }

    @Test
    void a_wide_gap_begins_a_paragraph() {
        print(FULL);
        print("the flood gates.");
        y += 12;
        print(FULL);
        print("the weir.");
        assertThat(text()).isEqualTo(FULL + " the flood gates.\n\n" + FULL + " the weir.");
    }

    @Test
    void double_spacing_is_no_paragraph() {
        for (int i = 0; i < 4; i++) {
            y += 12;
            print(FULL);
        }
        assertThat(text()).isEqualTo(String.join(" ", FULL, FULL, FULL, FULL));
    }

    @Test
    void entries_of_a_list_stand_on_lines_of_their_own() {
        print("The Council resolved to do all of these, in the order of the list:");
        print("(a) approve the accounts of the year that ended on the last of March;");
        print("(b) thank the clerk.");
        assertThat(text())
                .isEqualTo(
                        """
                        The Council resolved to do all of these, in the order of the list:
                        (a) approve the accounts of the year that ended on the last of March;
                        (b) thank the clerk.\
                        """);
    }

    @Test
    void a_line_that_says_what_it_is_stands_alone() {
        print(FULL);
        print("RESOLVED: That the report be noted.");
        assertThat(text()).isEqualTo(FULL + "\nRESOLVED: That the report be noted.");
    }

    @Test
    void a_broken_word_is_mended_and_a_compound_keeps_its_hyphen() {
        print("The Chair explained to the members why the agree-");
        print("ment was late, and the clerk spoke about the co-");
        print("option of two members.");
        assertThat(text())
                .isEqualTo(
                        "The Chair explained to the members why the agreement was late, and the clerk spoke about the co-option of two members.");
    }

    @Test
    void a_sentence_goes_on_over_the_page() {
        print(FULL);
        page = 2;
        y = 100;
        print("the flood gates.");
        assertThat(text()).isEqualTo(FULL + " the flood gates.");
    }

    @Test
    void a_sentence_goes_on_in_a_line_of_lower_case_though_there_was_room() {
        print(FULL);
        print("the flood gates of");
        print("the weir.");
        print("all");
        assertThat(text()).isEqualTo(FULL + " the flood gates of the weir.\nall");
    }

    @Test
    void a_paragraph_that_is_read_by_sentences_ends_where_there_was_room_before_a_capital() {
        print(FULL);
        print("the flood gates of");
        print("the weir.");
        print("Moved by Councillor Hall");
        assertThat(Paragraphs.of(lines))
                .extracting(Paragraphs.Paragraph::text)
                .containsExactly(
                        FULL + " the flood gates of the weir.", "Moved by Councillor Hall");
    }

    private void print(String text) {
        double width = 5.0 * text.length();
        lines.add(
                new Line(
                        page,
                        List.of(new Line.Span(text, 72, width, 10, "Plain", false, false, false)),
                        72,
                        y,
                        width,
                        10,
                        null));
        y += 12;
    }

    private String text() {
        return new Paragraphs(lines).text(lines);
    }
}
