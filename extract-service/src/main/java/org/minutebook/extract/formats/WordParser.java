package org.minutebook.extract.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Page;
import org.xml.sax.ContentHandler;

/**
 * Reads DOCX as a stream. Tika's own parser builds the whole document in memory, prints automatic
 * numbers only where the paragraph itself asks for them (most councils' templates ask for them in a
 * style), and drops sizes, indents and bold that come from styles: all that headings are told by.
 */
final class WordParser implements Parser {

    private static final long serialVersionUID = 1L;

    /** Twips, the unit of the format, in a point. */
    private static final double TWIPS = 20;

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return Set.of(Format.DOCX.mediaType());
    }

    @Override
    public void parse(
            InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, TikaException {
        PageSink sink = PageSink.of(context);
        try (ZipFile zip = new ZipFile(TikaInputStream.get(stream).getFile())) {
            Budget budget = sink.budget();
            WordStyles styles = new WordStyles();
            WordNumbering numbering = new WordNumbering();
            try (XmlPart part = XmlPart.open(zip, "word/styles.xml", budget)) {
                if (part != null) {
                    styles.read(part);
                }
            }
            try (XmlPart part = XmlPart.open(zip, "word/numbering.xml", budget)) {
                if (part != null) {
                    numbering.read(part);
                }
            }
            title(zip, budget, metadata);
            LineSetter setter = new LineSetter();
            Body body = new Body(styles, numbering, setter, budget);
            try (XmlPart part = XmlPart.open(zip, "word/document.xml", budget)) {
                if (part == null) {
                    throw new IOException("no word/document.xml");
                }
                body.read(part);
            }
            for (Page page : setter.end()) {
                sink.put(page);
            }
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void title(ZipFile zip, Budget budget, Metadata metadata)
            throws IOException, XMLStreamException, RefusedException {
        try (XmlPart part = XmlPart.open(zip, "docProps/core.xml", budget)) {
            boolean inTitle = false;
            for (XmlPart.Event event = part == null ? XmlPart.Event.END_OF_PART : part.next();
                    part != null && event != XmlPart.Event.END_OF_PART;
                    event = part.next()) {
                switch (event) {
                    case START -> inTitle = part.name().equals("title");
                    case END -> inTitle = false;
                    case TEXT -> {
                        if (inTitle) {
                            metadata.set(TikaCoreProperties.TITLE, part.text());
                        }
                    }
                    case END_OF_PART -> {
                        // the loop ends
                    }
                }
            }
        }
    }

    /** Runs through the paragraphs and tables of the main part. */
    private static final class Body {

        private final WordStyles styles;
        private final WordNumbering numbering;
        private final LineSetter setter;
        private final Budget budget;

        /** Page breaks not yet carried out: they take effect with the next text. */
        private int breaksDue;

        /**
         * Page breaks within the paragraph or row at hand, which stays on the page it starts on.
         */
        private int breaksWithin;

        private int tables;

        Body(WordStyles styles, WordNumbering numbering, LineSetter setter, Budget budget) {
            this.styles = styles;
            this.numbering = numbering;
            this.setter = setter;
            this.budget = budget;
        }

        void read(XmlPart part) throws XMLStreamException, RefusedException {
            for (XmlPart.Event event = part.next();
                    event != XmlPart.Event.END_OF_PART;
                    event = part.next()) {
                if (event == XmlPart.Event.START) {
                    switch (part.name()) {
                        case "p" -> put(paragraph(part));
                        case "tbl" -> table(part);
                        default -> {
                            if (isLeftOut(part.name())) {
                                part.skip();
                            }
                        }
                    }
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

        /** Text that was deleted, moved away, or stands for the same text a second time. */
        private static boolean isLeftOut(String name) {
            return switch (name) {
                case "del", "moveFrom", "Fallback", "instrText", "delText", "footnoteReference" ->
                        true;
                default -> false;
            };
        }

        private List<Draft> paragraph(XmlPart part) throws XMLStreamException, RefusedException {
            WordStyles.Properties own = new WordStyles.Properties();
            String styleId = null;
            boolean inMark = false;
            DraftParagraph paragraph = null;
            WordStyles.Properties looks = styles.paragraph(null);
            WordStyles.Properties run = null;
            List<Draft> boxes = new ArrayList<>();
            for (XmlPart.Event event = part.next();
                    event != XmlPart.Event.END_OF_PART;
                    event = part.next()) {
                if (event == XmlPart.Event.END) {
                    switch (part.name()) {
                        case "p" -> {
                            List<Draft> lines = boxes;
                            if (paragraph == null) {
                                return lines;
                            }
                            lines.addAll(paragraph.end());
                            return lines;
                        }
                        case "pPr" -> {
                            looks = looks(own, styleId);
                            if (Boolean.TRUE.equals(looks.breakBefore)) {
                                breaksDue = Math.max(1, breaksDue);
                            }
                        }
                        case "rPr" -> inMark = false;
                        case "r" -> run = null;
                        default -> {
                            // the others hold no state
                        }
                    }
                    continue;
                }
                if (event == XmlPart.Event.TEXT) {
                    continue;
                }
                switch (part.name()) {
                    case "pStyle" -> styleId = part.attribute("val");
                    case "r" -> run = new WordStyles.Properties();
                    case "rPr" -> inMark = run == null;
                    case "rStyle" -> {
                        String id = part.attribute("val");
                        if (run != null && id != null) {
                            run.inherit(styles.character(id));
                        }
                    }
                    case "t" -> {
                        if (paragraph == null) {
                            paragraph = begin(looks, styles.idOrDefault(styleId));
                        }
                        text(part, paragraph, run, looks);
                    }
                    case "tab", "ptab" -> {
                        if (run != null && paragraph != null) {
                            paragraph.tab();
                        }
                    }
                    case "cr", "br" -> {
                        if ("page".equals(part.attribute("type"))) {
                            pageBreak(paragraph);
                        } else if (paragraph != null) {
                            paragraph.lineBreak();
                        }
                    }
                    // where Word last began a page
                    case "lastRenderedPageBreak" -> pageBreak(paragraph);
                    case "noBreakHyphen" -> {
                        if (paragraph != null) {
                            paragraph.text("-", style(run, looks));
                        }
                    }
                    case "p" -> boxes.addAll(paragraph(part));
                    case "tbl" -> boxes.addAll(table(part));
                    default -> {
                        if (isLeftOut(part.name())) {
                            part.skip();
                        } else if (run != null) {
                            run.read(part);
                        } else if (!inMark && paragraph == null) {
                            own.read(part);
                        }
                    }
                }
            }
            return boxes;
        }

        private void pageBreak(@Nullable DraftParagraph paragraph) {
            if (paragraph == null || paragraph.isEmpty()) {
                // A break asked for is also noted where Word began the page.
                breaksDue = Math.max(1, breaksDue);
            } else {
                breaksWithin++;
            }
        }

        private WordStyles.Properties looks(WordStyles.Properties own, @Nullable String styleId) {
            WordStyles.Properties looks = new WordStyles.Properties();
            looks.inherit(own);
            looks.inherit(styles.paragraph(styleId));
            return looks;
        }

        /** Starts a paragraph at its first text: its number is printed only if it has text. */
        private DraftParagraph begin(WordStyles.Properties looks, String styleId)
                throws RefusedException {
            double above = (looks.above == null ? 0 : looks.above) / TWIPS;
            WordNumbering.Label label = null;
            if (looks.list != null && !looks.list.equals("0")) {
                int level = looks.listLevel == null ? -1 : looks.listLevel;
                if (level < 0) {
                    level = Math.max(0, numbering.levelOf(looks.list, styleId));
                }
                label = numbering.next(looks.list, level);
            }
            double indent = indent(looks);
            if (looks.left == null && label != null && label.indent() != null) {
                indent = Math.max(0, label.indent() / TWIPS);
            }
            DraftParagraph paragraph = new DraftParagraph(budget, indent, above);
            if (label != null && !label.text().isEmpty()) {
                Style style = style(null, looks);
                paragraph.text(
                        label.text(),
                        Boolean.FALSE.equals(label.bold()) && !style.bold()
                                ? style
                                : Boolean.TRUE.equals(label.bold()) ? style.bolder() : style);
                switch (label.after()) {
                    case "tab" -> paragraph.tab();
                    case "space" -> paragraph.text(" ", style);
                    default -> {
                        // "nothing": the text follows at once
                    }
                }
            }
            return paragraph;
        }

        private static double indent(WordStyles.Properties looks) {
            int left = looks.left == null ? 0 : looks.left;
            int hanging = looks.hanging == null ? 0 : looks.hanging;
            return Math.max(0, (left - hanging) / TWIPS);
        }

        private void text(
                XmlPart part,
                DraftParagraph paragraph,
                WordStyles.@Nullable Properties run,
                WordStyles.Properties looks)
                throws XMLStreamException, RefusedException {
            boolean hidden =
                    run != null && run.hidden != null
                            ? run.hidden
                            : Boolean.TRUE.equals(looks.hidden);
            boolean capitals =
                    run != null && run.capitals != null
                            ? run.capitals
                            : Boolean.TRUE.equals(looks.capitals);
            Style style = style(run, looks);
            while (part.next() == XmlPart.Event.TEXT) {
                if (!hidden) {
                    String text = part.text();
                    paragraph.text(capitals ? text.toUpperCase(Locale.ROOT) : text, style);
                }
            }
        }

        private static Style style(
                WordStyles.@Nullable Properties run, WordStyles.Properties looks) {
            WordStyles.Properties whole = new WordStyles.Properties();
            if (run != null) {
                whole.inherit(run);
            }
            whole.inherit(looks);
            return new Style(
                    // Word's own default where the document sets no size
                    whole.size == null ? 10 : whole.size,
                    Boolean.TRUE.equals(whole.bold),
                    Boolean.TRUE.equals(whole.italic),
                    whole.font == null ? "" : whole.font);
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
            for (XmlPart.Event event = part.next();
                    event != XmlPart.Event.END_OF_PART;
                    event = part.next()) {
                if (event == XmlPart.Event.START) {
                    switch (part.name()) {
                        case "gridCol" -> {
                            edges.add(edge);
                            edge += part.number("w", 0) / TWIPS;
                        }
                        case "tr" -> {
                            row.clear();
                            column = 0;
                        }
                        case "tc" -> {
                            cell = new ArrayList<>();
                            spanned = 1;
                        }
                        case "gridSpan" -> spanned = Math.clamp(part.number("val", 1), 1, 100);
                        case "p" -> cell.addAll(paragraph(part));
                        case "tbl" -> cell.addAll(table(part));
                        default -> {
                            if (isLeftOut(part.name())) {
                                part.skip();
                            }
                        }
                    }
                } else if (event == XmlPart.Event.END) {
                    switch (part.name()) {
                        case "tc" -> {
                            boolean widths = edge > 0 && column < edges.size();
                            row.add(
                                    new Table.Cell(
                                            widths ? edges.get(column) : Table.edge(column), cell));
                            column += spanned;
                        }
                        case "tr" -> {
                            Table.row(row, lines);
                            if (tables == 1) {
                                put(lines);
                                lines.clear();
                            }
                        }
                        case "tbl" -> {
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
}
