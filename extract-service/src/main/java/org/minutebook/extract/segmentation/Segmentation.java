package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.List;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;

/** Cuts a document into its agenda items. */
public final class Segmentation {

    private Segmentation() {}

    /** The entries of a document with these pages. */
    public static Segmented cut(List<Page> pages) {
        Layout layout = Layout.of(pages);
        Paper paper = Paper.of(layout);
        List<Outline.Heading> headings = Outline.of(layout, paper);
        int end = layout.rows().size();
        List<Line> front =
                lines(layout, 0, headings.isEmpty() ? end : headings.getFirst().row().index);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            Outline.Heading heading = headings.get(i);
            int next = i + 1 < headings.size() ? headings.get(i + 1).row().index : end;
            Titles.Title title = Titles.read(layout, paper, heading, next);
            int body = heading.row().index + title.rows().size();
            entries.add(
                    new Entry(
                            heading.label() == null ? null : heading.label().printed(),
                            title.text(),
                            heading.rank(),
                            false,
                            heading.row().time,
                            title.rows().stream().map(row -> row.line).toList(),
                            lines(layout, body, next)));
        }
        return new Segmented(front, entries);
    }

    private static List<Line> lines(Layout layout, int from, int to) {
        return layout.rows().subList(Math.min(from, to), to).stream().map(row -> row.line).toList();
    }
}
