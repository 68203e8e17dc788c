package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.SuggestMode;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.SuggestSort;
import co.elastic.clients.elasticsearch.core.search.TermSuggest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minutebook.contracts.IndexEntry;
import org.springframework.stereotype.Component;

/** Finds what a word may have been meant to be. */
@Component
class Spelling {

    private static final String NAME = "spelling";

    /** Longest text whose words are looked up. */
    private static final int LONGEST = 200;

    /**
     * Likeness from which a word may have been meant, 1 minus changed letters by length: one letter
     * of four, two of eight. Nonsense is at two of six.
     */
    private static final double LIKELY = 0.74;

    /** Longest time for it; a guess is not worth more. */
    private static final String LIMIT = "1s";

    private final Elastic elastic;

    Spelling(Elastic elastic) {
        this.elastic = elastic;
    }

    /**
     * The text with words that occur nowhere replaced by the most likely ones that do; empty where
     * there is nothing to replace.
     */
    Optional<String> corrected(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        SearchRequest request =
                SearchRequest.of(search ->
                        search.index(IndexEntry.ALIAS)
                                .ignoreUnavailable(true)
                                .size(0)
                                .timeout(LIMIT)
                                .suggest(suggest ->
                                        suggest.suggesters(
                                                NAME,
                                                s ->
                                                        s.text(text)
                                                                .term(term ->
                                                                        term.field("all.exact")
                                                                                .size(1)
                                                                                .suggestMode(
                                                                                        SuggestMode
                                                                                                .Missing)
                                                                                .sort(
                                                                                        SuggestSort
                                                                                                .Score)
                                                                                .prefixLength(1)
                                                                                .minWordLength(
                                                                                        4)))));
        Optional<SearchResponse<IndexEntry>> answer = elastic.search(request);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        String corrected = text;
        for (var suggestion : answer.get().suggest().getOrDefault(NAME, java.util.List.of())) {
            TermSuggest term = suggestion.term();
            if (!term.options().isEmpty() && term.options().getFirst().score() >= LIKELY) {
                // The text that Elasticsearch names is folded; it is looked for in any case.
                corrected =
                        Pattern.compile(
                                        "(?iu)(?<![\\p{L}\\p{N}])"
                                                + Pattern.quote(term.text())
                                                + "(?![\\p{L}\\p{N}])")
                                .matcher(corrected)
                                .replaceAll(
                                        Matcher.quoteReplacement(term.options().getFirst().text()));
            }
        }
        return corrected.equals(text) ? Optional.empty() : Optional.of(corrected);
    }
}
