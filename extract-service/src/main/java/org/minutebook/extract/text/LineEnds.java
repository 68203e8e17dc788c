package org.minutebook.extract.text;

import java.util.Locale;
import java.util.Set;

/** What the end of a printed line asks of the next one. */
public final class LineEnds {

    /** Words that a number belongs to, besides months. */
    private static final Set<String> NUMBERED =
            Set.of("no.", "nos.", "section", "sections", "chapter", "article", "lot", "lots");

    private static final Set<String> MONTHS =
            Set.of(
                    "january",
                    "february",
                    "march",
                    "april",
                    "may",
                    "june",
                    "july",
                    "august",
                    "september",
                    "october",
                    "november",
                    "december");

    private static final int MOST_DIGITS_OF_DAY = 2;

    private LineEnds() {}

    /**
     * Whether the number that opens a line is the end of what stands right above it, and the mark
     * of no list: "the minutes of March" over "20. Vote 3-0.", "Resolution 2023-" over "14."
     */
    public static boolean endsIn(String above, String line) {
        if (line.isEmpty() || !Character.isDigit(line.charAt(0)) || above.isEmpty()) {
            return false;
        }
        if (breaksWord(above)) {
            return true;
        }
        String last = above.substring(above.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
        return NUMBERED.contains(last)
                || MONTHS.contains(last) && digits(line) <= MOST_DIGITS_OF_DAY;
    }

    /** Whether a line ends in the first half of a word or number that has a hyphen. */
    public static boolean breaksWord(String line) {
        int last = line.length() - 1;
        return last > 0
                && line.charAt(last) == '-'
                && Character.isLetterOrDigit(line.charAt(last - 1));
    }

    private static int digits(String line) {
        int digits = 0;
        while (digits < line.length() && Character.isDigit(line.charAt(digits))) {
            digits++;
        }
        return digits;
    }
}
