package org.minutebook.search.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Words that say nothing beside others: those that the index's analysis leaves out, and those with
 * which people ask. Words are taken apart as the index does it, so that none is looked for of which
 * nothing is indexed: "and/or", "it's" and "â" are small, too.
 */
final class SmallWords {

    private static final Set<String> OF_QUESTIONS =
            Set.of(
                    "i", "we", "you", "my", "our", "your", "me", "who", "what", "when", "where",
                    "which", "why", "how", "do", "does", "did", "can", "could", "has", "have",
                    "had", "been", "were", "from", "about", "any", "its");

    /** The analysis of the item index up to where it leaves words out. */
    private static final Analyzer PARTS =
            new Analyzer() {
                @Override
                protected TokenStreamComponents createComponents(String field) {
                    Tokenizer words = new StandardTokenizer();
                    return new TokenStreamComponents(
                            words,
                            new ASCIIFoldingFilter(
                                    new LowerCaseFilter(new EnglishPossessiveFilter(words))));
                }
            };

    private SmallWords() {}

    /** Whether all parts of a word are small. */
    static boolean contains(String word) {
        try (TokenStream parts = PARTS.tokenStream("", word)) {
            CharTermAttribute part = parts.addAttribute(CharTermAttribute.class);
            boolean small = true;
            boolean any = false;
            parts.reset();
            while (parts.incrementToken()) {
                any = true;
                small =
                        small
                                && (EnglishAnalyzer.ENGLISH_STOP_WORDS_SET.contains(part)
                                        || OF_QUESTIONS.contains(part.toString()));
            }
            parts.end();
            return any && small;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }
}
