package org.minutebook.extract.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of many phrases that a text may open with, of which only those are tried that begin
 * with the letter that the text begins with: a pattern tries all of them one after the other.
 */
public final class Phrases {

    private static final int LETTERS = 128;

    private static final String GROUP = "(?:";

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
            for (int initial : initials(phrase)) {
                StringBuilder group = ofInitial.get(initial);
                group.append(group.isEmpty() ? "" : "|").append(phrase);
            }
        }
        for (int i = 0; i < LETTERS; i++) {
            byInitial[i] = compiled(ofInitial.get(i));
        }
        others = compiled(ofInitial.get(LETTERS));
    }

    private static @Nullable Pattern compiled(StringBuilder phrases) {
        return phrases.isEmpty() ? null : Pattern.compile(phrases.toString());
    }

    /** The letters that a phrase may begin with; {@link #LETTERS} where that is not settled. */
    private static Set<Integer> initials(String phrase) {
        Set<Integer> initials = new TreeSet<>();
        enterInitials(phrase, initials);
        return initials.contains(LETTERS) ? Set.of(LETTERS) : initials;
    }

    /** Of a letter or of a group, and where that may be left out, of what follows it too. */
    private static void enterInitials(String phrase, Set<Integer> initials) {
        int end = 1;
        if (phrase.startsWith(GROUP)) {
            end = endOfGroup(phrase);
            for (String part : alternatives(phrase.substring(GROUP.length(), end - 1))) {
                enterInitials(part, initials);
            }
        } else {
            char first = phrase.isEmpty() ? 0 : phrase.charAt(0);
            initials.add(first >= 'a' && first <= 'z' ? (int) first : LETTERS);
        }
        char count = end < phrase.length() ? phrase.charAt(end) : 0;
        if (count == '?') {
            enterInitials(phrase.substring(end + 1), initials);
        } else if (count == '*' || count == '{') {
            initials.add(LETTERS);
        }
    }

    /** The place behind the bracket that closes the group with which a phrase begins. */
    private static int endOfGroup(String phrase) {
        int[] depths = depths(phrase);
        int close = 0;
        while (phrase.charAt(close) != ')' || depths[close] != 1) {
            close++;
        }
        return close + 1;
    }

    /** The parts between the bars that stand in no brackets. */
    private static List<String> alternatives(String pattern) {
        List<String> parts = new ArrayList<>();
        int[] depths = depths(pattern);
        int from = 0;
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '|' && depths[i] == 0) {
                parts.add(pattern.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(pattern.substring(from));
        return parts;
    }

    /**
     * How many brackets each letter of a pattern stands in, its own included; what stands in a
     * class or behind a backslash counts as in one more.
     */
    private static int[] depths(String pattern) {
        int[] depths = new int[pattern.length()];
        int depth = 0;
        boolean inClass = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            depth += c == '(' && !inClass ? 1 : 0;
            inClass |= c == '[';
            depths[i] = depth + (inClass ? 1 : 0);
            inClass &= c != ']';
            depth -= c == ')' && !inClass ? 1 : 0;
            if (c == '\\' && i + 1 < pattern.length()) {
                i++;
                depths[i] = depth + 1;
            }
        }
        return depths;
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
