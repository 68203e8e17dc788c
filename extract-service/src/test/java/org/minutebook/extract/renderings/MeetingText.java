package org.minutebook.extract.renderings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a meeting as its web page gives it, taken apart so that it can be set in many ways:
 * lines before the first item, then items with a time and paragraphs.
 *
 * @param plain the text as it was given
 * @param front lines before the first item
 * @param items in order
 */
public record MeetingText(String plain, List<String> front, List<Item> items) {

    /**
     * An item of the meeting.
     *
     * @param time as printed; empty where there is none
     * @param heading as printed, links behind the title included
     * @param blocks paragraphs and entries of lists
     */
    public record Item(String time, String heading, List<Block> blocks) {

        /** The title without the link behind it. */
        public String title() {
            return LINK.matcher(heading).replaceFirst("");
        }

        public @Nullable LocalTime clock() {
            return time.isEmpty() ? null : LocalTime.parse(time.substring(0, 5));
        }
    }

    /**
     * A paragraph or an entry of a list.
     *
     * @param marker number or bullet as printed; empty for a paragraph
     */
    public record Block(Kind kind, String marker, String text) {

        /** How a block is set. */
        public enum Kind {
            PARAGRAPH,
            NUMBERED,
            BULLET
        }
    }

    private static final Pattern LINK = Pattern.compile("\\s*pdf icon PDF \\d+ [KM]B$");
    private static final Pattern TIMED = Pattern.compile("(\\d\\d:\\d\\d:?)\\s+(.+)");
    private static final Pattern UNTIMED = Pattern.compile("Dates? and Times? of Next Meetings?");
    private static final Pattern LISTED = Pattern.compile("\\s*(\\d+\\.|·)\\s+(.+)");

    /** A meeting written for the tests. */
    public static MeetingText ours() {
        try (InputStream in = MeetingText.class.getResourceAsStream("partnership-board.txt")) {
            if (in == null) {
                throw new IllegalStateException("partnership-board.txt is missing");
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a text apart. */
    public static MeetingText of(String plain) {
        List<String> front = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        for (String line : plain.lines().toList()) {
            String text = fold(line);
            if (text.isEmpty()) {
                continue;
            }
            Matcher timed = TIMED.matcher(text);
            Matcher listed = LISTED.matcher(line.strip());
            if (timed.matches()) {
                items.add(new Item(timed.group(1), timed.group(2), new ArrayList<>()));
            } else if (UNTIMED.matcher(text).matches()) {
                items.add(new Item("", text, new ArrayList<>()));
            } else if (items.isEmpty()) {
                front.add(text);
            } else if (listed.matches()) {
                boolean bullet = listed.group(1).equals("·");
                items.getLast()
                        .blocks()
                        .add(
                                new Block(
                                        bullet ? Block.Kind.BULLET : Block.Kind.NUMBERED,
                                        listed.group(1),
                                        fold(listed.group(2))));
            } else {
                items.getLast().blocks().add(new Block(Block.Kind.PARAGRAPH, "", text));
            }
        }
        return new MeetingText(plain, front, items);
    }

    /** White space as one blank. */
    static String fold(String text) {
        return text.replaceAll("[\\s\\u00A0]+", " ").strip();
    }
}
