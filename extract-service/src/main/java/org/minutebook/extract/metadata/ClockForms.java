package org.minutebook.extract.metadata;

import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds a time of day in a text: {@code 7.30pm}, {@code 6 p.m.}, {@code 530pm}, {@code 19:00}. */
final class ClockForms {

    private static final Pattern TIME =
            Pattern.compile(
                    "(?i)(?<![\\d.:/£$-])(?:(?<hour>\\d{1,2})(?:\\s?[:.]\\s?(?<minute>\\d{2})|(?<tight>\\d{2})(?=\\s?[ap]\\.?m))?\\s?(?<half>a\\.?\\s?m|p\\.?\\s?m|noon|midday)\\b"
                            + "|(?:(?<=\\b(?:at|from|time|time:) )(?<dotted>\\d{1,2}\\.\\d{2})|(?<hour24>\\d{1,2}):(?<minute24>\\d{2}))(?!\\d|[/.]\\d|%|m\\b)|(?<word>\\b(?:noon|midday)\\b))");

    private ClockForms() {}

    /** The first time of day in a text; null where there is none. */
    static @Nullable LocalTime first(CharSequence text) {
        Matcher matcher = TIME.matcher(text);
        while (matcher.find()) {
            LocalTime time = time(matcher);
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    private static @Nullable LocalTime time(Matcher matcher) {
        if (matcher.group("word") != null) {
            return LocalTime.NOON;
        }
        boolean halved = matcher.group("half") != null;
        String dotted = matcher.group("dotted");
        if (dotted != null) {
            return time(
                    Integer.parseInt(dotted.substring(0, dotted.length() - 3)),
                    Integer.parseInt(dotted.substring(dotted.length() - 2)));
        }
        int hour = Integer.parseInt(matcher.group(halved ? "hour" : "hour24"));
        String minutes = halved ? matcher.group("minute") : matcher.group("minute24");
        if (halved && minutes == null) {
            minutes = matcher.group("tight");
        }
        int minute = minutes == null ? 0 : Integer.parseInt(minutes);
        if (halved) {
            boolean morning = matcher.group("half").toLowerCase(Locale.ROOT).startsWith("a");
            // "18:30 pm" is printed too.
            if (hour < 12 && !morning) {
                hour += 12;
            } else if (hour == 12 && morning) {
                hour = 0;
            }
        }
        return time(hour, minute);
    }

    private static @Nullable LocalTime time(int hour, int minute) {
        return hour < 24 && minute < 60 ? LocalTime.of(hour, minute) : null;
    }
}
