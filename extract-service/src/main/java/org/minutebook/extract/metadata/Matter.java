package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.segmentation.Segmented;

/**
 * The parts of a document in which it speaks of itself.
 *
 * @param head lines before the first entry, running headers included, in reading order; the first
 *     lines of a document without entries
 * @param edges lines at the top and bottom of the first pages after the head
 * @param opening lines of the first pages, head included
 * @param ending the last lines
 * @param entries what the document was cut into
 * @param fileTitle title that the file carries beside its pages; often of the file it was copied
 *     from, so it is a last resort
 * @param letterPaper whether its pages have the North American size
 */
record Matter(
        List<Line> head,
        List<Line> edges,
        List<Line> opening,
        List<Line> ending,
        List<Entry> entries,
        @Nullable String fileTitle,
        boolean letterPaper) {

    /** Lines that may be a head: a page and the roll of members on the next. */
    private static final int HEAD_LINES = 80;

    /** Lines that are a head even where the first of them was taken for an entry. */
    static final int LEAST_HEAD = 8;

    /** Pages on which the name of the council is looked for beyond the head. */
    private static final int OPENING_PAGES = 4;

    private static final int OPENING_LINES = 240;

    private static final int ENDING_LINES = 25;

    static Matter of(List<Page> pages, Segmented segmented, @Nullable String fileTitle) {
        Line first =
                segmented.entries().isEmpty()
                        ? null
                        : segmented.entries().getFirst().heading().getFirst();
        List<Line> head = new ArrayList<>();
        List<Line> edges = new ArrayList<>();
        List<Line> opening = new ArrayList<>();
        boolean inHead = true;
        boolean begun = false;
        for (Page page : pages.subList(0, Math.min(OPENING_PAGES, pages.size()))) {
            List<Line> lines = page.lines();
            for (int i = 0; i < lines.size() && opening.size() < OPENING_LINES; i++) {
                Line line = lines.get(i);
                begun |= line == first;
                inHead &= (!begun || head.size() < LEAST_HEAD) && head.size() < HEAD_LINES;
                if (inHead) {
                    head.add(line);
                } else if (i < 3 || i >= lines.size() - 3) {
                    edges.add(line);
                }
                opening.add(line);
            }
        }
        List<Line> last = pages.isEmpty() ? List.of() : pages.getLast().lines();
        return new Matter(
                head,
                edges,
                opening,
                last.subList(Math.max(0, last.size() - ENDING_LINES), last.size()),
                segmented.entries(),
                fileTitle,
                !pages.isEmpty() && isLetter(pages.getFirst()));
    }

    private static boolean isLetter(Page page) {
        double shorter = Math.min(page.width(), page.height());
        double longer = Math.max(page.width(), page.height());
        return Math.abs(shorter - 612) < 3
                && (Math.abs(longer - 792) < 3 || Math.abs(longer - 1008) < 3);
    }
}
