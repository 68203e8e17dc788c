package org.minutebook.extract;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.extract.pages.Line;

/**
 * Puts printed lines together again as {@link AgendaItem#text} wants them: paragraphs with a blank
 * line between, entries of lists and lines that stand alone on lines of their own.
 *
 * <p>A line goes on in the next where the next one's first word would not have fitted on it. That
 * needs the right margin, which is that of all lines of the document that begin about as far left;
 * where it is taken too wide, as in columns under a heading across the page, lines stay apart as
 * they are printed.
 */
final class ItemText {

    private static final double BAND = 10;

    /** Lines this near at the left share a margin, in bands: half an inch and a little. */
    private static final int SAME_LEFT = 4;

    /** Least gap between paragraphs, in heights of a line. Source: measured on the samples. */
    private static final double PARAGRAPH_GAP = 0.55;

    /** Least gap between paragraphs, as a multiple of the gap between most lines. */
    private static final double WIDER_THAN_USUAL = 1.5;

    private static final Pattern LIST_ENTRY =
            Pattern.compile(
                    "(?:[•●▪◦‣·*–—-]|\\(?(?:\\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\\s+\\S.*");

    /** Lines that say what they are: "Applicant: Wend Valley Homes", "RESOLVED: That". */
    private static final Pattern LABELLED = Pattern.compile("\\p{Lu}[\\p{L} ]{1,24}:(?:\\s.*)?");

    private static final Pattern BROKEN_WORD = Pattern.compile(".*\\p{L}-");

    /** First halves of words that keep their hyphen: "co-option", "long-term". */
    private static final Set<String> KEEP_HYPHEN =
            Set.of(
                    "co", "re", "pre", "non", "self", "ex", "well", "long", "short", "part",
                    "multi", "sub", "vice", "mid", "semi", "anti", "cross", "post", "full", "half",
                    "follow", "on", "off", "up", "by", "in", "out", "high", "low", "one", "two",
                    "three", "first", "second", "third", "year", "day", "pro", "add", "set", "e",
                    "x");

    /** Right edge of the lines that begin in each band of {@link #BAND} points. */
    private final Map<Integer, Double> rights = new HashMap<>();

    private final double usualGap;

    /**
     * For the items of one document.
     *
     * @param all its lines
     */
    ItemText(List<Line> all) {
        for (Line line : all) {
            rights.merge(band(line), line.x() + line.width(), Math::max);
        }
        this.usualGap = usualGap(all);
    }

    /** The lines as text. */
    String of(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (i > 0) {
                append(text, lines.get(i - 1), line);
            } else {
                text.append(line.text());
            }
        }
        return text.toString();
    }

    private void append(StringBuilder text, Line before, Line line) {
        String words = line.text();
        if (LIST_ENTRY.matcher(words).matches() || LABELLED.matcher(words).matches()) {
            text.append(apart(before, line) ? "\n\n" : "\n").append(words);
        } else if (goesOn(before, line)) {
            if (isBrokenWord(text) && Character.isLowerCase(words.charAt(0))) {
                text.setLength(text.length() - 1);
            } else if (!text.toString().endsWith("-")) {
                text.append(' ');
            }
            text.append(words);
        } else {
            boolean samePage = before.page() == line.page();
            text.append(samePage && !apart(before, line) ? "\n" : "\n\n").append(words);
        }
    }

    private boolean apart(Line before, Line line) {
        return before.page() == line.page()
                && gap(before, line)
                        > Math.max(PARAGRAPH_GAP * before.height(), WIDER_THAN_USUAL * usualGap);
    }

    private boolean goesOn(Line before, Line line) {
        if (apart(before, line) || before.page() == line.page() && line.y() <= before.y()) {
            return false;
        }
        String words = line.text();
        int end = words.indexOf(' ');
        double firstWord = line.width() * (end < 0 ? 1 : (double) end / words.length());
        double space = before.height() / 4;
        return before.x() + before.width() + space + firstWord > margin(before);
    }

    /** Right edge of the text that begins about where this line does. */
    private double margin(Line line) {
        int band = band(line);
        double margin = 0;
        for (int other = band - SAME_LEFT; other <= band + SAME_LEFT; other++) {
            margin = Math.max(margin, rights.getOrDefault(other, 0.0));
        }
        return margin;
    }

    private static int band(Line line) {
        return (int) (line.x() / BAND);
    }

    private static boolean isBrokenWord(StringBuilder text) {
        int start = Math.max(text.lastIndexOf(" "), text.lastIndexOf("\n")) + 1;
        String word = text.substring(start);
        return BROKEN_WORD.matcher(word).matches()
                && !KEEP_HYPHEN.contains(
                        word.substring(0, word.length() - 1).toLowerCase(Locale.ROOT));
    }

    private static double gap(Line before, Line line) {
        return line.y() - before.y() - before.height();
    }

    private static double usualGap(List<Line> lines) {
        double[] gaps =
                IntStream.range(1, lines.size())
                        .filter(i -> lines.get(i - 1).page() == lines.get(i).page())
                        .mapToDouble(i -> gap(lines.get(i - 1), lines.get(i)))
                        .filter(gap -> gap >= 0)
                        .toArray();
        Arrays.sort(gaps);
        return gaps.length == 0 ? 0 : gaps[gaps.length / 2];
    }
}
