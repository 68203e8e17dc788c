package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.pages.Bookmark;

/**
 * Decides which rows open the items of a document: the numbering (or the style) that carries it
 * from end to end first, then the headings over it, then what nests within single items.
 */
final class Outline {

    /** A row that opens an item; level as in {@link Entry}. */
    record Heading(Row row, @Nullable Label label, int level) {}

    /** What a chosen row is in the order of the document. */
    private enum Rank {
        /** Stands over others that are set less prominently. */
        SECTION,
        /** One of the entries that carry the document. */
        ENTRY,
        /** Within an entry. */
        NESTED
    }

    private record Chosen(Row row, @Nullable Label label, Rank rank) {}

    /** What follows the last entry. */
    static final Pattern TAIL =
            Pattern.compile(
                    "(?i)(?:respect(?:fully|ively) submitted|minutes prepared|(?:date )?posted(?: on| this)?\\b|yours (?:faithfully|sincerely)|end of .*).*");

    private static final Pattern SIGNATURE =
            Pattern.compile(
                    "(?i)[\\W_]*(?:_{6,}|\\.{12,}|…{5,}).*|[\\p{L} /()-]{2,40}:\\s*(?:_{6,}|\\.{12,}|…{5,})[\\s_.…]*(?:date.*)?|(?:respect(?:fully|ively) submitted|attest(?:ed)?\\s*:|minutes prepared by).*");

    /** "T B REED" above "CHAIRMAN". */
    private static final Pattern NAME_OF_CHAIR = Pattern.compile("(?:[A-Z]\\.? ){1,4}[A-Z]{3,}");

    private static final Pattern CHAIR =
            Pattern.compile("(?i)(?:chair(?:man|woman|person)?|mayor|president|clerk)\\b.{0,30}");

    /** Beside the text of what was resolved. */
    private static final Pattern RESOLUTIONS = Pattern.compile("Resolutions?:?");

    /** Rows within which "AGENDA" stands above its entries. */
    private static final int FRONT_ROWS = 80;

    private static final String PART = "its number continues that of the entry above it";

    /** How deep entries are looked for within entries. */
    private static final int NESTED_LEVELS = 2;

    /** Score of a number's row above which it may stand over the numbers of its parts. */
    private static final double LEAST_OVER_PARTS = -1;

    private static final int FEWEST_WORDS_OF_SENTENCE = 8;

    /** Entries from which a numbering, or a manner of setting, carries a document. */
    private static final int LEAST_ALIKE = 3;

    /** Share of sentences above which numbers are those of paragraphs. */
    private static final double MOST_CLAUSES = 0.6;

    /** Weight from which a numbering is more than chance. */
    private static final double LEAST_WEIGHT = 4;

    private final Layout layout;
    private final Paper paper;
    private final List<Row> rows;
    private final Looks looks;
    private final TreeMap<Integer, Chosen> chosen = new TreeMap<>();

    /** Rows whose numbers are those of paragraphs. */
    private final Set<Row> paragraphs = new HashSet<>();

    private Outline(Layout layout, Paper paper, Bookmarked bookmarked) {
        this.layout = layout;
        this.paper = paper;
        this.looks = new Looks(layout);
        this.rows =
                layout.rows()
                        .subList(
                                0,
                                signatures(layout, Math.min(Pack.end(layout), bookmarked.end())));
    }

    /** Rows at the end among which the signatures start. */
    private static final int SIGNED_ROWS = 25;

    static List<Heading> of(Layout layout, Paper paper, List<Bookmark> bookmarks) {
        if (paper == Paper.OTHER) {
            return List.of();
        }
        Bookmarked bookmarked = new Bookmarked(layout, bookmarks);
        new RowScorers(layout, paper).judge();
        bookmarked.judge();
        Outline outline = new Outline(layout, paper, bookmarked);
        outline.choose();
        return outline.levelled();
    }

    /**
     * Numbered rows behind a signature from which it closes no minutes: a summons is signed above.
     */
    private static final int NUMBERED_BEHIND = 3;

    /** The first row of the signatures that close minutes. */
    private static int signatures(Layout layout, int end) {
        int first = end;
        int numbered = 0;
        for (int i = end - 1; i >= Math.max(0, end - SIGNED_ROWS); i--) {
            Row row = layout.rows().get(i);
            if (SIGNATURE.matcher(row.text).matches()
                    || i + 1 < end
                            && NAME_OF_CHAIR.matcher(row.text).matches()
                            && CHAIR.matcher(layout.rows().get(i + 1).text).matches()) {
                first = i;
            }
            numbered += row.labelled() ? 1 : 0;
            if (numbered >= NUMBERED_BEHIND) {
                break;
            }
        }
        return first;
    }

    private void choose() {
        List<Chain> chains = new ArrayList<>(Chains.find(rows));
        chains.sort(Comparator.comparingDouble(this::weight).reversed());
        Chain primary = chains.isEmpty() ? null : chains.getFirst();
        Unnumbered unnumbered = new Unnumbered(layout, looks, rows);
        if (primary != null && weight(primary) > LEAST_WEIGHT && !outweighed(primary)) {
            numbered(overParagraphs(primary, chains), chains);
        } else {
            take(unnumbered.headings());
            if (primary != null && countsThrough(primary)) {
                take(primary, "numbered on through the sections", Rank.NESTED);
            }
        }
        if (chosen.isEmpty() && paper == Paper.AGENDA) {
            take(unnumbered.bullets());
        }
        if (chosen.size() < 3) {
            take(unnumbered.motions());
        }
        withoutFront();
        for (int level = 0; level < NESTED_LEVELS; level++) {
            nest();
        }
        dropDoubles();
    }

    /** What stands under the entries chosen so far. */
    private void nest() {
        List<Nesting.Parent> parents =
                chosen.values().stream()
                        .map(each ->
                                new Nesting.Parent(
                                        new Heading(each.row(), each.label(), 1),
                                        each.rank() == Rank.NESTED))
                        .toList();
        for (Found found : new Nesting(layout, paper, rows).under(parents)) {
            if (!paragraphs.contains(found.row())) {
                choose(found.row(), found.label(), Rank.NESTED, found.why());
            }
        }
    }

    /** Notices that stand above "AGENDA", where what opens a meeting stands below it. */
    private void withoutFront() {
        if (paper != Paper.AGENDA) {
            return;
        }
        int title = -1;
        for (Row row : rows.subList(0, Math.min(FRONT_ROWS, rows.size()))) {
            if (row.page() == 1 && Vocabulary.isAgenda(row.text)) {
                title = row.index;
            } else if (chosen.containsKey(row.index) && Vocabulary.isOpeningAct(row.head())) {
                break;
            }
        }
        boolean opens =
                chosen.tailMap(title, false).values().stream()
                        .anyMatch(heading -> Vocabulary.isOpeningAct(heading.row().head()));
        if (title >= 0 && opens) {
            List.copyOf(chosen.headMap(title, true).values()).stream()
                    .filter(heading -> heading.label() == null && heading.row().time == null)
                    .forEach(heading -> {
                        chosen.remove(heading.row().index);
                        heading.row().decided("left out: stands above the agenda");
                    });
        }
    }

    /** The numbers of the headings, where the best chain are those of the paragraphs below them. */
    private Chain overParagraphs(Chain best, List<Chain> chains) {
        if (!numbersParagraphs(best)) {
            return best;
        }
        return chains.stream()
                .filter(chain -> chain.size() >= LEAST_ALIKE)
                .filter(chain -> related(best, chain) && !numbersParagraphs(chain))
                .findFirst()
                .orElse(best);
    }

    private boolean numbersParts(Chain chain) {
        return chain.meanScore() > -0.4 && !chain.captions() && !numbersParagraphs(chain);
    }

    /** Whether the numbers stand before the paragraphs of minutes: "49.1 None were made." */
    private boolean numbersParagraphs(Chain chain) {
        return paper == Paper.MINUTES
                && chain.size() >= LEAST_ALIKE
                && chain.share(this::opensParagraph) > MOST_CLAUSES;
    }

    private boolean opensParagraph(Row row) {
        String lead = Texts.lead(row.rest);
        return !layout.distinct(row)
                && (Vocabulary.isClause(lead)
                        || Texts.words(lead) >= FEWEST_WORDS_OF_SENTENCE
                                && (Texts.endsSentence(row.rest) || layout.goesOn(row)));
    }

    private void numbered(Chain primary, List<Chain> chains) {
        take(primary, "its number goes on from the one before");
        for (Chain chain : chains) {
            if (related(chain, primary) && numbersParagraphs(chain)) {
                chain.members().forEach(member -> paragraphs.add(member.row()));
            }
        }
        List<Chain> models = new ArrayList<>();
        models.add(primary);
        List<Chain> rest = new ArrayList<>();
        for (Chain chain : chains) {
            if (chain == primary) {
                continue;
            }
            if (related(chain, primary) || related(primary, chain)) {
                if (numbersParts(chain)) {
                    take(chain, PART);
                    models.add(chain);
                }
            } else {
                rest.add(chain);
            }
        }
        // 7.1.1 under 7.1 under 7
        List<Chain> parts = List.copyOf(models.subList(1, models.size()));
        for (Chain chain : List.copyOf(rest)) {
            if (numbersParts(chain) && parts.stream().anyMatch(part -> related(chain, part))) {
                take(chain, PART);
                models.add(chain);
                rest.remove(chain);
            }
        }
        for (Chain chain : rest) {
            if (runsThrough(chain, primary, rest)) {
                take(chain, "numbered on through the sections", Rank.NESTED);
                continue;
            }
            if (sibling(chain, primary)) {
                take(chain, "numbered and set like the entries of another part");
            }
        }
        overParts();
        sections(primary);
        openingActs(primary);
        conformers(models, listed(rest));
        sectionsOverRestarts(primary);
    }

    /** "1 Planning" over 1.1 and 1.2, where too few such numbers come to make a chain. */
    private void overParts() {
        for (Chosen part : List.copyOf(chosen.values())) {
            Label label = part.label();
            if (label == null || label.depth() < 2 || label.last() != 1) {
                continue;
            }
            Map.Entry<Integer, Chosen> before = chosen.lowerEntry(part.row().index);
            int from = before == null ? 0 : before.getKey() + 1;
            rows.subList(from, part.row().index).reversed().stream()
                    .filter(row -> titled(row) && row.score > LEAST_OVER_PARTS)
                    .flatMap(row ->
                            row.labels.stream()
                                    .filter(label::under)
                                    .limit(1)
                                    .map(over ->
                                            new Found(
                                                    row,
                                                    over,
                                                    "its parts are numbered on below it")))
                    .findFirst()
                    .ifPresent(over -> take(List.of(over)));
        }
    }

    private static boolean titled(Row row) {
        return !row.rest.isEmpty()
                && Texts.words(row.rest) <= 12
                && !Texts.endsSentence(row.rest)
                && !Texts.startsLower(row.rest);
    }

    private void take(Chain chain, String why) {
        take(chain, why, Rank.ENTRY);
    }

    private void take(Chain chain, String why, Rank rank) {
        for (Chain.Member member : chain.members()) {
            Label label = member.label();
            choose(
                    member.row(),
                    label.isTime() ? null : label,
                    rank,
                    label.isTime() ? "its time goes on from the one before" : why);
        }
    }

    private void take(List<Found> found) {
        found.forEach(each -> choose(each.row(), each.label(), Rank.ENTRY, each.why()));
    }

    private void choose(Row row, @Nullable Label label, Rank rank, String why) {
        if (chosen.putIfAbsent(row.index, new Chosen(row, label, rank)) == null) {
            row.decided(why);
        }
    }

    private double weight(Chain chain) {
        return chain.score() + 3 * coverage(chain.first(), chain.last());
    }

    private double coverage(int first, int last) {
        return (double) (last - first) / rows.size();
    }

    /** Whether a short list is the only numbering in a document that its headings carry. */
    private boolean outweighed(Chain primary) {
        double coverage = coverage(primary.first(), primary.last());
        if (coverage > 0.4) {
            return false;
        }
        Map<String, List<Row>> styles = new HashMap<>();
        for (Row row : rows) {
            if (!row.labelled()
                    && (layout.distinct(row) || looks.standsByItself(row))
                    && looks.candidate(row)
                    && row.score > 0.9) {
                styles.computeIfAbsent(looks.style(row), key -> new ArrayList<>()).add(row);
            }
        }
        for (List<Row> style : styles.values()) {
            long business = style.stream().filter(row -> row.business()).count();
            if (style.size() >= 4
                    && style.size() >= primary.size()
                    && business * 2 >= style.size()
                    && coverage(style.getFirst().index, style.getLast().index) > coverage + 0.15) {
                return true;
            }
        }
        return false;
    }

    /** Whether numbers count on from one of the headings that carry the document to the next. */
    private boolean countsThrough(Chain chain) {
        return chain.shape().startsWith("N")
                && chain.size() >= LEAST_ALIKE
                && chain.members().getFirst().label().last() == 1
                && chain.meanScore() > 0.3
                && sectionsOf(chain) >= 2;
    }

    /** Entries chosen so far that the members of a chain stand under. */
    private long sectionsOf(Chain chain) {
        return chain.members().stream()
                .map(member -> chosen.lowerKey(member.row().index))
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    /**
     * Whether a chain counts on through the sections that the other numbers: "G. CONSENT CALENDAR"
     * over 1 to 3, "H. REPORTS" over 4 to 6.
     */
    private boolean runsThrough(Chain chain, Chain primary, List<Chain> others) {
        if (paper != Paper.AGENDA
                || chain.size() < 4
                || !chain.shape().startsWith("N")
                || chain.members().getFirst().label().isTime()
                || chain.members().getFirst().label().last() != 1
                || chain.meanScore() < -0.2
                || chain.first() < primary.first()) {
            return false;
        }
        boolean restarts =
                others.stream()
                        .anyMatch(other ->
                                other != chain
                                        && other.size() > 1
                                        && other.shape().equals(chain.shape()));
        long sections = sectionsOf(chain);
        return !restarts && sections >= 2 && sections < chain.size();
    }

    /**
     * Whether a chain is another part of the agenda: the annual meeting before the ordinary one.
     */
    private boolean sibling(Chain chain, Chain primary) {
        Row mine = chain.members().getFirst().row();
        Row its = primary.members().getFirst().row();
        boolean sameStyle =
                chain.shape().equals(primary.shape())
                        && Math.abs(mine.size - its.size) < 0.7
                        && chain.share(Row::bold) > 0.5 == primary.share(Row::bold) > 0.5
                        && Math.abs(mine.x() - its.x()) < 9;
        boolean apart = chain.last() < primary.first() || chain.first() > primary.last();
        return sameStyle
                && apart
                && (chain.meanScore() > 0.5 || chain.meanScore() > -0.3 && standsUnderPart(chain));
    }

    /** Whether a chain starts under the heading of a part: "5:30 P.M. WORK SESSION". */
    private boolean standsUnderPart(Chain chain) {
        if (chain.first() == 0 || chain.members().getFirst().label().last() != 1) {
            return false;
        }
        Row above = rows.get(chain.first() - 1);
        return !above.labelled()
                && layout.distinct(above)
                && (above.time != null || above.business());
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

    /**
     * Headings without a number that come back in one style through the document: "CONSENT
     * CALENDAR", "PUBLIC HEARINGS" over numbered entries, "CALL TO ORDER" before the first.
     */
    private void sections(Chain primary) {
        Map<String, List<Row>> styles = new HashMap<>();
        for (Row row : rows) {
            if (!row.labelled()
                    && !row.rest.isEmpty()
                    && layout.distinct(row)
                    && heading(row)
                    && row.score > -0.5) {
                styles.computeIfAbsent(looks.look(row), key -> new ArrayList<>()).add(row);
            }
        }
        int end = tail();
        Row model = primary.members().get(primary.size() / 2).row();
        for (List<Row> style : styles.values()) {
            List<Row> business = style.stream().filter(row -> row.business()).toList();
            long within =
                    business.stream()
                            .filter(row ->
                                    row.index > primary.first() && row.index < primary.last())
                            .count();
            long over =
                    style.stream()
                            .filter(this::standsOverEntry)
                            .map(row -> chosen.higherKey(row.index))
                            .distinct()
                            .count();
            boolean carries =
                    business.size() >= 3 && within >= 1 && business.size() * 2 >= style.size();
            boolean groups = over >= 2 && over * 2 >= style.size();
            if (!carries && !groups || weaker(style.getFirst(), model)) {
                continue;
            }
            int start = business.isEmpty() ? style.getFirst().index : business.getFirst().index;
            start = belowFront(style, start);
            boolean section = stronger(style.getFirst(), model);
            for (Row row : style) {
                if (row.index >= start && row.index < end && row.score > 0.2) {
                    choose(
                            row,
                            null,
                            section ? Rank.SECTION : Rank.ENTRY,
                            "set like " + style.size() + " headings through the document");
                }
            }
        }
    }

    /**
     * The first of such headings of minutes that stands below the text of the front, over its own.
     */
    private int belowFront(List<Row> style, int start) {
        if (paper != Paper.MINUTES) {
            return start;
        }
        return style.stream()
                .filter(row -> row.index < start && row.score > 0.5)
                .filter(row -> !layout.distinct(rows.get(row.index + 1)))
                .filter(row ->
                        rows.subList(0, row.index).stream()
                                .anyMatch(above ->
                                        !layout.distinct(above) && Texts.endsSentence(above.rest)))
                .mapToInt(row -> row.index)
                .findFirst()
                .orElse(start);
    }

    /** "CALL TO ORDER", "ROLL CALL" and what stands like them above the first number. */
    private void openingActs(Chain primary) {
        if (primary.members().stream()
                .anyMatch(member -> Vocabulary.isOpeningAct(member.row().head()))) {
            return;
        }
        Row first = null;
        for (Row row : rows.subList(0, primary.first())) {
            if (row.labelled() || !heading(row) || row.score <= 0.2) {
                continue;
            }
            if (first == null && Vocabulary.isOpeningAct(row.head())) {
                first = row;
            }
            if (first != null && looks.look(row).equals(looks.look(first))) {
                choose(row, null, Rank.ENTRY, "set like what opens the meeting");
            }
        }
    }

    /** Whether the next row, or the one after an introduction, is an entry. */
    private boolean standsOverEntry(Row row) {
        Integer next = chosen.higherKey(row.index);
        return next != null && next - row.index <= 2;
    }

    private boolean heading(Row row) {
        return Texts.words(row.rest) <= 12
                && !Texts.endsSentence(row.rest)
                && !Texts.startsLower(row.rest)
                && !row.hasColumns()
                && !layout.longBold(row)
                && !Vocabulary.isPerson(row.head())
                && !Vocabulary.isDecision(row.rest)
                && !Vocabulary.isNoItem(row.head())
                && !TAIL.matcher(row.rest).matches()
                && layout.startsParagraph(row);
    }

    private boolean stronger(Row row, Row model) {
        return prominence(row) > prominence(model) + 0.5;
    }

    private boolean weaker(Row row, Row model) {
        return prominence(row) < prominence(model) - 0.5
                || !row.centred && row.x() > model.restX + 6;
    }

    private double prominence(Row row) {
        return (row.bold() && layout.boldShare() < 0.5 ? 1 : 0)
                + (layout.caps(row) ? 1 : 0)
                + Math.max(-2, Math.min(2, (row.size - layout.size()) / 2));
    }

    /** Rows of lists that start anew: they stand within an entry, or not at all. */
    private static Set<Row> listed(List<Chain> chains) {
        Set<Row> listed = new HashSet<>();
        for (Chain chain : chains) {
            if (chain.size() > 1 && chain.members().getFirst().label().last() == 1) {
                chain.members().forEach(member -> listed.add(member.row()));
            }
        }
        return listed;
    }

    /** Rows without a number of the chain that are set like its rows, or above them. */
    private void conformers(List<Chain> models, Set<Row> listed) {
        int first = models.getFirst().first();
        int last = models.getFirst().last();
        int end = tail();
        List<Manner> manners = models.stream().map(this::manner).toList();
        for (Row row : rows) {
            if (row.index >= end) {
                break;
            }
            if (chosen.containsKey(row.index) || row.rest.isEmpty()) {
                continue;
            }
            Chosen above = chosen.get(row.index - 1);
            if (above != null && looks.goesOnWithTitle(row, above.row())) {
                continue;
            }
            boolean like = manners.stream().anyMatch(manner -> setLike(row, manner));
            if (!like && listed.contains(row) || captions(row, models.getFirst())) {
                continue;
            }
            boolean before = row.index < first;
            double needed = 99;
            if (like) {
                needed = before ? 1.4 : 0.9;
            } else if (paper == Paper.AGENDA && row.index > last) {
                // notices below an agenda: how to leave the building, who may record
                needed = 99;
            } else if (!before && layout.boldShare() < 0.4 && row.allBold()) {
                needed = 1.2;
            } else if (!row.labelled() && layout.caps(row) && !Texts.isCaps(row.boldLead)) {
                needed = before ? 99 : 1.6;
            } else if (before
                    && paper == Paper.MINUTES
                    && !row.bulleted
                    && Looks.runIn(row)
                    && row.business()) {
                // "Disclosure of interest: None." in plain type above the first resolution
                needed = 1.2;
            } else if (!before && !row.labelled() && Vocabulary.isNextMeeting(row.rest)) {
                // in plain type, with the dates below it
                needed = 1;
            }
            boolean attendance = before && Looks.runIn(row) && Vocabulary.isAbsence(row.rest);
            if (row.score >= needed && plausible(row) && !attendance) {
                choose(
                        row,
                        row.ownLabel(),
                        Rank.ENTRY,
                        like ? "set like the numbered entries" : "set off as a heading is");
            }
        }
    }

    /** "Bills:" over the entries it captions, where headings are not closed by a colon. */
    private boolean captions(Row row, Chain primary) {
        return paper == Paper.AGENDA
                && !row.labelled()
                && row.rest.endsWith(":")
                && (!row.caps() || !standsOverEntry(row))
                && primary.share(member -> member.rest.endsWith(":")) < 0.2;
    }

    /** How the rows of a chain are set, as far as that sets them off from the text. */
    private record Manner(Chain chain, Row model, boolean bold, boolean caps, boolean large) {}

    private Manner manner(Chain chain) {
        Row model = chain.members().get(chain.size() / 2).row();
        return new Manner(
                chain,
                model,
                chain.share(Row::bold) > 0.6 && layout.boldShare() < 0.5,
                chain.share(Row::caps) > 0.7,
                model.size > layout.size() + 1.2);
    }

    private boolean setLike(Row row, Manner manner) {
        Row model = manner.model();
        if (!manner.bold() && !manner.caps() && !manner.large()) {
            return false;
        }
        boolean sameSize = Math.abs(row.size - model.size) < 0.7;
        boolean huge = model.size > 1.3 * layout.size();
        return sameSize
                && (huge || (!manner.bold() || row.bold()) && (!manner.caps() || row.caps()))
                && (Math.abs(row.x() - model.x()) < 9
                        || manner.chain().members().stream()
                                .anyMatch(member -> Math.abs(row.restX - member.row().restX) < 9));
    }

    private boolean plausible(Row row) {
        String head = row.bold() ? row.boldLead : row.head();
        return !Texts.endsSentence(head)
                && !Texts.startsLower(row.rest)
                && Texts.words(head) <= 16
                && !row.centred
                && row.x() < layout.middle()
                && !row.hasColumns()
                && !layout.longBold(row)
                && !(paper == Paper.MINUTES && RESOLUTIONS.matcher(row.rest).matches())
                && !Vocabulary.isPerson(row.head())
                && !Vocabulary.isDecision(row.rest)
                && !TAIL.matcher(row.rest).matches()
                && layout.startsParagraph(row);
    }

    /** The first row of what follows the last item: notices after the adjournment. */
    private int tail() {
        Map.Entry<Integer, Chosen> last = chosen.lastEntry();
        if (last != null && Vocabulary.isClosing(last.getValue().row().rest)) {
            return last.getKey();
        }
        return rows.size();
    }

    /** Where numbering starts again, the row set off above it is the heading of the part. */
    private void sectionsOverRestarts(Chain primary) {
        long restarts = chosen.values().stream().filter(heading -> opens(heading, primary)).count();
        if (restarts < 2) {
            return;
        }
        for (Chosen heading : List.copyOf(chosen.values())) {
            int above = heading.row().index - 1;
            if (opens(heading, primary) && above >= 0 && !chosen.containsKey(above)) {
                Row row = rows.get(above);
                if (layout.distinct(row)
                        && !row.labelled()
                        && !row.hasColumns()
                        && !Texts.startsLower(row.rest)
                        && !Texts.endsSentence(row.rest)
                        && !Vocabulary.isDay(row.rest)
                        && !Vocabulary.isContact(row.text)) {
                    choose(row, null, Rank.SECTION, "stands where numbering starts again");
                }
            }
        }
    }

    private static boolean opens(Chosen heading, Chain primary) {
        return heading.label() != null
                && heading.label().shape().equals(primary.shape())
                && heading.label().last() == 1;
    }

    /** A caption that only repeats, or only stands over, the numbered entry below it. */
    private void dropDoubles() {
        List<Chosen> headings = new ArrayList<>(chosen.values());
        List<Chosen> absences =
                headings.stream()
                        .filter(heading -> Vocabulary.isAbsence(heading.row().rest))
                        .toList();
        if (absences.size() > 1
                && absences.getFirst().label() == null
                && Looks.runIn(absences.getFirst().row())) {
            // "Apologies: Cllr X" under "Present:", and an item "Apologies for absence" further on
            Row dropped = absences.getFirst().row();
            chosen.remove(dropped.index);
            headings.remove(absences.getFirst());
            dropped.decided("left out: says who is away, the item comes further on");
        }
        for (int i = 0; i + 1 < headings.size(); i++) {
            Chosen upper = headings.get(i);
            Chosen lower = headings.get(i + 1);
            String above = Vocabulary.folded(upper.row().rest);
            String below = Vocabulary.folded(lower.row().rest);
            boolean caption = upper.label() == null || lower.label() == null;
            if (caption && above.equals(below) && !above.isEmpty()) {
                Row dropped = upper.label() == null ? upper.row() : lower.row();
                chosen.remove(dropped.index);
                dropped.decided("left out: repeats the entry beside it");
            }
        }
    }

    /** Entries under a section, with a number under another's, or within an entry are level 2. */
    private List<Heading> levelled() {
        List<Heading> headings = new ArrayList<>(chosen.size());
        boolean deeper =
                chosen.values().stream()
                        .anyMatch(heading ->
                                heading.rank() == Rank.ENTRY && isUnderChosen(heading.label()));
        boolean inSection = false;
        for (Chosen each : chosen.values()) {
            int level =
                    switch (each.rank()) {
                        case SECTION -> {
                            inSection = true;
                            yield 1;
                        }
                        case NESTED -> 2;
                        case ENTRY -> {
                            if (each.label() == null) {
                                inSection = false;
                                yield 1;
                            }
                            boolean under = isUnderChosen(each.label());
                            yield under || inSection && !deeper ? 2 : 1;
                        }
                    };
            headings.add(new Heading(each.row(), each.label(), level));
        }
        return headings;
    }

    private boolean isUnderChosen(@Nullable Label label) {
        return label != null
                && label.depth() > 1
                && chosen.values().stream()
                        .anyMatch(other -> other.label() != null && label.under(other.label()));
    }
}
