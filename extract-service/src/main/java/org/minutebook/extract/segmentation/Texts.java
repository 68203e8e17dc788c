package org.minutebook.extract.segmentation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What text looks like, whatever it says. */
final class Texts {

    /** Fewest and most letters of a heading that text goes on after in the same line. */
    private static final int SHORTEST_HEAD = 2;

    private static final int LONGEST_HEAD = 70;

    /** A first sentence of more than an abbreviation: "Payments. The Clerk reported". */
    private static final Pattern SENTENCE =
            Pattern.compile(
                    "(?<lead>.{5,90}?[\\p{Ll}\\d)])(?<!\\b(?:Nos?|St|Mt|Ft|Dr|Mrs?|Ms|Cllrs?|Inc|Co|Ave|Rd|Blvd|Ref|Rev|Hon|Ltd|Sr|Jr|Sgt))\\.\\s+(?=\\p{Lu})");

    private static final Pattern ABBREVIATED =
            Pattern.compile(
                    "\\b(?:INC|LTD|CORP|CO|AVE|BLVD|RD|ST|DR|HWY|DEPT|MESSRS|MRS?|CLLRS?|NOS?)\\.$");

    /** Capitals that make a heading and no abbreviation. */
    private static final int FEWEST_CAPITALS = 6;

    /** A text that has room for them and a sentence. */
    private static final int SHORTEST_TEXT = 12;

    private Texts() {}

    /**
     * The part of a line that would be its heading, where its text goes on in the same line: up to
     * a colon or a dash, as in "Assessor: see report", not "County Clerk re: mobile office".
     */
    static String head(String text) {
        String capitals = capitalsBefore(text);
        return capitals.isEmpty() ? beforeDash(text) : capitals;
    }

    /** The text up to a dash or a colon, if it has one where a heading could end. */
    static String beforeDash(String text) {
        int most = Math.min(LONGEST_HEAD, text.length() - 1);
        for (int i = SHORTEST_HEAD; i <= most; i++) {
            char c = text.charAt(i);
            if (c == ':'
                    ? !isDigit(text, i + 1) && !text.startsWith(" re", i - 3)
                    : c == ' ' && isDash(text, pastBlanks(text, i)) || isAttached(text, i)) {
                return text.substring(0, i).strip();
            }
        }
        return text;
    }

    /**
     * What opens a sentence in capitals: "FINANCE. A cheque was signed", "APOLOGIES were received
     * from", not "MINUTES of the last meeting". Empty where nothing does.
     */
    private static String capitalsBefore(String text) {
        if (text.length() < SHORTEST_TEXT
                || !Character.isUpperCase(text.charAt(0))
                || !Character.isUpperCase(text.charAt(1))) {
            return "";
        }
        int end = 0;
        int letters = 0;
        for (int at = 0; at < text.length(); ) {
            int space = text.indexOf(' ', at);
            String word = text.substring(at, space < 0 ? text.length() : space);
            if (word.chars().anyMatch(Character::isLowerCase)) {
                break;
            }
            letters += capitals(word);
            end = at + word.length();
            at = end + 1;
            if (letters >= FEWEST_CAPITALS && word.endsWith(".") && word.length() > 3) {
                break;
            }
        }
        String lead = text.substring(0, end);
        if (letters < FEWEST_CAPITALS || end > LONGEST_HEAD || end + 1 >= text.length()) {
            return "";
        }
        String sentence = text.substring(end + 1);
        if (lead.endsWith(".")) {
            boolean follows =
                    Character.isUpperCase(sentence.charAt(0))
                            && sentence.chars().anyMatch(Character::isLowerCase);
            return follows && !ABBREVIATED.matcher(lead).find() ? lead.substring(0, end - 1) : "";
        }
        return Character.isLetter(lead.charAt(end - 1))
                        && startsLower(sentence)
                        && Vocabulary.isClause(sentence)
                ? lead
                : "";
    }

    private static int pastBlanks(String text, int at) {
        int past = at;
        while (past < text.length() && text.charAt(past) == ' ') {
            past++;
        }
        return past;
    }

    private static boolean isDash(String text, int at) {
        return at < text.length() && "–—-".indexOf(text.charAt(at)) >= 0;
    }

    /** "Highway Commissioner- See the report", as typed in haste and as scans are read. */
    private static boolean isAttached(String text, int at) {
        return isDash(text, at)
                && Character.isLetter(text.charAt(at - 1))
                && at + 2 < text.length()
                && text.charAt(at + 1) == ' '
                && Character.isUpperCase(text.charAt(at + 2));
    }

    private static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    static boolean endsInDigit(String text) {
        return isDigit(text, text.length() - 1);
    }

    static boolean endsInOneOf(String letters, String text) {
        return !text.isEmpty() && letters.indexOf(text.charAt(text.length() - 1)) >= 0;
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

    /** How many letters of a text are capitals. */
    static int capitals(String text) {
        int capitals = 0;
        for (int i = 0; i < text.length(); i++) {
            capitals += Character.isUpperCase(text.charAt(i)) ? 1 : 0;
        }
        return capitals;
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
