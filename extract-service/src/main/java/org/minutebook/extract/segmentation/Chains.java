package org.minutebook.extract.segmentation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the numberings of a document. For every shape of number the best-scoring sequence of rows
 * is taken out, then the next best of what is left: the numbering of the items and the lists within
 * them come out as chains of their own, and a row with an odd number costs a chain a little and
 * does not end it.
 */
final class Chains {

    /** Rows that a chain looks back over for the one before; bounds the work on long packs. */
    private static final int WINDOW = 150;

    /** A chain below this is chance. */
    private static final double LEAST_SCORE = 0.8;

    /** Minutes that an entry may take. */
    private static final int LONGEST_ENTRY = 240;

    /** A number that starts again belongs to another chain. */
    private static final double RESTART = -100;

    private Chains() {}

    static List<Chain> find(List<Row> rows) {
        return find(rows, LEAST_SCORE);
    }

    /** Chains from this score on: within one entry, even a list of one. */
    static List<Chain> find(List<Row> rows, double least) {
        Map<String, List<Chain.Member>> byShape = new LinkedHashMap<>();
        for (Row row : rows) {
            for (Label label : row.labels) {
                byShape.computeIfAbsent(label.shape(), shape -> new ArrayList<>())
                        .add(new Chain.Member(row, label));
            }
            if (row.time != null && !row.labelled()) {
                Label label = Label.ofTime(row.time);
                byShape.computeIfAbsent(label.shape(), shape -> new ArrayList<>())
                        .add(new Chain.Member(row, label));
            }
        }
        List<Chain> chains = new ArrayList<>();
        for (Map.Entry<String, List<Chain.Member>> entry : byShape.entrySet()) {
            List<Chain.Member> left = new ArrayList<>(entry.getValue());
            while (!left.isEmpty()) {
                Chain best = best(entry.getKey(), left);
                if (best.score() < least) {
                    break;
                }
                chains.add(best);
                left.removeAll(best.members());
            }
        }
        return chains;
    }

    private static Chain best(String shape, List<Chain.Member> members) {
        int n = members.size();
        double[] score = new double[n];
        int[] before = new int[n];
        int end = 0;
        for (int i = 0; i < n; i++) {
            Chain.Member member = members.get(i);
            score[i] = start(member.label());
            before[i] = -1;
            for (int j = Math.max(0, i - WINDOW); j < i; j++) {
                double through = score[j] + step(members.get(j), member);
                if (through > score[i]) {
                    score[i] = through;
                    before[i] = j;
                }
            }
            score[i] += member.row().score;
            if (score[i] > score[end]) {
                end = i;
            }
        }
        List<Chain.Member> path = new ArrayList<>();
        for (int i = end; i >= 0; i = before[i]) {
            path.add(members.get(i));
        }
        Collections.reverse(path);
        return new Chain(shape, path, score[end]);
    }

    private static double start(Label label) {
        return label.isTime() || label.last() <= 1 ? 0.3 : label.depth() > 1 ? -0.2 : -0.5;
    }

    /** How well one number follows another. */
    private static double step(Chain.Member from, Chain.Member to) {
        Label a = from.label();
        Label b = to.label();
        double score;
        int ahead = b.last() - a.last();
        if (a.isTime()) {
            // several entries at one time, none before the last, none half a day later
            score = ahead >= 0 && ahead <= LONGEST_ENTRY ? 0.8 : -2;
        } else if (b.sameBranch(a)) {
            score =
                    switch (ahead) {
                        case 1 -> 1;
                        case 0 -> -1.2;
                        case 2 -> 0.2;
                        case 3 -> -0.3;
                        default -> ahead > 0 ? -1.5 : RESTART;
                    };
        } else if (a.depth() == b.depth()) {
            int branch = b.values().get(b.depth() - 2) - a.values().get(a.depth() - 2);
            if (b.last() <= 1 && branch > 0) {
                // 4.7, then 5.1
                score = branch == 1 ? 1 : 0.6;
            } else if (ahead == 1) {
                // 18.07.9, then 18.05.10: a misprint before the part that counts
                score = 0.6;
            } else {
                score = -2;
            }
        } else {
            score = -2;
        }
        // Of two rows with the number before, the nearer one.
        score -= Math.min(0.4, 0.002 * (to.row().index - from.row().index));
        boolean nextColumn =
                from.row().page() == to.row().page() && to.row().line.y() < from.row().line.y();
        double apart = nextColumn ? 0 : Math.abs(from.row().x() - to.row().x());
        if (apart > 40) {
            score -= 2.5;
        } else if (apart > 16) {
            score -= 1.2;
        } else if (apart > 7) {
            score -= 0.3;
        }
        if (from.row().bold() != to.row().bold()) {
            score -= 0.6;
        }
        if (Math.abs(from.row().size - to.row().size) > 1.2) {
            score -= 0.6;
        }
        return score;
    }
}
