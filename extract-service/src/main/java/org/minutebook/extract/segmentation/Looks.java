package org.minutebook.extract.segmentation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How rows look, as far as that tells which of them are set alike, and which may be headings. */
final class Looks {

    /** What the style of a heading opens with whose text is a paragraph below. */
    private static final String BY_ITSELF = ":";

    /** What the style of a heading opens with whose text goes on in its line. */
    private static final String RUN_IN = "r";

    private static final int MOST_WORDS_ALONE = 6;

    private final Layout layout;

    /** Left edges of a scan's rows; empty where it is none. */
    private final TreeMap<Double, Integer> places;

    Looks(Layout layout) {
        this.layout = layout;
        this.places = places(layout.rows());
    }

    /** Whether the letters are guessed, as on a scan: headings set alike look different there. */
    boolean guessed() {
        return !places.isEmpty();
    }

    /** How a row looks; the place of centred ones differs by their length. */
    String look(Row row) {
        return (row.bold() && layout.boldShare() < 0.5 ? "b" : "")
                + (row.allBold() ? "B" : "")
                + (row.caps() ? "c" : "")
                + letters(row)
                + "@"
                + (row.centred ? "centre" : String.valueOf(place(row)));
    }

    /** The size of a row's letters as far as it tells rows apart: on a scan it is a guess. */
    private long letters(Row row) {
        return places.isEmpty()
                ? Math.round(row.size)
                : row.size > layout.size() + GUESSED_SIZE ? 1 : 0;
    }

    /** Where a row begins; on a scan the places that lie close together are one. */
    private long place(Row row) {
        Map.Entry<Double, Integer> place = places.floorEntry(row.x());
        return place == null ? Math.round(row.x() / 8) : place.getValue();
    }

    /** Points by which the places of lines that stand below each other differ on a scan. */
    private static final double UNEVEN = 5;

    /** Points by which the sizes of letters of one font differ on a scan. */
    private static final double GUESSED_SIZE = 3;

    /** Left edges of a scan's rows, those that lie close together with the same number. */
    private static TreeMap<Double, Integer> places(List<Row> rows) {
        TreeMap<Double, Integer> places = new TreeMap<>();
        if (rows.stream().noneMatch(row -> row.line.confidence() != null)) {
            return places;
        }
        double before = Double.NEGATIVE_INFINITY;
        int place = -1;
        for (double x : rows.stream().mapToDouble(Row::x).sorted().toArray()) {
            place += x - before > UNEVEN ? 1 : 0;
            places.put(x, place);
            before = x;
        }
        return places;
    }

    /** How a row is set that may be a heading, without its words. */
    String style(Row row) {
        boolean boldHead = row.bold() && (!row.allBold() || layout.boldShare() < 0.5);
        boolean runIn = runIn(row) && !layout.distinct(row);
        return (!runIn ? "" : standsByItself(row) ? BY_ITSELF : RUN_IN)
                + (boldHead ? "b" : "")
                + (row.caps() ? "c" : "")
                + letters(row)
                + "@"
                + place(row)
                + (row.time != null ? "t" : "");
    }

    /**
     * How many are set like a row; what stands by itself heads no less than what text follows.
     *
     * @param support how many have each style
     */
    int alike(Row row, Map<String, Integer> support) {
        String style = style(row);
        int alike = support.getOrDefault(style, 0);
        return style.startsWith(BY_ITSELF)
                ? alike + support.getOrDefault(RUN_IN + style.substring(1), 0)
                : alike;
    }

    /** "Road Department:" in plain type, its text a paragraph below. */
    boolean standsByItself(Row row) {
        return row.rest.endsWith(":")
                && row.spaced()
                && Texts.words(row.rest) <= MOST_WORDS_ALONE
                && row.index + 1 < layout.rows().size()
                && layout.rows().get(row.index + 1).spaced();
    }

    /** Whether the text goes on behind a short head. */
    static boolean runIn(Row row) {
        String head = row.head();
        return head.length() < row.rest.length() && Texts.words(head) <= 6;
    }

    /** "Trustee Reed — yes", in a roll call. */
    private static final Pattern VOTES =
            Pattern.compile("[–—-]\\s?(?:yes|no|aye|nay|absent|abstain)\\b[,.;]");

    /** Whether a row may be a heading by how it is set and what it says. */
    boolean candidate(Row row) {
        boolean boldHead = row.bold() && !row.allBold();
        String head = boldHead ? row.boldLead : row.head();
        boolean runIn = head.length() < row.rest.length();
        return !row.centred
                && !head.isEmpty()
                && (!row.hasColumns() || layout.distinct(row) && Vocabulary.isBusiness(head))
                && (!row.labelled() || layout.distinct(row))
                && Texts.words(head) <= (layout.distinct(row) ? 14 : 8)
                && !Texts.endsSentence(head)
                && !Texts.startsLower(head)
                && !Vocabulary.isDecision(row.rest)
                && !VOTES.matcher(row.rest).find()
                && (layout.distinct(row) || runIn || !row.filled)
                && (row.time != null || row.score > -0.6)
                && !row.text.startsWith("•");
    }

    /** Whether a row stands bold in a column of its own, with its text beside it. */
    boolean headsColumn(Row row) {
        return row.bold()
                && !row.allBold()
                && row.hasColumns()
                && layout.boldShare() < 0.5
                && (row.spaced() || row.pageTop)
                && !Vocabulary.isNoItem(row.boldLead);
    }

    /** Whether a row may be the third line of a heading in a column of its own. */
    boolean wrapsInColumn(Row row) {
        Row above = layout.rows().get(row.index - 1);
        return row.bold()
                && !row.spaced()
                && !row.labelled()
                && row.page() == above.page()
                && Math.abs(row.x() - above.x()) < 3
                && above.bold()
                && !above.allBold()
                && above.hasColumns();
    }

    /** Whether a row is the end of a line above it that had no room for it. */
    boolean goesOn(Row row) {
        return row.index > 0
                && !row.spaced()
                && row.bold()
                && layout.rows().get(row.index - 1).allBold()
                && layout.goesOn(layout.rows().get(row.index - 1));
    }

    /** Whether a row is a further line of the heading right above it. */
    boolean goesOnWithTitle(Row row, Row above) {
        if (row.spaced()
                || row.labelled()
                || row.page() != above.page()
                || Math.abs(row.x() - above.x()) >= 3
                || row.bold() != above.bold()) {
            return false;
        }
        return headsColumn(above)
                || row.caps() == above.caps()
                        && (!runIn(row) || row.rest.endsWith(":"))
                        && !row.business()
                        && layout.goesOn(above);
    }
}
