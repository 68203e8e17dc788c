package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the headings of documents that do not number them. */
final class Unnumbered {

    /** Headings with their text beside them from which a column of headings is sure. */
    private static final int LEAST_BESIDE = 3;

    /** Rows set alike from which one further up without a word of business may be the first. */
    private static final int LEAST_ALIKE = 3;

    /** Paragraphs that open with a motion from which they are all that minutes record. */
    private static final int LEAST_MOTIONS = 3;

    /** Entries from which a list with bullets is an agenda, where half of them name business. */
    private static final int LEAST_BULLETS = 4;

    /** No row, nor the one before any. */
    private static final int NONE = -2;

    /** Distance in points within which bullets stand at the same place. */
    private static final double SAME_PLACE = 6;

    private final Layout layout;
    private final Looks looks;
    private final List<Row> rows;

    /**
     * @param rows those that entries are looked for in, the first ones of the layout
     */
    Unnumbered(Layout layout, Looks looks, List<Row> rows) {
        this.layout = layout;
        this.looks = looks;
        this.rows = rows;
    }

    /** Headings told by what they say and how they are set. */
    List<Found> headings() {
        List<Found> found = new ArrayList<>();
        Map<String, Integer> support = new HashMap<>();
        Map<String, Integer> beside = new HashMap<>();
        int start = rows.size();
        for (Row row : rows) {
            if (looks.candidate(row)) {
                support.merge(looks.style(row), 1, Integer::sum);
                if (looks.headsColumn(row)) {
                    beside.merge(looks.style(row), 1, Integer::sum);
                }
                if (row.index < start && row.business() && row.score > 0.7 && !looks.goesOn(row)) {
                    start = row.index;
                }
            }
        }
        // On a scan letters are guessed, and headings set alike look different.
        String strong = looks.guessed() ? null : strongest(support);
        if (strong != null) {
            start =
                    rows.stream()
                            .filter(row -> looks.candidate(row) && looks.style(row).equals(strong))
                            .filter(row -> row.business() && !looks.goesOn(row))
                            .mapToInt(row -> row.index)
                            .findFirst()
                            .orElse(start);
        }
        start = firstAlike(start, support);
        int wrapped = NONE;
        for (Row row : rows.subList(Math.min(start, rows.size()), rows.size())) {
            // not "posted on the website" in a sentence
            if (!Texts.startsLower(row.rest) && Outline.TAIL.matcher(row.rest).matches()) {
                break;
            }
            boolean goesOn =
                    !found.isEmpty()
                            && found.getLast().row().index == row.index - 1
                            && looks.goesOnWithTitle(row, found.getLast().row());
            if (goesOn || row.index - 1 == wrapped && looks.wrapsInColumn(row)) {
                wrapped = row.index;
                continue;
            }
            boolean heading =
                    looks.candidate(row)
                            || looks.headsColumn(row)
                                    && row.score > 0
                                    && beside.getOrDefault(looks.style(row), 0) >= LEAST_BESIDE;
            int like = heading ? looks.alike(row, support) : 0;
            double points = row.score + (like < 2 ? 0 : 0.35 * Math.min(5, like));
            boolean weak =
                    strong != null
                            && like * 2 < support.getOrDefault(strong, 0)
                            && (row.filled || Looks.runIn(row))
                            && !row.bold()
                            && strong.startsWith("b");
            if (like > 0 && points >= 1.6 && !weak) {
                found.add(new Found(row, row.ownLabel(), "one of " + like + " headings set alike"));
            }
        }
        return found;
    }

    /** The style of headings that most name business of a meeting; null where none stands out. */
    private @Nullable String strongest(Map<String, Integer> support) {
        Map<String, Integer> business = new HashMap<>();
        for (Row row : rows) {
            if (layout.distinct(row) && looks.candidate(row) && row.business()) {
                business.merge(looks.style(row), 1, Integer::sum);
            }
        }
        return business.entrySet().stream()
                .filter(style -> style.getValue() >= LEAST_ALIKE)
                .filter(style -> style.getValue() * 2 >= support.getOrDefault(style.getKey(), 0))
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** The first row below the front matter that is set like the headings further on. */
    private int firstAlike(int start, Map<String, Integer> support) {
        if (start >= rows.size() || !layout.distinct(rows.get(start))) {
            return start;
        }
        String style = looks.style(rows.get(start));
        if (support.getOrDefault(style, 0) < LEAST_ALIKE) {
            return start;
        }
        boolean text = false;
        for (Row row : rows.subList(0, start)) {
            if (text
                    && looks.candidate(row)
                    && layout.distinct(row)
                    && row.score > 0.5
                    && looks.style(row).equals(style)
                    && layout.startsParagraph(row)) {
                return row.index;
            }
            text |= !layout.distinct(row) && Texts.endsSentence(row.rest);
        }
        return start;
    }

    /** Agendas whose entries are set off by bullets alone. */
    List<Found> bullets() {
        double left = rows.stream().filter(row -> row.bulleted).mapToDouble(Row::x).min().orElse(0);
        List<Row> entries =
                rows.stream()
                        .filter(row -> row.bulleted && row.x() < left + SAME_PLACE)
                        .filter(row -> !row.rest.isEmpty() && !Texts.endsSentence(row.rest))
                        .toList();
        long business = entries.stream().filter(Row::business).count();
        return entries.size() >= LEAST_BULLETS && business * 2 >= entries.size()
                ? all(entries, "has a bullet, as the others")
                : List.of();
    }

    /** Minutes without headings: each motion opens a paragraph of its own. */
    List<Found> motions() {
        List<Row> motions =
                rows.stream()
                        .filter(row -> row.spaced() || row.pageTop)
                        .filter(row -> Vocabulary.isMotion(row.rest))
                        .toList();
        return motions.size() >= LEAST_MOTIONS ? all(motions, "opens with a motion") : List.of();
    }

    private static List<Found> all(List<Row> rows, String why) {
        return rows.stream().map(row -> new Found(row, null, why)).toList();
    }
}
