package org.minutebook.extract.metadata;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.text.Cues;

/**
 * Finds dates in a text, in the forms that councils print: {@code 14th March 2023}, {@code March
 * 14, 2023}, {@code Tuesday the 14th day of March}, {@code 2023-03-14}, {@code 14/03/2023}. White
 * space may be missing or doubled, as in scans, and a date may go over the end of a line.
 */
final class DateForms {

    private static final String WEEKDAY =
            "(?:(?<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\\b[\\s,.]*(?:the\\s+)?)?";

    private static final String MONTH =
            "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
                    + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    private static final String YEAR = "(?<year>(?:19|20)\\d\\d)(?!\\d)";

    private static final Pattern DAY_FIRST =
            Pattern.compile(
                    "(?i)(?<![\\p{L}\\d])"
                            + WEEKDAY
                            + "(?<![\\d/.-])(?<day>\\d{1,2})\\s*(?:st|nd|rd|th)?\\s*(?:day\\s+)?(?:of\\s+)?[\\s,]*"
                            + MONTH
                            + "(?!\\p{L})\\.?(?:[\\s,]*"
                            + YEAR
                            + ")?");

    private static final Pattern MONTH_FIRST =
            Pattern.compile(
                    "(?i)(?<![\\p{L}\\d])"
                            + WEEKDAY
                            + MONTH
                            + "\\.?\\s*(?<day>\\d{1,2})(?:\\s*(?:st|nd|rd|th)\\b)?(?![\\d:])(?:[\\s,.]*"
                            + YEAR
                            + ")?");

    private static final Pattern ISO =
            Pattern.compile(
                    "(?<!\\d)(?<year>20\\d\\d|19\\d\\d)-(?<month>\\d\\d)-(?<day>\\d\\d)(?!\\d)");

    private static final Pattern NUMERIC =
            Pattern.compile(
                    "(?i)(?<![\\d/.-])"
                            + WEEKDAY
                            + "(?<first>\\d{1,2})(?<mark>[/.-])(?<second>\\d{1,2})\\k<mark>(?<year>(?:19|20)\\d\\d|\\d\\d)(?![\\d/-]|\\.\\d)");

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    private static final Cues MONTH_CUES = new Cues(MONTHS.toArray(String[]::new));

    /** Fewest figures of a date without words: 1/2/23. */
    private static final int FIGURES_OF_DATE = 4;

    private static final List<String> WEEKDAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final boolean monthFirst;

    /**
     * @param monthFirst whether 3/4/2023 is the fourth of March, where the numbers leave it open
     */
    DateForms(boolean monthFirst) {
        this.monthFirst = monthFirst;
    }

    /** The dates in a text, in order; none overlaps another. */
    List<PrintedDate> in(CharSequence text) {
        List<PrintedDate> found = new ArrayList<>();
        int digits = Cues.digits(text);
        if (digits > 0 && MONTH_CUES.in(text)) {
            worded(DAY_FIRST, text, found);
            worded(MONTH_FIRST, text, found);
        }
        if (digits >= FIGURES_OF_DATE) {
            numeric(text, found);
        }
        found.sort(
                Comparator.comparingInt(PrintedDate::start)
                        .thenComparing(Comparator.comparingInt(DateForms::wealth).reversed()));
        List<PrintedDate> dates = new ArrayList<>();
        for (PrintedDate date : found) {
            PrintedDate before = dates.isEmpty() ? null : dates.getLast();
            if (before == null || date.start() >= before.end()) {
                dates.add(date);
            } else if (wealth(date) > wealth(before)) {
                // "5 May 12, 2023": the fuller of two that overlap.
                dates.set(dates.size() - 1, date);
            }
        }
        return dates;
    }

    private static int wealth(PrintedDate date) {
        return (date.year() == null ? 0 : 2) + (date.weekday() == null ? 0 : 1);
    }

    private static void worded(Pattern pattern, CharSequence text, List<PrintedDate> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            int month = 1 + MONTHS.indexOf(start(matcher.group("month")));
            String year = matcher.group("year");
            add(
                    found,
                    matcher,
                    year == null ? null : Integer.valueOf(year),
                    month,
                    Integer.parseInt(matcher.group("day")),
                    weekday(matcher.group("weekday")));
        }
    }

    private void numeric(CharSequence text, List<PrintedDate> found) {
        Matcher iso = ISO.matcher(text);
        while (iso.find()) {
            add(
                    found,
                    iso,
                    Integer.valueOf(iso.group("year")),
                    Integer.parseInt(iso.group("month")),
                    Integer.parseInt(iso.group("day")),
                    null);
        }
        Matcher matcher = NUMERIC.matcher(text);
        while (matcher.find()) {
            int first = Integer.parseInt(matcher.group("first"));
            int second = Integer.parseInt(matcher.group("second"));
            int year = Integer.parseInt(matcher.group("year"));
            boolean swapped = second > 12 || first <= 12 && monthFirst;
            add(
                    found,
                    matcher,
                    year < 100 ? 2000 + year : year,
                    swapped ? first : second,
                    swapped ? second : first,
                    weekday(matcher.group("weekday")));
        }
    }

    private static void add(
            List<PrintedDate> found,
            Matcher matcher,
            @Nullable Integer year,
            int month,
            int day,
            @Nullable DayOfWeek weekday) {
        // A leap year, so that 29 February without a year is a date.
        PrintedDate date =
                new PrintedDate(matcher.start(), matcher.end(), year, month, day, weekday);
        if (date.in(year == null ? 2000 : year) != null) {
            found.add(date);
        }
    }

    private static @Nullable DayOfWeek weekday(@Nullable String printed) {
        return printed == null ? null : DayOfWeek.of(1 + WEEKDAYS.indexOf(start(printed)));
    }

    private static String start(String word) {
        return word.substring(0, 3).toLowerCase(Locale.ROOT);
    }
}
