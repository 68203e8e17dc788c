package org.minutebook.search.web.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Outcome;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.items.Facets;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.FoundItems;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.Order;
import org.minutebook.search.items.WrongInputException;
import org.minutebook.search.query.QueryParser;
import org.minutebook.search.query.Vocabulary;
import org.minutebook.search.web.Questions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page, and the page of results. */
@WithSearch
@Controller
class SearchPages {

    /** Results on one page. */
    private static final int SIZE = 20;

    /** Elasticsearch turns pages so far and no further; beyond that people narrow or export. */
    private static final int DEEPEST = 10_000;

    private static final int NEWEST = 8;

    private final Questions questions;
    private final QueryParser parser;
    private final ItemSearch search;
    private final Vocabulary vocabulary;

    SearchPages(Questions questions, QueryParser parser, ItemSearch search, Vocabulary vocabulary) {
        this.questions = questions;
        this.parser = parser;
        this.search = search;
        this.vocabulary = vocabulary;
    }

    @GetMapping("/")
    String home(Model model) {
        FoundItems newest =
                search.search(
                        new ItemQuestion(
                                parser.parse(""), Filters.NONE, Order.DATE, NEWEST, 0, null, true));
        model.addAttribute("found", newest);
        model.addAttribute("facets", newest.facets() == null ? Facets.NONE : newest.facets());
        return "home";
    }

    @GetMapping("/search")
    String results(
            @RequestParam MultiValueMap<String, String> parameters,
            Model model,
            HttpServletResponse response) {
        SearchView view = new SearchView(parameters);
        model.addAttribute("view", view);
        model.addAttribute("query", view.value("q") == null ? "" : view.value("q"));
        try {
            int page = page(view.value("page"));
            ItemQuestion asked = questions.read(view.parameters());
            ItemQuestion question =
                    new ItemQuestion(
                            asked.query(),
                            asked.filters(),
                            asked.order(),
                            SIZE,
                            (page - 1) * SIZE,
                            null,
                            true);
            FoundItems found = search.search(question);
            int last = (int) Math.max(1, Math.min(DEEPEST, found.total() + SIZE - 1) / SIZE);
            model.addAttribute("found", found);
            model.addAttribute("order", question.order().wireName());
            model.addAttribute("facets", found.facets() == null ? Facets.NONE : found.facets());
            List<Bar> bars = Bar.of(found.facets() == null ? Facets.NONE : found.facets());
            model.addAttribute("bars", bars);
            model.addAttribute(
                    "barsLabel",
                    bars.isEmpty()
                            ? ""
                            : bars.getFirst().period() + " to " + bars.getLast().period());
            model.addAttribute("feed", view.at("/feed.atom"));
            model.addAttribute("noindex", true);
            model.addAttribute("page", page);
            model.addAttribute("last", last);
            model.addAttribute("first", question.offset() + 1);
        } catch (WrongInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("wrong", view.wrong(e));
        }
        return "search";
    }

    /** What the thesaurus adds to queries, for everybody to see. */
    @GetMapping("/words")
    String words(Model model) {
        model.addAttribute("entries", vocabulary.get().entries());
        return "words";
    }

    @GetMapping("/developers")
    String developers(Model model) {
        model.addAttribute("outcomes", Outcome.values());
        return "developers";
    }

    private static int page(@Nullable String text) {
        if (text == null) {
            return 1;
        }
        int most = DEEPEST / SIZE;
        try {
            int page = Integer.parseInt(text.strip());
            if (page >= 1 && page <= most) {
                return page;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new WrongInputException(
                "page", "there are pages 1 to " + most + ", not '" + text + "'");
    }
}
