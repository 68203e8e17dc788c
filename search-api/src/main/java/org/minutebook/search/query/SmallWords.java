package org.minutebook.search.query;

import java.util.Locale;
import java.util.Set;

/**
 * Words that say nothing beside others: those that the index's analysis leaves out, and those with
 * which people ask.
 */
final class SmallWords {

    /** Source: Lucene, {@code EnglishAnalyzer.ENGLISH_STOP_WORDS_SET}. */
    private static final Set<String> NOT_INDEXED =
            Set.of(
                    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in",
                    "into", "is", "it", "no", "not", "of", "on", "or", "such", "that", "the",
                    "their", "then", "there", "these", "they", "this", "to", "was", "will", "with");

    private static final Set<String> OF_QUESTIONS =
            Set.of(
                    "i", "we", "you", "my", "our", "your", "me", "who", "what", "what's", "when",
                    "where", "which", "why", "how", "do", "does", "did", "can", "could", "has",
                    "have", "had", "been", "were", "from", "about", "any", "its");

    private SmallWords() {}

    static boolean contains(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return NOT_INDEXED.contains(lower) || OF_QUESTIONS.contains(lower);
    }
}
