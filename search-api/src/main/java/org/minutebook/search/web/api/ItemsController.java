package org.minutebook.search.web.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ItemId;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.ItemLookup;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.items.Facets;
import org.minutebook.search.items.FoundItem;
import org.minutebook.search.items.FoundItems;
import org.minutebook.search.items.ItemInFull;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.items.Place;
import org.minutebook.search.web.Cursors;
import org.minutebook.search.web.Questions;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Agenda items: searched, and one by one. */
@WithSearch
@RestController
@RequestMapping("/api/v1/items")
class ItemsController {

    private final Questions questions;
    private final Cursors cursors;
    private final ItemSearch search;
    private final ItemLookup lookup;

    ItemsController(Questions questions, Cursors cursors, ItemSearch search, ItemLookup lookup) {
        this.questions = questions;
        this.cursors = cursors;
        this.search = search;
        this.lookup = lookup;
    }

    /**
     * What a search found.
     *
     * @param total how many items there are
     * @param items one page of them
     * @param facets how many there are by council and so on; null with a cursor
     * @param didYouMean the query as it may have been meant
     * @param relaxed whether no item has all words, and those are shown that have most
     * @param alsoSearched what the thesaurus added to the query
     * @param partial whether the time was not enough to look everywhere
     * @param nextCursor to be sent as {@code cursor} for the next page; null where nothing follows
     */
    record Answer(
            long total,
            List<FoundItem> items,
            @Nullable Facets facets,
            @Nullable String didYouMean,
            boolean relaxed,
            List<String> alsoSearched,
            boolean partial,
            @Nullable String nextCursor) {}

    @GetMapping
    Answer items(@RequestParam MultiValueMap<String, String> parameters) {
        ItemQuestion question = questions.read(parameters);
        FoundItems found = search.search(question);
        Place next = found.next();
        return new Answer(
                found.total(),
                found.items(),
                found.facets(),
                found.didYouMean(),
                found.relaxed(),
                found.alsoSearched(),
                found.partial(),
                next == null
                        ? null
                        : cursors.write(
                                next, question.query(), question.filters(), question.order()));
    }

    @GetMapping("/{id}")
    ItemInFull item(@PathVariable String id) {
        if (!ItemId.isValid(id)) {
            throw new NotThereException("There is no item '" + id + "'");
        }
        return lookup.item(new ItemId(id))
                .orElseThrow(() -> new NotThereException("There is no item '" + id + "'"));
    }
}
