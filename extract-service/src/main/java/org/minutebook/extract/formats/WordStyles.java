package org.minutebook.extract.formats;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Named styles of a Word document, each with what it takes over from the style it is based on. */
final class WordStyles {

    /** What a style or a paragraph says of itself; null where it says nothing. */
    static final class Properties {
        @Nullable String basedOn;
        @Nullable Boolean bold;
        @Nullable Boolean italic;
        @Nullable Boolean capitals;
        @Nullable Boolean hidden;
        @Nullable Double size;
        @Nullable String font;
        @Nullable String list;
        @Nullable Integer listLevel;

        /** Left edge of the first line in twips (1/20 point). */
        @Nullable Integer left;

        @Nullable Integer hanging;
        @Nullable Integer above;
        @Nullable Boolean breakBefore;

        /** Takes over what is not said here. */
        void inherit(Properties from) {
            bold = bold == null ? from.bold : bold;
            italic = italic == null ? from.italic : italic;
            capitals = capitals == null ? from.capitals : capitals;
            hidden = hidden == null ? from.hidden : hidden;
            size = size == null ? from.size : size;
            font = font == null ? from.font : font;
            if (list == null) {
                list = from.list;
            }
            listLevel = listLevel == null ? from.listLevel : listLevel;
            if (left == null) {
                left = from.left;
                hanging = hanging == null ? from.hanging : hanging;
            }
            above = above == null ? from.above : above;
            breakBefore = breakBefore == null ? from.breakBefore : breakBefore;
        }

        /** Reads one property; false where the element is none. */
        boolean read(XmlPart part) {
            String value = part.attribute("val");
            switch (part.name()) {
                case "basedOn" -> basedOn = value;
                case "b" -> bold = on(value);
                case "i" -> italic = on(value);
                case "caps" -> capitals = on(value);
                case "vanish" -> hidden = on(value);
                // half points
                case "sz" -> size = part.number("val", 22) / 2.0;
                case "rFonts" -> {
                    String ascii = part.attribute("ascii");
                    font = ascii == null ? font : ascii;
                }
                case "numId" -> list = value;
                case "ilvl" -> listLevel = part.number("val", 0);
                case "ind" -> {
                    int start = part.number("left", part.number("start", Integer.MIN_VALUE));
                    if (start != Integer.MIN_VALUE) {
                        left = start;
                        hanging = 0;
                    }
                    int more = part.number("firstLine", 0) - part.number("hanging", 0);
                    if (more != 0) {
                        hanging = -more;
                    }
                }
                case "spacing" -> {
                    int before = part.number("before", Integer.MIN_VALUE);
                    above = before == Integer.MIN_VALUE ? above : Integer.valueOf(before);
                }
                case "pageBreakBefore" -> breakBefore = on(value);
                default -> {
                    return false;
                }
            }
            return true;
        }
    }

    private final Map<String, Properties> styles = new HashMap<>();
    private final Map<String, Properties> resolved = new HashMap<>();
    private Properties defaults = new Properties();
    private String defaultParagraph = "";

    /** A switch of the Word format: on where no value is given. */
    static boolean on(@Nullable String value) {
        return value == null
                || !(value.equals("0") || value.equals("false") || value.equals("off"));
    }

    void read(XmlPart part) throws XMLStreamException, RefusedException {
        Properties open = null;
        for (XmlPart.Event event = part.next();
                event != XmlPart.Event.END_OF_PART;
                event = part.next()) {
            if (event == XmlPart.Event.START) {
                switch (part.name()) {
                    case "docDefaults" -> open = defaults;
                    case "style" -> {
                        open = new Properties();
                        String id = String.valueOf(part.attribute("styleId"));
                        styles.put(id, open);
                        String isDefault = part.attribute("default");
                        if (isDefault != null
                                && on(isDefault)
                                && "paragraph".equals(part.attribute("type"))) {
                            defaultParagraph = id;
                        }
                    }
                    // looks of table parts are not the style's own
                    case "tblStylePr", "tblPr", "tcPr", "trPr" -> part.skip();
                    default -> {
                        if (open != null) {
                            open.read(part);
                        }
                    }
                }
            } else if (event == XmlPart.Event.END
                    && (part.name().equals("style") || part.name().equals("docDefaults"))) {
                open = null;
            }
        }
    }

    /** A paragraph style with all that it takes over; the default one where null or unknown. */
    Properties paragraph(@Nullable String id) {
        String name = id == null || !styles.containsKey(id) ? defaultParagraph : id;
        return resolved.computeIfAbsent(
                name,
                style -> {
                    Properties whole = resolve(style);
                    whole.inherit(defaults);
                    return whole;
                });
    }

    String idOrDefault(@Nullable String id) {
        return id == null || !styles.containsKey(id) ? defaultParagraph : id;
    }

    /** A character style: only what it says, null for the rest. */
    Properties character(String id) {
        return resolved.computeIfAbsent("c:" + id, key -> resolve(id));
    }

    private Properties resolve(String id) {
        Properties whole = new Properties();
        Set<String> seen = new HashSet<>();
        String next = id;
        while (next != null && seen.add(next)) {
            Properties style = styles.get(next);
            if (style == null) {
                break;
            }
            whole.inherit(style);
            next = style.basedOn;
        }
        return whole;
    }
}
