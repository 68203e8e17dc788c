package org.minutebook.search.web.pages;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of an item's text: a paragraph, or a list with a line for each entry.
 *
 * @param list whether it is a list
 * @param lines a paragraph has one
 */
record Block(boolean list, List<String> lines) {

    /** The text cut at its blank lines; pieces of several lines are lists. */
    static List<Block> of(String text) {
        List<Block> blocks = new ArrayList<>();
        for (String piece : text.split("\\n\\s*\\n", -1)) {
            List<String> lines =
                    piece.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
            if (!lines.isEmpty()) {
                blocks.add(new Block(lines.size() > 1, lines));
            }
        }
        return blocks;
    }
}
