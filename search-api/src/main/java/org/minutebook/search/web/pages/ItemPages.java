package org.minutebook.search.web.pages;

import org.minutebook.contracts.ItemId;
import org.minutebook.search.elasticsearch.ItemLookup;
import org.minutebook.search.items.ItemInFull;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.web.Addresses;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page of an item. */
@Controller
class ItemPages {

    private final ItemLookup lookup;
    private final Addresses addresses;

    ItemPages(ItemLookup lookup, Addresses addresses) {
        this.lookup = lookup;
        this.addresses = addresses;
    }

    @GetMapping("/items/{id}")
    String item(@PathVariable String id, Model model) {
        if (!ItemId.isValid(id)) {
            throw new NotThereException("There is no item '" + id + "'");
        }
        ItemInFull item =
                lookup.item(new ItemId(id))
                        .orElseThrow(() -> new NotThereException("There is no item '" + id + "'"));
        model.addAttribute("item", item);
        model.addAttribute("pdf", addresses.file(item.document().id(), item.page()));
        model.addAttribute("blocks", Block.of(item.text()));
        return "item";
    }
}
