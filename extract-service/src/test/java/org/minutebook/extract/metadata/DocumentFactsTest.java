package org.minutebook.extract.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minutebook.contracts.NextMeeting;

/** Venue, contact, who was there and the meetings to come. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentFactsTest {

    private static final String ITEMS =
            """

            *1. Minutes*
            The minutes were approved.

            *2. Finance*
            It was resolved to pay the accounts.

            *3. Drains*
            The clerk reported on the drains.
            """;

    private static DocumentFacts facts(String head, String end) {
        return Sheet.facts(
                Sheet.a4(
                        "*Harfield Parish Council*\nMinutes of the meeting on Tuesday 6 June 2023\n"
                                + head
                                + ITEMS
                                + end));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Venue: Professional Centre, Acre Lane        | Professional Centre, Acre Lane
                    Location: Town Hall, 4 High Street           | Town Hall, 4 High Street
                    HARFIELD VILLAGE HALL                        | Harfield Village Hall
                    in the Reading Room                          | Reading Room
                    Committee Room 1, Town Hall, Quay Street     | Committee Room 1, Town Hall, Quay Street
                    The meeting was held in the Sports Pavilion. | Sports Pavilion
                    """)
    void the_venue(String line, String venue) {
        assertThat(facts(line, "").venue()).isEqualTo(venue.equals("null") ? null : venue);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Contact: Ann Hall, Democratic Services, 01632 960144                | Ann Hall, Democratic Services, 01632 960144
                    Clerk: Mrs S. Reed, clerk@harfield.example                          | Mrs S. Reed, clerk@harfield.example
                    For questions, please contact Ann Hall, Clerk, at (555) 555-0144.   | Ann Hall, Clerk, at (555) 555-0144
                    Contact lenses were discussed by the optician                       | null
                    """)
    void the_contact(String line, String contact) {
        assertThat(facts(line, "").contact()).isEqualTo(contact.equals("null") ? null : contact);
    }

    @Test
    void who_was_there_as_labels_say() {
        var attendance =
                facts(
                                """
                                Present: Councillors Ann Hall (Chair), Tom Reed and
                                Kit Moss
                                Apologies: Cllr Jo Pike
                                In attendance: Mary Shaw (Clerk), Ben Cole (Treasurer, acting)
                                """,
                                "")
                        .attendance();
        assertThat(attendance.present())
                .containsExactly("Ann Hall (Chair)", "Tom Reed", "Kit Moss");
        assertThat(attendance.apologies()).containsExactly("Cllr Jo Pike");
        assertThat(attendance.inAttendance())
                .containsExactly("Mary Shaw (Clerk)", "Ben Cole (Treasurer, acting)");
    }

    @Test
    void who_was_there_in_a_sentence_and_a_list() {
        assertThat(
                        facts(
                                        "Board members present were Trustee Hall, Trustee Reed, and Trustee Moss.",
                                        "")
                                .attendance()
                                .present())
                .containsExactly("Trustee Hall", "Trustee Reed", "Trustee Moss");
        assertThat(facts("*Present:*\nAnn Hall\nTom Reed\nKit Moss\n", "").attendance().present())
                .containsExactly("Ann Hall", "Tom Reed", "Kit Moss");
    }

    @Test
    void apologies_are_read_from_their_item() {
        var pages =
                Sheet.a4(
                        """
                        *Harfield Parish Council*
                        Minutes of the meeting on 6 June 2023

                        *1. Apologies for absence*
                        Apologies were received from Councillors Hall and Reed.

                        *2. Finance*
                        It was resolved to pay the accounts.

                        *3. Drains*
                        The clerk reported on the drains.
                        """);
        assertThat(Sheet.facts(pages).attendance().apologies()).containsExactly("Hall", "Reed");
    }

    @Test
    void the_meetings_to_come_with_what_is_printed_beside_them() {
        assertThat(
                        facts(
                                        "",
                                        """

                                        *4. Date and Time of Next Meetings*
                                        Tuesday, 25th September 2023
                                        Tuesday, 27th November 2023 (Rearranged from 20th November)
                                        Monday 22nd January at 7.30pm
                                        """)
                                .nextMeetings())
                .containsExactly(
                        new NextMeeting(LocalDate.of(2023, 9, 25), null, null),
                        new NextMeeting(
                                LocalDate.of(2023, 11, 27), null, "Rearranged from 20th November"),
                        new NextMeeting(LocalDate.of(2024, 1, 22), LocalTime.of(19, 30), null));
    }

    @Test
    void the_next_meeting_in_a_sentence() {
        assertThat(facts("", "\nNext regular meeting to be held July 4, 2023.\n").nextMeetings())
                .containsExactly(new NextMeeting(LocalDate.of(2023, 7, 4), null, null));
    }

    @Test
    void dates_of_other_things_are_no_meetings() {
        assertThat(
                        facts(
                                        "",
                                        "\nThe deadline for agenda items for the next meeting is 1 July 2023.\n")
                                .nextMeetings())
                .isEmpty();
        assertThat(
                        facts(
                                        "",
                                        """

                                        *3. Date of next meeting*
                                        To be announced. Printed on 3 July 2023.
                                        """)
                                .nextMeetings())
                .isEmpty();
        assertThat(facts("", "\nThe fair will be on 1 July 2023.\n").nextMeetings()).isEmpty();
    }
}
