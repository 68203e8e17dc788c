package org.minutebook.extract.scores;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What was found in documents against what their labels say. An item counts when, in document
 * order, it pairs with a labelled one on the same page whose title is alike; items labelled
 * optional cost nothing, found or not.
 */
final class Scores {

    private static final Set<String> GENERIC =
            Set.of(
                    ("the of and a city council town parish township borough county district"
                                    + " community board trustees committee meeting corporation municipality")
                            .split(" "));

    int documents;
    int labelled;
    int found;
    int hits;
    int exact;
    int decisionsLabelled;
    int decisionsFound;
    int decisionHits;
    int kinds;
    int councils;
    int dates;
    private double f1Sum;

    /** Scores a document. */
    static Scores of(JsonNode gold, JsonNode found) {
        Scores scores = new Scores();
        scores.documents = 1;
        List<JsonNode> golds = list(gold, "items");
        List<JsonNode> items = list(found, "items");
        int optional = 0;
        for (JsonNode[] pair : pairs(golds, items)) {
            if (isOptional(pair[0])) {
                optional++;
                continue;
            }
            scores.hits++;
            scores.exact += number(pair[0]).equals(number(pair[1])) ? 1 : 0;
        }
        scores.labelled = (int) golds.stream().filter(item -> !isOptional(item)).count();
        scores.found = items.size() - optional;
        decisions(scores, golds, items);
        scores.kinds = fold(text(gold, "kind")).equals(fold(text(found, "kind"))) ? 1 : 0;
        scores.dates =
                fold(text(gold, "meetingDate")).equals(fold(text(found, "meetingDate"))) ? 1 : 0;
        scores.councils = sameCouncil(gold, found) ? 1 : 0;
        scores.f1Sum = scores.f1();
        return scores;
    }

    void add(Scores other) {
        documents += other.documents;
        labelled += other.labelled;
        found += other.found;
        hits += other.hits;
        exact += other.exact;
        decisionsLabelled += other.decisionsLabelled;
        decisionsFound += other.decisionsFound;
        decisionHits += other.decisionHits;
        kinds += other.kinds;
        councils += other.councils;
        dates += other.dates;
        f1Sum += other.f1Sum;
    }

    double f1() {
        return f1(hits, found, labelled);
    }

    double exactF1() {
        return f1(exact, found, labelled);
    }

    double macroF1() {
        return f1Sum / documents;
    }

    double decisionsF1() {
        return f1(decisionHits, decisionsFound, decisionsLabelled);
    }

    /** A row of the table, in the words of the script that scores from outside. */
    String row() {
        double p = found == 0 ? labelled == 0 ? 1 : 0 : (double) hits / found;
        double r = labelled == 0 ? 1 : (double) hits / labelled;
        return String.format(
                Locale.ROOT,
                "items %d P %.3f R %.3f F1 %.3f exact-F1 %.3f macro-F1 %.3f decisions %d/%d F1 %.3f kind %.2f council %.2f date %.2f",
                labelled,
                p,
                r,
                f1(),
                exactF1(),
                macroF1(),
                decisionHits,
                decisionsLabelled,
                decisionsF1(),
                (double) kinds / documents,
                (double) councils / documents,
                (double) dates / documents);
    }

    private static double f1(int hit, int predicted, int wanted) {
        double p = predicted == 0 ? wanted == 0 ? 1 : 0 : (double) hit / predicted;
        double r = wanted == 0 ? 1 : (double) hit / wanted;
        return p + r == 0 ? 0 : 2 * p * r / (p + r);
    }

    /** Longest in-order pairing of labelled and found items. */
    private static List<JsonNode[]> pairs(List<JsonNode> golds, List<JsonNode> items) {
        int g = golds.size();
        int p = items.size();
        int[][] best = new int[g + 1][p + 1];
        boolean[][] alike = new boolean[g][p];
        for (int i = g - 1; i >= 0; i--) {
            for (int j = p - 1; j >= 0; j--) {
                alike[i][j] = alike(golds.get(i), items.get(j));
                best[i][j] = Math.max(best[i + 1][j], best[i][j + 1]);
                if (alike[i][j]) {
                    best[i][j] = Math.max(best[i][j], best[i + 1][j + 1] + 1);
                }
            }
        }
        List<JsonNode[]> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < g && j < p) {
            if (alike[i][j] && best[i][j] == best[i + 1][j + 1] + 1) {
                pairs.add(new JsonNode[] {golds.get(i++), items.get(j++)});
            } else if (best[i + 1][j] >= best[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return pairs;
    }

    private static boolean alike(JsonNode gold, JsonNode item) {
        if (gold.path("page").asInt() != item.path("page").asInt()) {
            return false;
        }
        String said = start(fold(text(item, "title")), 60);
        List<String> titles = new ArrayList<>(List.of(orEmpty(text(gold, "title"))));
        list(gold, "titleAlso").forEach(also -> titles.add(also.asString()));
        for (String title : titles) {
            String wanted = start(fold(title), 60);
            int n = Math.min(wanted.length(), said.length());
            if (n >= 12 && wanted.startsWith(said.substring(0, n))
                    || n >= 12 && said.startsWith(wanted.substring(0, n))
                    || n > 0 && ratio(wanted, said) >= 0.8) {
                return true;
            }
        }
        return false;
    }

    private static void decisions(Scores scores, List<JsonNode> golds, List<JsonNode> items) {
        List<String> free = new ArrayList<>();
        for (JsonNode item : items) {
            for (JsonNode decision : list(item, "decisions")) {
                free.add(fold(decision.isString() ? decision.asString() : text(decision, "text")));
            }
        }
        scores.decisionsFound = free.size();
        for (JsonNode item : golds) {
            for (JsonNode decision : list(item, "decisions")) {
                scores.decisionsLabelled++;
                String wanted = start(fold(decision.asString()), 40);
                for (int i = 0; i < free.size(); i++) {
                    if (free.get(i).contains(wanted)) {
                        free.remove(i);
                        scores.decisionHits++;
                        break;
                    }
                }
            }
        }
    }

    private static boolean sameCouncil(JsonNode gold, JsonNode found) {
        String said = text(found, "council");
        if (said == null || said.isEmpty()) {
            return text(gold, "council") == null;
        }
        List<String> names = new ArrayList<>(List.of(orEmpty(text(gold, "council"))));
        list(gold, "councilAlso").forEach(also -> names.add(also.asString()));
        return names.stream().anyMatch(name -> place(name).equals(place(said)));
    }

    private static List<String> place(String name) {
        List<String> words = List.of(fold(name).split(" "));
        List<String> telling =
                words.stream().filter(word -> !GENERIC.contains(word)).sorted().toList();
        return telling.isEmpty() ? words : telling;
    }

    /** Likeness as Python's difflib gives it: twice the letters in common runs over all. */
    static double ratio(String a, String b) {
        return a.isEmpty() && b.isEmpty() ? 1 : 2.0 * matches(a, b) / (a.length() + b.length());
    }

    private static int matches(String a, String b) {
        int longest = 0;
        int inA = 0;
        int inB = 0;
        int[] before = new int[b.length() + 1];
        for (int i = 0; i < a.length(); i++) {
            int[] run = new int[b.length() + 1];
            for (int j = 0; j < b.length(); j++) {
                if (a.charAt(i) == b.charAt(j)) {
                    run[j + 1] = before[j] + 1;
                    if (run[j + 1] > longest) {
                        longest = run[j + 1];
                        inA = i + 1 - longest;
                        inB = j + 1 - longest;
                    }
                }
            }
            before = run;
        }
        return longest == 0
                ? 0
                : longest
                        + matches(a.substring(0, inA), b.substring(0, inB))
                        + matches(a.substring(inA + longest), b.substring(inB + longest));
    }

    private static String fold(@Nullable String text) {
        return Normalizer.normalize(orEmpty(text), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_]+", " ")
                .strip();
    }

    private static String number(JsonNode item) {
        return orEmpty(text(item, "number")).toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]+", "");
    }

    private static boolean isOptional(JsonNode item) {
        return item.path("optional").asBoolean(false);
    }

    private static String start(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNull() || value instanceof MissingNode ? null : value.asString();
    }

    private static List<JsonNode> list(JsonNode node, String name) {
        List<JsonNode> list = new ArrayList<>();
        node.path(name).forEach(list::add);
        return list;
    }
}
