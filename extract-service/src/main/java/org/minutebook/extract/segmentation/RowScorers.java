package org.minutebook.extract.segmentation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small judges of a single row: does it open an item? Each gives points for what it knows and names
 * the layout that made it necessary; the points are added up.
 */
final class RowScorers {

    /** Rows at the top of a document that may name it. */
    private static final int TITLE_ROWS = 5;

    /** Letters of the longest name of a document: "Agenda and Minutes - Final". */
    private static final int LONGEST_NAME = 40;

    /** A head that comes back this often captions a part of every item. */
    private static final int CAPTION_REPEATS = 3;

    @FunctionalInterface
    interface Scorer {
        double score(Row row, Layout layout);
    }

    private record Named(String name, Scorer scorer) {}

    private final Map<String, Integer> heads = new HashMap<>();
    private final Layout layout;
    private final Paper paper;
    private final List<Named> scorers;

    RowScorers(Layout layout, Paper paper) {
        this.layout = layout;
        this.paper = paper;
        for (Row row : layout.rows()) {
            if (!row.labelled()) {
                heads.merge(row.foldedHead(), 1, Integer::sum);
            }
        }
        scorers =
                List.of(
                        // Any paper: an item starts a paragraph.
                        new Named("starts a paragraph", RowScorers::paragraph),
                        // Minutes in plain type with wrapped lines that happen to begin with a
                        // figure.
                        new Named("goes on from the line above", RowScorers::continues),
                        // Headings in bold, in capitals, or larger than the text.
                        new Named("set off from the text", RowScorers::setOff),
                        // Agendas without any typographic distinction.
                        new Named("names business of a meeting", RowScorers::business),
                        // Front matter, captions ("Recommendation:") and signatures.
                        new Named("names no item", RowScorers::noItem),
                        // How to join by phone, numbered like an agenda.
                        new Named("gives an address or number to call", RowScorers::contact),
                        // Lists introduced by a sentence: "The priorities are:"
                        new Named("introduced as a list", RowScorers::listed),
                        // Limbs of a resolution: "1. receive the report; and"
                        new Named("part of a sentence", RowScorers::limb),
                        // Agendas and minutes that open with a table of contents.
                        new Named("line of a table of contents", RowScorers::contents),
                        // Lines to sign on.
                        new Named("has no words", RowScorers::wordless),
                        // Streets and amounts: "12 Journey", "250 litres"
                        new Named("may be a quantity", RowScorers::quantity));
    }

    void judge() {
        for (Row row : layout.rows()) {
            if (row.labelled()) {
                row.decided("opens with the number " + row.labels.getFirst().printed());
            }
            for (Named named : scorers) {
                double points = named.scorer().score(row, layout);
                if (points != 0) {
                    row.because(named.name(), points);
                }
            }
            if (row.text.length() < LONGEST_NAME
                    && !row.labelled()
                    && Vocabulary.isDocument(row.text)
                    && (paper == Paper.AGENDA || standsOverBody(row))) {
                row.because("names the document", -3);
            }
            if (!row.labelled() && heads.getOrDefault(row.foldedHead(), 0) >= CAPTION_REPEATS) {
                // Agendas that caption parts of every item: "Presenter:", "Attachments:"
                row.because("comes back as a caption", -2);
            }
        }
    }

    /** "MINUTES" over "BOARD OF COMMISSIONERS", not over what was said of the last ones. */
    private boolean standsOverBody(Row row) {
        return row.page() == 1
                && row.index + 1 < layout.rows().size()
                && Vocabulary.isBody(layout.rows().get(row.index + 1).text);
    }

    private static final int SHORT_HEADING = 6;

    private static double paragraph(Row row, Layout layout) {
        return row.spaced() ? 0.5 : row.pageTop ? 0.2 : 0;
    }

    private static double continues(Row row, Layout layout) {
        Row above = above(row, layout);
        if (above == null || row.spaced()) {
            return 0;
        }
        boolean open = above.filled && !Texts.endsInOneOf(".:;?!)", above.text);
        if (!open) {
            return 0;
        }
        // A number with its punctuation seldom comes to stand at the start of a line by chance.
        return row.labelled() && row.labels.getFirst().closed() ? -0.4 : -1;
    }

    private static double setOff(Row row, Layout layout) {
        double points = 0;
        if (row.bold() && layout.boldShare() < 0.5) {
            points += 0.7;
        }
        if (layout.caps(row)) {
            points += 0.4;
        }
        if (row.size > layout.size() + 1.2) {
            points += 0.4;
        }
        return points;
    }

    private static double business(Row row, Layout layout) {
        return row.business() ? 0.8 : 0;
    }

    private static double noItem(Row row, Layout layout) {
        String head = row.head();
        if (row.labelled()) {
            return Vocabulary.isNoItem(head) && !Vocabulary.isBusiness(head) ? -0.3 : 0;
        }
        boolean large = row.size > layout.size() + 1.2;
        boolean displayed = row.centred || large || row.index < TITLE_ROWS;
        if (displayed && Vocabulary.isDocument(row.rest)
                || large && row.index < TITLE_ROWS && Vocabulary.isDocument(head)) {
            return -3;
        }
        if (Vocabulary.isField(head) && head.length() < row.rest.length()
                || row.index < TITLE_ROWS
                        && (Vocabulary.isPaperTitle(row.rest) || Vocabulary.isBody(row.rest))) {
            return -3;
        }
        // "Motion: Free School Travel" in bold throughout is a title, "Motion:" before text a
        // label.
        boolean title =
                row.allBold() && layout.boldShare() < 0.5 && head.length() + 2 < row.rest.length();
        if (title && row.business()) {
            return 0;
        }
        return Vocabulary.isNoItem(head)
                        || Vocabulary.isNoItem(row.boldLead)
                        || Vocabulary.isAttendance(row.rest)
                        || Vocabulary.isDay(row.rest)
                ? -3
                : 0;
    }

    private static double contact(Row row, Layout layout) {
        return Vocabulary.isContact(row.text) ? -1 : 0;
    }

    private static double listed(Row row, Layout layout) {
        Row above = above(row, layout);
        return row.labelled()
                        && above != null
                        && above.text.endsWith(":")
                        && above.x() <= row.x()
                        && !isHeading(above, layout)
                ? -1
                : 0;
    }

    /** "9. CORRESPONDENCE:", "5. Tax Office:", not "4. The priorities of the year are:". */
    private static boolean isHeading(Row row, Layout layout) {
        return row.labelled()
                && (layout.distinct(row) || Texts.words(row.rest) <= SHORT_HEADING)
                && !Vocabulary.isDecision(row.rest)
                && !Vocabulary.isNoItem(row.head());
    }

    private static double limb(Row row, Layout layout) {
        double points = Texts.startsLower(row.rest) ? -0.8 : 0;
        if (row.rest.endsWith(";") && Texts.lead(row.rest).length() == row.rest.length()
                || row.rest.endsWith(" and") && !row.filled) {
            points -= 0.8;
        }
        return points;
    }

    private static double contents(Row row, Layout layout) {
        return layout.isContents(row) ? -5 : 0;
    }

    private static double wordless(Row row, Layout layout) {
        // A number as "01/1220" may stand above its title; a number without parts is a page's.
        boolean reference =
                row.labelled()
                        && row.rest.isEmpty()
                        && row.labels.getFirst().printed().indexOf('/') > 0;
        return reference || row.rest.chars().anyMatch(Character::isLetter) ? 0 : -2;
    }

    private static double quantity(Row row, Layout layout) {
        if (!row.labelled() || row.labels.getFirst().closed() || row.bold()) {
            return 0;
        }
        double room = row.restX - row.x();
        // A number in a column of its own stands well apart from its title.
        return row.labels.getFirst().depth() == 1 && room < 2.2 * row.size ? -0.8 : 0;
    }

    private static @org.jspecify.annotations.Nullable Row above(Row row, Layout layout) {
        return row.index == 0 ? null : layout.rows().get(row.index - 1);
    }
}
