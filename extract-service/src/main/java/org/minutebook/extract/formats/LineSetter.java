package org.minutebook.extract.formats;

import java.util.ArrayList;
import java.util.List;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;

/**
 * Gives the lines of a format without positions the places that a plain print would give them, one
 * line a paragraph, so that everything after works on them as on a printed page.
 */
final class LineSetter {

    /** Left margin in points: an inch. */
    private static final double MARGIN = 72;

    /** From one line's top to the next one's as a multiple of the letters' size. */
    private static final double LEADING = 1.2;

    private final List<Page> pages = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private double y = MARGIN;

    void add(List<Draft> drafts) {
        drafts.forEach(this::add);
    }

    void add(Draft draft) {
        double size = 0;
        List<Line.Span> spans = new ArrayList<>();
        double x = MARGIN + draft.indent();
        for (Draft.Run run : draft.runs()) {
            Style style = run.style();
            size = Math.max(size, style.size());
            boolean gap = run.setApart() && !spans.isEmpty();
            if (run.setApart()) {
                // A cell that runs into the next one must not make the line go backwards.
                x = Math.max(x, MARGIN + run.at());
            }
            double width = DraftParagraph.width(run.text(), style);
            spans.add(
                    new Line.Span(
                            run.text(),
                            x,
                            width,
                            style.size(),
                            style.font(),
                            style.bold(),
                            style.italic(),
                            gap));
            x += width + DraftParagraph.width(" ", style);
        }
        if (!lines.isEmpty()) {
            y += draft.above();
        }
        Line.Span first = spans.getFirst();
        Line.Span last = spans.getLast();
        lines.add(
                new Line(
                        pages.size() + 1,
                        spans,
                        first.x(),
                        y,
                        last.x() + last.width() - first.x(),
                        size,
                        null));
        y += size * LEADING;
    }

    /**
     * Ends the page, unless nothing stands on it.
     *
     * @param count more than one where what stands on the page goes on over whole pages
     */
    void pageBreaks(int count) {
        if (count > 0 && !lines.isEmpty()) {
            endPage(Page.Reading.TEXT);
            for (int i = 1; i < count; i++) {
                endPage(Page.Reading.BLANK);
            }
        }
    }

    private void endPage(Page.Reading reading) {
        pages.add(new Page(pages.size() + 1, 0, 0, lines, reading));
        lines.clear();
        y = MARGIN;
    }

    /** All pages; one that is blank where nothing was added. */
    List<Page> end() {
        pageBreaks(1);
        if (pages.isEmpty()) {
            endPage(Page.Reading.BLANK);
        }
        return pages;
    }
}
