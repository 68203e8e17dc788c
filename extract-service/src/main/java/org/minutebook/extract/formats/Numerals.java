package org.minutebook.extract.formats;

import java.util.Locale;

/** Counts as lists print them. */
enum Numerals {
    DECIMAL,
    /** 01, 02, … */
    TWO_DIGITS,
    /** 1st, 2nd, … */
    ORDINAL,
    LOWER_LETTER,
    UPPER_LETTER,
    LOWER_ROMAN,
    UPPER_ROMAN,
    /** Counts, but prints nothing. */
    NONE;

    private static final int[] ROMAN_VALUES = {
        1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1
    };
    private static final String[] ROMAN_SIGNS = {
        "m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"
    };

    /** Longest printed as a Roman number or a row of letters; beyond, digits. */
    private static final int LARGEST = 3999;

    String print(int count) {
        if (this == NONE) {
            return "";
        }
        if (count < 1 || count > LARGEST) {
            return String.valueOf(count);
        }
        return switch (this) {
            case DECIMAL -> String.valueOf(count);
            case TWO_DIGITS -> count < 10 ? "0" + count : String.valueOf(count);
            case ORDINAL -> count + ordinal(count);
            case LOWER_LETTER -> letters(count);
            case UPPER_LETTER -> letters(count).toUpperCase(Locale.ROOT);
            case LOWER_ROMAN -> roman(count);
            case UPPER_ROMAN -> roman(count).toUpperCase(Locale.ROOT);
            case NONE -> "";
        };
    }

    private static String ordinal(int count) {
        if (count % 100 / 10 == 1) {
            return "th";
        }
        return switch (count % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    /** a to z, then aa, bb, … as word processors go on. */
    private static String letters(int count) {
        char letter = (char) ('a' + (count - 1) % 26);
        return String.valueOf(letter).repeat((count - 1) / 26 + 1);
    }

    private static String roman(int count) {
        StringBuilder roman = new StringBuilder();
        int left = count;
        for (int i = 0; i < ROMAN_VALUES.length; i++) {
            while (left >= ROMAN_VALUES[i]) {
                roman.append(ROMAN_SIGNS[i]);
                left -= ROMAN_VALUES[i];
            }
        }
        return roman.toString();
    }
}
