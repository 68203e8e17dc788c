package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.text.Cues;
import org.minutebook.extract.text.LineEnds;

/** Reads the title of an item off its heading, over several lines where it runs on. */
final class Titles {

    /** Longest title: what the labels and people's lists have room for. */
    private static final int LONGEST = 120;

    /** Links and references that systems put behind a title. */
    private static final Pattern TRAILER =
            Pattern.compile(
                    "(?i)\\s*(?:pdf icon(?: pdf(?: \\d+(?: [kmg]b)?)?)?|\\(\\s*pages?\\s+\\d+\\s*[-–]\\s*\\d+\\s*\\)|\\(attachments?\\)|\\((?:staff report|presentation|informe)[^)]*\\)?|\\bPDF \\d+ [KM]B|(?:\\.\\s?){4,}\\s*\\d{0,4})\\s*$");

    private static final Cues TRAILER_CUES = new Cues("pdf", "(", "....", ". . .");

    /** What may close a title and is no part of it. */
    private static final String CLOSING = " .:;,–—-";

    /** Who moved and who seconded, between a motion's number and its text. */
    private static final Pattern MOVERS =
            Pattern.compile(
                    "(?i)(?:moved|proposed) by\\b.*|(?-i:(?:(?:[A-Z]\\.\\s?)+[A-Z][\\w'’-]+(?:,|;|:| and| &|/)*\\s*)+)");

    private static final Pattern MOTION =
            Pattern.compile(
                    "(?i)\\b(?:made a motion|motion (?:was|is|by|to|made)|(?:moved|motioned) (?:to|that|for))\\b");

    private static final Pattern MOTION_END =
            Pattern.compile(
                    "(?i),? (?:and )?seconded\\b| was made by\\b| by (?:trustee|supervisor|councill?or|cllr|mr|mrs|ms|a resident|mayor|member)\\b|\\.(?: [A-Z]|$)|;");

    /** What stands beside a title in a column of its own and says nothing: "3 - 14", "Page 5". */
    private static final Pattern PLACE =
            Pattern.compile("(?i)(?:pages?|pp?|encl?|to|and|tbc|verbal|\\W|\\d)*+");

    /** The end of a date whose year came to stand on the next line. */
    private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d{2}[.,;:)]*");

    /** What stands behind the number where the title is a line of its own: nothing, or a file. */
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "(?i)(?:(?:file|folder|report|our ref|ref|reference|record|trim|ecm)(?: (?:no|number|ref|reference|id))?\\.?\\s*[:#].*)?");

    private static final Pattern SUBJECT =
            Pattern.compile("(?i)(?:(?:item |report )?title|subject|topic|re)\\s?:\\s*(\\S.*)");

    /** What says of which sort a subject is, before the colon that it stands behind. */
    private static final Pattern GENERIC =
            Pattern.compile(
                    "(?i)(?:(?:liquor |planning |use permit )?applications?|presentations?|public hearings?|discussion|request|resolutions?|ordinances?|by-?laws?|proclamations?|appointments?|first reading|second reading|update|it was resolved|resolved|agreed)");

    /** "Trustee Reed – Financial Reports": who reports, and on what. */
    private static final Pattern OFFICER =
            Pattern.compile(
                    "(?i:trustee|councill?or|councilm[ae]n|commissioner|alderman|selectman) \\p{Lu}[\\p{L}'’]+ ?[–—:-] ?\\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+){0,3}(?= ?(?:[-–—.:(]|$))");

    /** Rows below the number within which such a title stands. */
    private static final int FARTHEST_SUBJECT = 3;

    /** What opens a sentence of what was decided. */
    private static final Pattern DECIDES =
            Pattern.compile(
                    "(?:It was (?:resolved|agreed)|R(?i:esolved)|A(?i:greed))(?=:| (?i:to|that)\\b)");

    private static final Pattern OPEN_END =
            Pattern.compile("(?i) (?:and|or|of|the|for|to|in|on|at|with|by|from|&|[–—-]),?$|,$");

    private Titles() {}

    /**
     * A title with the rows it stands on.
     *
     * @param rows the heading's rows, the first one included
     * @param runOn what the heading says besides, placed where it stands: "Apologies were received
     *     from" of "3. Apologies. Apologies were received from", or the text in the column beside
     *     it; empty where nothing
     * @param apart whether that is text of its own and no part of the title's sentence
     */
    record Title(String text, List<Row> rows, List<Line> runOn, boolean apart) {}

    static Title read(Layout layout, Paper paper, Outline.Heading heading, int nextHeading) {
        List<Row> rows = new ArrayList<>();
        Row first = heading.row();
        rows.add(first);
        String line = first.title(heading.label());
        String text = line;
        String kept = text.substring(0, text.length() - first.rest.length());
        if (heading.label() != null && REFERENCE.matcher(text).matches()) {
            Title subject = subject(layout, first, text, nextHeading);
            if (subject != null) {
                return subject;
            }
        }
        boolean telling = layout.boldShare() < 0.5;
        boolean boldHead = telling && first.bold();
        boolean movers =
                heading.label() != null && paper == Paper.MINUTES && MOVERS.matcher(text).matches();
        if (movers
                || heading.label() == null
                        && first.time == null
                        && !layout.distinct(first)
                        && MOTION.matcher(text).find()
                        && !headed(text)) {
            String motion = motion(layout, first.index + (movers ? 1 : 0), nextHeading);
            return title(motion, rows, said(line.startsWith(motion) ? after(line, motion) : line));
        }
        if (first.bold() && !first.allBold() && first.boldLead.length() > 2) {
            return boldHead(layout, first, line, kept, nextHeading);
        }
        Cell cell = firstCell(layout, first, text);
        text = cell.text();
        String beside = after(line, text);
        String head =
                paper == Paper.MINUTES && (heading.label() != null || first.time != null)
                        ? Texts.lead(text)
                        : Texts.head(text);
        Matcher officer = OFFICER.matcher(text);
        if (officer.lookingAt()) {
            head = officer.group();
        }
        boolean carried = heading.label() != null || first.time != null;
        boolean runIn =
                !(boldHead && first.allBold())
                        && !(heading.label() != null && GENERIC.matcher(head).matches())
                        && !(carried && standsAlone(layout, first, text, head))
                        && text.length() > head.length() + 2
                        && (paper == Paper.MINUTES && Texts.words(head) <= (carried ? 12 : 6)
                                || heading.label() == null
                                || gapAfter(first.line, head));
        List<Line> column = new ArrayList<>();
        if (!runIn) {
            remainder(first, said(beside), column);
            for (int i = first.index + 1; i < nextHeading && i < layout.rows().size(); i++) {
                Row row = layout.rows().get(i);
                Row above = rows.getLast();
                boolean year = YEAR.matcher(row.text).matches() && text.endsWith(",");
                boolean sameStyle =
                        Math.abs(row.size - above.size) < 0.9
                                && (!telling
                                        || row.bold() == boldHead && (!boldHead || row.allBold()))
                                && (!first.caps() || row.caps() || year || inBracket(text, row));
                boolean hanging = row.x() > first.x() - 3 && row.x() < first.restX + 6;
                if (row.page() != above.page()
                        || row.gap > 1.35
                        || row.labelled() && !year
                        || !sameStyle
                        || !hanging
                        || text.isEmpty()
                        || Texts.endsSentence(text) && !Texts.startsLower(row.rest)
                        || row.bulleted
                        || DECIDES.matcher(row.rest).lookingAt()
                        || !cell.goesOn()
                                && !endsOpen(text, row, first)
                                && !(Layout.leadsToPage(row) && !Layout.leadsToPage(above))
                                && !goesOnSmall(layout, above, row)
                                && !year
                        || text.endsWith(":")
                        || text.length() > LONGEST) {
                    break;
                }
                String further = year ? row.text : row.rest;
                cell = firstCell(layout, row, further);
                text = joined(text, cell.text());
                rows.add(row);
                remainder(row, said(after(further, cell.text())), column);
            }
        }
        if (text.isEmpty() && first.index + 1 < nextHeading) {
            Row below = layout.rows().get(first.index + 1);
            rows.add(below);
            text = below.rest;
        }
        if (runIn) {
            return title(clean(head), rows, said(after(line, head)));
        }
        String title = clean(text);
        String tail = said(after(text, title)); // where it is too long
        if (!tail.isEmpty()) {
            return title(title, rows, tail);
        }
        return new Title(title, rows, column, !column.isEmpty());
    }

    private static final int MOST_WORDS_OF_HEAD = 5;

    /** "New Business: Motion by Cook": business that the motion is made under. */
    private static boolean headed(String text) {
        String head = Texts.head(text);
        return head.length() < text.length()
                && Texts.words(head) <= MOST_WORDS_OF_HEAD
                && !Vocabulary.isPerson(head)
                && !MOTION.matcher(head).find();
    }

    /**
     * A title that stands on a line of its own below the number, as reports of officers have it;
     * null where none does.
     *
     * @param reference what stands behind the number
     */
    private static @Nullable Title subject(
            Layout layout, Row first, String reference, int nextHeading) {
        List<Row> rows = new ArrayList<>(List.of(first));
        List<Line> besides = new ArrayList<>();
        remainder(first, reference, besides);
        int last = Math.min(nextHeading - 1, first.index + FARTHEST_SUBJECT);
        for (int i = first.index + 1; i <= last; i++) {
            Row row = layout.rows().get(i);
            rows.add(row);
            Matcher subject = SUBJECT.matcher(row.text);
            if (!subject.matches()) {
                besides.add(row.line);
                continue;
            }
            StringBuilder title = new StringBuilder(subject.group(1));
            for (i++; i < nextHeading; i++) {
                Row next = layout.rows().get(i);
                Row above = rows.getLast();
                if (next.spaced()
                        || next.page() != above.page()
                        || next.x() < row.x() + row.size
                        || !layout.goesOn(above)) {
                    break;
                }
                title.append(' ').append(next.text);
                rows.add(next);
            }
            return new Title(clean(title.toString()), rows, besides, true);
        }
        return null;
    }

    /** A heading in bold with its text behind it, or in a column beside it in which it wraps. */
    private static Title boldHead(
            Layout layout, Row first, String line, String kept, int nextHeading) {
        List<Row> rows = new ArrayList<>(List.of(first));
        List<Line> beside = new ArrayList<>();
        StringBuilder lead = new StringBuilder(kept).append(first.boldLead);
        remainder(first, said(after(line, kept + first.boldLead)), beside);
        for (int i = first.index + 1; first.hasColumns() && i < nextHeading; i++) {
            Row row = layout.rows().get(i);
            if (row.spaced()
                    || !row.bold()
                    || row.labelled()
                    || row.page() != first.page()
                    // "RESOLVED: that …" in the same cell
                    || !row.allBold() && !row.hasColumns()) {
                break;
            }
            lead.append(lead.charAt(lead.length() - 1) == '-' ? "" : " ").append(row.boldLead);
            rows.add(row);
            remainder(row, after(row.rest, row.boldLead).strip(), beside);
            if (!row.hasColumns()) {
                break;
            }
        }
        return new Title(clean(lead.toString()), rows, beside, true);
    }

    /** Adds the words at the end of a row as a line of their own, if there are any. */
    private static void remainder(Row row, String words, List<Line> lines) {
        if (words.isEmpty()) {
            return;
        }
        Line line = row.line;
        List<Line.Span> spans = line.spans();
        int at = spans.size() - 1;
        int letters = spans.get(at).text().length();
        while (at > 0 && letters < words.length()) {
            at--;
            letters += 1 + spans.get(at).text().length();
        }
        double cut = Math.max(0, letters - words.length());
        Line.Span from = spans.get(at);
        double x = from.x() + from.width() * Math.min(1, cut / from.text().length());
        lines.add(line(line, words, x));
    }

    private static Line line(Line printed, String words, double x) {
        Line.Span last = printed.spans().getLast();
        return printed.endingIn(
                List.of(
                        new Line.Span(
                                words,
                                x,
                                printed.x() + printed.width() - x,
                                last.fontSize(),
                                last.font(),
                                last.bold(),
                                last.italic(),
                                false)));
    }

    /**
     * Whether a title cannot end so, and the row right below it begins where it did: "Personnel
     * Report: Hires, Leaves and", in a table whose next column is far away.
     */
    private static boolean endsOpen(String text, Row row, Row first) {
        boolean below =
                Math.abs(row.x() - first.restX) < first.size / 2
                        || Math.abs(row.x() - first.x()) < first.size / 2;
        return below && (OPEN_END.matcher(text).find() || inBracket(text, row));
    }

    /** Whether a row closes a bracket that a title has left open. */
    private static boolean inBracket(String text, Row row) {
        return text.lastIndexOf('(') > text.lastIndexOf(')') && row.rest.indexOf(')') >= 0;
    }

    /** A long line, then one that begins with a small letter: its first word was too long. */
    private static boolean goesOnSmall(Layout layout, Row above, Row row) {
        return Texts.startsLower(row.rest) && layout.reachesFar(above);
    }

    /**
     * A title with what its heading says besides.
     *
     * @param words empty where it says nothing
     */
    private static Title title(String text, List<Row> rows, String words) {
        if (words.isEmpty()) {
            return new Title(text, rows, List.of(), false);
        }
        Line line = rows.getLast().line;
        return new Title(text, rows, List.of(line(line, words, line.x())), false);
    }

    private static String after(String text, String beginning) {
        return text.startsWith(beginning) ? text.substring(beginning.length()) : "";
    }

    /**
     * What is left of a heading without what parts it from the title; empty where it says nothing.
     */
    private static String said(String left) {
        int start = 0;
        while (start < left.length() && CLOSING.indexOf(left.charAt(start)) >= 0) {
            start++;
        }
        String words = TRAILER.matcher(left.substring(start)).replaceFirst("").strip();
        return PLACE.matcher(words).matches() ? "" : words;
    }

    /**
     * Whether a numbered or timed line is a title as a whole though it has a dash in it: "Falls
     * Prevention - Half Year Report", not "Assessor - No report".
     */
    private static boolean standsAlone(Layout layout, Row row, String text, String head) {
        String rest = Vocabulary.folded(text.substring(head.length()));
        return !Texts.endsSentence(text)
                && !text.startsWith(head + ":")
                && !gapAfter(row.line, head)
                && !layout.goesOn(row)
                && !Vocabulary.isNoItem(rest)
                && !Vocabulary.isClause(rest);
    }

    /** A motion's first sentence, up to who seconded it. */
    private static String motion(Layout layout, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to && i < layout.rows().size() && text.length() < 2 * LONGEST; i++) {
            Row row = layout.rows().get(i);
            if (i > from && row.spaced()) {
                break;
            }
            text.append(text.isEmpty() ? "" : " ").append(row.text);
            if (row.text.endsWith(".")) {
                break;
            }
        }
        Matcher end = MOTION_END.matcher(text);
        return clean(
                end.find(Math.min(20, text.length()))
                        ? text.substring(0, end.start())
                        : text.toString());
    }

    /**
     * What a heading says in its own column.
     *
     * @param goesOn whether that may go on in the next row
     */
    private record Cell(String text, boolean goesOn) {}

    /** The text up to a gap that is far wider than justified text has: another column. */
    private static Cell firstCell(Layout layout, Row row, String text) {
        Line.Span before = null;
        int length = 0;
        for (Line.Span span : row.line.spans()) {
            if (before != null
                    && span.gapBefore()
                    && span.x() > row.restX + 1
                    && (span.x() - before.x() - before.width() > (row.filled ? 2.5 : 1.8) * row.size
                            || layout.isColumn(span.x()))) {
                int dropped = row.text.length() - length;
                int kept = text.length() - dropped;
                if (kept <= 2) {
                    break;
                }
                return new Cell(
                        text.substring(0, kept).strip(),
                        layout.goesOn(row, before.x() + before.width(), span.x() - 2 * row.size));
            }
            length += span.text().length() + (before == null ? 0 : 1);
            before = span;
        }
        return new Cell(text, layout.goesOn(row));
    }

    /** Whether what follows a head stands apart in a column of its own. */
    private static boolean gapAfter(Line line, String head) {
        StringBuilder text = new StringBuilder();
        for (Line.Span span : line.spans()) {
            if (span.gapBefore() && text.toString().contains(head)) {
                return true;
            }
            text.append(text.isEmpty() ? "" : " ").append(span.text());
        }
        return false;
    }

    private static String joined(String above, String below) {
        if (above.endsWith("-") && above.length() > 1 && Texts.startsLower(below)) {
            return above.substring(0, above.length() - 1) + below;
        }
        if (LineEnds.breaksWord(above) && Character.isDigit(below.charAt(0))) {
            return above + below; // "C-" and "2"
        }
        return above + " " + below;
    }

    /** "1. - Apologies". */
    private static String withoutDash(String title) {
        return title.length() > 2 && "–—-".indexOf(title.charAt(0)) >= 0
                ? title.substring(1).strip()
                : title;
    }

    private static String withoutClosing(String title) {
        int end = title.length();
        while (end > 0 && CLOSING.indexOf(title.charAt(end - 1)) >= 0) {
            end--;
        }
        return title.substring(0, end);
    }

    private static String clean(String text) {
        String title = text.strip();
        String before;
        do {
            before = title;
            title = TRAILER_CUES.in(title) ? TRAILER.matcher(title).replaceFirst("") : title;
            title = withoutClosing(withoutDash(title));
        } while (!title.equals(before));
        if (title.length() > LONGEST) {
            int cut = title.lastIndexOf(' ', LONGEST);
            title = withoutClosing(title.substring(0, cut > 0 ? cut : LONGEST));
        }
        return title.isEmpty() ? text.strip() : title;
    }
}
