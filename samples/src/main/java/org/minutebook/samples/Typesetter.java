package org.minutebook.samples;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.minutebook.contracts.DocumentKind;

/** Lays a paper out as its design says and notes the page on which each item starts. */
final class Typesetter {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.UK);

    private final Paper paper;
    private final Design design;
    private final Sheets sheets;
    private final List<GoldLabels.Item> labels = new ArrayList<>();

    private Typesetter(Sample sample, Sheets sheets) {
        this.paper = sample.paper();
        this.design = sample.design();
        this.sheets = sheets;
    }

    /** Makes the document. The same sample gives the same bytes. */
    static LabelledDocument set(Sample sample, LocalDate made) {
        Design design = sample.design();
        try (Sheets sheets = new Sheets(design.typeface(), design.margin(), design.ink())) {
            return new Typesetter(sample, sheets).typeset(made);
        }
    }

    private LabelledDocument typeset(LocalDate made) {
        front();
        switch (design.arrangement()) {
            case HANGING -> paper.entries().forEach(entry -> hanging(entry, 0));
            case TIMED -> paper.entries().forEach(this::timed);
            case HEADED -> paper.entries().forEach(this::headed);
            case TABLE -> table();
        }
        paper.reports().forEach(this::report);
        int pages = sheets.page();
        running();
        byte[] pdf = sheets.finish(title(), paper.council(), made);
        GoldLabels gold =
                new GoldLabels(
                        paper.name() + ".pdf",
                        paper.kind(),
                        paper.council(),
                        paper.committee(),
                        paper.date(),
                        labels);
        return new LabelledDocument(paper.name(), pdf, pages, gold);
    }

    private String title() {
        return kind() + " of " + paper.body() + ", " + DATE.format(paper.date());
    }

    private String kind() {
        return paper.kind() == DocumentKind.MINUTES ? "Minutes" : "Agenda";
    }

    private void front() {
        float size = design.size();
        String when =
                DATE.format(paper.date()) + (paper.time() == null ? "" : " at " + paper.time());
        if (design.front() == Design.Front.CENTRED) {
            sheets.centred(RichText.bold(paper.council().toUpperCase(Locale.UK)), size + 4);
            sheets.space(4);
            if (paper.committee() != null) {
                sheets.centred(RichText.bold(paper.committee()), size + 2);
                sheets.space(2);
            }
            sheets.centred(RichText.bold(kind().toUpperCase(Locale.UK)), size + 1);
            sheets.space(4);
            sheets.centred(RichText.of(when), size);
            if (paper.venue() != null) {
                sheets.centred(RichText.of(paper.venue()), size);
            }
        } else {
            sheets.paragraph(
                    RichText.bold(paper.council()), size + 6, sheets.left(), sheets.right());
            sheets.space(6);
            sheets.paragraph(
                    RichText.bold(
                            kind()
                                    + (paper.committee() == null
                                            ? ""
                                            : " \u2013 " + paper.committee())),
                    size + 3,
                    sheets.left(),
                    sheets.right());
            sheets.space(6);
            labelled("Date", when);
            if (paper.venue() != null) {
                labelled("Venue", paper.venue());
            }
        }
        sheets.space(size * 0.8f);
        for (Paper.Labelled line : paper.front()) {
            labelled(line.label(), line.text());
            sheets.space(2);
        }
        sheets.space(size * 0.8f);
    }

    private void labelled(String label, String text) {
        sheets.paragraph(
                RichText.of("**" + label + ":** " + text),
                design.size(),
                sheets.left(),
                sheets.right());
    }

    private void hanging(Paper.Entry entry, float extra) {
        float size = design.size();
        String number = entry.number() == null ? "" : entry.number() + design.afterNumber();
        float indent = sheets.left() + indent() + extra;
        float from = number.isEmpty() ? sheets.left() : indent;
        startEntry(entry);
        if (!number.isEmpty()) {
            boolean bold = design.heading() != Design.Heading.UNDERLINED;
            RichText mark = bold ? RichText.bold(number) : RichText.of(number);
            sheets.draw(mark, size, sheets.left() + extra, sheets.y() + size);
        }
        heading(printed(entry), from);
        body(entry, indent);
        sheets.space(size * 0.7f);
    }

    private void timed(Paper.Entry entry) {
        float size = design.size();
        startEntry(entry);
        if (entry.time() != null) {
            sheets.draw(RichText.of(entry.time()), size, sheets.left(), sheets.y() + size);
        }
        float indent = sheets.left() + indent();
        heading(printed(entry), indent);
        body(entry, indent);
        sheets.space(size * 0.7f);
    }

    private void headed(Paper.Entry entry) {
        startEntry(entry);
        heading(printed(entry), sheets.left());
        sheets.space(2);
        body(entry, sheets.left());
        sheets.space(design.size() * 0.9f);
    }

    /** Room for the widest number or time, and a gap. */
    private float indent() {
        float widest = 0;
        for (Paper.Entry entry : paper.entries()) {
            String mark =
                    design.arrangement() == Design.Arrangement.TIMED
                            ? entry.time()
                            : entry.number();
            if (mark != null) {
                widest =
                        Math.max(
                                widest,
                                sheets.fonts()
                                        .width(mark + design.afterNumber(), true, design.size()));
            }
        }
        return widest + 14;
    }

    /** Keeps a heading with the two lines after it, and labels it with its page. */
    private void startEntry(Paper.Entry entry) {
        sheets.need(3 * Sheets.lineHeight(design.size()) + 2);
        label(entry);
    }

    private void label(Paper.Entry entry) {
        labels.add(GoldLabels.Item.of(entry, printed(entry), sheets.page()));
    }

    private String printed(Paper.Entry entry) {
        return design.heading() == Design.Heading.BOLD_CAPITALS
                ? entry.title().toUpperCase(Locale.UK)
                : entry.title();
    }

    private void heading(String title, float from) {
        float size = design.size();
        switch (design.heading()) {
            case BOLD, BOLD_CAPITALS ->
                    sheets.paragraph(RichText.bold(title), size, from, sheets.right());
            case UNDERLINED -> {
                RichText text = RichText.of(title);
                for (RichText line : text.lines(sheets.fonts(), size, sheets.right() - from)) {
                    float baseline = sheets.y() + size + 1.5f;
                    sheets.rule(from, baseline, from + line.width(sheets.fonts(), size), baseline);
                    sheets.paragraph(line, size, from, sheets.right());
                }
            }
        }
        sheets.space(2);
    }

    private void body(Paper.Entry entry, float from) {
        float size = design.size();
        for (Paper.Block block : entry.blocks()) {
            switch (block) {
                case Paper.Block.Paragraph(String text) ->
                        sheets.paragraph(RichText.of(text), size, from, sheets.right());
                case Paper.Block.Decided decided -> decided(decided, from);
                case Paper.Block.Listed listed -> listed(listed, from + 8);
                case Paper.Block.Fact(Paper.Labelled fact) -> {
                    sheets.need(Sheets.lineHeight(size));
                    sheets.draw(RichText.bold(fact.label() + ":"), size, from, sheets.y() + size);
                    sheets.paragraph(RichText.of(fact.text()), size, from + 110, sheets.right());
                }
            }
            sheets.space(block instanceof Paper.Block.Paragraph ? size * 0.45f : size * 0.25f);
        }
    }

    private void decided(Paper.Block.Decided decided, float from) {
        sheets.paragraph(
                RichText.of(decided.before() + " " + decided.text()),
                design.size(),
                from,
                sheets.right());
        for (Paper.Block.Listed limb : decided.limbs()) {
            listed(limb, from + 8);
        }
        sheets.space(design.size() * 0.2f);
    }

    private void listed(Paper.Block.Listed listed, float from) {
        float size = design.size();
        sheets.need(Sheets.lineHeight(size));
        sheets.draw(RichText.of(listed.marker()), size, from, sheets.y() + size);
        sheets.paragraph(RichText.of(listed.text()), size, from + 22, sheets.right());
    }

    private void table() {
        float size = design.size();
        float divide = sheets.left() + indent() + 16;
        row(size, divide, "Item", List.of(RichText.bold("Subject")), true);
        for (Paper.Entry entry : paper.entries()) {
            List<RichText> cell = new ArrayList<>();
            cell.add(RichText.bold(printed(entry)));
            for (Paper.Block block : entry.blocks()) {
                cell.add(RichText.of(plain(block)));
            }
            String number = entry.number() == null ? "" : entry.number() + design.afterNumber();
            row(size, divide, number, cell, false);
            label(entry);
        }
    }

    private static String plain(Paper.Block block) {
        return switch (block) {
            case Paper.Block.Paragraph(String text) -> text;
            case Paper.Block.Decided decided -> decided.before() + " " + decided.text();
            case Paper.Block.Listed listed -> listed.marker() + " " + listed.text();
            case Paper.Block.Fact(Paper.Labelled fact) -> fact.label() + ": " + fact.text();
        };
    }

    /** A row is never broken over two pages, so the page in hand afterwards is its page. */
    private void row(
            float size, float divide, String number, List<RichText> cell, boolean boldNumber) {
        float inset = 5;
        float width = sheets.right() - divide - 2 * inset;
        float height = 2 * inset;
        for (RichText text : cell) {
            height += text.lines(sheets.fonts(), size, width).size() * Sheets.lineHeight(size) + 2;
        }
        sheets.need(height);
        float top = sheets.y();
        sheets.space(inset);
        RichText mark = boldNumber ? RichText.bold(number) : RichText.of(number);
        sheets.draw(mark, size, sheets.left() + inset, sheets.y() + size);
        for (RichText text : cell) {
            sheets.paragraph(text, size, divide + inset, sheets.right() - inset);
            sheets.space(2);
        }
        sheets.space(inset);
        float end = sheets.y();
        sheets.rule(sheets.left(), top, sheets.right(), top);
        sheets.rule(sheets.left(), end, sheets.right(), end);
        for (float x : new float[] {sheets.left(), divide, sheets.right()}) {
            sheets.rule(x, top, x, end);
        }
    }

    /** A report bound behind the agenda: pages that hold no item. */
    private void report(Paper.Report report) {
        float size = design.size();
        sheets.turn();
        sheets.paragraph(
                RichText.bold("Report to " + paper.body()),
                size + 3,
                sheets.left(),
                sheets.right());
        sheets.space(size * 0.6f);
        for (Paper.Labelled line : report.front()) {
            labelled(line.label(), line.text());
            sheets.space(2);
        }
        sheets.space(size);
        for (Paper.Part part : report.parts()) {
            sheets.need(4 * Sheets.lineHeight(size));
            sheets.paragraph(RichText.bold(part.heading()), size, sheets.left(), sheets.right());
            sheets.space(size * 0.4f);
            for (Paper.Block.Listed paragraph : part.paragraphs()) {
                listed(paragraph, sheets.left());
                sheets.space(size * 0.5f);
            }
        }
    }

    private void running() {
        int last = sheets.page();
        float size = 9;
        float foot = sheets.bottom() + 26;
        for (int page = 1; page <= last; page++) {
            switch (design.running()) {
                case PLAIN_NUMBER -> {
                    RichText number = RichText.of(String.valueOf(page));
                    float middle = (sheets.left() + sheets.right()) / 2;
                    sheets.drawOn(page, number, size, middle, foot);
                }
                case HEADER_AND_PAGE_OF -> {
                    if (page > 1) {
                        RichText head =
                                RichText.of(
                                        paper.body()
                                                + " \u2013 "
                                                + kind()
                                                + " \u2013 "
                                                + DATE.format(paper.date()));
                        sheets.drawOn(page, head, size, sheets.left(), sheets.left() - 22);
                    }
                    RichText number = RichText.of("Page " + page + " of " + last);
                    float x = sheets.right() - number.width(sheets.fonts(), size);
                    sheets.drawOn(page, number, size, x, foot);
                }
                case SIGNED -> {
                    RichText sign =
                            RichText.of(
                                    "Signed (Chairman) .............................. Date"
                                            + " ....................");
                    sheets.drawOn(page, sign, size, sheets.left(), foot);
                    RichText number = RichText.of(String.valueOf(page));
                    sheets.drawOn(page, number, size, sheets.right() - 8, foot);
                }
            }
        }
    }
}
