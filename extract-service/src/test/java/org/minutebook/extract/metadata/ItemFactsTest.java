package org.minutebook.extract.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minutebook.contracts.Decision.Votes;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;

/** Papers, interests, marks of text that goes on elsewhere, votes and movers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ItemFactsTest {

    private static Entry entry(String number, String title, String body) {
        List<Line> heading = Sheet.lines(title);
        return new Entry(
                number, title, 1, false, null, heading, List.of(), false, Sheet.lines(body));
    }

    @Test
    void papers_behind_a_label() {
        assertThat(
                        Attachments.in(
                                entry(
                                        "4.1",
                                        "Park works",
                                        """
                                        Attachments:
                                            Council Report
                                            ATT 1 - Plans
                                        Recommendation: Approve the works.
                                        """)))
                .containsExactly("Council Report", "ATT 1 - Plans");
    }

    @Test
    void papers_in_brackets_and_links() {
        assertThat(Attachments.in(entry("D2", "Adopt the ordinance", "(Staff Report #21-002-CC)")))
                .containsExactly("Staff Report #21-002-CC");
        assertThat(
                        Attachments.in(
                                new Entry(
                                        null,
                                        "Annual Report",
                                        1,
                                        false,
                                        null,
                                        Sheet.lines("09:25 Annual Report pdf icon PDF 55 KB"),
                                        List.of(),
                                        false,
                                        List.of())))
                .containsExactly("Annual Report");
    }

    @Test
    void an_interest_points_to_the_item_that_it_names() {
        List<Entry> entries =
                List.of(
                        entry(
                                "1",
                                "Declarations of Interest",
                                """
                                Cllr Hall declared an interest in item 3 as a tenant.
                                Cllr Reed declared an interest in application 23/00398/FUL as a neighbour.
                                """),
                        entry("2", "23/00398/FUL: 8 Market Place", "No objection."),
                        entry("3", "Allotments", "The list was read."));
        Interests interests = new Interests(entries);
        assertThat(interests.of(0)).isEmpty();
        assertThat(interests.of(1))
                .containsExactly(
                        "Cllr Reed declared an interest in application 23/00398/FUL as a neighbour.");
        assertThat(interests.of(2))
                .containsExactly("Cllr Hall declared an interest in item 3 as a tenant.");
    }

    @Test
    void where_items_have_no_numbers_their_order_counts() {
        List<Entry> entries =
                List.of(
                        entry(null, "Apologies", "None."),
                        entry(
                                null,
                                "Declarations of Interest",
                                "B Hall declared an interest in 3 by virtue of work."),
                        entry(null, "Commissioning", "A report."));
        assertThat(new Interests(entries).of(2)).hasSize(1);
    }

    @Test
    void the_mark_of_text_that_goes_on_elsewhere() {
        assertThat(
                        Continuations.in(
                                Sheet.lines(
                                        "take up of training was ... view the full minutes text for item 4.")))
                .isEqualTo("view the full minutes text for item 4");
        assertThat(Continuations.in(Sheet.lines("The full report was received."))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    RESOLVED (5 votes for, 0 against, 1 abstention)          | 5 | 0 | 1
                    Motion carried 5-0.                                      | 5 | 0 |
                    CARRIED 9/2                                              | 9 | 2 |
                    carried by 7 votes to 3                                  | 7 | 3 |
                    Ayes: 4, Nays: 1, Abstain: 0                             | 4 | 1 | 0
                    Reed - aye, Hall - aye, Moss - nay                       | 2 | 1 |
                    For: 6 Against: none                                     | 6 | 0 |
                    """)
    void votes_are_counted(String text, Integer ayes, Integer noes, Integer abstained) {
        assertThat(VoteCount.in(text)).isEqualTo(new Votes(ayes, noes, abstained));
    }

    @ParameterizedTest
    @CsvSource({
        "to pay £268.00 for grass cutting",
        "a grant of $5274 for the year",
        "2 for 30 feet of rail",
        "resolved to pay the invoice",
        "approved on 5-6 June"
    })
    void sums_are_no_votes(String text) {
        assertThat(VoteCount.in(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Moved by Councillor Reed, seconded by Councillor Hall that            | Councillor Reed | Councillor Hall
                    Motion by Reed, second by Hall to approve                             | Reed            | Hall
                    Trustee Ann Reed made a motion to pay, seconded by Trustee Hall.      | Trustee Ann Reed | Trustee Hall
                    Motion to pay the bills was made by Trustee Reed, seconded by Trustee Hall | Trustee Reed | Trustee Hall
                    MOVED Cr B Reed / SECONDED Cr C Hall                                  | Cr B Reed       | Cr C Hall
                    Proposed Cllr Reed, seconded Cllr Hall.                               | Cllr Reed       | Cllr Hall
                    (Moved: Cr Reed / Seconded: Cr Hall)                                  | Cr Reed         | Cr Hall
                    """)
    void movers_and_seconders(String text, String mover, String seconder) {
        assertThat(Movers.in(text)).isEqualTo(new Movers(mover, seconder));
    }

    @Test
    void a_column_of_outcomes_is_read_apart_from_what_was_asked() {
        List<Line> rows =
                List.of(
                        row(
                                60,
                                "Garden Club",
                                160,
                                "Bulbs, as was agreed in May",
                                400,
                                "Approved."),
                        row(160, "for the green", 400, "Meets the criteria."),
                        row(60, "Sports Club", 160, "New lights", 400, "Rejected."),
                        row(400, "Committee noted the cost."));
        OutcomeColumn column = OutcomeColumn.of(rows);
        assertThat(column.cells())
                .containsExactly(
                        "Approved. Meets the criteria.", "Rejected. Committee noted the cost.");
        assertThat(column.rest()).isEmpty();
    }

    private static Line row(Object... cells) {
        List<Line.Span> spans = new ArrayList<>();
        for (int i = 0; i < cells.length; i += 2) {
            String text = (String) cells[i + 1];
            spans.add(
                    new Line.Span(
                            text,
                            (Integer) cells[i],
                            5.0 * text.length(),
                            11,
                            "Test",
                            false,
                            false,
                            i > 0));
        }
        return new Line(1, spans, spans.getFirst().x(), 100, 400, 11, null);
    }
}
