package org.minutebook.extract.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;

/** Papers are set in any way: cutting them never fails, and loses and doubles no line. */
class AnyLayoutTest {

    private static final List<String> OPENINGS =
            List.of(
                    "",
                    "",
                    "",
                    "",
                    "1. ",
                    "2. ",
                    "3) ",
                    "1.1 ",
                    "1.2 ",
                    "A. ",
                    "B. ",
                    "I. ",
                    "II. ",
                    "(a) ",
                    "(b) ",
                    "24/051 ",
                    "24/052 ",
                    "• ",
                    "- ",
                    "7:00 PM ",
                    "ITEM 1 ",
                    "RESOLUTION #112 ",
                    "10 & 11. ",
                    "2023-");

    private static final List<String> TEXTS =
            List.of(
                    "Call to Order",
                    "CALL TO ORDER",
                    "Roll Call:",
                    "Minutes",
                    "MINUTES of the Meeting of Harfield Town Council",
                    "AGENDA",
                    "Agenda Item",
                    "Discussion",
                    "Apologies for absence",
                    "APOLOGIES FOR ABSENCE were received from",
                    "Public Comment: none.",
                    "Motion by Reed, seconded by Moss, to approve the minutes of March",
                    "20. Carried.",
                    "RESOLVED: that the report be noted.",
                    "IN THE MATTER OF THE PAYMENT OF BILLS:",
                    "FILE: A02-0114",
                    "SUBJECT: DELIVERY PROGRAM",
                    "OFFICER’S RECOMMENDATION/COUNCIL DECISION",
                    "The meeting was held on 12 March 2024 in the Town Hall and",
                    "of the (first",
                    "Harfield",
                    "Adjournment",
                    "Chair: ______________",
                    "Page 2 of 3",
                    "Reports ............ 12",
                    ":",
                    "–");

    /** A span: its text, whether it is bold, its place, and its size. */
    private record Cell(String text, boolean bold, double x, double size) {}

    /** A line and the distance to the one before, in points; a negative one begins a page. */
    private record Row(List<Cell> cells, double step) {}

    @Provide
    Arbitrary<List<Row>> papers() {
        Arbitrary<Cell> cell =
                Combinators.combine(
                                Arbitraries.of(OPENINGS),
                                Arbitraries.of(TEXTS),
                                Arbitraries.of(true, false),
                                Arbitraries.of(60.0, 60.0, 60.0, 66.0, 96.0, 230.0),
                                Arbitraries.of(11.0, 11.0, 11.0, 9.0, 16.0))
                        .as((opening, text, bold, x, size) ->
                                new Cell(opening + text, bold, x, size));
        Arbitrary<Row> row =
                Combinators.combine(
                                cell.list().ofMinSize(1).ofMaxSize(3),
                                Arbitraries.of(13.0, 13.0, 13.0, 26.0, 40.0, -1.0))
                        .as(Row::new);
        return row.list().ofMinSize(1).ofMaxSize(40);
    }

    @Property(tries = 1000)
    void cutting_never_fails_and_every_line_is_in_one_place(@ForAll("papers") List<Row> rows) {
        List<Page> pages = pages(rows);

        Segmented cut = Segmentation.cut(pages);

        Set<Line> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Line> all = new ArrayList<>(cut.front());
        for (Entry entry : cut.entries()) {
            assertThat(entry.title()).isNotBlank();
            assertThat(entry.heading()).isNotEmpty();
            all.addAll(entry.heading());
            all.addAll(entry.body());
        }
        assertThat(all).allMatch(seen::add);
        assertThat(Segmentation.explain(pages, List.of()))
                .hasSize(pages.stream().mapToInt(page -> page.lines().size()).sum());
    }

    private static List<Page> pages(List<Row> rows) {
        List<Page> pages = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        double y = 60;
        for (Row row : rows) {
            if (row.step() < 0 && !lines.isEmpty()) {
                pages.add(page(pages.size() + 1, lines));
                lines = new ArrayList<>();
                y = 60;
            } else {
                y += Math.abs(row.step());
            }
            lines.add(line(pages.size() + 1, row.cells(), y));
        }
        pages.add(page(pages.size() + 1, lines));
        return pages;
    }

    private static Page page(int number, List<Line> lines) {
        return new Page(number, 595, 842, lines, Page.Reading.TEXT);
    }

    /** The first cell stands where it says; the others follow in columns of their own. */
    private static Line line(int page, List<Cell> cells, double y) {
        List<Line.Span> spans = new ArrayList<>();
        double x = cells.getFirst().x();
        double size = 0;
        for (Cell cell : cells) {
            double width = cell.text().length() * cell.size() / 2;
            double left = spans.isEmpty() ? x : Math.max(x + 30, 230);
            spans.add(
                    new Line.Span(
                            cell.text(),
                            left,
                            width,
                            cell.size(),
                            "Test",
                            cell.bold(),
                            false,
                            !spans.isEmpty()));
            x = left + width;
            size = Math.max(size, cell.size());
        }
        double left = cells.getFirst().x();
        return new Line(page, spans, left, y, x - left, size, null);
    }
}
