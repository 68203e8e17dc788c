package org.minutebook.search.items;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param total how many items there are
 * @param items one page of them
 * @param facets how many there are by council and so on; null where not asked for
 * @param didYouMean the query as it may have been meant, where a word of it occurs nowhere
 * @param relaxed whether no item has all words, and those are shown that have most
 * @param alsoSearched what the thesaurus added to the query
 * @param partial whether the time was not enough to look everywhere
 * @param next where this page ended; null where nothing follows
 */
public record FoundItems(
        long total,
        List<FoundItem> items,
        @Nullable Facets facets,
        @Nullable String didYouMean,
        boolean relaxed,
        List<String> alsoSearched,
        boolean partial,
        @JsonIgnore @Nullable Place next) {

    public FoundItems {
        items = List.copyOf(items);
        alsoSearched = List.copyOf(alsoSearched);
    }
}
