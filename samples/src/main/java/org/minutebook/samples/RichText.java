package org.minutebook.samples;

import java.util.ArrayList;
import java.util.List;

/**
 * Words, some of them bold, as they are broken into lines.
 *
 * @param words in order
 */
record RichText(List<Word> words) {

    RichText {
        words = List.copyOf(words);
    }

    /**
     * A word.
     *
     * @param text without white space
     * @param bold whether in bold
     */
    record Word(String text, boolean bold) {}

    /** Text with words between {@code **} in bold. */
    static RichText of(String marked) {
        List<Word> words = new ArrayList<>();
        String[] parts = marked.split("\\*\\*", -1);
        for (int i = 0; i < parts.length; i++) {
            for (String word : parts[i].strip().split("\\s+")) {
                if (!word.isEmpty()) {
                    words.add(new Word(word, i % 2 == 1));
                }
            }
        }
        return new RichText(words);
    }

    /** Text all in bold. */
    static RichText bold(String text) {
        return of("**" + text + "**");
    }

    /** The same broken into lines that are no wider than this, in points. */
    List<RichText> lines(Typeface.Fonts fonts, float size, float width) {
        List<RichText> lines = new ArrayList<>();
        List<Word> line = new ArrayList<>();
        float used = 0;
        float space = fonts.width(" ", false, size);
        for (Word word : words) {
            float wide = fonts.width(word.text(), word.bold(), size);
            if (!line.isEmpty() && used + space + wide > width) {
                lines.add(new RichText(line));
                line.clear();
                used = 0;
            }
            used += line.isEmpty() ? wide : space + wide;
            line.add(word);
        }
        if (!line.isEmpty()) {
            lines.add(new RichText(line));
        }
        return lines;
    }

    /** Width on one line, in points. */
    float width(Typeface.Fonts fonts, float size) {
        float width = 0;
        for (Word word : words) {
            width += fonts.width(word.text(), word.bold(), size);
        }
        return width + Math.max(0, words.size() - 1) * fonts.width(" ", false, size);
    }
}
