package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which rows open the items of a document: the numbering (or the style) that carries it
 * from end to end first, then what goes with it.
 */
final class Outline {

    /** A row that opens an item. */
    record Heading(Row row, @Nullable Label label, int rank) {}

    private static final Pattern TAIL =
            Pattern.compile(
                    "(?i)(?:respect(?:fully|ively) submitted|minutes prepared|(?:date )?posted(?: on| this)?\\b|yours (?:faithfully|sincerely)|end of .*).*");

    private final Layout layout;
    private final Paper paper;
    private final TreeMap<Integer, Heading> chosen = new TreeMap<>();

    private Outline(Layout layout, Paper paper) {
        this.layout = layout;
        this.paper = paper;
    }

    static List<Heading> of(Layout layout, Paper paper) {
        if (paper == Paper.OTHER) {
            return List.of();
        }
        new RowScorers(layout).judge();
        Outline outline = new Outline(layout, paper);
        outline.choose();
        return new ArrayList<>(outline.chosen.values());
    }

    private void choose() {
        List<Chain> chains = new ArrayList<>(Chains.find(layout));
        chains.sort(Comparator.comparingDouble(this::weight).reversed());
        Chain primary = chains.isEmpty() ? null : chains.getFirst();
        if (primary != null && weight(primary) > 4) {
            take(primary, 1);
            List<Chain> models = new ArrayList<>();
            models.add(primary);
            List<Chain> rest = new ArrayList<>();
            for (Chain chain : chains) {
                if (chain == primary) {
                    continue;
                }
                if (related(chain, primary) || related(primary, chain)) {
                    if (chain.meanScore() > -0.4) {
                        take(chain, 1);
                        models.add(chain);
                    }
                } else {
                    rest.add(chain);
                }
            }
            for (Chain chain : rest) {
                if (sibling(chain, primary)) {
                    take(chain, 1);
                }
            }
            for (Chain chain : rest) {
                if (!chosen.containsKey(chain.first()) && nests(chain)) {
                    take(chain, 1);
                }
            }
            conformers(models);
            sectionsOverRestarts(primary);
        } else {
            unlabelled();
        }
        if (chosen.size() < 3) {
            motions();
        }
        dropDoubles();
    }

    private void take(Chain chain, int rank) {
        for (Chain.Member member : chain.members()) {
            chosen.putIfAbsent(member.row().index, new Heading(member.row(), member.label(), rank));
        }
    }

    private double weight(Chain chain) {
        double coverage = (double) (chain.last() - chain.first()) / layout.rows().size();
        return chain.score() + 3 * coverage;
    }

    /**
     * Whether a chain is another part of the agenda: the annual meeting before the ordinary one.
     */
    private static boolean sibling(Chain chain, Chain primary) {
        Row mine = chain.members().getFirst().row();
        Row its = primary.members().getFirst().row();
        boolean sameStyle =
                chain.shape().equals(primary.shape())
                        && Math.abs(mine.size - its.size) < 0.7
                        && chain.share(Row::bold) > 0.5 == primary.share(Row::bold) > 0.5
                        && Math.abs(mine.x() - its.x()) < 9;
        boolean apart = chain.last() < primary.first() || chain.first() > primary.last();
        return sameStyle && apart && chain.meanScore() > 0.5;
    }

    /** Whether a chain within one item lists subjects of their own and not limbs of its text. */
    private boolean nests(Chain chain) {
        if (chain.size() < 2 || chain.members().getFirst().label().last() != 1) {
            return false;
        }
        Map.Entry<Integer, Heading> parent = chosen.lowerEntry(chain.first());
        if (parent == null || chosen.lowerKey(chain.last()) != parent.getKey().intValue()) {
            return chosen.lowerEntry(chain.first()) != null
                    && chain.share(layout::distinct) > 0.7
                    && chain.meanScore() > 0.8;
        }
        double titles = chain.share(this::titleLike);
        int body =
                parent.getKey()
                        + Titles.read(layout, paper, parent.getValue(), chain.first())
                                .rows()
                                .size();
        boolean direct = body >= chain.first();
        boolean setOff = chain.share(layout::distinct) > 0.7 && chain.meanScore() > 0.8;
        return titles > 0.7 && chain.meanScore() > -0.2 && (direct || setOff);
    }

    private boolean titleLike(Row row) {
        return Texts.words(row.rest) <= 16
                && !Texts.endsSentence(row.rest)
                && !Texts.startsLower(row.rest)
                && (paper == Paper.AGENDA || !layout.goesOn(row));
    }

    /** Whether the numbers of a chain are those of the other with one part more. */
    private static boolean related(Chain lower, Chain upper) {
        String shape = upper.shape().replaceAll("[()]", "");
        boolean longer = lower.shape().length() > shape.length() && lower.shape().startsWith(shape);
        // A list that happens to count as far as the sections do stands further in than they.
        boolean indented =
                upper.members().getFirst().row().x() > lower.members().getFirst().row().x() + 6;
        if (!longer || indented) {
            return false;
        }
        Map<List<Integer>, Integer> branches = new HashMap<>();
        upper.members()
                .forEach(member ->
                        branches.putIfAbsent(member.label().values(), member.row().index));
        long under =
                lower.members().stream()
                        .filter(member -> {
                            List<Integer> values = member.label().values();
                            Integer parent =
                                    values.size() < 2
                                            ? null
                                            : branches.get(values.subList(0, values.size() - 1));
                            return parent != null && parent < member.row().index;
                        })
                        .count();
        return under * 2 >= lower.size();
    }

    /** Rows without a number of the chain that are set like its rows, or above them. */
    private void conformers(List<Chain> models) {
        int first = chosen.firstKey();
        int end = tail();
        for (Row row : layout.rows()) {
            if (row.index >= end) {
                break;
            }
            if (chosen.containsKey(row.index) || row.rest.isEmpty()) {
                continue;
            }
            boolean like = models.stream().anyMatch(model -> setLike(row, model));
            boolean before = row.index < first;
            double needed = 99;
            if (like) {
                needed = before ? 1.4 : 0.9;
            } else if (!before && layout.boldShare() < 0.4 && row.allBold()) {
                needed = 1.2;
            } else if (!row.labelled() && row.caps() && !Texts.isCaps(row.boldLead)) {
                needed = before ? 99 : 1.6;
            } else if (before && runIn(row) && Vocabulary.isBusiness(row.rest)) {
                // "Disclosure of interest: None." in plain type above the first resolution
                needed = 1.2;
            }
            if (row.score >= needed && plausible(row)) {
                Label label = row.labelled() ? row.labels.getFirst() : null;
                chosen.put(row.index, new Heading(row, label, 1));
            }
        }
    }

    private boolean setLike(Row row, Chain chain) {
        Row model = chain.members().get(chain.size() / 2).row();
        boolean bold = chain.share(Row::bold) > 0.6 && layout.boldShare() < 0.5;
        boolean caps = chain.share(Row::caps) > 0.7;
        boolean large = model.size > layout.size() + 1.2;
        boolean huge = model.size > 1.3 * layout.size();
        if (!bold && !caps && !large) {
            return false;
        }
        boolean place =
                Math.abs(row.x() - model.x()) < 9
                        || chain.members().stream()
                                .anyMatch(member -> Math.abs(row.restX - member.row().restX) < 9);
        boolean sameSize = Math.abs(row.size - model.size) < 0.7;
        return place && sameSize && (huge || (!bold || row.bold()) && (!caps || row.caps()));
    }

    private static boolean runIn(Row row) {
        String head = Texts.head(row.rest);
        return head.length() < row.rest.length() && Texts.words(head) <= 6;
    }

    private boolean plausible(Row row) {
        String head = row.bold() ? row.boldLead : Texts.head(row.rest);
        return !Texts.endsSentence(head)
                && Texts.words(head) <= 16
                && !row.centred
                && !row.hasColumns()
                && !layout.longBold(row)
                && !Vocabulary.isPerson(Texts.head(row.rest))
                && !Vocabulary.isDecision(row.rest)
                && !TAIL.matcher(row.rest).matches()
                && (row.spaced() || row.pageTop);
    }

    /** The first row of what follows the last item: notices after the adjournment. */
    private int tail() {
        Map.Entry<Integer, Heading> last = chosen.lastEntry();
        if (last != null && Vocabulary.isClosing(last.getValue().row().rest)) {
            return last.getKey();
        }
        return layout.rows().size();
    }

    /** Where numbering starts again, the row set off above it is the heading of the part. */
    private void sectionsOverRestarts(Chain primary) {
        long restarts = chosen.values().stream().filter(heading -> opens(heading, primary)).count();
        if (restarts < 2) {
            return;
        }
        for (Heading heading : List.copyOf(chosen.values())) {
            int above = heading.row().index - 1;
            if (opens(heading, primary) && above >= 0 && !chosen.containsKey(above)) {
                Row row = layout.rows().get(above);
                if (layout.distinct(row) && !row.labelled() && !Vocabulary.isContact(row.text)) {
                    chosen.put(above, new Heading(row, null, 1));
                }
            }
        }
    }

    private static boolean opens(Heading heading, Chain primary) {
        return heading.label() != null
                && heading.label().shape().equals(primary.shape())
                && heading.label().last() == 1;
    }

    /** Documents without numbers: headings told by what they say and how they are set. */
    private void unlabelled() {
        Map<String, Integer> support = new HashMap<>();
        int start = layout.rows().size();
        for (Row row : layout.rows()) {
            if (candidate(row)) {
                support.merge(style(row), 1, Integer::sum);
                if (row.index < start && Vocabulary.isBusiness(row.rest) && row.score > 0.7) {
                    start = row.index;
                }
            }
        }
        for (Row row :
                layout.rows()
                        .subList(Math.min(start, layout.rows().size()), layout.rows().size())) {
            if (TAIL.matcher(row.rest).matches()) {
                break;
            }
            int like = candidate(row) ? support.getOrDefault(style(row), 0) : 0;
            double points = row.score + (like < 2 ? 0 : 0.35 * Math.min(5, like));
            if (like > 0 && points >= 1.6) {
                chosen.put(
                        row.index,
                        new Heading(row, row.labelled() ? row.labels.getFirst() : null, 1));
            }
        }
    }

    private boolean candidate(Row row) {
        boolean boldHead = row.bold() && !row.allBold();
        String head = boldHead ? row.boldLead : Texts.head(row.rest);
        boolean runIn = head.length() < row.rest.length();
        return !row.centred
                && !head.isEmpty()
                && Texts.words(head) <= 8
                && !Texts.endsSentence(head)
                && !Texts.startsLower(head)
                && (layout.distinct(row) || runIn || !row.filled)
                && (row.time != null || row.score > -0.6)
                && !row.text.startsWith("•");
    }

    private String style(Row row) {
        boolean boldHead = row.bold() && (!row.allBold() || layout.boldShare() < 0.5);
        return (boldHead ? "b" : "")
                + (row.caps() ? "c" : "")
                + (runIn(row) ? "r" : "")
                + Math.round(row.size)
                + "@"
                + Math.round(row.x() / 8)
                + (row.time != null ? "t" : "");
    }

    private static final Pattern MOTION =
            Pattern.compile(
                    "(?i)(?:.{0,40}\\b(?:made a motion|moved (?:to|that))\\b|a motion (?:was|is)|motion (?:was|by|to|made)|it was (?:moved|proposed)|(?:moved|proposed) by|resolved\\b).*");

    /** Minutes without headings: each motion opens a paragraph of its own. */
    private void motions() {
        List<Row> found = new ArrayList<>();
        for (Row row : layout.rows()) {
            if ((row.spaced() || row.pageTop) && MOTION.matcher(row.rest).matches()) {
                found.add(row);
            }
        }
        if (found.size() >= 3) {
            found.forEach(row -> chosen.put(row.index, new Heading(row, null, 1)));
        }
    }

    /** A caption that only repeats, or only stands over, the numbered entry below it. */
    private void dropDoubles() {
        List<Heading> headings = new ArrayList<>(chosen.values());
        for (int i = 0; i + 1 < headings.size(); i++) {
            Heading upper = headings.get(i);
            Heading lower = headings.get(i + 1);
            String above = Vocabulary.folded(upper.row().rest);
            String below = Vocabulary.folded(lower.row().rest);
            boolean caption = upper.label() == null || lower.label() == null;
            if (caption && above.equals(below) && !above.isEmpty()) {
                chosen.remove(upper.label() == null ? upper.row().index : lower.row().index);
            }
        }
    }
}
