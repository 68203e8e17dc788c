package org.minutebook.contracts;

/**
 * The form of ids: groups of lower-case hex digits. Every id in every message is checked, so this
 * is written out: a pattern takes ten times as long.
 */
final class HexForm {

    private HexForm() {}

    /** Whether a text is this many lower-case hex digits. */
    static boolean of(String text, int digits) {
        return text.length() == digits && areDigits(text, 0, digits);
    }

    /** Whether a text is lower-case hex digits, a mark, and hex digits again. */
    static boolean of(String text, int digits, char mark, int more) {
        return text.length() == digits + 1 + more
                && text.charAt(digits) == mark
                && areDigits(text, 0, digits)
                && areDigits(text, digits + 1, text.length());
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
