package org.minutebook.extract.segmentation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What text looks like, whatever it says. */
final class Texts {

    /** Where a heading ends and its text goes on in the same line: "Assessor: see report". */
    private static final Pattern RUN_IN =
            Pattern.compile("(?<head>.{2,70}?)(?::(?!\\d)\\s*|\\s+[–—-]\\s*)(?:\\S|$)");

    /** A first sentence of more than an abbreviation: "Payments. The Clerk reported". */
    private static final Pattern SENTENCE =
            Pattern.compile("(?<lead>.{5,90}?[\\p{Ll}\\d)])\\.\\s+(?=\\p{Lu})");

    private Texts() {}

    /** The part of a line that would be its heading: up to a colon or a dash. */
    static String head(String text) {
        Matcher matcher = RUN_IN.matcher(text);
        return matcher.lookingAt() ? matcher.group("head").strip() : text;
    }

    /** The part of a line up to where its first sentence or its heading ends. */
    static String lead(String text) {
        String head = head(text);
        Matcher sentence = SENTENCE.matcher(text);
        if (!sentence.lookingAt()) {
            return head;
        }
        // "Bid Award – Ballfield Lights. Pulled." but "Clerk – Reported that it rains."
        String lead = sentence.group("lead").strip();
        return lead.length() < head.length() || words(lead) <= 12 && !Vocabulary.isClause(lead)
                ? lead
                : head;
    }

    static boolean isCaps(String text) {
        int upper = 0;
        int lower = 0;
        for (int i = 0; i < text.length() && text.charAt(i) != '('; i++) {
            char c = text.charAt(i);
            if (Character.isUpperCase(c)) {
                upper++;
            } else if (Character.isLowerCase(c)) {
                lower++;
            }
        }
        return upper >= 3 && lower <= upper / 8;
    }

    static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean blank = text.charAt(i) == ' ';
            if (!blank && !inside) {
                words++;
            }
            inside = !blank;
        }
        return words;
    }

    static boolean startsLower(String text) {
        return !text.isEmpty() && Character.isLowerCase(text.charAt(0));
    }

    /** Whether it ends as a sentence does; "No.", "Cllr." and initials do not. */
    static boolean endsSentence(String text) {
        return text.endsWith(".") && !text.endsWith("No.") && words(text) > 3;
    }
}
