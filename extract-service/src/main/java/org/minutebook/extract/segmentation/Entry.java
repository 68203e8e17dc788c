package org.minutebook.extract.segmentation;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Line;

/**
 * An agenda item as a stretch of lines: what segmentation finds, before its text is set and its
 * decisions are read.
 *
 * @param number as printed without closing punctuation; null where there is none
 * @param title as printed, white space folded
 * @param level 1 for a top entry, 2 for an entry under a numbered or headed section
 * @param grouping whether it only groups the entries below it
 * @param time local time printed as part of the entry
 * @param heading lines that the number, time and title stand on; at least one
 * @param runOn what the heading's lines say besides the title, as lines of their own; empty where
 *     nothing
 * @param apart whether that is text of its own and no part of the title's sentence: it stands in a
 *     column beside the title, or behind one in bold
 * @param body lines below the heading up to where the next entry of any level starts, running
 *     headers and footers left out
 */
public record Entry(
        @Nullable String number,
        String title,
        int level,
        boolean grouping,
        @Nullable LocalTime time,
        List<Line> heading,
        List<Line> runOn,
        boolean apart,
        List<Line> body) {

    public Entry {
        heading = List.copyOf(heading);
        runOn = List.copyOf(runOn);
        body = List.copyOf(body);
        if (heading.isEmpty()) {
            throw new IllegalArgumentException("an entry without a heading line");
        }
    }

    /** What it says besides number, time and title. */
    public List<Line> text() {
        List<Line> text = new ArrayList<>(runOn);
        text.addAll(body);
        return text;
    }
}
