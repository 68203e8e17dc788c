package org.minutebook.extract.metadata;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.text.Cues;

/**
 * Finds the date of the meeting among all dates that a document prints: of the last meeting's
 * minutes, of publication, of laws. What counts is where it stands and what stands before it.
 */
final class MeetingDates {

    /** Least evidence that makes a date the meeting's. */
    private static final double ENOUGH = 4;

    private static final Pattern ANNOUNCES =
            Pattern.compile(
                    "(?is).*(?:\\bdate(?:\\s*(?:/|and|&)\\s*time)?(?:\\s+of\\s+(?:the\\s+)?meeting)?\\s*:?|\\bwhen:|\\b(?:held|convened|take\\s+place|meets?|met|be)\\s+(?:\\w+\\s+){0,6}?on|\\bheld\\s(?:in|at)\\b[^.;]{0,80}\\son|\\bmeeting(?:\\s+(?:on|of|for|held|date:?|dated))?|\\bagenda(?:\\s+for)?:?|\\bminutes(?:\\s+(?:for|of))?:?|\\bcouncil(?:\\s+(?:on|agenda:?))?)[\\s:,–—-]*(?:the\\s+)?");

    private static final Pattern ELSEWHERE =
            Pattern.compile(
                    "(?is).*\\b(?:(?:approv\\w+|confirm\\w*|sign(?:ed)?|adopt\\w*|receive|accept\\w*|last|previous|next|future|draft)\\b[^.;]{0,60}|posted|publish\\w+|issued?|print\\w+|amended|revis\\w+|updated|dated|deadline|due|effective|since|by|before|until|till|from|to|through|expires?|ending|ended|week|order|circulated|despatch\\w*|dispatch\\w*|created|received|starting|proclaimed|act|rev)\\b[\\s:,–—-]*(?:on\\s+|of\\s+|the\\s+)*");

    private static final int LONGEST_HOUR = 40;

    private static final Pattern NAMES_ITSELF =
            Pattern.compile(
                    "(?i)\\s*(?:draft |approved |unapproved )?(?:minutes|agenda|notice)\\b");

    /** Lines at the top that name the paper. */
    private static final int TITLE = 4;

    private static final Pattern HOUR =
            Pattern.compile(
                    "(?i)[\\s,:–—@-]*(?:(?:at|commencing(?: at)?|starting(?: at)?|from)\\s+)?\\d{1,2}(?:[.:]\\d\\d)?\\s*(?:[ap]\\.?\\s?m\\b|noon|hours|hrs)");

    /** A running header that says what it is of; a list of dates may end at a page's foot too. */
    private static final Pattern NAMES_PAPER =
            Pattern.compile(
                    "(?i)(?!.*\\bnext\\b).*\\b(?:minutes|agenda|meeting|council|committee|board)\\b.*");

    /** From here on dates are of other meetings. */
    private static final Pattern NEXT =
            Pattern.compile(
                    "(?i).{0,40}\\b(?:next|future|forthcoming) (?:\\w+ ){0,3}meetings?\\b.*");

    private final DateForms forms;
    private final Matter matter;

    MeetingDates(DateForms forms, Matter matter) {
        this.forms = forms;
        this.matter = matter;
    }

    /**
     * The meeting of a document.
     *
     * @param date its date; null where the document gives none
     * @param line index of the line in the head on which the date ends; -1 where it stands
     *     elsewhere
     * @param after what follows the date in the head
     */
    record Found(@Nullable LocalDate date, int line, String after) {
        static final Found NONE = new Found(null, -1, "");
    }

    Found find(DocumentKind kind) {
        StringBuilder text = new StringBuilder();
        List<Integer> starts = new ArrayList<>();
        List<String> lines = matter.head().stream().map(Line::text).toList();
        for (int i = 0; i < lines.size(); i++) {
            starts.add(text.length());
            boolean worth =
                    Cues.hasDigit(lines.get(i))
                            || i > 0 && Cues.hasDigit(lines.get(i - 1))
                            || i + 1 < lines.size() && Cues.hasDigit(lines.get(i + 1));
            // Lines far from any number have no part in a date.
            text.append(worth ? lines.get(i) : "").append('\n');
        }
        List<PrintedDate> printed = forms.in(text);
        Found best = Found.NONE;
        double most = ENOUGH;
        int next = text.length();
        for (int i = 8; i < starts.size(); i++) {
            if (next == text.length() && NEXT.matcher(matter.head().get(i).text()).matches()) {
                next = starts.get(i);
            }
        }
        int index = 0;
        for (PrintedDate date : printed) {
            if (date.start() > next) {
                break;
            }
            while (index + 1 < starts.size() && starts.get(index + 1) <= date.start()) {
                index++;
            }
            double score = score(kind, text, starts, index, date);
            if (score > most) {
                LocalDate full = full(date, printed);
                if (full != null) {
                    most = score;
                    int end = Math.min(text.length(), date.end() + 160);
                    best = new Found(full, index, text.substring(date.end(), end));
                }
            }
        }
        if (best.date() == null && kind != DocumentKind.OTHER) {
            return new Found(elsewhere(), -1, "");
        }
        return best;
    }

    private double score(
            DocumentKind kind,
            StringBuilder text,
            List<Integer> starts,
            int index,
            PrintedDate date) {
        int lineStart = starts.get(index);
        int next = index + 1 < starts.size() ? starts.get(index + 1) : text.length();
        String line = text.substring(lineStart, Math.max(lineStart, next - 1));
        String before = text.substring(Math.max(0, date.start() - 90), date.start());
        String sameLine = text.substring(lineStart, Math.max(lineStart, date.start()));
        double score = 8 - 0.2 * Math.min(index, 40);
        score += date.weekday() == null ? 0 : 3;
        score += date.year() == null ? -2 : 2;
        boolean announced =
                ANNOUNCES.matcher(before).matches() || ANNOUNCES.matcher(sameLine).matches();
        score += announced ? 4 : 0;
        // A line of its own, or shared with the name of the council and the time.
        boolean alone = line.length() < 90 && date.end() - date.start() > 0.35 * line.length();
        score += alone ? 3 : 0;
        // A meeting has its hour, the letter that calls it has not.
        int after = Math.min(text.length(), date.end() + LONGEST_HOUR);
        score += HOUR.matcher(text.substring(date.end(), after)).lookingAt() ? 5 : 0;
        // "Approved 22 November" above "Minutes of meeting held 25 October" says nothing of the
        // latter.
        boolean titled = index < TITLE && announced && NAMES_ITSELF.matcher(sameLine).lookingAt();
        if (ELSEWHERE.matcher(titled ? sameLine : before).matches()
                && !(alone && sameLine.isBlank())) {
            score -= 9;
        }
        if (kind == DocumentKind.OTHER && !namesMeeting(sameLine)) {
            // The date of a letter is no meeting's.
            score -= 20;
        }
        return score;
    }

    private static boolean namesMeeting(String text) {
        String folded = text.toLowerCase(java.util.Locale.ROOT);
        return folded.contains("meeting") || folded.contains("agenda");
    }

    /**
     * Adds the year that a head leaves out: the one in which the weekday fits, else that of the
     * nearest other date of the document.
     */
    private @Nullable LocalDate full(PrintedDate date, List<PrintedDate> others) {
        if (date.year() != null) {
            return date.date();
        }
        List<LocalDate> known = new ArrayList<>();
        others.stream().map(PrintedDate::date).filter(d -> d != null).forEach(known::add);
        for (Line line : matter.opening()) {
            if (known.size() < 8) {
                forms.in(line.text()).stream()
                        .map(PrintedDate::date)
                        .filter(d -> d != null)
                        .forEach(known::add);
            }
        }
        if (known.isEmpty()) {
            return null;
        }
        int around = known.getFirst().getYear();
        LocalDate nearest = null;
        long least = Long.MAX_VALUE;
        for (int year = around - 1; year <= around + 1; year++) {
            LocalDate candidate = date.in(year);
            if (candidate == null || !fits(candidate, date.weekday())) {
                continue;
            }
            for (LocalDate other : known) {
                long apart = Math.abs(candidate.toEpochDay() - other.toEpochDay());
                if (apart < least) {
                    least = apart;
                    nearest = candidate;
                }
            }
        }
        return nearest;
    }

    private static boolean fits(LocalDate date, @Nullable DayOfWeek weekday) {
        return weekday == null || date.getDayOfWeek() == weekday;
    }

    /** The date in running headers, or in the file's own title. */
    private @Nullable LocalDate elsewhere() {
        for (Line line : matter.edges()) {
            if (!NAMES_PAPER.matcher(line.text()).matches()) {
                continue;
            }
            for (PrintedDate date : forms.in(line.text())) {
                String before = line.text().substring(0, date.start());
                if (date.date() != null && !ELSEWHERE.matcher(before).matches()) {
                    return date.date();
                }
            }
        }
        if (matter.fileTitle() != null) {
            for (PrintedDate date : forms.in(matter.fileTitle())) {
                if (date.date() != null) {
                    return date.date();
                }
            }
        }
        return null;
    }
}
