package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the entries within single entries: lettered ones under a number, reports by officer. */
final class Nesting {

    /**
     * An entry that others may stand under.
     *
     * @param nested whether it stands under another itself
     */
    record Parent(Outline.Heading heading, boolean nested) {

        Row row() {
            return heading.row();
        }
    }

    /**
     * @param end index of the row at which what stands under the parent ends
     */
    private record Candidate(Chain chain, int end, boolean sound) {}

    /** A list of one gets 0.3 for its number and what its row has: plain type has nothing. */
    private static final double LEAST_NESTED = 0.1;

    /** Entries with bullets below them from which bullets are business and no notes. */
    private static final int LEAST_LISTS = 3;

    private final Layout layout;
    private final Paper paper;
    private final List<Row> rows;

    Nesting(Layout layout, Paper paper, List<Row> rows) {
        this.layout = layout;
        this.paper = paper;
        this.rows = rows;
    }

    /** What stands under each of these entries, up to the next one. */
    List<Found> under(List<Parent> parents) {
        List<Found> found = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        List<List<Row>> listed = new ArrayList<>();
        for (int i = 0; i < parents.size(); i++) {
            Parent parent = parents.get(i);
            int next = i + 1 < parents.size() ? parents.get(i + 1).row().index : rows.size();
            if (Vocabulary.isClosing(parent.row().rest)) {
                continue;
            }
            int body =
                    parent.row().index
                            + Titles.read(layout, paper, parent.heading(), next).rows().size();
            if (body >= next) {
                continue;
            }
            boolean consent = Vocabulary.isConsent(parent.row().rest);
            for (Chain chain : Chains.find(rows.subList(body, next), LEAST_NESTED)) {
                // "A. Lujan" in the column of who reports
                if (chain.members().getFirst().row().x() > layout.middle()) {
                    continue;
                }
                candidates.add(
                        new Candidate(chain, next, nests(chain, parent, body, next, consent)));
            }
            listed.add(bullets(parent, body, next));
            offices(parent.row(), body, next)
                    .forEach(
                            row -> found.add(new Found(row, null, "who reports, on a line alone")));
            series(parent.row(), body, next)
                    .forEach(row -> found.add(new Found(row, null, "one of a series of reports")));
        }
        if (listed.stream().filter(list -> !list.isEmpty()).count() >= LEAST_LISTS) {
            listed.stream()
                    .flatMap(List::stream)
                    .forEach(row -> found.add(new Found(row, null, "has a bullet under an entry")));
        }
        for (Candidate candidate : candidates) {
            boolean alike =
                    !candidate.sound()
                            && candidates.stream()
                                    .anyMatch(other -> other.sound() && alike(candidate, other));
            if (candidate.sound() || alike) {
                for (Chain.Member member : candidate.chain().members()) {
                    if (member.label().isTime()) {
                        continue;
                    }
                    found.add(
                            new Found(
                                    member.row(),
                                    member.label(),
                                    "lists a subject of its own within the entry above"));
                }
            }
        }
        return found;
    }

    /** Business with bullets under a heading of an agenda; empty where it is none. */
    private List<Row> bullets(Parent parent, int body, int next) {
        if (paper != Paper.AGENDA || parent.nested()) {
            return List.of();
        }
        List<Row> bullets = rows.subList(body, next).stream().filter(row -> row.bulleted).toList();
        long subjects = bullets.stream().filter(this::ownSubject).count();
        return subjects == bullets.size() ? bullets : List.of();
    }

    /** A list of one or two under one section, set like longer ones under others. */
    private boolean alike(Candidate candidate, Candidate sound) {
        Chain chain = candidate.chain();
        Chain model = sound.chain();
        return chain.shape().equals(model.shape())
                && chain.members().getFirst().label().last() == 1
                && Math.abs(
                                chain.members().getFirst().row().x()
                                        - model.members().getFirst().row().x())
                        < 4
                && (chain.meanScore() > -0.2 && chain.share(this::ownSubject) > 0.7
                        || moved(chain, candidate.end()));
    }

    private boolean nests(Chain chain, Parent parent, int body, int end, boolean consent) {
        Row first = chain.members().getFirst().row();
        if (chain.size() < 2
                || chain.members().getFirst().label().last() != 1
                || chain.captions()
                || parent.nested() && steps(chain)) {
            return false;
        }
        boolean direct = first.index <= body;
        if (consent && !rows.get(first.index - 1).text.endsWith(":")) {
            // below who moved it and how each voted
            return chain.meanScore() > -0.2 && chain.share(this::ownSubject) > 0.7;
        }
        boolean introduced = !direct && rows.get(first.index - 1).text.endsWith(":");
        boolean setOff = chain.share(layout::distinct) > 0.7 && chain.meanScore() > 0.8;
        return !introduced
                && (setOff
                        || direct
                                && (chain.meanScore() > -0.2 && chain.share(this::ownSubject) > 0.7
                                        || moved(chain, end)));
    }

    /** "1. Staff report", "2. Public hearing", "3. Board action" under a subject. */
    private static boolean steps(Chain chain) {
        return chain.share(row -> Vocabulary.isStep(row.rest) || Vocabulary.isNoItem(row.rest))
                > 0.5;
    }

    /** Whether nearly all of a list are followed by a motion each, as subjects are. */
    private boolean moved(Chain chain, int end) {
        if (paper != Paper.MINUTES) {
            return false;
        }
        int moved = 0;
        for (int i = 0; i < chain.size(); i++) {
            int from = chain.members().get(i).row().index;
            int to = i + 1 < chain.size() ? chain.members().get(i + 1).row().index : end;
            boolean decision = Vocabulary.isDecision(rows.get(from).rest);
            moved +=
                    !decision
                                    && rows.subList(from + 1, to).stream()
                                            .anyMatch(row -> Vocabulary.isMotion(row.text))
                            ? 1
                            : 0;
        }
        return moved > 0.7 * chain.size();
    }

    /** Whether a row names a subject, as the limb of a sentence or a paragraph does not. */
    private boolean ownSubject(Row row) {
        String lead = Texts.lead(row.rest);
        if (paper == Paper.MINUTES
                && lead.length() < row.rest.length()
                && Texts.words(lead) <= 12
                && !Texts.startsLower(lead)
                && !Vocabulary.isDecision(lead)) {
            return true;
        }
        if (Texts.startsLower(row.rest)
                || row.rest.endsWith(";")
                || row.rest.endsWith(" and")
                || Vocabulary.isDecision(row.rest)) {
            return false;
        }
        int words = Texts.words(row.rest);
        if (paper == Paper.MINUTES) {
            return words <= 16
                    && !Texts.endsSentence(row.rest)
                    && (row.hasColumns() || !layout.goesOn(row));
        }
        return words <= 25 && (!Texts.endsSentence(row.rest) || words <= 16);
    }

    /** "Supervisor" on a line of its own over what was reported. */
    private List<Row> offices(Row parent, int body, int next) {
        if (!Vocabulary.isReports(parent.rest)) {
            return List.of();
        }
        return rows.subList(body, next).stream()
                .filter(row -> row.spaced() && OFFICE.matcher(row.rest).matches())
                .filter(row -> row.index + 1 < next && rows.get(row.index + 1).spaced())
                .toList();
    }

    private static final Pattern OFFICE =
            Pattern.compile(
                    "(?i)(?:(?:town|township|village|city|borough|county) )?(?:supervisor|clerk|mayor|president|manager|administrator|treasurer|assessor|attorney|solicitor|engineer|superintendent|fiscal officer|highway (?:commissioner|superintendent)|(?:police|fire) chief|(?:police|fire|highway|public works) department):?");

    /**
     * "City Clerk: …", "Highways – …": paragraphs that each open with a short head, right under a
     * heading that calls for reports.
     */
    private List<Row> series(Row parent, int body, int next) {
        boolean reports = Vocabulary.isReports(parent.rest);
        boolean topics = paper == Paper.MINUTES && Vocabulary.isBusinessAtLarge(parent.rest);
        if (!reports && !topics) {
            return List.of();
        }
        Row first = rows.get(body);
        List<Row> series = new ArrayList<>();
        Map<String, Integer> heads = new HashMap<>();
        int paragraphs = 0;
        for (int i = body; i < next; i++) {
            Row row = rows.get(i);
            boolean inPlace = Math.abs(row.x() - first.x()) < 4 && !row.labelled();
            boolean fits = inPlace && (reports && opensReport(row) || topics && opensTopic(row));
            boolean starts = i == body || row.spaced() || row.pageTop;
            paragraphs += starts || fits ? 1 : 0;
            if (fits && (starts || !layout.goesOn(rows.get(i - 1)))) {
                series.add(row);
                heads.merge(Vocabulary.folded(Texts.lead(row.rest)), 1, Integer::sum);
            }
        }
        boolean all =
                series.size() >= (reports ? 3 : 2)
                        && heads.size() == series.size()
                        && series.size() >= 0.6 * paragraphs;
        return all ? series : List.of();
    }

    /** "Purchase of used leaf vacuum. Discussion was held." */
    private boolean opensTopic(Row row) {
        String lead = Texts.lead(row.rest);
        return row.rest.startsWith(lead + ". ")
                && Texts.words(lead) <= 9
                && !Texts.startsLower(lead)
                && !Vocabulary.isClause(lead)
                && !Vocabulary.isNoItem(lead)
                && !Vocabulary.isPerson(lead)
                && !Vocabulary.isContact(lead);
    }

    private boolean opensReport(Row row) {
        String head = row.head();
        return head.length() < row.rest.length()
                && Texts.words(head) <= 5
                && !Texts.startsLower(head)
                && !Vocabulary.isNoItem(head)
                && !Vocabulary.isPerson(head)
                && !Vocabulary.isContact(row.text);
    }
}
