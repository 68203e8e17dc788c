package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Bookmark;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;

/** Cuts a document into its agenda items. */
public final class Segmentation {

    private final List<Page> pages;
    private final Layout layout;
    private final List<Outline.Heading> headings;
    private final List<Titles.Title> titles = new ArrayList<>();

    private Segmentation(List<Page> read, List<Bookmark> bookmarks) {
        pages = SideHeads.setOff(LineNumbers.without(read));
        layout = Layout.of(pages);
        Paper paper = Paper.of(layout);
        headings = Outline.of(layout, paper, bookmarks);
        for (int i = 0; i < headings.size(); i++) {
            titles.add(Titles.read(layout, paper, headings.get(i), next(i)));
        }
    }

    /** The entries of a document with these pages. */
    public static Segmented cut(List<Page> pages) {
        return cut(pages, List.of());
    }

    /** The entries of a document with these pages and this outline beside them. */
    public static Segmented cut(List<Page> pages, List<Bookmark> bookmarks) {
        return new Segmentation(pages, bookmarks).segmented();
    }

    /** Every line of the document with what it was taken for and why, in reading order. */
    public static List<Reading> explain(List<Page> pages, List<Bookmark> bookmarks) {
        return new Segmentation(pages, bookmarks).readings();
    }

    /** Row of the heading after this one; the number of rows after the last. */
    private int next(int heading) {
        return heading + 1 < headings.size()
                ? headings.get(heading + 1).row().index
                : layout.rows().size();
    }

    private Segmented segmented() {
        List<Line> front =
                lines(0, headings.isEmpty() ? next(-1) : headings.getFirst().row().index);
        List<Entry> entries = new ArrayList<>(headings.size());
        for (int i = 0; i < headings.size(); i++) {
            Outline.Heading heading = headings.get(i);
            Titles.Title title = titles.get(i);
            List<Line> body = lines(heading.row().index + title.rows().size(), next(i));
            boolean grouping =
                    body.isEmpty()
                            && heading.level() == 1
                            && i + 1 < headings.size()
                            && headings.get(i + 1).level() == 2;
            entries.add(
                    new Entry(
                            heading.label() == null ? null : heading.label().printed(),
                            title.text(),
                            heading.level(),
                            grouping,
                            heading.row().time,
                            title.rows().stream().map(row -> row.line).toList(),
                            title.runOn(),
                            title.apart(),
                            body));
        }
        return new Segmented(front, entries);
    }

    private List<Line> lines(int from, int to) {
        return layout.rows().subList(Math.min(from, to), to).stream().map(row -> row.line).toList();
    }

    private List<Reading> readings() {
        Map<Line, Row> rows = new IdentityHashMap<>();
        layout.rows().forEach(row -> rows.put(row.line, row));
        Map<Row, Outline.Heading> opened = new IdentityHashMap<>();
        headings.forEach(heading -> opened.put(heading.row(), heading));
        Map<Row, Boolean> titleRows = new IdentityHashMap<>();
        titles.forEach(title -> title.rows().forEach(row -> titleRows.put(row, true)));
        int first = headings.isEmpty() ? next(-1) : headings.getFirst().row().index;
        List<Reading> readings = new ArrayList<>();
        for (Page page : pages) {
            for (Line line : page.lines()) {
                readings.add(reading(line, rows.get(line), opened, titleRows, first));
            }
        }
        return readings;
    }

    private static Reading reading(
            Line line,
            @Nullable Row row,
            Map<Row, Outline.Heading> opened,
            Map<Row, Boolean> titleRows,
            int first) {
        if (row == null) {
            return new Reading(
                    line.page(),
                    line.text(),
                    Reading.Taken.FURNITURE,
                    null,
                    0,
                    0,
                    List.of("comes back at the edge of pages, or is a page's number"));
        }
        Outline.Heading heading = opened.get(row);
        Reading.Taken taken;
        if (heading != null) {
            taken = Reading.Taken.HEADING;
        } else if (titleRows.containsKey(row)) {
            taken = Reading.Taken.TITLE;
        } else {
            taken = row.index < first ? Reading.Taken.FRONT : Reading.Taken.TEXT;
        }
        return new Reading(
                line.page(),
                line.text(),
                taken,
                heading == null || heading.label() == null ? null : heading.label().printed(),
                heading == null ? 0 : heading.level(),
                Math.round(row.score * 10) / 10.0,
                row.reasons.stream().map(Segmentation::words).toList());
    }

    private static String words(Row.Reason reason) {
        return reason.points() == 0
                ? reason.what()
                : String.format(Locale.ROOT, "%+.1f %s", reason.points(), reason.what());
    }
}
