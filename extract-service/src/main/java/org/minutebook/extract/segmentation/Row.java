package org.minutebook.extract.segmentation;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

    /** Where the number or the text begins, past a column of pages, in points from the left. */
    final double startX;

    /** Size of that text's letters, in points. */
    final double size;

    /** The part of the text that is set bold from its start; empty where it does not start bold. */
    final String boldLead;

    /** Whether a bullet stands before the text. */
    final boolean bulleted;

    /** Reasons collected while the row was judged, for a person who asks. */
    final List<Reason> reasons = new ArrayList<>(0);

    /**
     * Why a row was taken, or not.
     *
     * @param points for it being a heading; 0 for what decides by itself
     */
    record Reason(String what, double points) {}

    /** "V.E. Day", "4-H fair": numbers by their looks, where nothing before them counts. */
    private static final Pattern ABBREVIATION = Pattern.compile("I[.-]A.*|N-[Aa]");

    double score;

    // What is asked of a row again and again and takes a while to tell is told once.
    private @Nullable String head;
    private @Nullable String foldedHead;
    private @Nullable Boolean caps;
    private @Nullable Boolean business;

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
        this.startX = opening.startX();
        this.size = opening.size();
        this.boldLead = opening.boldLead();
        this.bulleted = opening.bulleted();
    }

    double x() {
        return startX;
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

    /** Its number; null where it has none, or where a word before it makes it part of the title. */
    @Nullable Label ownLabel() {
        return labels.stream()
                .filter(label -> !ABBREVIATION.matcher(label.shape()).matches())
                .filter(label ->
                        !Character.isLetter(text.charAt(0)) || text.startsWith(label.printed()))
                .findFirst()
                .orElse(null);
    }

    /** The text with what {@link #ownLabel} leaves in it. */
    String title(@Nullable Label label) {
        return label == null && labelled() && time == null ? text : rest;
    }

    boolean labelled() {
        return !labels.isEmpty();
    }

    /** The text up to where a heading could end. */
    String head() {
        if (head == null) {
            // capitals open a sentence in plain type; what is bold throughout is a heading as a
            // whole
            head = allBold() ? Texts.beforeDash(rest) : Texts.head(rest);
        }
        return head;
    }

    /** The head as it is compared with others. */
    String foldedHead() {
        if (foldedHead == null) {
            foldedHead = Vocabulary.folded(head());
        }
        return foldedHead;
    }

    /** Whether the text, up to where a heading could end, is in capitals. */
    boolean caps() {
        if (caps == null) {
            caps = Texts.isCaps(head());
        }
        return caps;
    }

    /** Whether the text names business of a meeting. */
    boolean business() {
        if (business == null) {
            business = Vocabulary.isBusiness(rest);
        }
        return business;
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
        reasons.add(new Reason(reason, points));
    }

    /** Remembers what decided about the row, whatever its points. */
    void decided(String reason) {
        reasons.add(new Reason(reason, 0));
    }

    @Override
    public String toString() {
        return "p" + page() + " " + text;
    }
}
