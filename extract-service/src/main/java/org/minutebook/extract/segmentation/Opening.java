package org.minutebook.extract.segmentation;

import java.time.LocalTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Line;

/**
 * What a line opens with before its text: a time, a number, a bullet, a code in a column of its
 * own.
 *
 * @param labels readings of the number; none where there is none
 * @param time the clock time; null where there is none
 * @param rest the text after them
 * @param startX where number, time or text begins
 * @param restX where that text begins
 * @param size size of its letters
 * @param boldLead the part of it that is bold from its start
 * @param bulleted whether a bullet stands before it
 */
record Opening(
        List<Label> labels,
        @Nullable LocalTime time,
        String rest,
        double startX,
        double restX,
        double size,
        String boldLead,
        boolean bulleted) {

    /** "09:15 Apologies", "4:00 P.M. CLOSED SESSION", "7.30pm Welcome". */
    private static final Pattern TIME =
            Pattern.compile(
                    "(?i)(?:(?<h>\\d{1,2})[:.](?<m>[0-5]\\d)\\s*(?<half>[ap]\\.?\\s?m\\.?)?"
                            + "|(?<h2>\\d{1,2})\\s*(?<half2>[ap]\\.?m\\.?))"
                            + "(?:\\s*[-–—:]\\s*|\\s+|$)(?=\\S|$)");

    /** A time in a column of its own needs no colon: "4 | 10.05 | Public questions". */
    private static final Pattern CELL_TIME = Pattern.compile("([01]?\\d|2[0-3])[.:]([0-5]\\d)");

    private static final Pattern MARGIN =
            Pattern.compile("\\d{1,4}(?:\\s*[-–]\\s*\\d{1,4})?|\\d{2,4}-\\d{1,3}-\\d{1,4}");

    private static final Pattern BULLET =
            Pattern.compile("[•·▪●○◦■□–—*\\uF0B7\\uF0A7\\uF0D8-]\\s+|o\\s+(?=[A-Z])");

    /** File numbers that clerks' software prints between number and title. */
    private static final Pattern CODE =
            Pattern.compile(
                    "(?:[A-Z]{1,6}[- ])?\\d{2,6}(?:-\\d{1,6}){0,2}|[A-Z][A-Za-z]{1,6}[- ]\\d{2,7}");

    /** Of a line that goes on with a word of the line above: what it opens with is no number. */
    static Opening within(Line line) {
        return at(line, line.text(), 0, List.of(), null, false, line.x());
    }

    static Opening of(Line line) {
        String text = line.text();
        int at = 0;
        List<Line.Span> spans = line.spans();
        if (spans.size() > 1
                && spans.get(1).gapBefore()
                && Character.isDigit(text.charAt(0))
                && MARGIN.matcher(spans.getFirst().text()).matches()) {
            // "12 - 19 | a) Minutes of the Regular Meeting": pages in a column before the number;
            // "24-03-044 | 5.2 ACCOUNTS": the number of the resolution
            int from = spans.getFirst().text().length() + 1;
            List<Label> labels = Label.read(text.substring(from));
            if (!labels.isEmpty()
                    && (labels.getFirst().closed()
                            || text.charAt(2) == '-' && labels.getFirst().depth() > 1)) {
                List<Label> moved = shifted(labels, from);
                return at(line, text, moved.getFirst().end(), moved, null, false, spans.get(1).x());
            }
        }
        Matcher bullet = BULLET.matcher(text);
        boolean bulleted = bullet.lookingAt();
        if (bulleted) {
            at = bullet.end();
        }
        LocalTime time = null;
        List<Label> labels = bulleted ? List.of() : labels(line, text);
        if (!bulleted) {
            Matcher clock = TIME.matcher(text);
            if (clock.lookingAt() && (time = time(clock)) != null) {
                at = clock.end();
                labels = shifted(Label.read(text.substring(at)), at);
            }
            if (!labels.isEmpty()) {
                at = labels.getFirst().end();
                if (time == null) {
                    Matcher later = TIME.matcher(text).region(at, text.length());
                    LocalTime after = later.lookingAt() ? time(later) : null;
                    if (after != null) {
                        time = after;
                        at = later.end();
                    }
                }
            }
        }
        if (!labels.isEmpty() && time == null) {
            Line.Span cell = cellAt(line, at);
            Matcher clock = cell == null ? null : CELL_TIME.matcher(cell.text());
            if (cell != null && clock != null && clock.matches()) {
                time =
                        LocalTime.of(
                                Integer.parseInt(clock.group(1)), Integer.parseInt(clock.group(2)));
                at += cell.text().length() + 1;
            }
        }
        if (!labels.isEmpty() || time != null) {
            at = pastCode(line, at);
        }
        return at(line, text, at, labels, time, bulleted, line.x());
    }

    private static List<Label> labels(Line line, String text) {
        List<Label> labels = Label.read(text);
        List<Line.Span> spans = line.spans();
        String cell = spans.getFirst().text();
        return labels.isEmpty() && spans.size() > 1 && spans.get(1).gapBefore()
                ? Label.ofCell(cell)
                : labels;
    }

    private static Opening at(
            Line line,
            String text,
            int at,
            List<Label> labels,
            @Nullable LocalTime time,
            boolean bulleted,
            double startX) {
        StringBuilder boldLead = new StringBuilder();
        double restX = line.x();
        double size = line.height();
        int start = 0;
        boolean first = true;
        boolean bold = true;
        for (Line.Span span : line.spans()) {
            int end = start + span.text().length();
            if (end > at) {
                int from = Math.max(0, at - start);
                String part = span.text().substring(from).strip();
                if (first) {
                    restX =
                            from == 0
                                    ? span.x()
                                    : span.x() + span.width() * from / span.text().length();
                    size = span.fontSize();
                }
                if (bold && span.bold()) {
                    boldLead.append(first || boldLead.isEmpty() ? "" : " ").append(part);
                } else if (!part.isEmpty()) {
                    bold = false;
                }
                first = false;
            }
            start = end + 1;
        }
        return new Opening(
                labels,
                time,
                text.substring(at).strip(),
                startX,
                restX,
                size,
                boldLead.toString(),
                bulleted);
    }

    /** The cell that starts at a place of the text and is followed by another; null where none. */
    private static Line.@Nullable Span cellAt(Line line, int at) {
        int start = 0;
        List<Line.Span> spans = line.spans();
        for (int i = 0; i + 1 < spans.size(); i++) {
            if (start == at && spans.get(i).gapBefore() && spans.get(i + 1).gapBefore()) {
                return spans.get(i);
            }
            start += spans.get(i).text().length() + 1;
        }
        return null;
    }

    /** Past a cell that holds nothing but a code, where more follows. */
    private static int pastCode(Line line, int at) {
        int start = 0;
        List<Line.Span> spans = line.spans();
        for (int i = 0; i < spans.size(); i++) {
            Line.Span span = spans.get(i);
            int end = start + span.text().length();
            if (start >= at
                    && i + 1 < spans.size()
                    && span.gapBefore()
                    && spans.get(i + 1).gapBefore()
                    && CODE.matcher(span.text()).matches()) {
                return end + 1;
            }
            if (start >= at) {
                return at;
            }
            start = end + 1;
        }
        return at;
    }

    private static List<Label> shifted(List<Label> labels, int by) {
        return labels.stream()
                .map(label ->
                        new Label(
                                label.printed(),
                                label.shape(),
                                label.values(),
                                label.end() + by,
                                label.closed()))
                .toList();
    }

    private static @Nullable LocalTime time(Matcher clock) {
        String half = clock.group("half") != null ? clock.group("half") : clock.group("half2");
        int hour =
                Integer.parseInt(clock.group("h") != null ? clock.group("h") : clock.group("h2"));
        String minutes = clock.group("m");
        // 4.15 is a number: a time is written with a colon or with its half of the day.
        if (half == null && (minutes == null || clock.group().indexOf(':') < 0)) {
            return null;
        }
        if (half != null) {
            boolean afternoon = half.toLowerCase(java.util.Locale.ROOT).startsWith("p");
            if (hour > 12 || hour == 0) {
                return null;
            }
            hour = hour % 12 + (afternoon ? 12 : 0);
        }
        return hour > 23
                ? null
                : LocalTime.of(hour, minutes == null ? 0 : Integer.parseInt(minutes));
    }
}
