package org.minutebook.extract.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.Outcome;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DecisionsTest {

    private static List<Decision> decisions(String body) {
        return decisions("*5. Business*", body);
    }

    private static List<Decision> decisions(String heading, String body) {
        List<Line> lines = Sheet.lines(heading + "\n\n" + body);
        Entry entry =
                new Entry(
                        "5",
                        "Business",
                        1,
                        false,
                        null,
                        lines.subList(0, 1),
                        List.of(),
                        false,
                        lines.subList(1, lines.size()));
        return new Decisions(new Clauses(Set.of("harfield", "parish", "council"))).in(entry);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    RESOLVED: That the accounts be paid.                              | resolved | RESOLVED: That the accounts be paid.
                    RESOLVED (6 votes for, 2 against): That the lease be signed.      | resolved | RESOLVED (6 votes for, 2 against): That the lease be signed.
                    Resolved: The board endorsed the update and asked for a report.   | resolved | Resolved: The board endorsed the update and asked for a report.
                    It was resolved to plant ten trees.                               | resolved | It was resolved to plant ten trees.
                    After discussion it was agreed that the gate be mended.           | agreed   | After discussion it was agreed that the gate be mended.
                    Letters were read, Councillors agreed to monitor.                 | agreed   | Councillors agreed to monitor.
                    All agreed this was a true record and it was signed.              | agreed   | All agreed this was a true record and it was signed.
                    The Council unanimously agreed to support the fair.               | agreed   | The Council unanimously agreed to support the fair.
                    The Committee decided not to object.                              | resolved | The Committee decided not to object.
                    Members voted to close the street for the fair.                   | carried  | Members voted to close the street for the fair.
                    The accounts were approved and signed.                            | approved | The accounts were approved and signed.
                    Insurance renewal - resolved to pay £1,080.                       | resolved | resolved to pay £1,080.
                    Bus donation requested, agreed to pay £65.                        | agreed   | agreed to pay £65.
                    RESOLVED: That the report be noted.                               | noted    | RESOLVED: That the report be noted.
                    The Board resolved to note the update and to request a report.    | resolved | The Board resolved to note the update and to request a report.
                    RESOLVED that the application be deferred for a site visit.       | deferred | RESOLVED that the application be deferred for a site visit.
                    Item 7 on the agenda was deferred to the June meeting.            | deferred | Item 7 on the agenda was deferred to the June meeting.
                    AGREED: That a report be added to the programme.                  | agreed   | AGREED: That a report be added to the programme.
                    """)
    void a_clause_with_a_deciding_word_is_a_decision(String body, String outcome, String text) {
        assertThat(decisions(body))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.text()).isEqualTo(text);
                    assertThat(decision.outcome().wireName()).isEqualTo(outcome);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The village hall has agreed to host the new machine.",
                "The minutes had been approved in January.",
                "Eden District Council agreed to sweep the road.",
                "Mr Hall agreed to mow the green.",
                "The clerk reported that the county council had resolved to close the school.",
                "Works will start once approved by the landowner.",
                "Permission was approved by Highways England.",
                "The report was noted.",
                "Clerk to write and inform them.",
                "As agreed at the last meeting the sign was painted.",
                "The issue has been resolved.",
                "He asked whether the grant was approved.",
                "The policy was circulated and accepted in April.",
                "Notice of Motion: that the hall be sold.",
                "The road surface is to be agreed with the contractor.",
                "Apologies were sent, which were accepted.",
                "Mrs Reed moved to the village in May.",
            })
    void what_others_decided_or_was_decided_before_is_none(String body) {
        assertThat(decisions(body)).isEmpty();
    }

    @Test
    void a_motion_and_its_result_are_one_decision() {
        assertThat(
                        decisions(
                                """
                                Trustee Reed made a motion to pay the bills, seconded by Trustee Hall. Roll call
                                vote: Reed - aye, Hall - aye, Moss - nay. Motion carried. The bills stand approved.
                                """))
                .containsExactly(
                        new Decision(
                                "Trustee Reed made a motion to pay the bills, seconded by Trustee Hall. Roll call"
                                        + " vote: Reed - aye, Hall - aye, Moss - nay.",
                                Outcome.CARRIED,
                                "Trustee Reed",
                                "Trustee Hall",
                                new Decision.Votes(2, 1, null)));
    }

    @Test
    void motions_follow_each_other() {
        assertThat(
                        decisions(
                                """
                                Motion by Reed, second by Hall to approve the agenda. Motion carried 5-0.
                                Motion by Moss, second by Reed to adjourn at 8:43 p.m. Motion failed 2-3.
                                """))
                .extracting(Decision::outcome, Decision::mover, Decision::votes)
                .containsExactly(
                        tuple(Outcome.CARRIED, "Reed", new Decision.Votes(5, 0, null)),
                        tuple(Outcome.LOST, "Moss", new Decision.Votes(2, 3, null)));
    }

    @Test
    void the_debate_between_a_motion_and_its_result_is_left_out() {
        assertThat(
                        decisions(
                                """
                                Moved by Councillor Reed and seconded by Councillor Hall:

                                That this Council plants a wood.

                                Councillor Moss feared for the view.

                                The motion was put and carried (10 votes for, 2 against, 1 abstention).
                                """))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.text())
                            .contains("That this Council plants a wood.")
                            .contains("carried (10 votes for, 2 against, 1 abstention).")
                            .doesNotContain("feared");
                    assertThat(decision.mover()).isEqualTo("Councillor Reed");
                    assertThat(decision.seconder()).isEqualTo("Councillor Hall");
                    assertThat(decision.votes()).isEqualTo(new Decision.Votes(10, 2, 1));
                });
    }

    @Test
    void a_motion_without_result_is_no_decision() {
        assertThat(
                        decisions(
                                "Councillor Reed moved that the hall be sold. He withdrew it after discussion."))
                .isEmpty();
    }

    @Test
    void each_numbered_limb_of_a_resolution_is_a_decision() {
        assertThat(
                        decisions(
                                """
                                It was moved by Cllr Reed, seconded by Cllr Hall and RESOLVED that

                                (a) the plan be adopted;
                                (b) the fees be raised; and
                                (c) a report be brought in May.
                                """))
                .extracting(Decision::text, Decision::mover)
                .containsExactly(
                        tuple(
                                "It was moved by Cllr Reed, seconded by Cllr Hall and RESOLVED that (a) the plan be adopted;",
                                "Cllr Reed"),
                        tuple("(b) the fees be raised; and", "Cllr Reed"),
                        tuple("(c) a report be brought in May.", "Cllr Reed"));
    }

    @Test
    void what_stands_below_the_deciding_word_is_the_decision() {
        assertThat(
                        decisions(
                                """
                                RESOLVED:

                                The Panel noted the answer.

                                Actions to be taken:

                                The figures will be shared.
                                """))
                .extracting(Decision::text)
                .containsExactly("RESOLVED: The Panel noted the answer.");
    }

    @Test
    void who_put_a_motion_stands_before_it_or_below_it() {
        assertThat(
                        decisions(
                                """
                                122/24 FEHR: That the report be acknowledged.

                                Carried

                                COTE/LUND: That two labourers be hired.

                                Defeated

                                That the apology for lateness be accepted.

                                Lomax/Prebble

                                CARRIED
                                """))
                .extracting(Decision::text, Decision::mover, Decision::seconder, Decision::outcome)
                .containsExactly(
                        tuple(
                                "That the report be acknowledged. Carried",
                                "FEHR",
                                null,
                                Outcome.CARRIED),
                        tuple(
                                "That two labourers be hired. Defeated",
                                "COTE",
                                "LUND",
                                Outcome.LOST),
                        tuple(
                                "That the apology for lateness be accepted. CARRIED",
                                "Lomax",
                                "Prebble",
                                Outcome.CARRIED));
    }

    @Test
    void what_an_officer_recommends_is_not_what_the_council_decides() {
        assertThat(
                        decisions(
                                """
                                Officer's Recommendation

                                That the minutes be confirmed as a true record.

                                Council Resolution

                                Logie/Price

                                That the minutes of 20 March be confirmed.

                                Carried 8/0
                                """))
                .extracting(Decision::text, Decision::mover)
                .containsExactly(
                        tuple("That the minutes of 20 March be confirmed. Carried 8/0", "Logie"));
    }

    @Test
    void a_motion_that_was_moved_and_seconded_in_one_breath() {
        assertThat(
                        decisions(
                                """
                                Mrs. Sickles moved and Mr. Deel seconded to adopt the agenda.
                                Roll call: Mrs. Sickles, aye; Mr. Deel, aye. Motion carried 5-0.
                                """))
                .extracting(Decision::text, Decision::mover, Decision::seconder)
                .containsExactly(
                        tuple(
                                "Mrs. Sickles moved and Mr. Deel seconded to adopt the agenda. Roll call: Mrs. Sickles, aye; Mr. Deel, aye.",
                                "Mrs. Sickles",
                                "Mr. Deel"));
    }

    @Test
    void limbs_in_running_text_are_told_apart() {
        assertThat(
                        decisions(
                                "RESOLVED: That (1) the plan be adopted; (2) the fees be raised; and (3) a report be brought."))
                .hasSize(3);
    }

    @Test
    void the_paragraphs_of_a_formal_motion_are_one_decision() {
        assertThat(
                        decisions(
                                "*R2023-77 T. Reed, S. Hall:*",
                                """
                                WHEREAS the tip is nearly full;
                                NOW THEREFORE we authorize the purchase of a compactor;
                                AND THAT the clerk sign the agreement. Carried.
                                """))
                .containsExactly(
                        new Decision(
                                "NOW THEREFORE we authorize the purchase of a compactor; AND THAT the clerk"
                                        + " sign the agreement. Carried.",
                                Outcome.CARRIED,
                                "T. Reed",
                                "S. Hall",
                                null));
    }

    @Test
    void an_item_on_which_nothing_was_decided_has_none() {
        assertThat(decisions("The clerk presented the report. Members discussed the drains."))
                .isEmpty();
    }
}
