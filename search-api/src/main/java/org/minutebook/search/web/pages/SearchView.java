package org.minutebook.search.web.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.search.items.Facets;
import org.minutebook.search.items.Facets.Count;
import org.minutebook.search.items.WrongInputException;
import org.minutebook.search.web.SearchAddress;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * The links of a page of results: each narrows, widens or turns the page, and keeps the rest of the
 * address.
 *
 * @param parameters of the page's address
 */
record SearchView(MultiValueMap<String, String> parameters) {

    /** Parameters that narrow nothing. */
    private static final Set<String> NOT_NARROWING = Set.of("q", "sort", "synonyms", "page");

    private static final List<String> LEFT_OUT_OF_ALERTS = List.of("year", "from", "to", "scanned");

    private static final int PAGES_AROUND = 2;

    /** What a parameter is called on the page. */
    private static final Map<String, String> LABELS =
            Map.ofEntries(
                    Map.entry("q", "Search"),
                    Map.entry("council", "Council"),
                    Map.entry("committee", "Committee"),
                    Map.entry("year", "Year"),
                    Map.entry("from", "From"),
                    Map.entry("to", "To"),
                    Map.entry("kind", "Kind of document"),
                    Map.entry("decided", "Decision"),
                    Map.entry("outcome", "Outcome"),
                    Map.entry("scanned", "Source"),
                    Map.entry("sort", "Order"),
                    Map.entry("synonyms", "Other words"),
                    Map.entry("page", "Page"));

    /** Parameters that a person fills in. */
    private static final Set<String> FIELDS = Set.of("q", "from", "to");

    SearchView {
        parameters = new SearchAddress(parameters).parameters();
    }

    /** One way to narrow. */
    record FacetView(String name, String title, List<Choice> choices) {}

    /**
     * A value to narrow by.
     *
     * @param href narrows to it, or no longer does where it is active
     */
    record Choice(String label, long count, boolean active, String href) {}

    /** A page of results; {@code number} 0 stands for those left out. */
    record PageLink(int number, boolean current, String href) {

        /**
         * Its class of govuk-frontend. Not written in the template, which takes two underscores for
         * the beginning of an expression.
         */
        public String style() {
            if (current) {
                return "govuk-pagination__item--current";
            }
            return number == 0 ? "govuk-pagination__item--ellipsis" : "";
        }
    }

    /**
     * What cannot be understood in an address.
     *
     * @param field id of the field in which it stands; null where there is none for it
     * @param sentence names the field as the page does
     * @param rest the search without it
     */
    record Wrong(@Nullable String field, String sentence, SearchView rest) {

        public String href() {
            return address("/search", rest.parameters());
        }
    }

    Wrong wrong(WrongInputException e) {
        String name = e.parameter();
        MultiValueMap<String, String> rest = new LinkedMultiValueMap<>(parameters);
        rest.remove("page");
        rest.remove(name);
        return new Wrong(
                FIELDS.contains(name) ? name : null,
                LABELS.getOrDefault(name, name) + ": " + e.getMessage(),
                new SearchView(rest));
    }

    public List<FacetView> facets(Facets facets) {
        List<FacetView> views = new ArrayList<>();
        add(views, "council", facets.council());
        add(views, "committee", facets.committee());
        add(views, "year", facets.year());
        add(views, "kind", facets.kind());
        add(views, "decided", facets.decided());
        add(views, "outcome", facets.outcome());
        add(views, "scanned", facets.scanned());
        return views;
    }

    private void add(List<FacetView> views, String name, List<Count> counts) {
        List<Choice> choices = new ArrayList<>();
        for (Count count : counts) {
            boolean active = is(name, count.value());
            choices.add(
                    new Choice(
                            count.label(),
                            count.count(),
                            active,
                            active ? without(name) : with(name, count.value())));
        }
        // A single value that is not chosen narrows nothing.
        if (choices.size() > 1 || choices.stream().anyMatch(Choice::active)) {
            views.add(new FacetView(name, LABELS.getOrDefault(name, name), choices));
        }
    }

    public boolean is(String name, String value) {
        return parameters.getOrDefault(name, List.of()).contains(value);
    }

    public @Nullable String value(String name) {
        return parameters.getFirst(name);
    }

    /** Whether anything narrows the search beside the query. */
    public boolean isNarrowed() {
        return parameters.keySet().stream().anyMatch(name -> !NOT_NARROWING.contains(name));
    }

    /**
     * Whether it is narrowed by what alerts leave out: they tell of what is new, whatever its date.
     */
    public boolean isNarrowedBeyondAlerts() {
        return LEFT_OUT_OF_ALERTS.stream().anyMatch(parameters::containsKey);
    }

    /** The same query, not narrowed. */
    public String everything() {
        MultiValueMap<String, String> changed = new LinkedMultiValueMap<>();
        if (parameters.containsKey("q")) {
            changed.add("q", parameters.getFirst("q"));
        }
        return address("/search", changed);
    }

    /**
     * The page with a parameter set; back on the first page. A year takes the place of dates, as
     * dates do of a year.
     */
    public String with(String name, String value) {
        MultiValueMap<String, String> changed = new LinkedMultiValueMap<>(parameters);
        changed.remove("page");
        if (name.equals("year")) {
            changed.remove("from");
            changed.remove("to");
        }
        changed.set(name, value);
        return address("/search", changed);
    }

    /** The page without a parameter; back on the first page. */
    public String without(String name) {
        MultiValueMap<String, String> changed = new LinkedMultiValueMap<>(parameters);
        changed.remove("page");
        changed.remove(name);
        return address("/search", changed);
    }

    /** The same search at another address, without the page. */
    public String at(String path) {
        return new SearchAddress(parameters).without("page").at(path);
    }

    public List<PageLink> pages(int current, int last) {
        List<PageLink> links = new ArrayList<>();
        for (int page = 1; page <= last; page++) {
            boolean shown = page == 1 || page == last || Math.abs(page - current) <= PAGES_AROUND;
            if (shown) {
                links.add(new PageLink(page, page == current, page(page)));
            } else if (links.getLast().number() != 0) {
                links.add(new PageLink(0, false, ""));
            }
        }
        return links;
    }

    public String page(int number) {
        MultiValueMap<String, String> changed = new LinkedMultiValueMap<>(parameters);
        changed.set("page", Integer.toString(number));
        return address("/search", changed);
    }

    private static String address(String path, MultiValueMap<String, String> parameters) {
        return new SearchAddress(parameters).at(path);
    }
}
