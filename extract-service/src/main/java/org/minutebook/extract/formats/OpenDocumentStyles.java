package org.minutebook.extract.formats;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Styles of an ODT, named and automatic, and its lists (OpenDocument 1.3 part 3, 16 and 17). */
final class OpenDocumentStyles {

    private static final Pattern LENGTH =
            Pattern.compile("(-?\\d{1,6}(?:\\.\\d{1,9})?)(pt|cm|mm|in|pc|px)");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,4})(?:\\.\\d+)?%");
    private static final double DEFAULT_SIZE = 12;
    private static final int LEVELS = 10;

    /** What a style says; null where it says nothing. */
    static final class Properties {
        @Nullable String parent;
        @Nullable String list;
        @Nullable Double size;
        @Nullable Double share;
        @Nullable String font;
        @Nullable Boolean bold;
        @Nullable Boolean italic;
        @Nullable Boolean capitals;
        @Nullable Boolean hidden;
        @Nullable Double left;
        @Nullable Double first;
        @Nullable Double above;
        @Nullable Boolean breakBefore;

        void inherit(Properties from) {
            list = list == null ? from.list : list;
            if (size == null && from.size != null) {
                // a share of the size of the style that this one is based on
                size = share == null ? from.size : Double.valueOf(from.size * share);
                share = null;
            }
            font = font == null ? from.font : font;
            bold = bold == null ? from.bold : bold;
            italic = italic == null ? from.italic : italic;
            capitals = capitals == null ? from.capitals : capitals;
            hidden = hidden == null ? from.hidden : hidden;
            left = left == null ? from.left : left;
            first = first == null ? from.first : first;
            above = above == null ? from.above : above;
            breakBefore = breakBefore == null ? from.breakBefore : breakBefore;
        }

        private void text(XmlPart part) {
            String fontSize = part.attribute("font-size");
            if (fontSize != null) {
                Matcher percent = PERCENT.matcher(fontSize);
                if (percent.matches()) {
                    share = Integer.parseInt(percent.group(1)) / 100.0;
                } else {
                    size = length(fontSize);
                }
            }
            String weight = part.attribute("font-weight");
            if (weight != null) {
                bold = weight.equals("bold") || weight.matches("[6-9]00");
            }
            String slant = part.attribute("font-style");
            if (slant != null) {
                italic = slant.equals("italic") || slant.equals("oblique");
            }
            String transform = part.attribute("text-transform");
            if (transform != null) {
                capitals = transform.equals("uppercase");
            }
            String display = part.attribute("display");
            if (display != null) {
                hidden = display.equals("none");
            }
            String name = part.attribute("font-name");
            font = name == null ? font : name;
        }

        private void paragraph(XmlPart part) {
            left = lengthOr(part.attribute("margin-left"), left);
            first = lengthOr(part.attribute("text-indent"), first);
            above = lengthOr(part.attribute("margin-top"), above);
            String before = part.attribute("break-before");
            if (before != null) {
                breakBefore = before.equals("page");
            }
        }
    }

    /**
     * A level of a list.
     *
     * @param shown how many levels its number shows, itself included
     * @param left indent of the paragraph in points; null where the list does not set it
     */
    record Level(
            Numerals numerals,
            boolean bullet,
            String before,
            String after,
            int start,
            int shown,
            @Nullable Double left) {}

    private final Map<String, Properties> styles = new HashMap<>();
    private final Map<String, Properties> defaults = new HashMap<>();
    private final Map<String, @Nullable Level[]> lists = new HashMap<>();
    private final Map<String, Double> columns = new HashMap<>();

    /** The list that numbers headings by themselves. */
    private final @Nullable Level[] outline = new Level[LEVELS];

    void read(XmlPart part) throws XMLStreamException, RefusedException {
        for (XmlPart.Event event = part.next();
                event != XmlPart.Event.END_OF_PART;
                event = part.next()) {
            if (event == XmlPart.Event.START) {
                start(part);
            }
        }
    }

    private @Nullable Properties open;
    private String openColumn = "";
    private @Nullable Level @Nullable [] openList;
    private int openLevel;

    /** Reads what a style element says; called for the elements of the head of the text, too. */
    void start(XmlPart part) {
        switch (part.name()) {
            case "style" -> {
                open = new Properties();
                open.parent = part.attribute("parent-style-name");
                open.list = part.attribute("list-style-name");
                String family = String.valueOf(part.attribute("family"));
                openColumn =
                        family.equals("table-column") ? String.valueOf(part.attribute("name")) : "";
                styles.put(family + ':' + part.attribute("name"), open);
                openList = null;
            }
            case "default-style" -> {
                open = new Properties();
                defaults.put(String.valueOf(part.attribute("family")), open);
                openList = null;
            }
            case "text-properties" -> {
                // those within the level of a list are the looks of its number
                if (open != null) {
                    open.text(part);
                }
            }
            case "paragraph-properties" -> {
                if (open != null) {
                    open.paragraph(part);
                }
            }
            case "table-column-properties" -> {
                Double width = length(part.attribute("column-width"));
                if (width != null && !openColumn.isEmpty()) {
                    columns.put(openColumn, width);
                }
            }
            case "list-style" -> {
                open = null;
                openList = new Level[LEVELS];
                lists.put(String.valueOf(part.attribute("name")), openList);
            }
            case "outline-style" -> {
                open = null;
                openList = outline;
            }
            case "list-level-style-number",
                    "list-level-style-bullet",
                    "list-level-style-image",
                    "outline-level-style" ->
                    level(part);
            case "list-level-properties" -> indent(part.attribute("space-before"));
            case "list-level-label-alignment" -> {
                Double left = length(part.attribute("margin-left"));
                Double first = length(part.attribute("text-indent"));
                if (left != null) {
                    indent(left + (first == null ? 0 : first));
                }
            }
            default -> {
                // the others say nothing that headings are told by
            }
        }
    }

    private void level(XmlPart part) {
        if (openList == null) {
            return;
        }
        openLevel = Math.clamp(part.number("level", 1), 1, LEVELS) - 1;
        boolean number = !part.name().endsWith("bullet") && !part.name().endsWith("image");
        openList[openLevel] =
                new Level(
                        number ? numerals(part.attribute("num-format")) : Numerals.NONE,
                        !number,
                        orEmpty(part.attribute("num-prefix")),
                        orEmpty(part.attribute("num-suffix")),
                        part.number("start-value", 1),
                        Math.clamp(part.number("display-levels", 1), 1, LEVELS),
                        null);
    }

    private void indent(@Nullable String text) {
        Double left = length(text);
        if (left != null) {
            indent(left);
        }
    }

    private void indent(double left) {
        if (openList != null && openList[openLevel] != null) {
            Level was = openList[openLevel];
            openList[openLevel] =
                    new Level(
                            was.numerals(),
                            was.bullet(),
                            was.before(),
                            was.after(),
                            was.start(),
                            was.shown(),
                            left);
        }
    }

    private static Numerals numerals(@Nullable String format) {
        return switch (orEmpty(format)) {
            case "1" -> Numerals.DECIMAL;
            case "a" -> Numerals.LOWER_LETTER;
            case "A" -> Numerals.UPPER_LETTER;
            case "i" -> Numerals.LOWER_ROMAN;
            case "I" -> Numerals.UPPER_ROMAN;
            default -> Numerals.NONE;
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static @Nullable Double length(@Nullable String text) {
        Matcher length = LENGTH.matcher(orEmpty(text));
        if (!length.matches()) {
            return null;
        }
        double value = Double.parseDouble(length.group(1));
        return switch (length.group(2)) {
            case "cm" -> value * 72 / 2.54;
            case "mm" -> value * 72 / 25.4;
            case "in" -> value * 72;
            case "pc" -> value * 12;
            case "px" -> value * 0.75;
            default -> value;
        };
    }

    private static @Nullable Double lengthOr(@Nullable String text, @Nullable Double other) {
        Double length = length(text);
        return length == null ? other : length;
    }

    /** A style of a paragraph with all that it takes over. */
    Properties paragraph(@Nullable String name) {
        Properties whole = resolve("paragraph", name == null ? "Standard" : name);
        Properties fallback = defaults.get("paragraph");
        if (fallback != null) {
            whole.inherit(fallback);
        }
        return whole;
    }

    /** A style of letters: only what it says. */
    Properties letters(String name) {
        return resolve("text", name);
    }

    private Properties resolve(String family, String name) {
        Properties whole = new Properties();
        Set<String> seen = new HashSet<>();
        String next = name;
        while (next != null && seen.add(next)) {
            Properties style = styles.get(family + ':' + next);
            if (style == null) {
                break;
            }
            if (whole.share == null && whole.size == null) {
                whole.share = style.share;
            }
            whole.inherit(style);
            next = style.parent;
        }
        return whole;
    }

    static Style style(Properties looks) {
        return new Style(
                looks.size == null ? DEFAULT_SIZE : Math.clamp(looks.size, 1, 1000),
                Boolean.TRUE.equals(looks.bold),
                Boolean.TRUE.equals(looks.italic),
                orEmpty(looks.font));
    }

    @Nullable Level level(@Nullable String list, int level) {
        @Nullable Level[] levels = list == null ? null : lists.get(list);
        return levels == null ? null : levels[Math.clamp(level, 0, LEVELS - 1)];
    }

    @Nullable Level outlineLevel(int level) {
        return outline[Math.clamp(level, 0, LEVELS - 1)];
    }

    /** Width of a column in points; null where its style does not say. */
    @Nullable Double columnWidth(@Nullable String style) {
        return style == null ? null : columns.get(style);
    }
}
