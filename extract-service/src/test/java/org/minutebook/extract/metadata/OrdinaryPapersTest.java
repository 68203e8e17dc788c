package org.minutebook.extract.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.segmentation.Segmentation;

/** Ways to number and to sign that many councils have. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OrdinaryPapersTest {

    private static final String COUNCIL = "Harfield Parish Council\n\n";
    private static final String MINUTES =
            COUNCIL + "Minutes of the meeting held on Tuesday 14 May 2024\n\n";
    private static final String AGENDA =
            COUNCIL + "Agenda for the meeting on Tuesday 14 May 2024\n\n";

    private static final List<String> TITLES =
            List.of("Apologies", "Declarations of interest", "Planning", "Date of next meeting");
    private static final List<String> TEXTS =
            List.of("None.", "None.", "Plans were seen.", "11 June 2024.");

    @ParameterizedTest
    @CsvSource({
        "1/24,      2/24,      3/24,      4/24",
        "7/2024,    8/2024,    9/2024,    10/2024",
        "98/24,     99/24,     100/24,    101/24",
        "145/05/24, 146/05/24, 147/05/24, 148/05/24",
        "8/5/2024,  9/5/2024,  10/5/2024, 11/5/2024",
        "145.05.24, 146.05.24, 147.05.24, 148.05.24",
        "56/2024/25,57/2024/25,58/2024/25,59/2024/25",
        "51/23-24,  52/23-24,  53/23-24,  54/23-24",
        "1245,      1246,      1247,      1248",
        "C.102/23,  C.103/23,  C.104/23,  C.105/23",
        "C/102/23,  C/103/23,  C/104/23,  C/105/23",
        "FC/24/05,  FC/24/06,  FC/24/07,  FC/24/08",
        "PC.23.045, PC.23.046, PC.23.047, PC.23.048",
        "C.24.045,  C.24.046,  C.24.047,  C.24.048",
        "FC 24.045, FC 24.046, FC 24.047, FC 24.048",
        "51.24,     52.24,     53.24,     54.24",
        "5/24.1,    5/24.2,    5/24.3,    5/24.4",
        "PC-24-51,  PC-24-52,  PC-24-53,  PC-24-54",
        "24/FC/51,  24/FC/52,  24/FC/53,  24/FC/54",
        "24/P51,    24/P52,    24/P53,    24/P54",
        "P&R/24/51, P&R/24/52, P&R/24/53, P&R/24/54",
        "P&R 51/24, P&R 52/24, P&R 53/24, P&R 54/24"
    })
    void minutes_counted_through_the_year(String one, String two, String three, String four) {
        List<String> numbers = List.of(one, two, three, four);
        List<Entry> entries = entries(Sheet.a4(minutes(numbers, " ")));

        assertThat(entries).extracting(Entry::number).containsExactlyElementsOf(numbers);
        assertThat(entries).extracting(Entry::title).containsExactlyElementsOf(TITLES);
    }

    @ParameterizedTest
    @CsvSource({
        "Item A,        Item B,        Item C,        Item D",
        "AGENDA ITEM A, AGENDA ITEM B, AGENDA ITEM C, AGENDA ITEM D",
        "Eitem 1,       Eitem 2,       Eitem 3,       Eitem 4",
        "Minute No: 51, Minute No: 52, Minute No: 53, Minute No: 54",
        "Min No. 51,    Min No. 52,    Min No. 53,    Min No. 54",
        "Min. 51,       Min. 52,       Min. 53,       Min. 54",
        "No. 1,         No. 2,         No. 3,         No. 4",
        "#1,            #2,            #3,            #4",
        "1/,            2/,            3/,            4/",
        "1.-,           2.-,           3.-,           4.-",
        "1. -,          2. -,          3. -,          4. -"
    })
    void words_and_signs_beside_a_number(String one, String two, String three, String four) {
        StringBuilder agenda = new StringBuilder(AGENDA);
        List<String> numbers = List.of(one, two, three, four);
        for (int i = 0; i < TITLES.size(); i++) {
            agenda.append(numbers.get(i)).append(' ').append(TITLES.get(i)).append("\n\n");
        }

        assertThat(entries(Sheet.a4(agenda.toString())))
                .extracting(Entry::title)
                .containsExactlyElementsOf(TITLES);
    }

    @ParameterizedTest
    @CsvSource({
        "I,  II,  II.A, II.B,  II.B.1,  III",
        "I,  II,  II.1, II.2,  II.3,    III",
        "1,  2,   2.A,  2.A.1, 2.A.2,   3",
        "1,  2,   2-A,  2-B,   2-C,     3",
        "A,  B,   B.1,  B.1.a, B.1.b,   C",
        "1,  2,   2(a), 2(b),  2(c),    3",
        "1,  2,   2 (a),2 (b), 2 (c),   3",
        "1,  2,   2(i), 2(ii), 2(iii),  3",
        "51/24,52/24,52/24(a),52/24(b),52/24(c),53/24"
    })
    void parts_of_an_entry(ArgumentsAccessor numbers) {
        List<String> subjects =
                List.of(
                        "Call to order",
                        "Consent agenda",
                        "Minutes of 9 April",
                        "Bills for payment",
                        "Road closure for the parade",
                        "Adjournment");
        StringBuilder agenda = new StringBuilder(AGENDA);
        for (int i = 0; i < subjects.size(); i++) {
            agenda.append(numbers.getString(i))
                    .append(numbers.getString(i).endsWith(")") ? " " : ". ")
                    .append(subjects.get(i))
                    .append("\n\n");
        }

        List<Entry> entries = entries(Sheet.a4(agenda.toString()));

        assertThat(entries).extracting(Entry::title).containsExactlyElementsOf(subjects);
        assertThat(entries).extracting(Entry::level).containsExactly(1, 1, 2, 2, 2, 1);
    }

    @Test
    void a_number_without_a_space_behind_it() {
        assertThat(entries(Sheet.a4(minutes(List.of("1.", "2.", "3.", "4."), ""))))
                .extracting(Entry::title)
                .containsExactlyElementsOf(TITLES);
    }

    private static String minutes(List<String> numbers, String space) {
        StringBuilder minutes = new StringBuilder(MINUTES);
        for (int i = 0; i < TITLES.size(); i++) {
            minutes.append(numbers.get(i)).append(space).append(TITLES.get(i)).append("\n\n");
            minutes.append(TEXTS.get(i)).append("\n\n");
        }
        return minutes.toString();
    }

    @Test
    void entries_with_bullets_and_nothing_else() {
        String agenda =
                AGENDA
                        + "• Apologies\n• Declarations of interest\n• Planning\n• Finance\n"
                        + "• The swings in Mill Lane\n• Date of next meeting";

        assertThat(entries(Sheet.a4(agenda)))
                .extracting(Entry::title)
                .containsExactly(
                        "Apologies",
                        "Declarations of interest",
                        "Planning",
                        "Finance",
                        "The swings in Mill Lane",
                        "Date of next meeting");
    }

    @Test
    void a_summons_is_signed_above_its_agenda() {
        String agenda =
                """
                Harfield Parish Council

                You are summoned to a meeting of the council on Tuesday 14 May 2024 at 7pm.

                ____________________
                Clerk to the council

                AGENDA

                1. Apologies
                2. Declarations of interest
                3. Minutes of the last meeting
                4. Planning
                5. Date of next meeting
                """;

        assertThat(entries(Sheet.a4(agenda))).hasSize(5);
    }

    @Test
    void table_heads_and_notices_do_not_begin_the_papers_behind_an_agenda() {
        String notice =
                "Harfield Borough Council\n\nMeeting of the council on Tuesday 14 May 2024 at 7pm\n\n"
                        + "Members are asked to bring their papers.";
        String agenda =
                "AGENDA ITEMS\n\n1. Apologies\n\n2. Declarations of interest\n\n3. Planning\n\n"
                        + "4. Date of next meeting";

        assertThat(entries(pages(notice, agenda))).hasSize(4);
    }

    @Test
    void outcomes_that_come_back_near_the_edges_of_pages_are_text() {
        List<String> pages = new ArrayList<>();
        for (int page = 0; page < 5; page++) {
            StringBuilder text = new StringBuilder(page == 0 ? MINUTES : "");
            for (int item = 1; item <= 6; item++) {
                int number = 6 * page + item;
                text.append(number).append(". Report number ").append(number).append("\n\n");
                text.append("The report was received.\n".repeat(1 + (page + item) % 3));
                text.append("Motion carried.\n\n");
            }
            pages.add(text.toString());
        }

        assertThat(entries(pages(pages.toArray(String[]::new))))
                .hasSize(30)
                .allSatisfy(entry ->
                        assertThat(entry.body())
                                .extracting(Line::text)
                                .endsWith("Motion carried."));
    }

    private static List<Page> pages(String... texts) {
        List<Page> pages = new ArrayList<>();
        for (String text : texts) {
            int number = pages.size() + 1;
            List<Line> lines =
                    Sheet.lines(text).stream()
                            .map(line ->
                                    new Line(
                                            number,
                                            line.spans(),
                                            line.x(),
                                            line.y(),
                                            line.width(),
                                            line.height(),
                                            null))
                            .toList();
            pages.add(new Page(number, 595, 842, lines, Page.Reading.TEXT));
        }
        return pages;
    }

    private static List<Entry> entries(List<Page> pages) {
        return Segmentation.cut(pages).entries();
    }
}
