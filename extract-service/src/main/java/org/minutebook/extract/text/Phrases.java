package org.minutebook.extract.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of many phrases that a text may open with, of which only those are tried that begin
 * with the letter that the text begins with: a pattern tries all of them one after the other.
 */
public final class Phrases {

    private static final int LETTERS = 128;

    /** Words of which one may stand before a phrase, blank included. */
    private final List<String> before;

    /** The phrases by the letter they begin with, and those that do not begin with a letter. */
    private final @Nullable Pattern[] byInitial = new Pattern[LETTERS];

    private final @Nullable Pattern others;

    /**
     * @param phrases an alternation in lower case: patterns with {@code |} between them
     * @param before words of which one may stand before a phrase, blank included
     */
    public Phrases(String phrases, String... before) {
        this.before = List.of(before);
        List<StringBuilder> ofInitial = new ArrayList<>();
        for (int i = 0; i <= LETTERS; i++) {
            ofInitial.add(new StringBuilder());
        }
        for (String phrase : alternatives(phrases)) {
            StringBuilder group = ofInitial.get(initial(phrase));
            group.append(group.isEmpty() ? "" : "|").append(phrase);
        }
        for (int i = 0; i < LETTERS; i++) {
            byInitial[i] = compiled(ofInitial.get(i));
        }
        others = compiled(ofInitial.get(LETTERS));
    }

    private static @Nullable Pattern compiled(StringBuilder phrases) {
        return phrases.isEmpty() ? null : Pattern.compile(phrases.toString());
    }

    /** The letter that a phrase begins with; {@link #LETTERS} where that is not settled. */
    private static int initial(String phrase) {
        char first = phrase.charAt(0);
        boolean optional = phrase.length() > 1 && "?*{".indexOf(phrase.charAt(1)) >= 0;
        return first >= 'a' && first <= 'z' && !optional ? first : LETTERS;
    }

    /** The parts between the bars that stand in no brackets. */
    private static List<String> alternatives(String pattern) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean inClass = false;
        int from = 0;
        for (int i = 0; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> i++;
                case '[' -> inClass = true;
                case ']' -> inClass = false;
                case '(' -> depth += inClass ? 0 : 1;
                case ')' -> depth -= inClass ? 0 : 1;
                case '|' -> {
                    if (depth == 0 && !inClass) {
                        parts.add(pattern.substring(from, i));
                        from = i + 1;
                    }
                }
                default -> {
                    // a letter like any other
                }
            }
        }
        parts.add(pattern.substring(from));
        return parts;
    }

    /** Whether a text in lower case opens with a phrase. */
    public boolean open(String text) {
        return test(text, false);
    }

    /** Whether a text in lower case is a phrase from end to end. */
    public boolean are(String text) {
        return test(text, true);
    }

    private boolean test(String text, boolean whole) {
        if (testFrom(text, 0, whole)) {
            return true;
        }
        for (String word : before) {
            if (text.startsWith(word) && testFrom(text, word.length(), whole)) {
                return true;
            }
        }
        return false;
    }

    private boolean testFrom(String text, int from, boolean whole) {
        char initial = from < text.length() ? text.charAt(from) : 0;
        return initial < LETTERS && test(byInitial[initial], text, from, whole)
                || test(others, text, from, whole);
    }

    private static boolean test(@Nullable Pattern pattern, String text, int from, boolean whole) {
        if (pattern == null) {
            return false;
        }
        Matcher matcher = pattern.matcher(text).region(from, text.length());
        return whole ? matcher.matches() : matcher.lookingAt();
    }
}
