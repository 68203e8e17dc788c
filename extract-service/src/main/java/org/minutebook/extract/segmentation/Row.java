package org.minutebook.extract.segmentation;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Line;

/**
 * A line of the document's text with what segmentation asks of it: where it stands, how it is set,
 * and what it opens with (a time, a number, a code in a column of its own), so that what is left is
 * the text itself.
 */
final class Row {

    final int index;
    final Line line;
    final String text;

    /** Distance from the row before, in pitches of the document; a new page counts as far. */
    final double gap;

    final boolean pageTop;

    /** Whether the line runs to the right edge of the text, so that it may go on below. */
    final boolean filled;

    final boolean centred;

    final List<Label> labels;
    final @Nullable LocalTime time;

    /** The text after number, time and code. */
    final String rest;

    /** Where that text begins, in points from the left. */
    final double restX;

    /** Size of that text's letters, in points. */
    final double size;

    /** The part of the text that is set bold from its start; empty where it does not start bold. */
    final String boldLead;

    /** Reasons collected while the row was judged, for a person who asks. */
    final List<String> reasons = new ArrayList<>(0);

    double score;

    Row(
            int index,
            Line line,
            double gap,
            boolean pageTop,
            boolean filled,
            boolean centred,
            Opening opening) {
        this.index = index;
        this.line = line;
        this.text = line.text();
        this.gap = gap;
        this.pageTop = pageTop;
        this.filled = filled;
        this.centred = centred;
        this.labels = opening.labels();
        this.time = opening.time();
        this.rest = opening.rest();
        this.restX = opening.restX();
        this.size = opening.size();
        this.boldLead = opening.boldLead();
    }

    double x() {
        return line.x();
    }

    int page() {
        return line.page();
    }

    /** Whether it starts a paragraph, as far as the space above it tells. */
    boolean spaced() {
        return gap > 1.3;
    }

    boolean bold() {
        return !boldLead.isEmpty();
    }

    /** Whether all of the text is bold. */
    boolean allBold() {
        return bold() && boldLead.length() >= rest.length() - 1;
    }

    boolean labelled() {
        return !labels.isEmpty();
    }

    /** Whether the text, up to where a heading could end, is in capitals. */
    boolean caps() {
        return Texts.isCaps(Texts.head(rest));
    }

    /** Whether its text stands in several columns, as the head of a table does. */
    boolean hasColumns() {
        int cells = 0;
        for (Line.Span span : line.spans()) {
            cells += span.gapBefore() && span.x() > restX + 1 ? 1 : 0;
        }
        return cells > 0;
    }

    double right() {
        return line.x() + line.width();
    }

    void because(String reason, double points) {
        score += points;
        reasons.add((points < 0 ? "" : "+") + Math.round(points * 10) / 10.0 + " " + reason);
    }

    @Override
    public String toString() {
        return "p" + page() + " " + text;
    }
}
