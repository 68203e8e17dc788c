package org.minutebook.extract.formats;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Automatic numbers of a Word document as they are printed. Lists that share their definition count
 * on from each other; a list that overrides a start begins there when it is first used (ECMA-376
 * part 1, 17.9).
 */
final class WordNumbering {

    private static final int LEVELS = 9;
    private static final Pattern PLACE = Pattern.compile("%([1-9])");

    /** What symbol fonts print for a bullet, and the signs that a plain font has. */
    private static final Pattern SYMBOL = Pattern.compile("[\\uE000-\\uF8FF]|^o$");

    private final Map<String, Definition> definitions = new HashMap<>();
    private final Map<String, Definition> byListStyle = new HashMap<>();
    private final Map<String, Used> lists = new HashMap<>();

    /** One level of a list. */
    static final class Level {
        int start = 1;
        Numerals numerals = Numerals.DECIMAL;
        boolean bullet;
        boolean legal;

        /** Level, from 1, whose use starts this one again; 0 for none, -1 for any above. */
        int restartAfter = -1;

        String text = "";
        String after = "tab";
        @Nullable String paragraphStyle;
        @Nullable Boolean bold;
        @Nullable Integer indent;
    }

    /** What lists have in common that count on from each other. */
    private static final class Definition {
        final @Nullable Level[] levels = new Level[LEVELS];
        final int[] counts = new int[LEVELS];
        final boolean[] counting = new boolean[LEVELS];
        @Nullable String listStyleUsed;
    }

    /** A list: a definition and where it differs. */
    private static final class Used {
        @Nullable String definition;
        final @Nullable Integer[] starts = new Integer[LEVELS];
        final @Nullable Level[] levels = new Level[LEVELS];
        final boolean[] begun = new boolean[LEVELS];
    }

    /**
     * A number in front of a paragraph.
     *
     * @param text as printed
     * @param after {@code tab}, {@code space} or {@code nothing}
     * @param bold whether the list says so; null where it leaves that to the paragraph
     * @param indent left edge of the paragraph in twips that the list sets; null for none
     */
    record Label(String text, String after, @Nullable Boolean bold, @Nullable Integer indent) {}

    void read(XmlPart part) throws XMLStreamException, RefusedException {
        Definition definition = null;
        Used used = null;
        Level level = null;
        int override = 0;
        boolean inLevelRun = false;
        for (XmlPart.Event event = part.next();
                event != XmlPart.Event.END_OF_PART;
                event = part.next()) {
            if (event == XmlPart.Event.END) {
                switch (part.name()) {
                    case "abstractNum" -> definition = null;
                    case "num" -> used = null;
                    case "lvl" -> level = null;
                    case "rPr" -> inLevelRun = false;
                    default -> {
                        // the others hold no state
                    }
                }
                continue;
            }
            if (event != XmlPart.Event.START) {
                continue;
            }
            String value = part.attribute("val");
            switch (part.name()) {
                case "abstractNum" -> {
                    definition = new Definition();
                    definitions.put(String.valueOf(part.attribute("abstractNumId")), definition);
                }
                case "num" -> {
                    used = new Used();
                    lists.put(String.valueOf(part.attribute("numId")), used);
                }
                case "abstractNumId" -> {
                    if (used != null) {
                        used.definition = value;
                    }
                }
                case "styleLink" -> {
                    if (definition != null && value != null) {
                        byListStyle.put(value, definition);
                    }
                }
                case "numStyleLink" -> {
                    if (definition != null) {
                        definition.listStyleUsed = value;
                    }
                }
                case "lvlOverride" -> override = level(part.number("ilvl", 0));
                case "startOverride" -> {
                    if (used != null) {
                        used.starts[override] = part.number("val", 1);
                    }
                }
                case "lvl" -> {
                    level = new Level();
                    int at = level(part.number("ilvl", 0));
                    if (used != null) {
                        used.levels[at] = level;
                    } else if (definition != null) {
                        definition.levels[at] = level;
                    }
                }
                case "rPr" -> inLevelRun = true;
                default -> {
                    if (level != null) {
                        property(level, part, value, inLevelRun);
                    }
                }
            }
        }
    }

    private static void property(
            Level level, XmlPart part, @Nullable String value, boolean inLevelRun) {
        switch (part.name()) {
            case "start" -> level.start = part.number("val", 1);
            case "numFmt" -> {
                level.bullet = "bullet".equals(value);
                level.numerals = numerals(value);
            }
            case "lvlText" -> level.text = value == null ? "" : value;
            case "lvlRestart" -> level.restartAfter = part.number("val", -1);
            case "isLgl" -> level.legal = WordStyles.on(value);
            case "suff" -> level.after = value == null ? "tab" : value;
            case "pStyle" -> level.paragraphStyle = value;
            case "ind" -> {
                int left = part.number("left", part.number("start", Integer.MIN_VALUE));
                if (left != Integer.MIN_VALUE) {
                    level.indent = left - part.number("hanging", 0);
                }
            }
            case "b" -> {
                if (inLevelRun) {
                    level.bold = WordStyles.on(value);
                }
            }
            default -> {
                // alignment, tabulators and the like do not change what is printed
            }
        }
    }

    private static Numerals numerals(@Nullable String format) {
        return switch (format == null ? "decimal" : format) {
            case "decimalZero" -> Numerals.TWO_DIGITS;
            case "ordinal" -> Numerals.ORDINAL;
            case "lowerLetter" -> Numerals.LOWER_LETTER;
            case "upperLetter" -> Numerals.UPPER_LETTER;
            case "lowerRoman" -> Numerals.LOWER_ROMAN;
            case "upperRoman" -> Numerals.UPPER_ROMAN;
            case "none" -> Numerals.NONE;
            default -> Numerals.DECIMAL;
        };
    }

    private static int level(int level) {
        return Math.clamp(level, 0, LEVELS - 1);
    }

    /** The level at which a list numbers paragraphs of a style; -1 where it does not say. */
    int levelOf(String list, String paragraphStyle) {
        for (int i = 0; i < LEVELS; i++) {
            Level level = find(list, i);
            if (level != null && paragraphStyle.equals(level.paragraphStyle)) {
                return i;
            }
        }
        return -1;
    }

    /** Counts a paragraph of a list; null where nothing is printed in front of it. */
    @Nullable Label next(String list, int at) {
        int level = level(at);
        Used used = lists.get(list);
        Definition definition = definition(used);
        Level found = find(list, level);
        if (used == null || definition == null || found == null) {
            return null;
        }
        count(used, definition, list, level);
        if (found.bullet) {
            String sign = found.text.isBlank() ? "" : SYMBOL.matcher(found.text).replaceAll("•");
            return new Label(sign, found.after, false, found.indent);
        }
        Matcher place = PLACE.matcher(found.text);
        StringBuilder printed = new StringBuilder();
        while (place.find()) {
            int wanted = place.group(1).charAt(0) - '1';
            Level above = find(list, wanted);
            Numerals numerals =
                    above == null || (found.legal && wanted <= level)
                            ? Numerals.DECIMAL
                            : above.numerals;
            int count =
                    definition.counting[wanted]
                            ? definition.counts[wanted]
                            : above == null ? 1 : start(used, above, wanted);
            place.appendReplacement(printed, Matcher.quoteReplacement(numerals.print(count)));
        }
        place.appendTail(printed);
        return new Label(printed.toString().strip(), found.after, found.bold, found.indent);
    }

    private void count(Used used, Definition definition, String list, int level) {
        boolean begins = !used.begun[level] && used.starts[level] != null;
        used.begun[level] = true;
        Level found = find(list, level);
        int start = found == null ? 1 : start(used, found, level);
        if (begins || !definition.counting[level]) {
            definition.counts[level] = start;
            definition.counting[level] = true;
        } else {
            definition.counts[level]++;
        }
        for (int below = level + 1; below < LEVELS; below++) {
            Level lower = find(list, below);
            int after = lower == null ? -1 : lower.restartAfter;
            if (after != 0 && (after < 0 || level < after)) {
                definition.counting[below] = false;
            }
        }
    }

    private static int start(Used used, Level level, int at) {
        Integer override = used.starts[at];
        return override != null ? override : level.start;
    }

    private @Nullable Level find(String list, int level) {
        Used used = lists.get(list);
        if (used == null) {
            return null;
        }
        Level own = used.levels[level];
        Definition definition = definition(used);
        return own != null || definition == null ? own : definition.levels[level];
    }

    private @Nullable Definition definition(@Nullable Used used) {
        if (used == null || used.definition == null) {
            return null;
        }
        Definition definition = definitions.get(used.definition);
        if (definition != null
                && definition.listStyleUsed != null
                && Arrays.stream(definition.levels).allMatch(level -> level == null)) {
            return byListStyle.getOrDefault(definition.listStyleUsed, definition);
        }
        return definition;
    }
}
