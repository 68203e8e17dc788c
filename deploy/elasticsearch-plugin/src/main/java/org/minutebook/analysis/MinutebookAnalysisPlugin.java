package org.minutebook.analysis;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.PreConfiguredTokenFilter;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * The part of Elasticsearch's analysis module that Minutebook's index needs, so that one index
 * template works on the small server and on a full one alike; and what the server's own index of
 * API keys needs, so that they work, too. Names and defaults are those of the Elasticsearch
 * reference, "Token filter reference" and "Tokenizer reference".
 */
public final class MinutebookAnalysisPlugin extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
                "stemmer",
                        (index, environment, name, settings) ->
                                stemmer(name, settings.get("language", "porter")),
                "asciifolding", (index, environment, name, settings) -> new AsciiFolding(name),
                "edge_ngram", (index, environment, name, settings) -> new EdgeNgram(name, settings),
                "pattern_capture",
                        (index, environment, name, settings) -> new PatternCapture(name, settings));
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of(
                "uax_url_email",
                (index, environment, name, settings) ->
                        TokenizerFactory.newFactory(name, UAX29URLEmailTokenizer::new));
    }

    @Override
    public List<PreConfiguredTokenFilter> getPreConfiguredTokenFilters() {
        return List.of(
                PreConfiguredTokenFilter.singleton("asciifolding", true, ASCIIFoldingFilter::new),
                PreConfiguredTokenFilter.singleton("unique", false, Unique::new));
    }

    private static TokenFilterFactory stemmer(String name, String language) {
        return new Stemmer(name, language);
    }

    private static final class Stemmer extends AbstractTokenFilterFactory {

        private final String language;

        Stemmer(String name, String language) {
            super(name);
            this.language = language;
        }

        @Override
        public TokenStream create(TokenStream tokens) {
            return switch (language) {
                case "porter", "english" -> new PorterStemFilter(tokens);
                case "porter2" -> new SnowballFilter(tokens, new EnglishStemmer());
                case "possessive_english" -> new EnglishPossessiveFilter(tokens);
                default ->
                        throw new IllegalArgumentException(
                                "stemmer language '"
                                        + language
                                        + "', expected porter, english, porter2 or possessive_english");
            };
        }
    }

    private static final class AsciiFolding extends AbstractTokenFilterFactory
            implements NormalizingTokenFilterFactory {

        AsciiFolding(String name) {
            super(name);
        }

        @Override
        public TokenStream create(TokenStream tokens) {
            return new ASCIIFoldingFilter(tokens);
        }
    }

    private static final class EdgeNgram extends AbstractTokenFilterFactory {

        private final int min;
        private final int max;

        EdgeNgram(String name, Settings settings) {
            super(name);
            min = settings.getAsInt("min_gram", 1);
            max = settings.getAsInt("max_gram", 2);
        }

        @Override
        public TokenStream create(TokenStream tokens) {
            return new EdgeNGramTokenFilter(tokens, min, max, false);
        }
    }

    private static final class PatternCapture extends AbstractTokenFilterFactory {

        private final boolean preserveOriginal;
        private final Pattern[] patterns;

        PatternCapture(String name, Settings settings) {
            super(name);
            preserveOriginal = settings.getAsBoolean("preserve_original", true);
            patterns =
                    settings.getAsList("patterns").stream()
                            .map(Pattern::compile)
                            .toArray(Pattern[]::new);
        }

        @Override
        public TokenStream create(TokenStream tokens) {
            return new PatternCaptureGroupTokenFilter(tokens, preserveOriginal, patterns);
        }
    }

    /** Lets each word through once. */
    private static final class Unique extends FilteringTokenFilter {

        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final CharArraySet seen = new CharArraySet(8, false);

        Unique(TokenStream tokens) {
            super(tokens);
        }

        @Override
        protected boolean accept() {
            return seen.add(Arrays.copyOf(term.buffer(), term.length()));
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            seen.clear();
        }
    }
}
