package org.minutebook.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.minutebook.samples.TextPdf;

/**
 * Minutes of made-up councils, plain enough that no reader can doubt what is in them: this is about
 * what becomes of them, not about reading. Every item has a name of its own in its title and in
 * each of its sentences, so that nothing can stand in for it.
 *
 * @param seed the same seed gives the same papers
 * @param day the day of the run: meetings were before it, recently enough for alerts
 */
record Papers(long seed, LocalDate day) {

    /** Words that subscriptions look for; they stand nowhere else. */
    static final List<String> BEACONS =
            List.of(
                    "Heronry",
                    "Gasometer",
                    "Bandstand",
                    "Ropewalk",
                    "Icehouse",
                    "Dovecote",
                    "Turnpike",
                    "Maltings");

    /** Of so many numbers one is a beacon: few enough that no subscription gets a digest. */
    private static final int BEACON_EVERY = 30;

    /** Of so many numbers one cannot be read. */
    private static final int BROKEN_EVERY = 50;

    private static final int MEETING_DAYS = 40;
    private static final int LEAST_ITEMS = 3;
    private static final int MOST_ITEMS = 14;
    private static final int MOST_SENTENCES = 9;

    private static final List<String> COUNCILS =
            List.of(
                    "Kelderby Town Council",
                    "Orrinsby Borough Council",
                    "Thrushby Parish Council",
                    "Wexmoor District Council");
    private static final List<String> COMMITTEES =
            List.of("Planning Committee", "Housing Committee", "Licensing Committee");
    private static final List<String> SUBJECTS =
            List.of(
                    "Repairs to the bridge at",
                    "Street lighting in",
                    "Allotments near",
                    "Flood defences of",
                    "Bus shelter at",
                    "Trees along");
    private static final List<String> SENTENCES =
            List.of(
                    "The officer reported on the works at %s and answered questions.",
                    "Residents of %s had written in support of the proposal.",
                    "Members were concerned about the cost of the works near %s.",
                    "The contractor would begin at %s within six weeks.",
                    "A survey of %s had been carried out in the spring.");

    private static final String CONSONANTS = "bdfglmnprstv";
    private static final String VOWELS = "aeio";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.UK);

    /** Whether a subscription looks for a paper. */
    static boolean isBeacon(int number) {
        return number % BEACON_EVERY == 0;
    }

    /** Whether nobody can read a paper. */
    static boolean isBroken(int number) {
        return number % BROKEN_EVERY == BROKEN_EVERY - 2;
    }

    /** The paper of a number, always the same. */
    Paper paper(int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        String name = "minutes-%05d.pdf".formatted(number);
        String council = COUNCILS.get(random.nextInt(COUNCILS.size()));
        String committee = COMMITTEES.get(random.nextInt(COMMITTEES.size()));
        LocalDate meeting = day.minusDays(1 + random.nextInt(MEETING_DAYS));
        Map<String, String> given =
                Map.of(
                        "council",
                        council,
                        "committee",
                        committee,
                        "kind",
                        "minutes",
                        "meetingDate",
                        meeting.toString(),
                        "title",
                        "Minutes no. " + number);
        if (isBroken(number)) {
            return new Paper(name, broken(number), given, List.of(), false, null);
        }
        String beacon =
                isBeacon(number) ? BEACONS.get(number / BEACON_EVERY % BEACONS.size()) : null;
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                council,
                                committee,
                                "Minutes of the meeting held on %s at 7.00 pm in the Town Hall"
                                        .formatted(DATE.format(meeting)),
                                ""));
        List<Paper.Item> items = new ArrayList<>();
        int count = LEAST_ITEMS + random.nextInt(MOST_ITEMS - LEAST_ITEMS + 1);
        for (int i = 1; i <= count; i++) {
            Paper.Item item = item(random, number, i, i == count ? beacon : null);
            items.add(item);
            lines.add(item.number() + ". " + item.title());
            // A sentence a line: no line is like another, so none is taken for a running title.
            lines.addAll(List.of(item.text().split("(?<=\\.) ")));
            lines.add("");
        }
        return new Paper(name, pdf(lines), given, List.copyOf(items), true, beacon);
    }

    private static Paper.Item item(
            SplittableRandom random, int paper, int number, @Nullable String beacon) {
        String place = place(paper * (MOST_ITEMS + 1) + number);
        String subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
        String title = subject + " " + place + (beacon == null ? "" : " " + beacon);
        List<String> sentences = new ArrayList<>();
        for (int i = 1 + random.nextInt(MOST_SENTENCES); i > 0; i--) {
            sentences.add(SENTENCES.get(random.nextInt(SENTENCES.size())).formatted(place));
        }
        return new Paper.Item(Integer.toString(number), title, String.join(" ", sentences));
    }

    /** A name for a number: another for each. */
    static String place(int number) {
        StringBuilder name = new StringBuilder();
        for (int left = number, i = 0; i < 4 || left > 0; i++) {
            name.append(CONSONANTS.charAt(left % CONSONANTS.length()));
            left /= CONSONANTS.length();
            name.append(VOWELS.charAt(left % VOWELS.length()));
            left /= VOWELS.length();
        }
        name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
        return name + "by";
    }

    private static byte[] pdf(List<String> lines) {
        try {
            return TextPdf.of(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By turns a text that calls itself a PDF, and the beginning of one. */
    private static byte[] broken(int number) {
        byte[] text = "%d. Apologies%n".formatted(number).getBytes(StandardCharsets.UTF_8);
        if (number / BROKEN_EVERY % 2 == 0) {
            return text;
        }
        byte[] whole = pdf(List.of("Minutes " + number, "1. Apologies", "2. Roads"));
        return Arrays.copyOf(whole, whole.length / 3);
    }
}
