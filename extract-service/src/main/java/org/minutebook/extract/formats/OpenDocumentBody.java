package org.minutebook.extract.formats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Runs through the text of an ODT. */
final class OpenDocumentBody {

    private static final int LEVELS = 10;

    private final OpenDocumentStyles styles;
    private final LineSetter setter;
    private final Budget budget;
    private final Map<String, int[]> lastOfStyle = new HashMap<>();
    private final Map<String, int[]> byId = new HashMap<>();
    private final int[] outline = new int[LEVELS];
    private final Deque<OpenList> lists = new ArrayDeque<>();
    private int breaksDue;
    private int breaksWithin;
    private int tables;

    /** A list whose entries are being read. */
    private static final class OpenList {
        final @Nullable String style;
        final int level;
        final int[] counts;

        /** Number to print in front of the next paragraph; empty where none is due. */
        String label = "";

        OpenList(@Nullable String style, int level, int[] counts) {
            this.style = style;
            this.level = level;
            this.counts = counts;
        }
    }

    OpenDocumentBody(OpenDocumentStyles styles, LineSetter setter, Budget budget) {
        this.styles = styles;
        this.setter = setter;
        this.budget = budget;
    }

    void read(XmlPart part) throws XMLStreamException, RefusedException {
        boolean inText = false;
        for (XmlPart.Event event = part.next();
                event != XmlPart.Event.END_OF_PART;
                event = part.next()) {
            if (event == XmlPart.Event.END) {
                ended(part.name());
            } else if (event == XmlPart.Event.START && !inText) {
                inText = part.name().equals("body");
                styles.start(part);
            } else if (event == XmlPart.Event.START) {
                put(block(part));
            }
        }
    }

    private void put(List<Draft> drafts) {
        if (!drafts.isEmpty()) {
            setter.pageBreaks(breaksDue);
            breaksDue = 0;
            setter.add(drafts);
        }
        breaksDue += breaksWithin;
        breaksWithin = 0;
    }

    private static boolean isLeftOut(String name) {
        return switch (name) {
            case "tracked-changes",
                    "note",
                    "annotation",
                    "number",
                    "covered-table-cell",
                    "ruby-text",
                    "desc",
                    "title",
                    "forms",
                    "sequence-decls" ->
                    true;
            default -> false;
        };
    }

    /** The lines of the element that has just started, where it is a paragraph or a table. */
    private List<Draft> block(XmlPart part) throws XMLStreamException, RefusedException {
        switch (part.name()) {
            case "p", "h" -> {
                return paragraph(part);
            }
            case "table" -> {
                return table(part);
            }
            case "soft-page-break" -> breaksDue = Math.max(1, breaksDue);
            case "list" -> openList(part);
            case "list-item" -> entry(part);
            default -> {
                if (isLeftOut(part.name())) {
                    part.skip();
                }
            }
        }
        return List.of();
    }

    private void ended(String name) {
        if (name.equals("list")) {
            lists.poll();
        }
    }

    private void openList(XmlPart part) {
        OpenList outer = lists.peek();
        String named = part.attribute("style-name");
        String style = named != null ? named : outer == null ? null : outer.style;
        int level = outer == null ? 0 : Math.min(LEVELS - 1, outer.level + 1);
        boolean goesOn = "true".equals(part.attribute("continue-numbering"));
        String other = part.attribute("continue-list");
        int[] earlier =
                other != null
                        ? byId.get(other)
                        : goesOn ? lastOfStyle.get(String.valueOf(style)) : null;
        int[] counts;
        if (outer != null) {
            counts = outer.counts;
            if (!goesOn) {
                Arrays.fill(counts, level, LEVELS, 0);
            }
        } else {
            counts = earlier == null ? new int[LEVELS] : earlier;
        }
        lists.push(new OpenList(style, level, counts));
        if (outer == null) {
            lastOfStyle.put(String.valueOf(style), counts);
        }
        String id = part.attribute("id");
        if (id != null) {
            byId.put(id, counts);
        }
    }

    private void entry(XmlPart part) {
        OpenList list = lists.peek();
        if (list == null) {
            return;
        }
        OpenDocumentStyles.Level level = styles.level(list.style, list.level);
        int first = level == null ? 1 : level.start();
        int[] counts = list.counts;
        int next = counts[list.level] == 0 ? first : counts[list.level] + 1;
        counts[list.level] = part.number("start-value", next);
        Arrays.fill(counts, list.level + 1, LEVELS, 0);
        list.label =
                level == null
                        ? ""
                        : level.bullet()
                                ? "•"
                                : printed(
                                        level,
                                        list.level,
                                        counts,
                                        above -> styles.level(list.style, above));
    }

    private interface Levels {
        OpenDocumentStyles.@Nullable Level level(int level);
    }

    private static String printed(
            OpenDocumentStyles.Level level, int at, int[] counts, Levels levels) {
        if (level.numerals() == Numerals.NONE) {
            return "";
        }
        StringBuilder number = new StringBuilder(level.before());
        for (int i = Math.max(0, at - level.shown() + 1); i <= at; i++) {
            OpenDocumentStyles.Level each = levels.level(i);
            if (each != null && each.numerals() != Numerals.NONE) {
                if (number.length() > level.before().length()) {
                    number.append('.');
                }
                number.append(each.numerals().print(Math.max(1, counts[i])));
            }
        }
        return number.append(level.after()).toString().strip();
    }

    private String headingNumber(XmlPart part) {
        int at = Math.clamp(part.number("outline-level", 1), 1, LEVELS) - 1;
        OpenDocumentStyles.Level level = styles.outlineLevel(at);
        if (level == null
                || level.numerals() == Numerals.NONE
                || "true".equals(part.attribute("is-list-header"))) {
            return "";
        }
        outline[at] = outline[at] == 0 ? level.start() : outline[at] + 1;
        Arrays.fill(outline, at + 1, LEVELS, 0);
        return printed(level, at, outline, styles::outlineLevel);
    }

    private List<Draft> paragraph(XmlPart part) throws XMLStreamException, RefusedException {
        OpenDocumentStyles.Properties looks = styles.paragraph(part.attribute("style-name"));
        if (Boolean.TRUE.equals(looks.breakBefore)) {
            breaksDue = Math.max(1, breaksDue);
        }
        OpenList list = lists.peek();
        String label = "";
        double indent = looks.left == null ? 0 : looks.left;
        if (list != null) {
            label = list.label;
            list.label = "";
            OpenDocumentStyles.Level level = styles.level(list.style, list.level);
            if (level != null && level.left() != null && looks.left == null) {
                indent = level.left();
            }
        } else if (part.name().equals("h")) {
            label = headingNumber(part);
        }
        if (looks.first != null && looks.first < 0) {
            indent += looks.first;
        }
        DraftParagraph paragraph =
                new DraftParagraph(
                        budget, Math.max(0, indent), looks.above == null ? 0 : looks.above);
        if (!label.isEmpty()) {
            paragraph.text(label, OpenDocumentStyles.style(looks));
            paragraph.tab();
        }
        List<Draft> boxes = new ArrayList<>();
        boolean text = inline(part, paragraph, looks, boxes);
        // A number without text after it is not printed by itself.
        if (text) {
            boxes.addAll(paragraph.end());
        }
        return boxes;
    }

    /** Reads up to the end of the element that has just started; whether there was any text. */
    private boolean inline(
            XmlPart part,
            DraftParagraph paragraph,
            OpenDocumentStyles.Properties looks,
            List<Draft> boxes)
            throws XMLStreamException, RefusedException {
        boolean text = false;
        boolean hidden = Boolean.TRUE.equals(looks.hidden);
        boolean capitals = Boolean.TRUE.equals(looks.capitals);
        Style style = OpenDocumentStyles.style(looks);
        while (true) {
            switch (part.next()) {
                case END, END_OF_PART -> {
                    return text;
                }
                case TEXT -> {
                    String more = part.text();
                    if (!hidden) {
                        text |= !more.isBlank();
                        paragraph.text(capitals ? more.toUpperCase(Locale.ROOT) : more, style);
                    }
                }
                case START -> {
                    switch (part.name()) {
                        case "tab" -> {
                            paragraph.tab();
                            part.skip();
                        }
                        case "s" -> {
                            paragraph.text(" ", style);
                            part.skip();
                        }
                        case "line-break" -> {
                            paragraph.lineBreak();
                            part.skip();
                        }
                        case "soft-page-break" -> {
                            breaksWithin++;
                            part.skip();
                        }
                        case "span" -> {
                            OpenDocumentStyles.Properties inner =
                                    styles.letters(String.valueOf(part.attribute("style-name")));
                            if (inner.size == null && inner.share != null && looks.size != null) {
                                inner.size = looks.size * inner.share;
                            }
                            inner.inherit(looks);
                            text |= inline(part, paragraph, inner, boxes);
                        }
                        case "p", "h" -> boxes.addAll(paragraph(part));
                        case "table" -> boxes.addAll(table(part));
                        default -> {
                            if (isLeftOut(part.name())) {
                                part.skip();
                            } else {
                                text |= inline(part, paragraph, looks, boxes);
                            }
                        }
                    }
                }
            }
        }
    }

    /** The lines of a table within another; those of a table by itself are put row by row. */
    private List<Draft> table(XmlPart part) throws XMLStreamException, RefusedException {
        tables++;
        List<Draft> lines = new ArrayList<>();
        List<Double> edges = new ArrayList<>();
        List<Table.Cell> row = new ArrayList<>();
        List<Draft> cell = new ArrayList<>();
        double edge = 0;
        int column = 0;
        int spanned = 1;
        int lists = this.lists.size();
        for (XmlPart.Event event = part.next();
                event != XmlPart.Event.END_OF_PART;
                event = part.next()) {
            if (event == XmlPart.Event.START) {
                switch (part.name()) {
                    case "table-column" -> {
                        Double width = styles.columnWidth(part.attribute("style-name"));
                        int repeated =
                                Math.clamp(part.number("number-columns-repeated", 1), 1, 100);
                        for (int i = 0; i < repeated && edges.size() < 1000; i++) {
                            edges.add(edge);
                            edge += width == null ? Table.edge(1) : width;
                        }
                    }
                    case "table-row" -> {
                        row.clear();
                        column = 0;
                    }
                    case "table-cell" -> {
                        cell = new ArrayList<>();
                        spanned = Math.clamp(part.number("number-columns-spanned", 1), 1, 100);
                        int repeated =
                                Math.clamp(part.number("number-columns-repeated", 1), 1, 100);
                        spanned = Math.max(spanned, repeated);
                    }
                    case "covered-table-cell" -> {
                        // the cell that covers it has counted it
                        part.skip();
                    }
                    default -> cell.addAll(block(part));
                }
            } else if (event == XmlPart.Event.END) {
                switch (part.name()) {
                    case "table-cell" -> {
                        double at = column < edges.size() ? edges.get(column) : Table.edge(column);
                        row.add(new Table.Cell(at, cell));
                        column += spanned;
                    }
                    case "table-row" -> {
                        Table.row(row, lines);
                        if (tables == 1) {
                            put(lines);
                            lines.clear();
                        }
                    }
                    case "list" -> {
                        if (this.lists.size() > lists) {
                            this.lists.poll();
                        }
                    }
                    case "table" -> {
                        tables--;
                        return lines;
                    }
                    default -> {
                        // the others hold no state
                    }
                }
            }
        }
        return lines;
    }
}
