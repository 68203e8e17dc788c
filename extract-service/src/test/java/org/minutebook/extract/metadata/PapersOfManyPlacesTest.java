package org.minutebook.extract.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Metadata;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.segmentation.Segmentation;

/** Habits of councils in one country or another, each in a small paper. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PapersOfManyPlacesTest {

    private static List<Entry> entries(String paper) {
        return Segmentation.cut(Sheet.a4(paper)).entries();
    }

    private static Metadata metadata(String paper) {
        return Sheet.facts(Sheet.a4(paper)).metadata();
    }

    @Test
    void a_notice_that_lists_what_will_be_discussed_is_an_agenda() {
        String notice =
                """
                Notice is hereby given that a Special Meeting of the Commissioners' Court of
                Harfield County, Texas, will be held on the 24th day of July, 2017 at 9:00 a.m., at
                which time the following subjects will be discussed:

                1. Public comments
                2. Consider and approve the bids for a used haul truck
                3. Sign pay orders
                4. Closing comments by the commissioners
                """;

        assertThat(metadata(notice).kind()).isEqualTo(DocumentKind.AGENDA);
        assertThat(entries(notice)).hasSize(4);
        assertThat(
                        metadata(
                                        """
                                        Harfield Town Council

                                        Notice is hereby given that at its meeting on 4 May 2017 the
                                        council resolved to close Mill Lane.
                                        """)
                                .kind())
                .isEqualTo(DocumentKind.OTHER);
    }

    @Test
    void minutes_that_do_not_say_so_though_their_text_speaks_of_the_agenda() {
        String minutes =
                """
                Harfield Community Council

                9th May 2019 at 7pm, Harfield Community Centre

                Present: Ann Hall, Tom Reed, Kit Moss

                1. Welcome by the Chairman: AH thanked everyone for attending.

                2. Apologies for absence: Jo Pike, who had written. This was agreed by all.

                3. Matters of interest on the agenda: None declared.

                4. Chairman's report: The report was read out. Members agreed that it was good.

                The meeting closed at 8pm.
                """;

        assertThat(metadata(minutes).kind()).isEqualTo(DocumentKind.MINUTES);
        assertThat(entries(minutes))
                .extracting(Entry::title)
                .containsExactly(
                        "Welcome by the Chairman",
                        "Apologies for absence",
                        "Matters of interest on the agenda",
                        "Chairman's report");
    }

    @Test
    void the_place_on_the_agenda_behind_the_number_of_a_minute_is_no_title() {
        String minutes =
                """
                Harfield Parish Council
                Minutes of the meeting held on Wednesday 22 November 2023

                C048/23    1.    APOLOGIES FOR ABSENCE

                Cllr Reed was away.

                C049/23    2.    DECLARATIONS OF INTEREST

                No declarations.

                C050/23    3.    PUBLIC QUESTIONS

                None had been received.
                """;

        assertThat(entries(minutes))
                .extracting(Entry::number, Entry::title)
                .containsExactly(
                        tuple("C048/23", "APOLOGIES FOR ABSENCE"),
                        tuple("C049/23", "DECLARATIONS OF INTEREST"),
                        tuple("C050/23", "PUBLIC QUESTIONS"));
    }

    @Test
    void what_has_a_motion_of_its_own_is_an_entry_under_its_heading() {
        String minutes =
                """
                Township of Harfield
                COUNCIL MEETING MINUTES
                Wednesday, April 22, 2009

                1. ADOPTION OF AGENDA
                Moved by Reed, seconded by Moss
                Be it resolved that the agenda be adopted. Carried.

                2. CORRESPONDENCE:
                a) Harfield Valley Conservation Authority, minutes of meeting held March 13,
                2009.
                Moved by Reed, seconded by Moss
                Be it resolved that the correspondence be received. Carried.
                b) Ann Hall, Town Crier, re: the ceremonial bell.
                Moved by Moss, seconded by Reed
                Be it resolved that the correspondence be received. Carried.

                3. ADJOURNMENT
                Moved by Reed, seconded by Moss
                Be it resolved that we do now adjourn. Carried.
                """;

        assertThat(entries(minutes))
                .extracting(Entry::number, Entry::title)
                .containsExactly(
                        tuple("1", "ADOPTION OF AGENDA"),
                        tuple("2", "CORRESPONDENCE"),
                        tuple(
                                "a",
                                "Harfield Valley Conservation Authority, minutes of meeting held March 13, 2009"),
                        tuple("b", "Ann Hall, Town Crier, re: the ceremonial bell"),
                        tuple("3", "ADJOURNMENT"));
    }

    @Test
    void three_levels() {
        String agenda =
                """
                City of Harfield
                Regular City Council Meeting
                Agenda
                7:00 p.m. Tuesday, June 11, 2024

                A. Call to Order

                B. Approval of Agenda

                1. Approval of Consent Agenda

                a. Resolution No. 24-010: Accepting a Grant

                b. Resolution No. 24-011: Amending the Budget

                2. Minutes of Previous Meetings

                C. Adjournment
                """;
        String minutes =
                """
                SHIRE OF HARFIELD
                MINUTES ORDINARY MEETING HELD ON WEDNESDAY 17 APRIL 2019

                1.0 Declaration of Opening

                The President declared the meeting open and welcomed all who had come from afar.

                2.0 Matters which Require Decisions

                2.1 Corporate Services

                2.1.1 Payment Listing

                That the payments be endorsed. Carried 8/0

                2.1.2 Financial Statements

                That the statements be received. Carried 8/0

                2.2 Works

                3.0 Urgent Business

                Nil

                4.0 Closure of Meeting

                The President declared the meeting closed.
                """;

        assertThat(entries(agenda))
                .extracting(Entry::number)
                .containsExactly("A", "B", "1", "a", "b", "2", "C");
        assertThat(entries(minutes))
                .extracting(Entry::number, Entry::level)
                .containsExactly(
                        tuple("1.0", 1),
                        tuple("2.0", 1),
                        tuple("2.1", 2),
                        tuple("2.1.1", 2),
                        tuple("2.1.2", 2),
                        tuple("2.2", 2),
                        tuple("3.0", 1),
                        tuple("4.0", 1));
    }

    @Test
    void what_opens_a_meeting_stands_without_number_above_the_first() {
        String agenda =
                """
                HARFIELD CITY COUNCIL
                REGULAR MEETING - JUNE 22, 2021
                AGENDA

                ROLL CALL

                INVOCATION

                DECLARATION OF FUTURE AGENDA ITEMS

                A. CONSENT CALENDAR

                A-1 MINUTES OF THE REGULAR MEETING OF JUNE 8

                A-2 AWARD OF COMMUNITY PROMOTIONS

                B. PUBLIC HEARINGS

                B-1 ADOPTION OF THE BUDGET

                C. ADJOURNMENT
                """;

        assertThat(entries(agenda))
                .extracting(Entry::number)
                .containsExactly(null, null, null, "A", "A-1", "A-2", "B", "B-1", "C");
    }

    @Test
    void who_answers_the_roll_call_is_no_entry() {
        String minutes =
                """
                BOROUGH OF HARFIELD
                MINUTES
                March 12, 2019

                CALL TO ORDER

                ROLL CALL

                Council Members:
                Councilwoman Hall - present
                Councilwoman Moss - absent
                Councilman Reed - present

                BUDGET DISCUSSION

                The Mayor stated that the committee met.

                ADJOURNMENT

                On motion by Councilman Reed the meeting was adjourned.
                """;

        assertThat(entries(minutes))
                .extracting(Entry::title)
                .containsExactly("CALL TO ORDER", "ROLL CALL", "BUDGET DISCUSSION", "ADJOURNMENT");
    }

    @Test
    void the_day_of_a_meeting_is_no_section() {
        String minutes =
                """
                MINUTES
                REGULAR MEETING - HARFIELD CITY COUNCIL
                TUESDAY, SEPTEMBER 27, 1983

                1. INVOCATION

                Given by the Reverend.

                2. PUBLIC HEARING

                (a) CONSIDERATION OF ASSESSMENT ROLLS:

                1. ROLL NO. 153

                The hearing was closed.

                2. ROLL NO. 154

                The hearing was closed.

                3. COMMUNICATIONS

                None was received.

                4. ADJOURNMENT

                The meeting adjourned.
                """;

        assertThat(entries(minutes)).extracting(Entry::title).startsWith("INVOCATION");
    }

    @Test
    void a_roman_number_without_a_space_behind_it() {
        String agenda =
                """
                City of Harfield
                AGENDA
                Thursday, March 14, 2019

                V. Visitors
                VI. Public Hearings
                VII.New Business
                VIII.Old Business
                IX. Adjourn
                """;

        assertThat(entries(agenda))
                .extracting(Entry::number)
                .containsExactly("V", "VI", "VII", "VIII", "IX");
    }

    @Test
    void a_title_goes_on_where_its_next_line_begins_with_a_small_letter() {
        String agenda =
                """
                Harfield Town Council
                AGENDA for the meeting on Tuesday 14 May 2024

                1. Apologies
                2. Consider and possibly approve travel, lodging and registration
                and seminars for employees
                3. Discuss the bids that were received last month for the haul truck and the mower
                4. Adjourn
                """;

        assertThat(entries(agenda))
                .extracting(Entry::title)
                .contains(
                        "Consider and possibly approve travel, lodging and registration and seminars for employees");
    }

    @Test
    void the_date_of_the_meeting_below_that_of_the_approval() {
        Metadata metadata =
                metadata(
                        """
                        COMMON COUNCIL - CITY OF HARFIELD Approved 11/22/11
                        MINUTES OF MEETING HELD OCTOBER 25, 2011

                        The Mayor called the meeting to order at 7:00 p.m. All were present.

                        COMMUNICATIONS FROM THE MAYOR'S OFFICE
                        No meetings would be held on November 8 because of the election.

                        PUBLIC COMMENT
                        None.

                        ADJOURNMENT
                        Motion carried.
                        """);

        assertThat(metadata.council()).isEqualTo("City of Harfield");
        assertThat(metadata.meetingDate()).isEqualTo(LocalDate.of(2011, 10, 25));
    }

    @Test
    void parts_of_a_report_are_no_entries() {
        String minutes =
                """
                Harfield City Council
                Minutes of the ordinary meeting on Thursday 17 December 2020

                1. REVIEW OF GAMBLING VENUES

                1.1 Purpose of report
                To receive the submissions, of which there were more than in the year before.

                1.2 Background
                There are five.

                2. LIBRARY STRATEGY

                2.1 Purpose of report
                To adopt the strategy.

                2.2 Background
                There was none.

                3. CLOSURE
                """;

        assertThat(entries(minutes)).extracting(Entry::number).containsExactly("1", "2", "3");
    }

    @Test
    void minutes_whose_motions_are_all_that_they_record() {
        String minutes =
                """
                Harfield Township
                Regular Meeting Minutes
                October 11, 2005

                The regular meeting was called to order by the Supervisor with all present.

                Hughes motioned to allow remodeling of the storage room. Motion approved.

                Hughes motioned to accept Odyssey Road as a township road. Motion approved.

                Wray motioned to approve the road name of Blackwood Court. Motion approved.

                Ann Hughes, Clerk
                """;

        assertThat(entries(minutes))
                .extracting(Entry::title)
                .containsExactly(
                        "Hughes motioned to allow remodeling of the storage room",
                        "Hughes motioned to accept Odyssey Road as a township road",
                        "Wray motioned to approve the road name of Blackwood Court");
    }

    @Test
    void headings_in_capitals_that_open_a_sentence() {
        String minutes =
                """
                MINUTES of the meeting of HARFIELD PARISH COUNCIL held on Monday 12 September 2016

                Present were Mr T Reed (Chairman), Mrs A Hall and Mrs K Moss.

                APOLOGIES FOR ABSENCE were received from Mr J Pike, who was ill on that day

                THE MINUTES of the previous meeting were read, approved and signed.

                FINANCE. A cheque was signed to Mr E Perch, for mower service, for £150.75.

                PLANNING. A letter had been received from Harfield District Council.

                HIGHWAYS AND FOOTPATHS. The Clerk was asked to write about the footpath.
                """;

        assertThat(entries(minutes))
                .extracting(Entry::title)
                .containsExactly(
                        "APOLOGIES FOR ABSENCE",
                        "THE MINUTES",
                        "FINANCE",
                        "PLANNING",
                        "HIGHWAYS AND FOOTPATHS");
    }

    @Test
    void numbers_above_their_titles() {
        String minutes =
                """
                HARFIELD COUNTY COUNCIL

                Minutes of meeting of Full Council held at 3:00 p.m. Monday 21 December 2020

                01/1220
                Remote meeting of Full Council
                The Cathaoirleach welcomed everyone to the December meeting of full council.

                02/1220
                Minutes and Progress Report
                The minutes were taken as read.

                03/1220
                Chief Executive's Monthly Management Report
                The members noted the report.

                The meeting concluded.
                """;

        assertThat(entries(minutes))
                .extracting(Entry::number, Entry::title)
                .containsExactly(
                        tuple("01/1220", "Remote meeting of Full Council"),
                        tuple("02/1220", "Minutes and Progress Report"),
                        tuple("03/1220", "Chief Executive's Monthly Management Report"));
    }

    @Test
    void an_agenda_that_does_not_say_so() {
        String agenda =
                """
                HARFIELD COUNTY BOARD OF SUPERVISORS MEETING
                November 17, 2020 at 9:00 a.m.

                1. 9:00 A.M. Call to Order

                2. Approve minutes

                3. 9:15 A.M. Ann Hall

                4. Start the budget work

                5. Adjourn
                """;

        assertThat(metadata(agenda).kind()).isEqualTo(DocumentKind.AGENDA);
        assertThat(entries(agenda)).hasSize(5);
    }

    @Test
    void notices_above_an_agenda_are_no_entries_and_minutes_to_be_approved_make_no_minutes() {
        String agenda =
                """
                CITY COUNCIL REGULAR MEETING
                Tuesday, October 20, 2020, at 7:00 PM
                Court Room/Council Chambers

                PUBLIC COMMENT AND PUBLIC HEARING PARTICIPATION
                As with all meetings we continue to invite the public to comment by mail until five.

                AGENDA

                ROLL CALL

                PLEDGE OF ALLEGIANCE

                CONSENT AGENDA
                Minutes
                1. 10-06-2020 Work Session Minutes
                2. 10-06-2020 Council Minutes

                NEW BUSINESS
                3. Discussion and Possible Action: Approval of a Contract
                4. Discussion and Possible Action: Resolution 10-05-2020

                ADJOURNMENT
                """;

        assertThat(metadata(agenda).council()).isNull();
        assertThat(entries(agenda))
                .extracting(Entry::title)
                .startsWith("ROLL CALL", "PLEDGE OF ALLEGIANCE", "CONSENT AGENDA")
                .contains("Discussion and Possible Action: Approval of a Contract");
    }

    @Test
    void who_is_in_the_chair_and_who_signs_are_no_entries() {
        String minutes =
                """
                MINUTES of the LICENSING SUB-COMMITTEE
                4 NOVEMBER 2020

                1296. TO APPOINT A CHAIRMAN

                RESOLVED that Councillor Reed be appointed.

                IN THE CHAIR: COUNCILLOR T B REED

                1297. APOLOGIES FOR ABSENCE

                There were none.

                1298. DISCLOSURE OF INTEREST

                There was none.

                The meeting closed at 11.05 am.

                T B REED
                CHAIRMAN
                """;

        assertThat(entries(minutes))
                .extracting(Entry::number)
                .containsExactly("1296", "1297", "1298");
    }

    @Test
    void what_stands_below_a_short_title_is_no_part_of_it() {
        String minutes =
                """
                Harfield Parish Council
                Minutes of the meeting held on Tuesday 14 May 2024

                1. Declarations of interest
                to be made now by those who have any in what is on the agenda of this meeting
                2. Highways
                • potholes in Mill Lane
                • hedge at School Lane
                3. Second reading and adoption of the planning and zoning code, Ordinance
                No. 2024-15 amending Chapter 4 of the Code
                4. Clerk's report
                none
                """;

        assertThat(entries(minutes))
                .extracting(Entry::title)
                .containsExactly(
                        "Declarations of interest",
                        "Highways",
                        "Second reading and adoption of the planning and zoning code, Ordinance No. 2024-15 amending Chapter 4 of the Code",
                        "Clerk's report");
    }

    @Test
    void letters_that_look_like_numbers() {
        String minutes =
                """
                *Harfield Town Council*
                Minutes of the meeting held on Tuesday 14 May 2024

                *APOLOGIES*
                None were received from anybody in the council or of its committees.

                *V.E. DAY CELEBRATIONS*
                They will be held in the park, and all are welcome to come along.

                *4-H YOUTH FAIR*
                It will be held in June.

                *FINANCE*
                The accounts were approved.
                """;

        assertThat(entries(minutes))
                .extracting(Entry::number, Entry::title)
                .containsExactly(
                        tuple(null, "APOLOGIES"),
                        tuple(null, "V.E. DAY CELEBRATIONS"),
                        tuple(null, "4-H YOUTH FAIR"),
                        tuple(null, "FINANCE"));
    }

    @Test
    void a_notice_in_bold_above_an_agenda_is_no_entry() {
        String agenda =
                """
                *Harfield Parish Council*

                *NOTICE IS HEREBY GIVEN that a meeting of the council will be held*
                on Tuesday 14 May 2024 at 7pm in the Village Hall.

                *1. Apologies*

                *2. Declarations of interest*

                *3. Planning*

                *4. Date of next meeting*
                """;

        assertThat(entries(agenda)).extracting(Entry::number).containsExactly("1", "2", "3", "4");
    }

    @Test
    void the_date_of_a_meeting_that_will_approve_the_minutes() {
        assertThat(
                        metadata(
                                        """
                                        DRAFT - subject to approval at the
                                        meeting on 12 June 2024
                                        Harfield Parish Council
                                        Minutes of the meeting held on 8 May 2024

                                        1. Apologies
                                        2. Planning
                                        3. It was resolved to close.
                                        """)
                                .meetingDate())
                .isEqualTo(LocalDate.of(2024, 5, 8));
    }

    @Test
    void the_committee_for_the_safety_of_the_public() {
        assertThat(
                        metadata(
                                        """
                                        City of Harfield
                                        Public Safety Committee
                                        Wednesday, July 2, 2014 6:30 P.M.
                                        MINUTES

                                        1. Call to order
                                        2. Old Business
                                        3. Motion to adjourn. Motion passed.
                                        """)
                                .committee())
                .isEqualTo("Public Safety Committee");
    }

    @Test
    void what_stands_beside_a_heading_does_not_make_it_go_on() {
        String minutes =
                """
                Minutes of the Harfield Library Board of Trustees
                June 10, 2019

                1. Call to Order || Greetings
                The meeting was called to order at 5:05. All trustees were present.

                2. Approval of Agenda || Official Action
                Motion to approve by Ward, seconded by Haskell, approved unanimously.

                3. Reports
                a) Director's Report || Report
                The roof was looked at.
                b) Finance Report || Official Action
                Motion to pay the bills by Allard, seconded by Ward, approved unanimously.

                4. Adjournment
                """;

        assertThat(entries(minutes))
                .extracting(Entry::title)
                .containsExactly(
                        "Call to Order",
                        "Approval of Agenda",
                        "Reports",
                        "Director's Report",
                        "Finance Report",
                        "Adjournment");
        assertThat(MetadataReading.items(Sheet.facts(Sheet.a4(minutes)), entries(minutes)))
                .flatExtracting(ItemFacts::decisions)
                .extracting(Decision::text)
                .containsExactly(
                        "Motion to approve by Ward, seconded by Haskell, approved unanimously.",
                        "Motion to pay the bills by Allard, seconded by Ward, approved unanimously.");
    }

    @Test
    void entries_that_are_taken_together() {
        assertThat(
                        entries(
                                """
                                Minutes of the meeting of Harfield Parish Council, 3 May 2016

                                1. & 2. Welcome and apologies

                                The Chair welcomed all who had come through the snow, and gave the apologies of
                                Cllr Sargent and of Mr Oldman, who were both away on the business of the county
                                and hoped to be back for the next meeting.

                                3. Minutes of the last meeting

                                They were signed.

                                4/5 Annual return

                                It was approved.

                                6 & 7. Vacancies

                                Mr Pole was co-opted.

                                8. Date of next meeting

                                7 June.
                                """))
                .extracting(Entry::number, Entry::title)
                .containsExactly(
                        tuple("1. & 2", "Welcome and apologies"),
                        tuple("3", "Minutes of the last meeting"),
                        tuple("4/5", "Annual return"),
                        tuple("6 & 7", "Vacancies"),
                        tuple("8", "Date of next meeting"));
    }

    @Test
    void numbers_of_paragraphs_of_minutes_open_no_entries() {
        assertThat(
                        entries(
                                """
                                Minutes of the meeting of Harfield Town Council, 13 May 2019

                                49 Welcome and Apologies

                                49.1 The Chairman welcomed members and gave the apologies of Cllr Sargent and of Mr
                                Oldman, who were both away on the business of the county, and of Mrs Reed, whose
                                train was late.

                                50 Declarations of Interest

                                50.1 None were made.

                                51 Matters Arising

                                51.1 The pump had been repaired.

                                51.2 The clerk had written to the agency.

                                52 Invoices Paid

                                52.1 The list was circulated.

                                52.2 It was PROPOSED by Mr Reed and RESOLVED that they be approved.
                                """))
                .extracting(Entry::number)
                .containsExactly("49", "50", "51", "52");
        assertThat(
                        entries(
                                """
                                Minutes of the meeting of Harfield Town Council, 13 May 2019

                                1 Planning

                                1.1 Mill Lane: the application was supported, for the reasons that the working
                                party had given to the district council in its letter of the third of May and
                                in its letter of the tenth.

                                1.2 High Street: the application was refused.

                                2 Finance

                                2.1 Insurance: the policy was renewed.

                                2.2 Bank: the mandate was signed.
                                """))
                .extracting(Entry::number)
                .containsExactly("1", "1.1", "1.2", "2", "2.1", "2.2");
    }

    @Test
    void who_somebody_present_is_sent_by_is_not_whose_minutes_they_are() {
        String minutes =
                """
                Minutes of the meeting held on Monday 13 June 2016 at Kynner Village Hall

                Present: Mr W Hall (Chairman), Mr S Ames (Harfield Borough Council),
                Mrs L Neal (Nether Stow District Council), Mr J Savage (Nether Stow District Council)

                1. Apologies

                None.

                2. Minutes

                The minutes were signed.

                3. Pumping station

                It was resolved to seek quotations.
                """;

        assertThat(metadata(minutes).council()).isNull();
        assertThat(metadata(minutes.replace("meeting held", "Wend Drainage Board held")).council())
                .isEqualTo("Wend Drainage Board");
    }

    @Test
    void minutes_of_a_public_meeting_that_name_its_agenda() {
        assertThat(
                        metadata(
                                        """
                                        *Public meeting minutes*
                                        *Conservation Commission*

                                        AGENDA Tuesday, February 21, 2023

                                        *New business*

                                        Park Meadow was discussed. Motion made and seconded to support it.
                                        Vote 5-0 in favor.

                                        *Public hearings*

                                        The hearing was opened at 7:12. Vote 5-0 in favor.

                                        *Reports*

                                        Mr. Bisk reported on the trail. All voted in favor.
                                        """)
                                .kind())
                .isEqualTo(DocumentKind.MINUTES);
    }

    @Test
    void headings_in_plain_type_that_stand_by_themselves_with_a_colon() {
        assertThat(
                        entries(
                                """
                                MINUTES OF A REGULAR MEETING OF THE HARFIELD COUNTY BOARD OF COMMISSIONERS

                                The board convened on Monday, February 17, 2003 at 5:00 p.m. in the courthouse of
                                Harfield, with all of its members present.

                                Call to Order:

                                Chairman Dunn called the meeting to order.

                                Consent Agenda:

                                1) Approval of bills
                                2) Approval of purchase order 300844
                                3) Approval of budget entries

                                Motion by Commissioner Gentle, seconded by Commissioner Bass, to approve the
                                consent agenda. The motion carried.

                                Road Department:

                                Mr. Beech asked for a decision on the grader.

                                Clerk's Report:

                                Purchase order 300844: the clerk asked that it be signed.

                                Commissioners' Reports:

                                There were none.

                                Adjourn:

                                The meeting adjourned at 6:45 p.m.
                                """))
                .extracting(Entry::title, Entry::level)
                .containsExactly(
                        tuple("Call to Order", 1),
                        tuple("Consent Agenda", 1),
                        tuple("Approval of bills", 2),
                        tuple("Approval of purchase order 300844", 2),
                        tuple("Approval of budget entries", 2),
                        tuple("Road Department", 1),
                        tuple("Clerk's Report", 1),
                        tuple("Commissioners' Reports", 1),
                        tuple("Adjourn", 1));
    }

    @Test
    void what_the_paper_calls_itself_over_who_met_is_no_entry() {
        String minutes =
                """
                CITY OF HARFIELD
                200 NORTH SPRING STREET
                HARFIELD, CA 90012
                TELEPHONE: (213) 555-0100
                FAX: (213) 555-0101

                *MINUTES*
                *BOARD OF PARK COMMISSIONERS*
                *REGULAR MEETING*
                *TUESDAY, FEBRUARY 3, 2015 - 6:00 P.M.*

                *1. INTRODUCTION*
                The president gave the introduction.

                *2. CALL TO ORDER*
                The president called the meeting to order at 6:05 p.m.

                *3. APPROVAL OF THE MINUTES OF THE REGULAR MEETING OF THE BOARD OF JANUARY 12,*
                *2015*
                Ms. Reed moved that the minutes be accepted.

                *4. ADJOURNMENT*
                """;

        assertThat(entries(minutes))
                .extracting(Entry::title)
                .containsExactly(
                        "INTRODUCTION",
                        "CALL TO ORDER",
                        "APPROVAL OF THE MINUTES OF THE REGULAR MEETING OF THE BOARD OF JANUARY 12, 2015",
                        "ADJOURNMENT");
        assertThat(metadata(minutes).meetingDate()).isEqualTo(LocalDate.of(2015, 2, 3));
    }

    @Test
    void roman_numbers_in_a_column_of_their_own() {
        assertThat(
                        entries(
                                """
                                Minutes of the Harfield Fire District, February 21, 2024

                                I || Call to Order
                                The chairman called the meeting to order at 7:00 pm at the station in the lane, with
                                all commissioners, the chief and the secretary present, and asked those who had
                                come to sign the list at the door.

                                II || Pledge of Allegiance

                                III || Approval of Agenda

                                Commissioner Sliger moved to approve the agenda. Motion carried.

                                IV || Adjournment
                                """))
                .extracting(Entry::number, Entry::title)
                .containsExactly(
                        tuple("I", "Call to Order"),
                        tuple("II", "Pledge of Allegiance"),
                        tuple("III", "Approval of Agenda"),
                        tuple("IV", "Adjournment"));
    }

    @Test
    void numbers_that_begin_with_the_month_and_end_in_a_nought_over_their_parts() {
        assertThat(
                        entries(
                                """
                                Harfield Council Meeting Agenda, Monday 15 April 2024

                                04/24.1.0 ATTENDANCE

                                04/24.1.1 Present

                                04/24.1.2 Apologies

                                04/24.2.0 PLANNING AUTHORITY

                                04/24.2.1 Dwelling additions and shed, 14 Scrub Court

                                INTRODUCTION:

                                The lot is of 812 square metres in the zone for dwellings and slopes to the east, and
                                three representations were received, all of them about the height of the shed.

                                OFFICER'S REPORT:

                                The shed is 4.6 m to the ridge.

                                04/24.3.0 MEETING CLOSED
                                """))
                .extracting(Entry::number, Entry::level)
                .containsExactly(
                        tuple("04/24.1.0", 1),
                        tuple("04/24.1.1", 2),
                        tuple("04/24.1.2", 2),
                        tuple("04/24.2.0", 1),
                        tuple("04/24.2.1", 2),
                        tuple("04/24.3.0", 1));
    }

    @Test
    void dots_that_lead_from_an_entry_to_its_paper() {
        String agenda =
                """
                HARFIELD COUNTY
                REGULAR COUNCIL MEETING AGENDA
                June 11, 2024, 8:30 a.m.

                1.0 CALL TO ORDER
                    1.1 Land acknowledgement
                2.0 AGENDA
                    2.1 Additions to the agenda...................................................1
                    2.2 Adoption of the agenda....................................................1
                3.0 MUNICIPAL SERVICES
                    3.1 Bridge file 78114 - tender award..........................................5
                    THAT Council award the replacement of bridge file 78114 to the lowest bidder.
                    3.2 Water line extension request, Swale......................................14
                4.0 REPORTS......................................................................22
                5.0 ADJOURNMENT
                """;

        assertThat(entries(agenda))
                .extracting(Entry::number, Entry::title)
                .containsExactly(
                        tuple("1.0", "CALL TO ORDER"),
                        tuple("1.1", "Land acknowledgement"),
                        tuple("2.0", "AGENDA"),
                        tuple("2.1", "Additions to the agenda"),
                        tuple("2.2", "Adoption of the agenda"),
                        tuple("3.0", "MUNICIPAL SERVICES"),
                        tuple("3.1", "Bridge file 78114 - tender award"),
                        tuple("3.2", "Water line extension request, Swale"),
                        tuple("4.0", "REPORTS"),
                        tuple("5.0", "ADJOURNMENT"));
        assertThat(metadata(agenda).council()).isEqualTo("Harfield County");
    }

    @Test
    void business_with_bullets_under_timed_headings() {
        assertThat(
                        entries(
                                """
                                Harfield County Board of Commissioners
                                Business Session Agenda
                                Wednesday, March 13, 2024, 9:00 AM

                                9:00 AM CALL TO ORDER

                                9:15 AM CONSENT CALENDAR
                                • Minutes of the February 28 business session
                                • Accounts payable

                                9:20 AM ROAD DEPARTMENT
                                • Order awarding the oil contract
                                • Request to fill the position of utility worker

                                9:40 AM HEALTH AND HUMAN SERVICES
                                • Update on the warming shelter

                                12:00 PM ADJOURN
                                """))
                .extracting(Entry::title, Entry::level)
                .containsExactly(
                        tuple("CALL TO ORDER", 1),
                        tuple("CONSENT CALENDAR", 1),
                        tuple("Minutes of the February 28 business session", 2),
                        tuple("Accounts payable", 2),
                        tuple("ROAD DEPARTMENT", 1),
                        tuple("Order awarding the oil contract", 2),
                        tuple("Request to fill the position of utility worker", 2),
                        tuple("HEALTH AND HUMAN SERVICES", 1),
                        tuple("Update on the warming shelter", 2),
                        tuple("ADJOURN", 1));
    }

    @Test
    void the_day_of_the_meeting_in_a_letter_that_has_a_date_of_its_own() {
        assertThat(
                        metadata(
                                        """
                                        Harfield County Borough Council

                                        Date: 14 March 2024

                                        Dear Councillor,

                                        You are hereby summoned to attend a meeting of the Council to be held in the
                                        Council Chamber, Civic Centre, Harfield on WEDNESDAY, 20
                                        MARCH 2024 at 4.00 pm for the business set out below.

                                        1. To receive apologies for absence.

                                        2. To approve the minutes of the last meeting.

                                        3. To receive announcements.
                                        """)
                                .meetingDate())
                .isEqualTo(LocalDate.of(2024, 3, 20));
    }

    @Test
    void a_number_before_every_line_of_an_agenda_is_the_entry_s() {
        List<String> titles =
                """
                Apologies
                Declarations of interest
                Minutes of the last meeting
                Matters arising
                Public participation
                Police report
                County councillor's report
                Highways and footpaths
                Finance
                Insurance
                Planning applications
                Correspondence
                Cemetery
                Allotments
                Street lighting
                Playground inspection
                Trees
                Website
                Training
                Standing orders
                Risk assessment
                Date of next meeting
                """
                        .lines()
                        .toList();
        StringBuilder agenda = new StringBuilder("Harfield Town Council Agenda, 3 May 2016\n\n");
        for (int i = 0; i < titles.size(); i++) {
            agenda.append(i + 1).append(' ').append(titles.get(i)).append('\n');
        }

        assertThat(entries(agenda.toString()))
                .extracting(Entry::title)
                .containsExactlyElementsOf(titles);
    }

    @Test
    void numbers_of_lines_close_to_the_text_are_left_out() {
        StringBuilder minutes = new StringBuilder();
        int line = 1;
        for (String text :
                """
                HARFIELD CITY PLANNING COMMISSION
                MINUTES OF REGULAR MEETING
                Tuesday, January 9, 2024, 7:00 p.m.

                1. Approval of Minutes
                Commissioner Delgado moved to approve the minutes with a correction to
                line 88. Commissioner Reed seconded the motion. All voted in favor and
                the motion carried.

                2. Election of Chair
                Commissioner Reed moved to retain the chair for the year that had begun
                on the first of the month. Commissioner Larkin seconded the motion, and
                all voted in favor.

                3. Report of the Director
                The sign ordinance was adopted by the council in December, and the plan
                for the orchard was sent back, with a letter of the engineer about what
                the road would take.

                4. Adjourn
                Commissioner Fifita moved to adjourn. The meeting was adjourned at 8:24
                p.m.
                """
                        .split("\n")) {
            minutes.append(line++).append(text.isEmpty() ? "" : " ").append(text).append('\n');
        }

        assertThat(entries(minutes.toString()))
                .extracting(Entry::number, Entry::title)
                .containsExactly(
                        tuple("1", "Approval of Minutes"),
                        tuple("2", "Election of Chair"),
                        tuple("3", "Report of the Director"),
                        tuple("4", "Adjourn"));
    }

    @Test
    void the_number_of_a_motion_on_a_line_of_its_own_is_no_heading() {
        assertThat(
                        entries(
                                """
                                Town of Harfield
                                Minutes of the Regular Meeting of Town Council
                                Monday, June 17, 2024

                                Call to Order
                                Mayor Reed called the meeting to order at 6:30 p.m. and acknowledged that the
                                town stands in the territory of those who were there before.

                                Approval of the Agenda
                                The clerk asked that the letter of the club be added under correspondence.

                                MOTION 240617.01
                                Moved by Councillor Purdy and seconded by Councillor Moss that the agenda be
                                approved as amended. Motion carried.

                                Public Input
                                A resident of the harbour said that trucks do not slow down for the school.

                                Adjournment
                                MOTION 240617.02
                                Moved by Councillor Moss that the meeting adjourn. Motion carried.
                                """))
                .extracting(Entry::title)
                .containsExactly(
                        "Call to Order", "Approval of the Agenda", "Public Input", "Adjournment");
    }

    @Test
    void headings_in_plain_type_in_a_column_with_the_text_beside_them() {
        assertThat(
                        entries(
                                """
                                Village of Harfield
                                Council Meeting Minutes, October 9, 2023

                                Call to Order: || The regular meeting was called to
                                || order at 7:00 p.m. by President Reed.

                                Approval of Previous || Motion by Moss, support by Beck, to
                                Meeting Minutes: || approve the minutes. All yeas.
                                || Motion carried.

                                Public Comment: || A resident of Lake Street asked when
                                || the leaves would be picked up.

                                Sidewalk Program: || Four bids were opened. The low bid
                                || was from a firm of the county.
                                || Motion by Beck, support by Moss, to
                                || award the work. Motion carried.

                                Trunk or Treat: || The street is closed for it on
                                || October 31 from half past four.

                                Adjournment: || Motion by Beck, support by Moss, to
                                || adjourn at 9:00 p.m. Motion carried.
                                """))
                .extracting(Entry::title, entry -> entry.runOn().size())
                .containsExactly(
                        tuple("Call to Order", 1),
                        tuple("Approval of Previous Meeting Minutes", 2),
                        tuple("Public Comment", 1),
                        tuple("Sidewalk Program", 1),
                        tuple("Trunk or Treat", 1),
                        tuple("Adjournment", 1));
    }

    @Test
    void names_and_duties_side_by_side_are_a_table_and_no_headings() {
        assertThat(
                        entries(
                                """
                                Village of Harfield
                                Council Meeting Minutes, October 9, 2023

                                Present:
                                Ann Reed || President
                                Ben Moss || Trustee
                                Carol Beck || Trustee
                                Dora Hale || Clerk
                                Eve Lund || Manager
                                Finance report || Treasurer

                                1. Call to Order
                                The meeting was called to order at 7:00 p.m.

                                2. Public Comment
                                A resident of Lake Street asked when the leaves would be picked up.

                                3. Adjournment
                                Motion by Beck, support by Moss, to adjourn. Motion carried.
                                """))
                .extracting(Entry::title)
                .containsExactly("Call to Order", "Public Comment", "Adjournment");
    }

    @Test
    void a_title_on_a_line_of_its_own_below_the_number_and_the_file() {
        assertThat(
                        entries(
                                """
                                Harfield Shire Council
                                Agenda of the Ordinary Meeting, 21 February 2024

                                ITEM 1   APOLOGIES

                                ITEM 2   CONFIRMATION OF MINUTES

                                ITEM 3   FILE: A02-0114
                                SUBJECT: DELIVERY PROGRAM
                                AUTHOR: Governance Officer
                                Most of the actions are on track; the late ones are listed.

                                ITEM 4   FILE: C05-0031
                                SUBJECT: LOCAL GOVERNMENT ELECTIONS
                                AUTHOR: General Manager
                                Council has engaged the commission to run the election.
                                """))
                .extracting(Entry::number, Entry::title)
                .containsExactly(
                        tuple("1", "APOLOGIES"),
                        tuple("2", "CONFIRMATION OF MINUTES"),
                        tuple("3", "DELIVERY PROGRAM"),
                        tuple("4", "LOCAL GOVERNMENT ELECTIONS"));
    }

    @Test
    void a_title_goes_on_in_its_column_though_text_stands_beside_both_lines() {
        List<Entry> entries =
                entries(
                        """
                        Harfield Town Council
                        Minutes of the meeting held on 15 January 2024

                        1. Welcome and || The Mayor welcomed everyone and wished
                           Apologies || them well. There were two apologies.

                        2. Police Report || Thirty incidents were reported, with
                        || three thefts of tools from vans.

                        3. Accounts for || The accounts were approved. They
                           Payment || come to four thousand pounds.
                        """);

        assertThat(entries)
                .extracting(Entry::title)
                .containsExactly("Welcome and Apologies", "Police Report", "Accounts for Payment");
        assertThat(entries.getFirst().runOn())
                .extracting(Line::text)
                .containsExactly(
                        "The Mayor welcomed everyone and wished",
                        "them well. There were two apologies.");
    }

    @Test
    void a_title_that_cannot_end_so_goes_on_and_who_reports_on_it_is_no_list() {
        assertThat(
                        entries(
                                """
                                Harfield School District
                                Board of Directors, Agenda, January 22, 2024

                                1.0 REPORTS
                                1.1 Student Representatives || A. Lujan
                                1.2 Early Literacy Plan || B. Castle
                                1.3 Financial Report
                                2.0 CONSENT
                                2.1 Personnel Report: Hires and
                                    Retirements
                                2.2 Minutes
                                """))
                .extracting(Entry::number, Entry::title)
                .containsExactly(
                        tuple("1.0", "REPORTS"),
                        tuple("1.1", "Student Representatives"),
                        tuple("1.2", "Early Literacy Plan"),
                        tuple("1.3", "Financial Report"),
                        tuple("2.0", "CONSENT"),
                        tuple("2.1", "Personnel Report: Hires and Retirements"),
                        tuple("2.2", "Minutes"));
    }

    @Test
    void what_stands_below_who_moved_it_and_that_it_was_agreed_is_the_decision() {
        String minutes =
                """
                Harfield Municipal District
                Minutes of the meeting held on 11 December 2023

                1. Minutes
                Proposed by Councillor S. Reed
                Seconded by Councillor A. Moss
                AND AGREED

                "To confirm the minutes of the meeting held in November."

                2. Close
                MINUTES CONFIRMED ON: ______________________
                """;

        assertThat(MetadataReading.items(Sheet.facts(Sheet.a4(minutes)), entries(minutes)))
                .flatExtracting(ItemFacts::decisions)
                .extracting(Decision::text)
                .singleElement()
                .asString()
                .contains("AND AGREED \"To confirm the minutes");
    }

    @Test
    void a_hospital_district_is_whose_minutes_they_are_and_not_the_county() {
        assertThat(
                        metadata(
                                        """
                                        Minutes of a regular meeting of
                                        the Board of Directors of the
                                        Harfield Hospital District
                                        August 24, 2023
                                        COUNTY OF BASSET

                                        1. Call to order
                                        2. Public comments
                                        3. Adjournment
                                        """)
                                .council())
                .isEqualTo("Harfield Hospital District");
    }

    @Test
    void a_decision_right_below_its_title_and_one_with_a_number_of_its_own() {
        String minutes =
                """
                Minutes of the Meeting of Harfield Parish Council
                Thursday 22nd September 2016

                1 Apologies for Absence
                There were none from Tim Overy

                2 Minutes of Previous Meeting 24th March 2016
                Resolved: to approve the minutes as drafted

                3 Report from Ward Councillor
                There was no report for August as there had been no activity.

                4 Finance
                4.1 Resolved: to approve the payments of the month.
                4.2 The bank balance was noted

                5 Date of next meeting
                """;

        assertThat(entries(minutes))
                .extracting(Entry::number, Entry::title)
                .contains(tuple("4.1", "Resolved: to approve the payments of the month"));
        assertThat(MetadataReading.items(Sheet.facts(Sheet.a4(minutes)), entries(minutes)))
                .flatExtracting(ItemFacts::decisions)
                .extracting(Decision::text)
                .hasSize(2)
                .first()
                .isEqualTo("Resolved: to approve the minutes as drafted");
    }

    @Test
    void minutes_that_vote_below_each_subject_of_a_consent_agenda() {
        String minutes =
                """
                Harfield Select Board Meeting
                February 12, 2024

                A meeting of the Harfield Select Board was called to order at 6:30 p.m. The chair and
                two members were present.

                *CONSENT AGENDA*
                1. Application: One-Day Liquor License - Rotary Club
                To approve a license for the club to serve beer and wine in the lobby.

                2. Accept Committee Resignation
                To accept the resignation of B. Grey from the committee.

                VOTE: Upon a motion duly made and seconded, the Select Board voted 5-0 to approve the
                consent agenda.

                *ITEMS FOR INDIVIDUAL CONSIDERATION*
                1. Public Hearing - Grant of Location
                The chair opened the hearing.

                VOTE: Upon a motion duly made and seconded, the Select Board voted 5-0 to close it.

                2. Tree Bylaw Update
                The committee reported on its work.
                """;

        assertThat(metadata(minutes).kind()).isEqualTo(DocumentKind.MINUTES);
        assertThat(entries(minutes))
                .extracting(Entry::title)
                .contains("Application: One-Day Liquor License - Rotary Club");
        assertThat(MetadataReading.items(Sheet.facts(Sheet.a4(minutes)), entries(minutes)))
                .flatExtracting(ItemFacts::decisions)
                .extracting(Decision::text)
                .containsExactly(
                        "Upon a motion duly made and seconded, the Select Board voted 5-0 to approve the consent agenda.",
                        "Upon a motion duly made and seconded, the Select Board voted 5-0 to close it.");
    }

    @Test
    void a_caption_over_who_moved_it_is_no_heading_whatever_its_apostrophe() {
        assertThat(
                        entries(
                                """
                                *Shire of Harfield*
                                *MINUTES of the Ordinary Meeting of Council, 19 November 2014*

                                *1. DECLARATION OF OPENING*
                                The President declared the meeting opened at 5.20 pm.

                                *2. CONFIRMATION OF MINUTES*

                                *OFFICER’S RECOMMENDATION/COUNCIL DECISION*

                                Moved: Cr Brown    Seconded: Cr Smith
                                That the minutes of 15 October 2014 be confirmed.
                                CARRIED 7/0

                                *3. ACCOUNTS FOR PAYMENT*

                                *OFFICER’S RECOMMENDATION/COUNCIL DECISION*

                                Moved: Cr Smith    Seconded: Cr Brown
                                That Council approves the payments.
                                CARRIED 7/0

                                *4. CLOSURE OF MEETING*
                                """))
                .extracting(Entry::title)
                .containsExactly(
                        "DECLARATION OF OPENING",
                        "CONFIRMATION OF MINUTES",
                        "ACCOUNTS FOR PAYMENT",
                        "CLOSURE OF MEETING");
    }

    @Test
    void a_number_that_is_broken_off_at_its_hyphen_opens_no_entry() {
        assertThat(
                        entries(
                                """
                                Harfield City Council, Agenda, July 9, 2024

                                1. Call to Order

                                2. Approve the disbursements for the period that ends in June (Res2024-
                                3) and those of the library

                                3. Public Hearing

                                4. Adjournment
                                """))
                .extracting(Entry::number)
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void a_motion_under_new_business_leaves_the_heading_its_name() {
        assertThat(
                        entries(
                                """
                                Harfield Township Board, Regular Meeting Minutes, May 2, 2016

                                Public Comment:  A resident asked why he has to pay.

                                Zoning Administrator:  Permits were one dwelling and two barns.

                                Cemetery:  No report

                                Treasurer:  Reported income and expenses of the month of April.

                                New Business:  Motion by Cook, seconded by Moss to buy a mower. Motion carried.

                                Old Business:  None
                                """))
                .extracting(Entry::title)
                .contains("New Business")
                .doesNotContain("New Business: Motion by Cook");
    }

    @Test
    void headings_that_say_in_the_matter_of() {
        assertThat(
                        entries(
                                """
                                *MINUTES OF THE BOARD OF HARFIELD COUNTY COMMISSIONERS*
                                March 14, 2023

                                The Board met in regular session at 9:00 a.m. with three members present.

                                *IN THE MATTER OF APPROVING THE MINUTES:*

                                Motion by Mr. Moss, seconded by Ms. Hale, to approve the minutes. Motion carried.

                                *IN THE MATTER OF THE PAYMENT OF BILLS:*

                                Motion by Ms. Hale, seconded by Mr. Moss, to pay the bills. Motion carried.

                                *IN THE MATTER OF SUPPLEMENTAL APPROPRIATIONS IN THE YEAR 2023 FOR THE DOG AND*
                                *KENNEL FUND:*

                                Motion by Mr. Moss, seconded by Ms. Hale, to approve $4,000. Motion carried.

                                *IN THE MATTER OF ADJOURNMENT:*

                                Motion by Ms. Hale, seconded by Mr. Moss, to adjourn. Motion carried.
                                """))
                .extracting(Entry::title)
                .containsExactly(
                        "IN THE MATTER OF APPROVING THE MINUTES",
                        "IN THE MATTER OF THE PAYMENT OF BILLS",
                        "IN THE MATTER OF SUPPLEMENTAL APPROPRIATIONS IN THE YEAR 2023 FOR THE DOG AND KENNEL FUND",
                        "IN THE MATTER OF ADJOURNMENT");
    }

    @Test
    void a_heading_in_the_first_line_of_a_paper_needs_none_above_it() {
        assertThat(
                        entries(
                                """
                                *CALL TO ORDER*
                                *ROLL CALL*
                                Present were all members of the Harfield Village Council.

                                *APPROVAL OF MINUTES*
                                Motion by Ms. Hale, seconded by Mr. Moss. Motion carried.

                                *ADJOURNMENT*
                                """))
                .extracting(Entry::title)
                .contains("APPROVAL OF MINUTES", "ADJOURNMENT");
    }

    @Test
    void the_end_of_what_a_paper_calls_itself_is_no_heading() {
        assertThat(
                        entries(
                                """
                                *Harfield Community Council*
                                *Minute of the Meeting held on Tuesday 9 January 2024 at 7.30pm in Harfield*
                                *Hall*

                                *Welcome*
                                The Chair welcomed everyone to the meeting and wished them a happy new year.

                                *Police Report*
                                PC Kerr reported three incidents of speeding in the main street last month.

                                *Matters Arising*
                                The bus shelter is to be repaired.

                                *Date of Next Meeting*
                                Tuesday 12 March 2024
                                """))
                .extracting(Entry::title)
                .containsExactly(
                        "Welcome", "Police Report", "Matters Arising", "Date of Next Meeting");
    }

    @Test
    void minutes_that_are_a_table_of_items_discussion_and_action() {
        String minutes =
                """
                Harfield Parks Commission
                Meeting Minutes
                May 10, 2023

                *Agenda Item* || Discussion

                Call to Order || The meeting was called to order at
                || 5:30 p.m. by the chair.

                Approval of Minutes || Motion by Hale, seconded by Moss,
                || to approve. Motion carried.

                Splash Pad Update || Staff reported that bids are due.

                Dog Park Rules || Motion by Moss, seconded by Beck,
                || to adopt the rules. Motion carried.

                Adjournment || The meeting was adjourned at 6:40.
                """;

        assertThat(entries(minutes))
                .extracting(Entry::title)
                .containsExactly(
                        "Call to Order",
                        "Approval of Minutes",
                        "Splash Pad Update",
                        "Dog Park Rules",
                        "Adjournment");
        assertThat(MetadataReading.items(Sheet.facts(Sheet.a4(minutes)), entries(minutes)))
                .flatExtracting(ItemFacts::decisions)
                .hasSize(2);
    }

    @Test
    void who_moved_the_following_resolution_and_the_resolution_are_one_decision() {
        String minutes =
                """
                Town Board Meeting of the Town of Harfield, Minutes, November 14, 2023

                *RESOLUTION #112 - ACCEPT MINUTES*
                On a motion of Councilman Lee, seconded by Councilman Marx, the following resolution was
                ADOPTED: Ayes 5 Nays 0

                RESOLVED that the minutes of October 10 are accepted as submitted.

                *RESOLUTION #113 - ADOPT BUDGET*
                On a motion of Councilman Marx, seconded by Councilman Lee, the following resolution was
                ADOPTED: Ayes 4 Nays 1

                WHEREAS, the hearing was held on the day that was announced;

                RESOLVED that the budget is adopted.

                *RESOLUTION #114 - PAY CLAIMS*
                On a motion of Councilman Marx, seconded by Councilman Lee, the following resolution was
                ADOPTED: Ayes 5 Nays 0

                RESOLVED that the claims be paid.
                """;

        assertThat(MetadataReading.items(Sheet.facts(Sheet.a4(minutes)), entries(minutes)))
                .flatExtracting(ItemFacts::decisions)
                .extracting(Decision::text)
                .hasSize(3)
                .allMatch(text -> text.contains("RESOLVED that"));
    }

    @Test
    void reports_by_officer_with_dashes_typed_in_haste() {
        assertThat(
                        entries(
                                """
                                *HARFIELD TOWNSHIP BOARD OF TRUSTEES MEETING*
                                February 12, 2020

                                The regular scheduled meeting was called to order by Supervisor Reed at 7:00 PM.

                                APPROVAL OF MINUTES: Motion to approve the minutes was made by Trustee Moss.

                                REPORTS:

                                Supervisor

                                Supervisor Reed stated that he attended the meeting of the ride agency in January.

                                Clerk: Motion was made to approve the application to use the conference room.
                                All were in favor. Roll call was as follows:
                                Trustee Moss — yes, Trustee Hale — yes, Supervisor Reed — yes. Motion passes.

                                Trustee Lund— Financial Reports- See attached.

                                Highway Commissioner- See attached written report of activity for the month.

                                Assessor — No report from the Assessor.

                                Youth — No report

                                OLD BUSINESS — None

                                NEW BUSINESS — None
                                """))
                .extracting(Entry::title)
                .containsExactly(
                        "APPROVAL OF MINUTES",
                        "REPORTS",
                        "Supervisor",
                        "Clerk",
                        "Trustee Lund— Financial Reports",
                        "Highway Commissioner",
                        "Assessor",
                        "Youth",
                        "OLD BUSINESS",
                        "NEW BUSINESS");
    }
}
