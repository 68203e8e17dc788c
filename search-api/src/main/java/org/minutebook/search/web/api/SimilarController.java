package org.minutebook.search.web.api;

import java.util.List;
import org.minutebook.contracts.ItemId;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.ItemLookup;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.items.FoundItem;
import org.minutebook.search.items.NotThereException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Items like others, and titles like what is being typed. */
@WithSearch
@RestController
class SimilarController {

    private static final int SIMILAR = 5;
    private static final int SUGGESTIONS = 8;

    /** Longest beginning for which titles are suggested, in characters. */
    private static final int LONGEST = 100;

    private final ItemLookup lookup;
    private final ItemSearch search;

    SimilarController(ItemLookup lookup, ItemSearch search) {
        this.lookup = lookup;
        this.search = search;
    }

    /** Items about the same matter at other meetings, best first. */
    record Similar(List<FoundItem> items) {}

    /** Titles to choose from while typing. */
    record Suggestions(List<String> suggestions) {}

    @GetMapping("/api/v1/items/{id}/similar")
    Similar similar(@PathVariable String id) {
        if (!ItemId.isValid(id)) {
            throw new NotThereException("There is no item '" + id + "'");
        }
        return lookup.item(new ItemId(id))
                .map(item -> new Similar(search.similar(item, SIMILAR)))
                .orElseThrow(() -> new NotThereException("There is no item '" + id + "'"));
    }

    @GetMapping("/api/v1/suggestions")
    Suggestions suggestions(@RequestParam(defaultValue = "") String q) {
        boolean useful = q.codePoints().filter(Character::isLetterOrDigit).count() >= 2;
        return new Suggestions(
                useful && q.length() <= LONGEST ? search.titles(q, SUGGESTIONS) : List.of());
    }
}
