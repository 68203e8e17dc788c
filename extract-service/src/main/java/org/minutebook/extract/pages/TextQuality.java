package org.minutebook.extract.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells text that can be read from what a broken text layer gives. */
final class TextQuality {

    /** Share of letters without a meaning from which a page counts as unreadable. */
    private static final double MOST_UNREADABLE = 0.2;

    /** Words needed before their look is judged: a page of figures has few. */
    private static final int WORDS_TO_JUDGE = 20;

    /** Share of words that look like words below which a page counts as unreadable. */
    private static final double FEWEST_PLAUSIBLE = 0.3;

    private TextQuality() {}

    /** Why the text of a page cannot be used; null where it can. */
    static @Nullable String flaw(List<Line> lines, int unmapped) {
        int letters = 0;
        int unreadable = unmapped;
        int words = 0;
        int plausible = 0;
        for (Line line : lines) {
            for (Line.Span span : line.spans()) {
                String text = span.text();
                for (int i = 0; i < text.length(); i++) {
                    char c = text.charAt(i);
                    if (c == ' ') {
                        continue;
                    }
                    letters++;
                    // Private letters are what bullets of symbol fonts come out as.
                    if (c == '\uFFFD' || c < ' ' || (c >= '\u0080' && c < '\u00A0')) {
                        unreadable++;
                    }
                }
                int from = 0;
                while (from <= text.length()) {
                    int blank = text.indexOf(' ', from);
                    int to = blank < 0 ? text.length() : blank;
                    Look look = look(text, from, to);
                    if (look != Look.NO_WORD) {
                        words++;
                        plausible += look == Look.WORD ? 1 : 0;
                    }
                    from = to + 1;
                }
            }
        }
        if (unreadable > 0 && unreadable > MOST_UNREADABLE * (letters + unmapped)) {
            return "most letters do not say what they stand for";
        }
        if (words >= WORDS_TO_JUDGE && plausible < FEWEST_PLAUSIBLE * words) {
            return "the text layer holds no words";
        }
        return null;
    }

    private enum Look {
        NO_WORD,
        WORD,
        GIBBERISH
    }

    /** A word has only letters inside, one of them a vowel (or of a script without case). */
    private static Look look(String text, int from, int to) {
        int letters = 0;
        int others = 0;
        boolean vowel = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Character.isLetter(c)) {
                letters++;
                vowel |= isVowel(c);
            } else if (c != '\'' && c != '\u2019' && c != '-') {
                // Punctuation around a word is usual, within it is not.
                others += i > from && i < to - 1 ? 1 : 0;
            }
        }
        if (letters < 3) {
            return Look.NO_WORD;
        }
        return vowel && others * 3 <= letters ? Look.WORD : Look.GIBBERISH;
    }

    private static boolean isVowel(char c) {
        return "aeiouyAEIOUY".indexOf(c) >= 0 || c > '\u00BF';
    }
}
