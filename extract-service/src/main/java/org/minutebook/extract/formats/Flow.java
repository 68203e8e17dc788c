package org.minutebook.extract.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lays the elements of a document out as a browser without a style sheet does: blocks below each
 * other, cells beside each other, numbers and bullets in front of the entries of lists.
 */
final class Flow {

    private static final Set<String> BLOCKS =
            Set.of(
                    "address",
                    "article",
                    "blockquote",
                    "body",
                    "caption",
                    "center",
                    "dd",
                    "details",
                    "div",
                    "dl",
                    "dt",
                    "fieldset",
                    "figcaption",
                    "figure",
                    "footer",
                    "form",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "header",
                    "hr",
                    "html",
                    "legend",
                    "li",
                    "main",
                    "ol",
                    "p",
                    "pre",
                    "section",
                    "summary",
                    "ul");

    /** Indent of lists and quotations in points: browsers use 40 pixels of 1/96 inch. */
    private static final double INDENT = 30;

    /** Space above a paragraph in points, that browsers give one line of. */
    private static final double PARAGRAPH_SPACE = 11;

    private static final double ROW_SPACE = 5;
    private static final double ENTRY_SPACE = 2;
    private static final int MOST_COLUMNS = 200;
    private static final double POINTS_IN_PIXEL = 0.75;

    private static final Pattern FONT_SIZE =
            Pattern.compile("font-size:(\\d{1,3}(?:\\.\\d{1,3})?)(pt|px)");
    private static final Pattern BOLD = Pattern.compile("font-weight:(?:bold|bolder|[6-9]00)");
    private static final Pattern OWN_NUMBER =
            Pattern.compile(
                    "\\s*\\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,4})(?:[.):]|\\.[0-9]).*|\\s*[0-2]?\\d[:.][0-5]\\d\\b.*",
                    Pattern.DOTALL);

    private final Budget budget;
    private final boolean tabs;
    private final BiPredicate<Element, @Nullable Element> leftOut;
    private List<Draft> lines = new ArrayList<>();
    private @Nullable DraftParagraph paragraph;
    private double above;
    private double indent;
    private String label = "";

    /**
     * @param tabs whether tabulators part a line, as in rich text; in a web page they are blanks
     * @param leftOut elements that are passed over, with what is in them; the second is the parent
     */
    Flow(Budget budget, boolean tabs, BiPredicate<Element, @Nullable Element> leftOut) {
        this.budget = budget;
        this.tabs = tabs;
        this.leftOut = leftOut;
    }

    List<Draft> lines(Element element) throws RefusedException {
        children(element, Style.PLAIN);
        endParagraph();
        return lines;
    }

    private void children(Element parent, Style style) throws RefusedException {
        for (Object child : parent.children()) {
            switch (child) {
                case String text when parent.name().equals("pre") -> preformatted(text, style);
                case String text -> text(text, style);
                case Element inner when leftOut.test(inner, parent) -> {
                    // not the matter of the page
                }
                case Element inner -> element(inner, style(inner, style));
                default -> throw new IllegalStateException("child " + child.getClass());
            }
        }
    }

    private void element(Element element, Style style) throws RefusedException {
        switch (element.name()) {
            case "br" -> {
                if (paragraph != null) {
                    paragraph.lineBreak();
                }
            }
            case "table" -> table(element, style);
            case "ul", "ol", "menu" -> list(element, style);
            case "blockquote", "dd" -> indented(element, style);
            default -> {
                if (BLOCKS.contains(element.name())) {
                    block(element, style, space(element.name()));
                } else {
                    children(element, style);
                }
            }
        }
    }

    private static double space(String name) {
        return switch (name) {
            case "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dl" -> PARAGRAPH_SPACE;
            case "li" -> ENTRY_SPACE;
            default -> 0;
        };
    }

    private void block(Element element, Style style, double space) throws RefusedException {
        endParagraph();
        above = Math.max(above, space);
        children(element, style);
        endParagraph();
        above = Math.max(above, space);
    }

    private void indented(Element element, Style style) throws RefusedException {
        endParagraph();
        indent += INDENT;
        block(element, style, 0);
        indent -= INDENT;
    }

    private void list(Element list, Style style) throws RefusedException {
        boolean ordered = list.name().equals("ol");
        int step = list.attributes().containsKey("reversed") ? -1 : 1;
        int count = number(list.attribute("start"), 1) - step;
        boolean plain =
                list.style().contains("list-style:none")
                        || list.style().contains("list-style-type:none");
        endParagraph();
        indent += INDENT;
        above = Math.max(above, PARAGRAPH_SPACE / 2);
        for (Object child : list.children()) {
            if (!(child instanceof Element entry) || leftOut.test(entry, list)) {
                continue;
            }
            if (!entry.name().equals("li")) {
                element(entry, style(entry, style));
                continue;
            }
            count = number(entry.attribute("value"), count + step);
            if (!plain) {
                label = ordered ? numerals(list, entry).print(count) + '.' : bullet(entry);
            }
            block(entry, style(entry, style), ENTRY_SPACE);
            label = "";
        }
        above = Math.max(above, PARAGRAPH_SPACE / 2);
        indent -= INDENT;
    }

    /** A bullet, except in front of an entry that brings its own number. */
    private static String bullet(Element entry) {
        return OWN_NUMBER.matcher(WebPageMatter.text(entry)).matches() ? "" : "•";
    }

    private static Numerals numerals(Element list, Element entry) {
        String type =
                entry.attributes().containsKey("type")
                        ? entry.attribute("type")
                        : list.attribute("type");
        String style = entry.style() + ';' + list.style();
        if (type.equals("a") || style.contains("lower-alpha") || style.contains("lower-latin")) {
            return Numerals.LOWER_LETTER;
        }
        if (type.equals("A") || style.contains("upper-alpha") || style.contains("upper-latin")) {
            return Numerals.UPPER_LETTER;
        }
        if (type.equals("i") || style.contains("lower-roman")) {
            return Numerals.LOWER_ROMAN;
        }
        if (type.equals("I") || style.contains("upper-roman")) {
            return Numerals.UPPER_ROMAN;
        }
        return Numerals.DECIMAL;
    }

    private static int number(String text, int absent) {
        return text.matches("-?\\d{1,6}") ? Integer.parseInt(text) : absent;
    }

    private void table(Element table, Style style) throws RefusedException {
        endParagraph();
        int[] spanned = new int[MOST_COLUMNS];
        rows(table, style, spanned);
        above = Math.max(above, ROW_SPACE);
    }

    private void rows(Element parent, Style style, int[] spanned) throws RefusedException {
        for (Object child : parent.children()) {
            if (!(child instanceof Element inner) || leftOut.test(inner, parent)) {
                continue;
            }
            switch (inner.name()) {
                case "thead", "tbody", "tfoot" -> rows(inner, style(inner, style), spanned);
                case "tr" -> row(inner, style(inner, style), spanned);
                case "colgroup", "col" -> {
                    // widths say nothing that the order of the cells does not
                }
                default -> element(inner, style(inner, style));
            }
        }
    }

    private void row(Element row, Style style, int[] spanned) throws RefusedException {
        List<Table.Cell> cells = new ArrayList<>();
        int column = 0;
        for (Object child : row.children()) {
            if (!(child instanceof Element cell) || leftOut.test(cell, row)) {
                continue;
            }
            while (column < MOST_COLUMNS - 1 && spanned[column] > 0) {
                spanned[column++]--;
            }
            cells.add(new Table.Cell(Table.edge(column), cell(cell, style(cell, style))));
            int wide = Math.clamp(number(cell.attribute("colspan"), 1), 1, MOST_COLUMNS);
            int high = Math.clamp(number(cell.attribute("rowspan"), 1), 1, 1000);
            int end = Math.min(MOST_COLUMNS - 1, column + wide);
            Arrays.fill(spanned, column, end, high - 1);
            column = end;
        }
        List<Draft> drafts = new ArrayList<>();
        Table.row(cells, drafts);
        for (Draft draft : drafts) {
            Draft moved = draft.movedRight(indent);
            boolean first = draft == drafts.getFirst();
            lines.add(
                    first
                            ? new Draft(moved.runs(), moved.indent(), Math.max(above, ROW_SPACE))
                            : moved);
        }
        if (!drafts.isEmpty()) {
            above = 0;
        }
    }

    private List<Draft> cell(Element cell, Style style) throws RefusedException {
        List<Draft> outer = lines;
        double outerIndent = indent;
        double outerAbove = above;
        lines = new ArrayList<>();
        indent = 0;
        above = 0;
        children(cell, style);
        endParagraph();
        List<Draft> inner = lines;
        lines = outer;
        indent = outerIndent;
        above = outerAbove;
        return inner;
    }

    private void text(String text, Style style) throws RefusedException {
        if (paragraph == null) {
            if (text.isBlank()) {
                return;
            }
            begin(style);
        }
        if (paragraph != null) {
            tabbed(text, style, paragraph);
        }
    }

    private void tabbed(String text, Style style, DraftParagraph to) throws RefusedException {
        int from = 0;
        for (int tab = text.indexOf('\t'); tab >= 0 && tabs; tab = text.indexOf('\t', from)) {
            to.text(text.substring(from, tab), style);
            to.tab();
            from = tab + 1;
        }
        to.text(text.substring(from), style);
    }

    private void preformatted(String text, Style style) throws RefusedException {
        for (String line : text.split("\\R", -1)) {
            text(line, style);
            if (paragraph != null) {
                paragraph.lineBreak();
            }
        }
    }

    private void begin(Style style) throws RefusedException {
        paragraph = new DraftParagraph(budget, indent, above);
        above = 0;
        if (!label.isEmpty()) {
            paragraph.text(label, style);
            paragraph.tab();
            label = "";
        }
    }

    private void endParagraph() {
        if (paragraph != null) {
            lines.addAll(paragraph.end());
            paragraph = null;
        }
    }

    private static Style style(Element element, Style outer) {
        Style style =
                switch (element.name()) {
                    case "h1" -> outer.bolder().sized(20);
                    case "h2" -> outer.bolder().sized(16);
                    case "h3" -> outer.bolder().sized(13);
                    case "h4", "h5", "h6" -> outer.bolder().sized(12);
                    case "b", "strong", "th", "dt", "legend", "caption" -> outer.bolder();
                    case "i", "em", "cite" -> outer.slanted();
                    default -> outer;
                };
        String css = element.style();
        if (css.isEmpty()) {
            return style;
        }
        if (BOLD.matcher(css).find()) {
            style = style.bolder();
        }
        Matcher size = FONT_SIZE.matcher(css);
        if (size.find()) {
            double value = Double.parseDouble(size.group(1));
            double points = size.group(2).equals("px") ? value * POINTS_IN_PIXEL : value;
            style = points > 0 ? style.sized(points) : style;
        }
        return style;
    }
}
