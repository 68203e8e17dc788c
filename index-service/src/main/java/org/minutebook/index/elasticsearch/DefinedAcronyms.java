package org.minutebook.index.elasticsearch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minutebook.contracts.IndexEntry;

/**
 * What a text says its acronyms stand for: "Community Infrastructure Levy (CIL)", "Section 106
 * (s106)", "TPO (tree preservation order)". Only where the letters are the first ones of the words,
 * so that a name or a remark in brackets is none.
 */
final class DefinedAcronyms {

    /** Two capitals or more, or a letter with a number; perhaps with the s of a plural. */
    private static final String ACRONYM = "(\\p{Lu}[\\p{Lu}\\d&]{1,9}|[Ss]\\d{1,4})s?";

    private static final String QUOTATION = "[\"“”‘’']?";

    private static final Pattern AFTER =
            Pattern.compile("\\(\\s*" + QUOTATION + ACRONYM + QUOTATION + "\\s*\\)");

    private static final Pattern BEFORE =
            Pattern.compile("(?<![\\p{L}\\p{N}])" + ACRONYM + "\\s*\\(([^()]{5,120})\\)");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}’']*");

    /** Where what was said before does not belong to the acronym any more. */
    private static final Pattern BREAK = Pattern.compile("[.;:!?()]\\s|\\n");

    /** Left out of acronyms, mostly. */
    private static final Set<String> SMALL =
            Set.of("a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to");

    /** Most words before a bracket that are looked at. */
    private static final int MOST_WORDS = 14;

    private static final int MOST_CHARACTERS = 160;

    /** Most of one item; one that has more is a glossary. */
    private static final int MOST = 60;

    private DefinedAcronyms() {}

    /** As {@code CIL = community infrastructure levy}, each once. */
    static List<String> in(String title, String text) {
        String all = title + "\n" + text;
        if (all.indexOf('(') < 0) {
            return List.of(); // most items: looking for acronyms letter by letter takes long
        }
        Set<String> found = new LinkedHashSet<>();
        Matcher after = AFTER.matcher(all);
        while (after.find() && found.size() < MOST) {
            String before =
                    all.substring(Math.max(0, after.start() - MOST_CHARACTERS), after.start());
            add(found, after.group(1), words(lastPart(before)), false);
        }
        Matcher reversed = BEFORE.matcher(all);
        while (reversed.find() && found.size() < MOST) {
            add(found, reversed.group(1), words(reversed.group(2)), true);
        }
        return List.copyOf(found);
    }

    private static String lastPart(String text) {
        String[] parts = BREAK.split(text.stripTrailing(), -1);
        return parts[parts.length - 1];
    }

    private static List<String> words(String text) {
        List<String> words = WORD.matcher(text).results().map(result -> result.group()).toList();
        return words.subList(Math.max(0, words.size() - MOST_WORDS), words.size());
    }

    private static void add(Set<String> found, String acronym, List<String> words, boolean whole) {
        String letters = acronym.replace("&", "").toLowerCase(Locale.ROOT);
        int start = start(letters, letters.length() - 1, words, words.size() - 1);
        if (start < 0 || (whole && start > 0) || words.size() - start < 2) {
            return;
        }
        String meaning = String.join(" ", words.subList(start, words.size()));
        found.add(
                acronym.toUpperCase(Locale.ROOT)
                        + IndexEntry.STANDS_FOR
                        + meaning.toLowerCase(Locale.ROOT));
    }

    /**
     * The word from which on the first letters of words give these letters; -1 for none. Small
     * words may be left out, and a number stands for itself.
     */
    private static int start(String letters, int letter, List<String> words, int word) {
        if (letter < 0) {
            return word + 1;
        }
        if (word < 0) {
            return -1;
        }
        String lower = words.get(word).toLowerCase(Locale.ROOT);
        if (Character.isDigit(lower.charAt(0))) {
            String sofar = letters.substring(0, letter + 1);
            return sofar.endsWith(lower)
                    ? start(letters, letter - lower.length(), words, word - 1)
                    : -1;
        }
        if (lower.charAt(0) == letters.charAt(letter)) {
            int rest = start(letters, letter - 1, words, word - 1);
            if (rest >= 0) {
                return rest;
            }
        }
        // The first word is never a small one that was left out.
        return SMALL.contains(lower) && letter < letters.length()
                ? start(letters, letter, words, word - 1)
                : -1;
    }
}
