package org.minutebook.extract.text;

import java.util.ArrayList;
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
 * Puts printed lines together again: to the paragraphs that they make up, with entries of lists and
 * lines that stand alone on lines of their own.
 *
 * <p>A line goes on in the next where the next one's first word would not have fitted on it. That
 * needs the right margin, which is that of all lines measured that begin about as far left; where
 * it is taken too wide, as in columns under a heading across the page, lines stay apart as they are
 * printed.
 */
public final class Paragraphs {

    /**
     * A paragraph, or a line that stands alone.
     *
     * @param text white space folded, words that a line's end parts joined
     * @param listed whether it opens with the mark of a list: a number, a letter or a bullet
     */
    public record Paragraph(String text, boolean listed) {}

    /** How a line stands to the one before. */
    private enum Joint {
        /** Its words go on in it. */
        SAME_LINE,
        /** It stands right below, on a line of its own. */
        NEW_LINE,
        /** It begins a paragraph. */
        NEW_PARAGRAPH
    }

    private static final double BAND = 10;

    /** Lines this near at the left share a margin, in bands: half an inch and a little. */
    private static final int SAME_LEFT = 4;

    /** Least gap between paragraphs, in heights of a line. Source: measured on the samples. */
    private static final double PARAGRAPH_GAP = 0.55;

    /** Least gap between paragraphs, as a multiple of the gap between most lines. */
    private static final double WIDER_THAN_USUAL = 1.5;

    /** Distance between lines from which a paragraph begins, as a multiple of the usual one. */
    private static final double WIDER_THAN_PITCH = 1.3;

    /** Gap in heights of a line from which what follows stands in a column of its own. */
    private static final double FAR = 3;

    private static final Pattern LIST_ENTRY =
            Pattern.compile(
                    "(?:\\(?(?:[a-zA-Z]|[ivxIVX]{1,5}|\\d{1,2})[.)]|\\d{1,2}\\.\\d{1,2}\\.?|[•●▪◦○‣·*\\uF0B7–—-])\\s+\\S.*");

    /** Lines that say what they are: "Applicant: Wend Valley Homes", "RESOLVED: That". */
    private static final Pattern LABELLED = Pattern.compile("\\p{Lu}[\\p{L} ]{1,24}:(?:\\s.*)?");

    /** "MOTION: That", "COTE: That the tender be accepted" */
    private static final Pattern PUT = Pattern.compile("\\p{Lu}{2}[\\p{Lu}/’' -]*: \\p{Lu}.*");

    /** "the following resolution was" over "ADOPTED: Ayes 5" */
    private static final Pattern UNFINISHED =
            Pattern.compile(" (?:was|were|is|are|be|been|and|the|of|to|by)$");

    /** Distance in points to the left from which a line does not go on from one at the right. */
    private static final double FAR_LEFT = 100;

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
     * For the text of the items of one document.
     *
     * @param measured the lines that tell the margin and the usual gap: all of a document
     */
    public Paragraphs(List<Line> measured) {
        for (Line line : measured) {
            rights.merge(band(line), line.x() + line.width(), Math::max);
        }
        this.usualGap = usualGap(measured);
    }

    /** Whether a text opens with the mark of a list. */
    public static boolean isListed(String text) {
        return !opensWithWord(text) && LIST_ENTRY.matcher(text).matches();
    }

    /** By its first two letters, as most lines do: no mark of a list, and no Roman numeral. */
    private static boolean opensWithWord(String text) {
        return text.length() > 1
                && Cues.isLetter(text.charAt(0))
                && Cues.isLetter(text.charAt(1))
                && "ivxIVX".indexOf(text.charAt(1)) < 0;
    }

    /** The lines as {@link AgendaItem#text} wants them: a blank line between paragraphs. */
    public String text(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String words = lines.get(i).text();
            switch (i == 0 ? Joint.NEW_LINE : joint(lines.get(i - 1), lines.get(i), words)) {
                case SAME_LINE -> goOn(text, words);
                case NEW_LINE -> text.append(i == 0 ? "" : "\n").append(words);
                case NEW_PARAGRAPH -> text.append("\n\n").append(words);
            }
        }
        return text.toString();
    }

    /**
     * The paragraphs of lines, each in one line, to be read by sentences. A line that is parted
     * from its sentence does more harm here than one too many, so a paragraph ends only where a
     * gap, the type or the room that was left say so together with the letter that follows.
     */
    public static List<Paragraph> of(List<Line> lines) {
        List<Paragraph> paragraphs = new ArrayList<>();
        double pitch = pitch(lines);
        double right = 0;
        for (Line line : lines) {
            right = Math.max(right, line.x() + line.width());
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String words = lines.get(i).text();
            if (i > 0 && !begins(lines.get(i - 1), lines.get(i), words, pitch, right)) {
                goOn(text, words);
            } else {
                add(paragraphs, text);
                text.append(words);
            }
        }
        add(paragraphs, text);
        return paragraphs;
    }

    private static void add(List<Paragraph> paragraphs, StringBuilder text) {
        if (!text.isEmpty()) {
            String whole = text.toString();
            paragraphs.add(new Paragraph(whole, isListed(whole)));
            text.setLength(0);
        }
    }

    private Joint joint(Line before, Line line, String words) {
        boolean apart = apart(before, line);
        if (!apart && !hasRoom(before, line, words) && LineEnds.endsIn(before.text(), words)) {
            return Joint.SAME_LINE;
        }
        if (isListed(words) || LABELLED.matcher(words).matches()) {
            return apart ? Joint.NEW_PARAGRAPH : Joint.NEW_LINE;
        }
        if (!apart && goesOn(before, line, words)) {
            return Joint.SAME_LINE;
        }
        return before.page() == line.page() && !apart ? Joint.NEW_LINE : Joint.NEW_PARAGRAPH;
    }

    private boolean apart(Line before, Line line) {
        return before.page() == line.page()
                && gap(before, line)
                        > Math.max(PARAGRAPH_GAP * before.height(), WIDER_THAN_USUAL * usualGap);
    }

    private boolean goesOn(Line before, Line line, String words) {
        if (before.page() == line.page() && line.y() <= before.y()) {
            return false;
        }
        if (Character.isLowerCase(words.charAt(0)) && !ends(before.text())) {
            // A sentence goes on, however much room there was.
            return true;
        }
        return !hasRoom(before, line, words);
    }

    /** Whether the first word of a line would have fitted on the one before. */
    private boolean hasRoom(Line before, Line line, String words) {
        double space = before.height() / 4;
        return before.x() + before.width() + space + firstWord(line, words, 0) <= margin(before);
    }

    /** Whether a text ends as a sentence or a limb of one does. */
    private static boolean ends(String text) {
        return ".:;!?".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    /** Width in points of a line's first word, and of some letters more. */
    private static double firstWord(Line line, String words, int more) {
        int end = words.indexOf(' ');
        int letters = (end < 0 ? words.length() : end) + more;
        return line.width() * letters / words.length();
    }

    private static boolean begins(
            Line before, Line line, String words, double pitch, double right) {
        double step = step(before, line);
        // The next word would have had room: the line was ended on purpose.
        boolean room = end(before, line) + 1.2 * firstWord(line, words, 2) < right;
        if (!room
                && step > 0
                && step <= WIDER_THAN_PITCH * pitch
                && LineEnds.endsIn(before.text(), words)) {
            return false;
        }
        if (isListed(words)
                || PUT.matcher(words).matches() && !UNFINISHED.matcher(before.text()).find()) {
            return true;
        }
        if (before.page() != line.page() || step < -0.5 * line.height()) {
            return ends(before.text());
        }
        boolean opensUpper = !Character.isLowerCase(words.charAt(0)) && words.charAt(0) != '(';
        boolean backFromRight = before.x() - line.x() > FAR_LEFT;
        if (step > WIDER_THAN_PITCH * pitch
                || opensUpper && (backFromRight || isBold(before) && !isBold(line))) {
            return true;
        }
        return room && opensUpper;
    }

    /**
     * Where the text of a line ends that may go on in the next: before what stands far to the right
     * of it, unless the next one stands below that.
     */
    private static double end(Line line, Line next) {
        Line.Span left = line.spans().getFirst();
        for (Line.Span span : line.spans()) {
            double end = left.x() + left.width();
            if (span.gapBefore() && span.x() - end > FAR * line.height() && next.x() < end) {
                return end;
            }
            left = span;
        }
        return line.x() + line.width();
    }

    private static boolean isBold(Line line) {
        return line.spans().stream().allMatch(Line.Span::bold);
    }

    /** From one baseline to the next. */
    private static double step(Line before, Line line) {
        return line.y() + 0.8 * line.height() - before.y() - 0.8 * before.height();
    }

    /** The usual distance from one line to the next: that of the closest quarter. */
    private static double pitch(List<Line> lines) {
        List<Double> steps = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            Line line = lines.get(i);
            double step = step(lines.get(i - 1), line);
            if (lines.get(i - 1).page() == line.page()
                    && step > 0.6 * line.height()
                    && step < 4 * line.height()) {
                steps.add(step);
            }
        }
        if (steps.isEmpty()) {
            return lines.isEmpty() ? 14 : 1.3 * lines.getFirst().height();
        }
        steps.sort(null);
        double close = steps.get(steps.size() / 4);
        // Where paragraphs are of one line all steps are wide.
        return Math.min(close, 1.6 * lines.getFirst().height());
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

    /** Writes on in the same line; a word that the line's end parts is mended. */
    private static void goOn(StringBuilder text, String words) {
        if (text.charAt(text.length() - 1) != '-') {
            text.append(' ');
        } else if (Character.isLowerCase(words.charAt(0)) && isBrokenWord(text)) {
            text.setLength(text.length() - 1);
        }
        text.append(words);
    }

    /** Whether a text, which ends in a hyphen, ends in the first half of a word without one. */
    private static boolean isBrokenWord(StringBuilder text) {
        int end = text.length() - 1;
        int start = end;
        while (start > 0 && text.charAt(start - 1) != ' ' && text.charAt(start - 1) != '\n') {
            start--;
        }
        return start < end
                && Character.isLetter(text.charAt(end - 1))
                && !KEEP_HYPHEN.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
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
