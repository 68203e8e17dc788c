package org.minutebook.search.alerts.matching;

import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * The analysis of the item index, here: what the mapping calls {@code minutebook_text}, {@code
 * minutebook_exact} and {@code minutebook_folded}, by field. A property test holds both together.
 */
final class ItemAnalysis extends DelegatingAnalyzerWrapper {

    /** Positions between two values of a field. Source: Elasticsearch, position_increment_gap. */
    private static final int GAP = 100;

    static final Analyzer TEXT = new Text();
    static final Analyzer EXACT = new Exact();
    private static final Analyzer FOLDED = new Folded();
    private static final Analyzer AS_IT_IS = new KeywordAnalyzer();

    private static final Map<String, Analyzer> BY_FIELD =
            Map.of(
                    ItemFields.ALL,
                    TEXT,
                    ItemFields.TITLE,
                    TEXT,
                    ItemFields.DECISIONS,
                    TEXT,
                    ItemFields.COUNCIL,
                    TEXT,
                    ItemFields.COMMITTEE,
                    TEXT,
                    ItemFields.exact(ItemFields.ALL),
                    EXACT,
                    ItemFields.exact(ItemFields.TITLE),
                    EXACT,
                    ItemFields.exact(ItemFields.DECISIONS),
                    EXACT,
                    ItemFields.NUMBER,
                    FOLDED);

    ItemAnalysis() {
        super(PER_FIELD_REUSE_STRATEGY);
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return BY_FIELD.getOrDefault(field, AS_IT_IS);
    }

    private static final class Text extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            TokenStream folded =
                    new ASCIIFoldingFilter(new LowerCaseFilter(new EnglishPossessiveFilter(words)));
            TokenStream telling = new StopFilter(folded, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
            return new TokenStreamComponents(
                    words, new SnowballFilter(telling, new EnglishStemmer()));
        }

        @Override
        public int getPositionIncrementGap(String field) {
            return GAP;
        }
    }

    private static final class Exact extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            return new TokenStreamComponents(
                    words, new ASCIIFoldingFilter(new LowerCaseFilter(words)));
        }

        @Override
        public int getPositionIncrementGap(String field) {
            return GAP;
        }
    }

    private static final class Folded extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer whole = new KeywordTokenizer();
            return new TokenStreamComponents(
                    whole, new ASCIIFoldingFilter(new LowerCaseFilter(whole)));
        }
    }
}
