package org.minutebook.search.items;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.search.items.Meeting.Entry;
import org.minutebook.search.items.Meeting.Printed;

/**
 * Finds for each item of an agenda the one of the minutes that is the same: first by number with a
 * similar title, because minutes often shorten or extend it, then by title alone, because they
 * often number anew.
 */
public final class Joining {

    /** Share of common words from which titles of items with the same number are similar. */
    private static final double SIMILAR = 0.3;

    /** The same for items with different numbers, or none. */
    private static final double ALIKE = 0.7;

    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private Joining() {}

    /**
     * Entries in the order of the minutes; what only the agenda has stands where it was announced.
     */
    public static List<Entry> join(List<Printed> announced, List<Printed> recorded) {
        Map<Printed, Printed> recordOf = new HashMap<>();
        Set<Printed> taken = new HashSet<>();
        for (boolean byNumber : new boolean[] {true, false}) {
            for (Printed item : announced) {
                if (recordOf.containsKey(item)) {
                    continue;
                }
                Printed best = best(item, recorded, taken, byNumber);
                if (best != null) {
                    recordOf.put(item, best);
                    taken.add(best);
                }
            }
        }
        return inOrder(announced, recorded, recordOf);
    }

    private static @Nullable Printed best(
            Printed item, List<Printed> recorded, Set<Printed> taken, boolean byNumber) {
        Printed best = null;
        double most = 0;
        for (Printed candidate : recorded) {
            if (taken.contains(candidate) || candidate.grouping() != item.grouping()) {
                continue;
            }
            boolean sameNumber =
                    item.number() != null
                            && candidate.number() != null
                            && fold(item.number()).equals(fold(candidate.number()));
            if (byNumber && !sameNumber) {
                continue;
            }
            double similarity = similarity(item.title(), candidate.title());
            if (similarity >= (byNumber ? SIMILAR : ALIKE) && similarity > most) {
                best = candidate;
                most = similarity;
            }
        }
        return best;
    }

    private static List<Entry> inOrder(
            List<Printed> announced, List<Printed> recorded, Map<Printed, Printed> recordOf) {
        Map<Printed, Printed> announcementOf = new HashMap<>();
        recordOf.forEach((announcement, record) -> announcementOf.put(record, announcement));
        // What the minutes do not have follows the item that it followed in the agenda.
        Map<@Nullable Printed, List<Printed>> follow = new HashMap<>();
        Printed before = null;
        for (Printed item : announced) {
            Printed record = recordOf.get(item);
            if (record == null) {
                follow.computeIfAbsent(before, b -> new ArrayList<>()).add(item);
            } else {
                before = record;
            }
        }
        List<Entry> entries = new ArrayList<>();
        addAlone(entries, follow.get(null));
        for (Printed record : recorded) {
            entries.add(new Entry(announcementOf.get(record), record));
            addAlone(entries, follow.get(record));
        }
        return entries;
    }

    private static void addAlone(List<Entry> entries, @Nullable List<Printed> announced) {
        if (announced != null) {
            announced.forEach(item -> entries.add(new Entry(item, null)));
        }
    }

    /**
     * Words that both have, as a share of the words of the one with fewer, so that "Budget" is like
     * "Budget 2026/27"; by a tenth less for what the other has more.
     */
    static double similarity(String one, String other) {
        Set<String> words = words(one);
        Set<String> others = words(other);
        if (words.isEmpty() || others.isEmpty()) {
            return words.equals(others) ? 1 : 0;
        }
        Set<String> common = new HashSet<>(words);
        common.retainAll(others);
        double fewer = Math.min(words.size(), others.size());
        double more = Math.max(words.size(), others.size());
        return 0.9 * common.size() / fewer + 0.1 * common.size() / more;
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>(Arrays.asList(fold(text).split(" ", -1)));
        words.remove("");
        Set<String> telling = new HashSet<>(words);
        telling.removeAll(Set.of("the", "of", "and", "a", "to", "for", "in", "on"));
        return telling.isEmpty() ? words : telling;
    }

    private static String fold(String text) {
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return NOT_WORD.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
