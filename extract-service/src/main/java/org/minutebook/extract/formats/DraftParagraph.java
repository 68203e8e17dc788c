package org.minutebook.extract.formats;

import java.util.ArrayList;
import java.util.List;

/**
 * A paragraph as its text comes in: folds white space over changes of style, keeps tabulators as
 * gaps and line breaks as lines.
 */
final class DraftParagraph {

    /** Half an inch, as word processors set tabulators that the document does not. */
    static final double TAB_STOP = 36;

    /**
     * Mean width of a letter as a share of its size, upright and bold: measured over English text
     * in Helvetica.
     */
    private static final double LETTER = 0.5;

    private static final double BOLD_LETTER = 0.55;

    private final Budget budget;
    private final double indent;
    private final double above;
    private final List<Draft> lines = new ArrayList<>();
    private final List<Draft.Run> runs = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Style style = Style.PLAIN;
    private double x;
    private double runAt = Draft.Run.FOLLOWS;
    private boolean blankBefore;

    DraftParagraph(Budget budget, double indent, double above) {
        this.budget = budget;
        this.indent = indent;
        this.above = above;
        this.x = indent;
    }

    static double width(String text, Style style) {
        return text.length() * style.size() * (style.bold() ? BOLD_LETTER : LETTER);
    }

    /** Adds text; white space of any kind and length is one blank. */
    void text(CharSequence more, Style as) throws RefusedException {
        budget.takeText(more.length());
        for (int i = 0; i < more.length(); i++) {
            char c = more.charAt(i);
            if (isBlank(c)) {
                blankBefore = true;
            } else if (isShown(c)) {
                if (!as.equals(style) && !text.isEmpty()) {
                    endRun();
                }
                style = as;
                if (blankBefore && !text.isEmpty()) {
                    text.append(' ');
                }
                blankBefore = false;
                text.append(c);
            }
        }
    }

    /** Moves on to the next tabulator. */
    void tab() {
        endRun();
        blankBefore = false;
        if (!runs.isEmpty()) {
            x = (Math.floor(x / TAB_STOP) + 1) * TAB_STOP;
            runAt = x;
        }
    }

    /** Ends the line and starts another of the same paragraph. */
    void lineBreak() {
        endLine();
    }

    boolean isEmpty() {
        return lines.isEmpty() && runs.isEmpty() && text.isEmpty();
    }

    /** The lines of the paragraph; none where it has no text. */
    List<Draft> end() {
        endLine();
        return lines;
    }

    private void endLine() {
        endRun();
        if (!runs.isEmpty()) {
            lines.add(new Draft(runs, indent, lines.isEmpty() ? above : 0));
            runs.clear();
        }
        x = indent;
        runAt = Draft.Run.FOLLOWS;
        blankBefore = false;
    }

    private void endRun() {
        if (text.isEmpty()) {
            return;
        }
        String whole = text.toString();
        runs.add(new Draft.Run(whole, style, runAt));
        x += width(whole, style) + width(" ", style);
        runAt = Draft.Run.FOLLOWS;
        text.setLength(0);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Soft hyphens, byte order marks and other signs without a shape would break words. */
    private static boolean isShown(char c) {
        return c != '\u00AD' && c != '\uFEFF' && c != '\u200B' && !Character.isISOControl(c);
    }
}
