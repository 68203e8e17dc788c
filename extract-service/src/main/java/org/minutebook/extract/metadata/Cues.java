package org.minutebook.extract.metadata;

import java.util.Locale;

/**
 * Words without one of which a pattern cannot match. Looking for them first costs a hundredth of
 * trying the pattern, and most lines of a document have none.
 */
final class Cues {

    private final String[] words;

    /**
     * @param words in lower case
     */
    Cues(String... words) {
        this.words = words.clone();
    }

    boolean in(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (folded.contains(word)) {
                return true;
            }
        }
        return false;
    }

    static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                return true;
            }
        }
        return false;
    }
}
