package org.minutebook.search.web.pages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.MeetingId;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.ItemLookup;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.items.FoundItem;
import org.minutebook.search.items.FoundItem.InDocument;
import org.minutebook.search.items.ItemInFull;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.web.Addresses;
import org.minutebook.search.web.PublicAddress;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;
import tools.jackson.databind.json.JsonMapper;

/** The page of an item. */
@WithSearch
@Controller
class ItemPages {

    private static final int SIMILAR = 5;

    private final ItemLookup lookup;
    private final ItemSearch search;
    private final Addresses addresses;
    private final PublicAddress publicAddress;
    private final JsonMapper json;

    ItemPages(
            ItemLookup lookup,
            ItemSearch search,
            Addresses addresses,
            PublicAddress publicAddress,
            JsonMapper json) {
        this.lookup = lookup;
        this.search = search;
        this.addresses = addresses;
        this.publicAddress = publicAddress;
        this.json = json;
    }

    @GetMapping("/items/{id}")
    ModelAndView item(@PathVariable String id, Model model) {
        if (!ItemId.isValid(id)) {
            throw nothing(id);
        }
        ItemId itemId = new ItemId(id);
        Optional<ItemInFull> found = lookup.item(itemId);
        if (found.isEmpty()) {
            return elsewhere(itemId);
        }
        ItemInFull item = found.get();
        List<FoundItem> similar = search.similar(item, SIMILAR);
        String canonical = publicAddress.of(addresses.item(itemId));
        model.addAttribute("item", item);
        model.addAttribute("pdf", addresses.file(item.document().id(), item.page()));
        model.addAttribute("blocks", Block.of(item.text()));
        model.addAttribute("similar", similar);
        model.addAttribute("canonical", canonical);
        model.addAttribute("jsonLd", jsonLd(item, canonical));
        return new ModelAndView("item");
    }

    /** A name that is not used any more leads to what it meant, else to the meeting. */
    private ModelAndView elsewhere(ItemId old) {
        Optional<String> successor = lookup.successor(old).map(addresses::item);
        if (successor.isPresent()) {
            return redirect(successor.get(), HttpStatus.MOVED_PERMANENTLY);
        }
        MeetingId meeting =
                lookup.meetingOf(old.document()).orElseThrow(() -> nothing(old.value()));
        return redirect("/meetings/" + meeting, HttpStatus.FOUND);
    }

    private static ModelAndView redirect(String address, HttpStatus status) {
        RedirectView view = new RedirectView(address, true);
        view.setStatusCode(status);
        view.setExposeModelAttributes(false);
        return new ModelAndView(view);
    }

    private static NotThereException nothing(String id) {
        return new NotThereException("There is no item '" + id + "'");
    }

    /** For search engines. Source of the words: schema.org, CreativeWork. */
    private String jsonLd(ItemInFull item, String address) {
        InDocument document = item.document();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("@context", "https://schema.org");
        data.put("@type", "CreativeWork");
        data.put("@id", address);
        data.put("url", address);
        data.put("name", item.title());
        if (item.number() != null) {
            data.put("position", item.number());
        }
        if (document.meetingDate() != null) {
            data.put("datePublished", document.meetingDate().toString());
        }
        if (document.council() != null) {
            data.put(
                    "publisher",
                    Map.of("@type", "GovernmentOrganization", "name", document.council()));
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("@type", "DigitalDocument");
        whole.put("name", document.title() == null ? "Document" : document.title());
        whole.put(
                "url",
                document.sourceUrl() == null
                        ? publicAddress.of(addresses.file(document.id()))
                        : document.sourceUrl());
        data.put("isPartOf", whole);
        // Nothing in a title may end the script element that this stands in.
        return json.writeValueAsString(data).replace("<", "\\u003c");
    }
}
