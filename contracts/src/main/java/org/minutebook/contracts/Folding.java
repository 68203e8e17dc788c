package org.minutebook.contracts;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as it is compared: without accents, case, punctuation and runs of white space. */
final class Folding {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Folding() {}

    /** "Café – Étage 2." becomes "cafe etage 2". */
    static String fold(String text) {
        if (isAscii(text)) {
            return foldAscii(text);
        }
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return NOT_WORD.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /** The same for what most titles are, in one pass. */
    private static String foldAscii(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        boolean apart = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean upper = c >= 'A' && c <= 'Z';
            if (upper || c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                if (apart && !folded.isEmpty()) {
                    folded.append(' ');
                }
                folded.append(upper ? (char) (c + 'a' - 'A') : c);
                apart = false;
            } else {
                apart = true;
            }
        }
        return folded.toString();
    }

    /** "Café – Étage 2." becomes "cafe-etage-2". */
    static String slug(String text) {
        return fold(text).replace(' ', '-');
    }
}
