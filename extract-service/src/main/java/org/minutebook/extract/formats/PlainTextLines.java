package org.minutebook.extract.formats;

import java.util.List;
import org.minutebook.extract.pages.Page;

/**
 * Plain text as it stands: a line is a line, a blank line is space above the next, and leading
 * blanks are its indent.
 */
final class PlainTextLines {

    /** A letter of a typewriter at 10 points. */
    private static final double LETTER_WIDTH = 6;

    private static final Style TYPEWRITER = new Style(10, false, false, "");
    private static final int TAB_LETTERS = 8;

    /** Blanks within a line from which they part cells and not words. */
    private static final int CELL_BLANKS = 3;

    private final Budget budget;
    private final LineSetter setter = new LineSetter();
    private final StringBuilder line = new StringBuilder();
    private int blankLines;
    private boolean afterReturn;

    PlainTextLines(Budget budget) {
        this.budget = budget;
    }

    void add(char[] text, int length) throws RefusedException {
        for (int i = 0; i < length; i++) {
            take(text[i]);
        }
    }

    private void take(char c) throws RefusedException {
        boolean second = c == '\n' && afterReturn;
        afterReturn = c == '\r';
        if (second) {
            return;
        }
        switch (c) {
            case '\n', '\r', '\u0085', '\u2028', '\u2029' -> endLine();
            // the page break of printers and of programs that turn PDF into text
            case '\f' -> {
                endLine();
                setter.pageBreaks(1);
            }
            case '\t' -> line.append(" ".repeat(TAB_LETTERS - line.length() % TAB_LETTERS));
            default -> line.append(c);
        }
    }

    private void endLine() throws RefusedException {
        String text = line.toString();
        line.setLength(0);
        if (text.isBlank()) {
            blankLines++;
            return;
        }
        int indent = 0;
        while (indent < text.length() && Character.isSpaceChar(text.charAt(indent))) {
            indent++;
        }
        double above = blankLines > 0 ? TYPEWRITER.size() : 0;
        DraftParagraph paragraph = new DraftParagraph(budget, indent * LETTER_WIDTH, above);
        cells(text.substring(indent), paragraph);
        setter.add(paragraph.end());
        blankLines = 0;
    }

    private static void cells(String text, DraftParagraph paragraph) throws RefusedException {
        int from = 0;
        int blanks = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSpaceChar(text.charAt(i))) {
                blanks++;
                continue;
            }
            if (blanks >= CELL_BLANKS) {
                paragraph.text(text.substring(from, i), TYPEWRITER);
                paragraph.tab();
                from = i;
            }
            blanks = 0;
        }
        paragraph.text(text.substring(from), TYPEWRITER);
    }

    List<Page> pages() throws RefusedException {
        endLine();
        return setter.end();
    }
}
