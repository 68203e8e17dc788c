package org.minutebook.search.web.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of an item's text: a paragraph, or a list with a line for each entry.
 *
 * @param list whether it is a list
 * @param lines a paragraph has one
 */
record Block(boolean list, List<String> lines) {

    /** "a)", "ii." at the beginning of an entry of a list. */
    private static final Pattern MARKER = Pattern.compile("^\\p{Ll}{1,4}[.)] ");

    private static final Pattern ENDS = Pattern.compile("[.;:!?]$");

    /** The text cut at its blank lines; pieces of several lines are lists. */
    static List<Block> of(String text) {
        List<Block> blocks = new ArrayList<>();
        for (String piece : text.split("\\n\\s*\\n", -1)) {
            List<String> lines = lines(piece);
            if (!lines.isEmpty()) {
                blocks.add(new Block(lines.size() > 1, lines));
            }
        }
        return blocks;
    }

    /** Lines of a piece; one that goes on in the middle of a sentence belongs to the one before. */
    private static List<String> lines(String piece) {
        List<String> lines = new ArrayList<>();
        for (String line : piece.lines().map(String::strip).toList()) {
            if (line.isEmpty()) {
                continue;
            }
            boolean goesOn =
                    !lines.isEmpty()
                            && Character.isLowerCase(line.charAt(0))
                            && !MARKER.matcher(line).find()
                            && !ENDS.matcher(lines.getLast()).find();
            if (goesOn) {
                lines.add(lines.removeLast() + " " + line);
            } else {
                lines.add(line);
            }
        }
        return lines;
    }
}
