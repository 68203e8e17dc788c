package org.minutebook.samples;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Days of the made-up council's meetings, counted from a day of reference, so that samples made
 * tomorrow are as fresh as those made today.
 *
 * @param reference the day that counts as today
 */
record Diary(LocalDate reference) {

    /**
     * When a meeting is held.
     *
     * @param day the weekday that its committee meets on
     * @param weeks from the last such day on or before the reference; negative is before
     */
    private record Sitting(DayOfWeek day, int weeks) {}

    private static final Map<String, Sitting> SITTINGS =
            Map.ofEntries(
                    Map.entry("council-1", new Sitting(DayOfWeek.THURSDAY, -8)),
                    Map.entry("council-2", new Sitting(DayOfWeek.THURSDAY, -2)),
                    Map.entry("council-3", new Sitting(DayOfWeek.THURSDAY, 4)),
                    Map.entry("council-4", new Sitting(DayOfWeek.THURSDAY, 13)),
                    Map.entry("planning-1", new Sitting(DayOfWeek.WEDNESDAY, -9)),
                    Map.entry("planning-2", new Sitting(DayOfWeek.WEDNESDAY, -5)),
                    Map.entry("planning-3", new Sitting(DayOfWeek.WEDNESDAY, -1)),
                    Map.entry("planning-4", new Sitting(DayOfWeek.WEDNESDAY, 3)),
                    Map.entry("community-1", new Sitting(DayOfWeek.TUESDAY, -10)),
                    Map.entry("community-2", new Sitting(DayOfWeek.TUESDAY, -4)),
                    Map.entry("community-3", new Sitting(DayOfWeek.TUESDAY, 1)),
                    Map.entry("community-4", new Sitting(DayOfWeek.TUESDAY, 10)),
                    Map.entry("parish-0", new Sitting(DayOfWeek.TUESDAY, -11)),
                    Map.entry("parish-1", new Sitting(DayOfWeek.TUESDAY, -6)),
                    Map.entry("parish-2", new Sitting(DayOfWeek.TUESDAY, 2)),
                    Map.entry("parish-3", new Sitting(DayOfWeek.TUESDAY, 9)));

    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
    private static final DateTimeFormatter WITH_WEEKDAY =
            DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.UK);
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(?<name>[a-z]+(?:-\\d)?)(?<plus>[+-]\\d+)?(?<weekday>!)?}");

    /** Day of a meeting, as {@code planning-2}. */
    LocalDate of(String meeting) {
        Sitting sitting = SITTINGS.get(meeting);
        if (sitting == null) {
            throw new IllegalArgumentException(
                    "no meeting '" + meeting + "', expected one of " + SITTINGS.keySet());
        }
        return reference
                .with(TemporalAdjusters.previousOrSame(sitting.day()))
                .plusWeeks(sitting.weeks());
    }

    /**
     * Fills in dates: <code>{planning-2}</code> is "14 October 2026", <code>{planning-2+14}</code>
     * two weeks later, <code>{planning-2!}</code> with its weekday; <code>{year}</code>, <code>
     * {year+1}</code>, <code>{yy}</code> and <code>{yy+1}</code> count from the year of reference.
     */
    String fill(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(this::value);
    }

    private String value(MatchResult found) {
        String plus = found.group("plus");
        int more = plus == null ? 0 : Integer.parseInt(plus);
        return switch (found.group("name")) {
            case "year" -> String.valueOf(reference.getYear() + more);
            case "yy" -> "%02d".formatted((reference.getYear() + more) % 100);
            case String meeting ->
                    (found.group("weekday") == null ? PLAIN : WITH_WEEKDAY)
                            .format(of(meeting).plusDays(more));
        };
    }
}
