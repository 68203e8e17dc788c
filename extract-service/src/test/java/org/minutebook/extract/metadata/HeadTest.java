package org.minutebook.extract.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Metadata;

/** What the head of a document says: whose it is, what it is, and of which day. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HeadTest {

    private static final String MINUTES =
            """

            *1. Apologies*
            Apologies were received from Councillor Reed.

            *2. Minutes*
            RESOLVED that the minutes of the meeting held on 2 May 2023 be approved.

            *3. Finance*
            It was resolved to pay the accounts.
            """;

    private static final String AGENDA =
            """

            1. To receive apologies
            2. To approve the minutes of the meeting held on 2 May 2023
            3. To consider the accounts
            4. Date of next meeting: 4 July 2023
            """;

    @Test
    void minutes_of_a_parish_council() {
        DocumentFacts facts =
                Sheet.facts(
                        Sheet.a4(
                                """
                                *Harfield Parish Council*
                                Minutes of the meeting held on Tuesday 6th June 2023
                                in the Village Hall at 7.30 pm
                                """
                                        + MINUTES));
        assertThat(facts.metadata().council()).isEqualTo("Harfield Parish Council");
        assertThat(facts.metadata().committee()).isNull();
        assertThat(facts.metadata().kind()).isEqualTo(DocumentKind.MINUTES);
        assertThat(facts.metadata().meetingDate()).isEqualTo("2023-06-06");
        assertThat(facts.meetingTime()).isEqualTo(LocalTime.of(19, 30));
    }

    @Test
    void the_agenda_of_a_committee() {
        Metadata metadata =
                Sheet.facts(
                                Sheet.a4(
                                        """
                                        HARFIELD DISTRICT COUNCIL
                                        PLANNING AND LICENSING COMMITTEE
                                        AGENDA
                                        To be held in the Council Chamber on
                                        Wednesday, 7th
                                        June 2023 at 6pm
                                        Published 30 May 2023
                                        """
                                                + AGENDA))
                        .metadata();
        assertThat(metadata.council()).isEqualTo("Harfield District Council");
        assertThat(metadata.committee()).isEqualTo("Planning and Licensing Committee");
        assertThat(metadata.kind()).isEqualTo(DocumentKind.AGENDA);
        assertThat(metadata.meetingDate()).isEqualTo("2023-06-07");
    }

    @Test
    void on_north_american_paper_the_month_comes_first() {
        Metadata metadata =
                Sheet.facts(
                                Sheet.letter(
                                        """
                                        City of Harfield
                                        City Council Regular Meeting Agenda
                                        Date: 6/7/2023
                                        """
                                                + AGENDA))
                        .metadata();
        assertThat(metadata.council()).isEqualTo("City of Harfield");
        assertThat(metadata.meetingDate()).isEqualTo("2023-06-07");
    }

    @Test
    void a_council_that_is_only_in_the_picture_is_known_by_its_addresses() {
        Metadata metadata =
                Sheet.facts(
                                Sheet.letter(
                                        """
                                        City Council
                                        REGULAR MEETING AGENDA
                                        June 7, 2023
                                        Comments: city.clerk@eastharfield.org
                                        The East Harfield library is open.
                                        """
                                                + AGENDA))
                        .metadata();
        assertThat(metadata.council()).isEqualTo("East Harfield City Council");
    }

    @Test
    void the_year_that_is_not_printed_is_the_one_of_the_last_minutes() {
        Metadata metadata =
                Sheet.facts(
                                Sheet.letter(
                                        """
                                        Town of Harfield
                                        NOTICE AND AGENDA
                                        Date: June 6
                                        """
                                                + AGENDA))
                        .metadata();
        assertThat(metadata.meetingDate()).isEqualTo(LocalDate.of(2023, 6, 6));
    }

    @Test
    void a_letter_is_neither_agenda_nor_minutes_and_its_date_is_no_meeting() {
        Metadata metadata =
                Sheet.facts(
                                Sheet.a4(
                                        """
                                        Harfield Parish Council
                                        18 December 2023
                                        Dear Sir or Madam,
                                        Precept for 2024/25
                                        The council has set its precept at 9,000 pounds.
                                        Yours faithfully,
                                        A. Clerk
                                        """))
                        .metadata();
        assertThat(metadata.kind()).isEqualTo(DocumentKind.OTHER);
        assertThat(metadata.meetingDate()).isNull();
        assertThat(metadata.council()).isEqualTo("Harfield Parish Council");
    }
}
