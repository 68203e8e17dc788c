package org.minutebook.extract.metadata;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.NextMeeting;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.text.Cues;
import org.minutebook.extract.text.Paragraphs;
import org.minutebook.extract.text.Paragraphs.Paragraph;

/**
 * Finds the meetings that a document announces: under a heading such as "Date and Time of Next
 * Meetings", or in a sentence such as "The next meeting will be held on …".
 */
final class NextMeetings {

    /** More dates than this under one heading are a calendar that the item is about. */
    private static final int MOST = 40;

    private static final Pattern HEADING =
            Pattern.compile(
                    "(?i).*(?:\\bnext (?:[\\w&,]+ ){0,6}?meetings?\\b|\\b(?:future|forthcoming|upcoming|subsequent) (?:[\\w&]+ ){0,3}meetings?\\b|\\bdates? (?:and times? )?of (?:the )?(?:next|future|forthcoming|meetings)\\b|\\bmeeting dates\\b).*");

    private static final Cues HEADING_CUES =
            new Cues("meeting", "of next", "of the next", "future", "forthcoming");

    private static final Pattern SENTENCE =
            Pattern.compile(
                    "(?is).*\\bnext\\b[^.]{0,90}?\\bmeetings?\\b.*|.*\\bmeets? next\\b.*|.*\\bnext meets?\\b.*");

    /** Dates of other things in the same place. */
    private static final Pattern OTHER_THING =
            Pattern.compile(
                    "(?i).*\\b(?:site visit|deadline|closing date|agenda items|nominations|consultation|papers|submitted|printed|published|minutes of|held on|last meeting|previous meeting|deferred|approved by council at)\\b.*");

    private static final Pattern FILLER =
            Pattern.compile(
                    "(?i)^(?:[\\s,;:.–—-]|\\b(?:at|in|on|from|the|to be held|commencing|starting|beginning|time|and|hrs|hours|will be held|is scheduled for)\\b|\\(?\\b\\d{1,2}(?:[.:]\\d{2})?\\s?(?:[ap]\\.?\\s?m\\b\\.?|noon)?(?![\\d/])\\)?)+");

    private final DateForms forms;
    private final @Nullable LocalDate meeting;

    /**
     * @param meeting day of the meeting that the document is of; earlier dates are not next; null
     *     where it is not known
     */
    NextMeetings(DateForms forms, @Nullable LocalDate meeting) {
        this.forms = forms;
        this.meeting = meeting;
    }

    List<NextMeeting> find(List<Entry> entries, List<Line> front) {
        List<NextMeeting> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (HEADING_CUES.in(entry.title()) && HEADING.matcher(entry.title()).matches()) {
                List<Line> lines = new ArrayList<>(entry.heading());
                lines.addAll(entry.body());
                read(lines, true, found);
            }
        }
        if (found.isEmpty()) {
            for (Entry entry : entries) {
                read(withNext(entry.heading(), entry.body()), false, found);
            }
        }
        if (found.isEmpty()) {
            read(withNext(List.of(), front), false, found);
        }
        return found.size() > MOST ? List.of() : found;
    }

    /** The lines from the first on that speaks of what is next; most entries have none. */
    private static List<Line> withNext(List<Line> heading, List<Line> body) {
        List<Line> lines = new ArrayList<>(heading);
        lines.addAll(body);
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).text();
            if (text.contains("ext ") || text.contains("NEXT") || text.endsWith("ext")) {
                return lines.subList(i, Math.min(lines.size(), i + 12));
            }
        }
        return List.of();
    }

    private void read(List<Line> lines, boolean section, List<NextMeeting> found) {
        if (lines.isEmpty()) {
            return;
        }
        for (Paragraph paragraph : Paragraphs.of(lines)) {
            for (Sentences.Sentence sentence : Sentences.of(List.of(paragraph))) {
                String text = sentence.text();
                boolean wanted =
                        section
                                ? !OTHER_THING.matcher(text).matches()
                                : SENTENCE.matcher(text).matches()
                                        && !OTHER_THING
                                                .matcher(
                                                        text.replaceFirst(
                                                                "(?i)(?:to|will) be held on", ""))
                                                .matches();
                if (wanted) {
                    meetings(text, section, found);
                }
            }
        }
    }

    private void meetings(String text, boolean section, List<NextMeeting> found) {
        List<PrintedDate> dates = new ArrayList<>();
        for (PrintedDate date : forms.in(text)) {
            // "(Rearranged from 20th November)"
            boolean aside =
                    depth(text, date.start()) > 0
                            || REPLACED.matcher(text.substring(0, date.start())).matches();
            if (!aside) {
                dates.add(date);
            }
        }
        for (int i = 0; i < dates.size(); i++) {
            PrintedDate date = dates.get(i);
            LocalDate day = future(date);
            if (day == null || found.stream().anyMatch(known -> known.date().equals(day))) {
                continue;
            }
            int end = i + 1 < dates.size() ? dates.get(i + 1).start() : text.length();
            String beside = text.substring(date.end(), end);
            LocalTime time = ClockForms.first(beside);
            found.add(
                    new NextMeeting(
                            day,
                            time,
                            section || beside.strip().startsWith("(") ? note(beside) : null));
        }
    }

    private static final Pattern REPLACED =
            Pattern.compile(
                    "(?i).*\\b(?:rearranged|re-arranged|rescheduled|moved|changed|brought forward|postponed|originally|instead of|rather than|not)\\b[\\s\\w]{0,24}");

    private static int depth(String text, int end) {
        int depth = 0;
        for (int i = 0; i < end; i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' && depth > 0 ? -1 : 0;
        }
        return depth;
    }

    private @Nullable LocalDate future(PrintedDate printed) {
        LocalDate date = printed.date();
        if (printed.year() == null && meeting != null) {
            date = printed.in(meeting.getYear());
            if (date == null || !date.isAfter(meeting)) {
                date = printed.in(meeting.getYear() + 1);
            }
        }
        return date == null || meeting != null && !date.isAfter(meeting) ? null : date;
    }

    /** What is printed beside a date, without time and filling words; null where nothing is. */
    private static @Nullable String note(String beside) {
        Matcher filler = FILLER.matcher(beside);
        String note = beside.substring(filler.lookingAt() ? filler.end() : 0).strip();
        if (note.startsWith("(") && note.endsWith(")") && note.indexOf(')') == note.length() - 1) {
            note = note.substring(1, note.length() - 1).strip();
        } else if (note.startsWith("(") && note.indexOf(')') < 0) {
            note = note.substring(1);
        }
        while (!note.isEmpty() && ".,;:–—-".indexOf(note.charAt(note.length() - 1)) >= 0) {
            note = note.substring(0, note.length() - 1).strip();
        }
        return note.length() < 3 || note.length() > 200 ? null : note;
    }
}
