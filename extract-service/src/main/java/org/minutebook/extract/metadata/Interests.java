package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.text.Paragraphs;

/**
 * Finds declarations of interest that point to an item: by its number, or by a reference that
 * stands in its title. "Interest in 8" on a page whose items have no numbers is the eighth.
 */
final class Interests {

    private static final Pattern TITLE = Pattern.compile("(?i)\\b(?:interests?|conflicts?)\\b");

    private static final Pattern DECLARES =
            Pattern.compile(
                    "(?i).*\\b(?:interest|dispensation|conflict|declared|withdrew|recus\\w+)\\b.*");

    private static final Pattern ITEM =
            Pattern.compile(
                    "(?i)\\b(?:(?:agenda )?items?|minutes?|agenda|nos?\\.?|number|motion|interest in|interests in|resolution)\\s*(?:nos?\\.?\\s*|number\\s*|#\\s*)?(?<number>(?!20\\d\\d\\b)(?=\\w{0,3}\\d)[\\dA-Z]{1,4}(?:[./-]\\w{1,6}){0,3}\\b(?:(?:,| and| &)\\s*\\d{1,3}\\b)*)");

    private static final Pattern REFERENCE =
            Pattern.compile("\\b(?=\\S*\\d)[A-Z\\d]{1,6}(?:[/.-][A-Z\\d]{1,8}){1,4}\\b");

    private final Map<Integer, List<String>> byEntry = new HashMap<>();

    Interests(List<Entry> entries) {
        for (Entry entry : entries) {
            if (!TITLE.matcher(entry.title()).find()) {
                continue;
            }
            List<Line> lines = new ArrayList<>(entry.body());
            if (lines.isEmpty()) {
                continue;
            }
            for (Sentences.Sentence sentence : Sentences.of(Paragraphs.of(lines))) {
                if (DECLARES.matcher(sentence.text()).matches()) {
                    point(sentence.text(), entry, entries);
                }
            }
        }
    }

    /** What was declared about the entry with this index. */
    List<String> of(int entry) {
        return byEntry.getOrDefault(entry, List.of());
    }

    private void point(String text, Entry declared, List<Entry> entries) {
        boolean numbered = entries.stream().anyMatch(entry -> entry.number() != null);
        Matcher item = ITEM.matcher(text);
        while (item.find()) {
            for (String number : item.group("number").split("(?:,| and| &)\\s*")) {
                String wanted = folded(number);
                for (int i = 0; i < entries.size(); i++) {
                    Entry entry = entries.get(i);
                    boolean same =
                            numbered
                                    ? entry.number() != null
                                            && folded(entry.number()).equals(wanted)
                                    : wanted.equals(Integer.toString(i + 1));
                    if (same && entry != declared) {
                        add(i, text);
                    }
                }
            }
        }
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                if (entry != declared
                        && (entry.title().contains(reference.group())
                                || reference.group().equals(entry.number()))) {
                    add(i, text);
                }
            }
        }
    }

    private void add(int entry, String text) {
        List<String> known = byEntry.computeIfAbsent(entry, key -> new ArrayList<>());
        if (!known.contains(text)) {
            known.add(text);
        }
    }

    private static String folded(String number) {
        return number.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").strip();
    }
}
