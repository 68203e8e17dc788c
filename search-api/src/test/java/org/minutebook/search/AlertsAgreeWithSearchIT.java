package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minutebook.search.Written.decision;
import static org.minutebook.search.Written.document;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.Outcome;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Cadence;
import org.minutebook.contracts.Subscription.Channel;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.alerts.matching.SubscriptionMatcher;
import org.minutebook.search.alerts.subscriptions.SearchFilters;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.items.FoundItems;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.Order;
import org.minutebook.search.query.QueryParser;
import org.minutebook.testservers.TestServers;

/** An alert comes for an item if and only if the same search finds it, on a real Elasticsearch. */
class AlertsAgreeWithSearchIT {

    /** Few words, so that queries find something: inflected, with accents, in pieces, in terms. */
    private static final List<String> WORDS =
            List.of(
                    "bridge",
                    "bridges",
                    "Bridge's",
                    "bridging",
                    "café",
                    "cafe",
                    "CAFES",
                    "the",
                    "of",
                    "not",
                    "and/or",
                    "it's",
                    "â",
                    "council",
                    "councils’",
                    "parking",
                    "park",
                    "e-mail",
                    "email",
                    "22/01234/FUL",
                    "22/01235/FUL",
                    "R2023-069",
                    "18.07.3",
                    "1,000",
                    "pot",
                    "holes",
                    "potholes",
                    "carriageway",
                    "defects",
                    "bins",
                    "refuse",
                    "collection",
                    "CIL",
                    "community",
                    "infrastructure",
                    "levy",
                    "Straße",
                    "naïve",
                    "公園",
                    "A&E",
                    "O'Brien",
                    "café-bar");

    private static final int ITEMS = 90;
    private static final List<IndexEntry> ENTRIES = new ArrayList<>();

    private static Stack stack;

    @BeforeContainer
    static void start() throws IOException {
        stack = Stack.start(Files.createTempDirectory("agree"), TestServers.elasticsearch());
        Random random = new Random(7);
        for (int i = 0; i < ITEMS / 3; i++) {
            Written document =
                    document("agree " + i)
                            .council(random.nextBoolean() ? "Milburn Parish Council" : "Eldmarsh")
                            .committee(random.nextBoolean() ? "Parks & Bridges Committee" : null);
            if (random.nextBoolean()) {
                document.agenda();
            }
            for (int place = 0; place < 3; place++) {
                String number = place + (random.nextBoolean() ? "" : ".A");
                String title = place + " " + text(random, 3);
                if (random.nextBoolean()) {
                    document.item(number, title, text(random, 8));
                } else {
                    Outcome outcome = random.nextBoolean() ? Outcome.AGREED : Outcome.LOST;
                    document.item(
                            number,
                            title,
                            text(random, 5),
                            decision(outcome, text(random, 4)),
                            decision(outcome, text(random, 2)));
                }
            }
            ENTRIES.addAll(document.entries());
        }
        stack.write(ENTRIES);
    }

    @AfterContainer
    static void stop() {
        stack.close();
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(WORDS.get(random.nextInt(WORDS.size())))
                    .append(random.nextInt(5) == 0 ? ". " : " ");
        }
        return text.toString().strip();
    }

    @Property(tries = 500)
    void an_item_is_told_of_if_and_only_if_the_search_finds_it(
            @ForAll("queries") String query, @ForAll("filters") Subscription.Filters filters) {
        assertThat(told(query, filters)).as(query).isEqualTo(found(query, filters));
    }

    @Example
    void what_the_index_leaves_out_does_not_keep_an_item_from_being_found_and_told_of() {
        for (String query : List.of("bins and/or refuse", "it's parking", "â \"café-bar\"")) {
            assertThat(found(query, Subscription.Filters.NONE))
                    .as(query)
                    .isNotEmpty()
                    .isEqualTo(told(query, Subscription.Filters.NONE));
        }
    }

    private static Set<String> told(String query, Subscription.Filters filters) {
        Subscription subscription =
                new Subscription(
                        SubscriptionId.random(),
                        query,
                        filters,
                        new Channel(Channel.Kind.FEED, null, null),
                        Cadence.AT_ONCE,
                        "Europe/London",
                        Subscription.State.ACTIVE,
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH);
        Set<String> told = new TreeSet<>();
        try (SubscriptionMatcher matcher = new SubscriptionMatcher(stack.bean(QueryParser.class))) {
            matcher.change(List.of(subscription), List.of());
            for (IndexEntry entry : ENTRIES) {
                if (!matcher.subscriptions(entry).isEmpty()) {
                    told.add(entry.item().id().value());
                }
            }
        }
        return told;
    }

    private static Set<String> found(String query, Subscription.Filters filters) {
        FoundItems found =
                stack.bean(ItemSearch.class)
                        .search(
                                new ItemQuestion(
                                        stack.bean(QueryParser.class).parse(query),
                                        SearchFilters.of(filters, null),
                                        Order.DATE,
                                        100,
                                        0,
                                        null,
                                        false));
        Set<String> ids = new TreeSet<>();
        if (!found.relaxed()) {
            found.items().forEach(item -> ids.add(item.id().value()));
        }
        return ids;
    }

    @Provide
    Arbitrary<Subscription.Filters> filters() {
        Subscription.Filters none = Subscription.Filters.NONE;
        return Arbitraries.of(
                none,
                none,
                none,
                new Subscription.Filters(List.of("milburn"), List.of(), null, null, null),
                new Subscription.Filters(
                        List.of("milburn", "eldmarsh"), List.of("council"), null, null, null),
                new Subscription.Filters(
                        List.of(), List.of("parks-bridges-committee"), null, true, null),
                new Subscription.Filters(List.of(), List.of(), DocumentKind.AGENDA, false, null),
                new Subscription.Filters(List.of(), List.of(), null, null, Outcome.LOST));
    }

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> part =
                Arbitraries.frequencyOf(
                        Tuple.of(4, word()),
                        Tuple.of(2, phrase()),
                        Tuple.of(1, beginning()),
                        Tuple.of(1, word().map(word -> "-" + word)),
                        Tuple.of(1, Combinators.combine(field(), leaf()).as(String::concat)),
                        Tuple.of(
                                1,
                                Combinators.combine(word(), leaf()).as((a, b) -> a + " OR " + b)),
                        Tuple.of(
                                1,
                                Combinators.combine(leaf(), leaf())
                                        .as((a, b) -> "-(" + a + " " + b + ")")),
                        Tuple.of(1, Arbitraries.of("0", "1.A", "number:2.a", "number:1*")));
        return part.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join(" ", parts));
    }

    private static Arbitrary<String> leaf() {
        return Arbitraries.oneOf(word(), phrase(), beginning());
    }

    private static Arbitrary<String> word() {
        return Arbitraries.of(WORDS);
    }

    private static Arbitrary<String> phrase() {
        return Combinators.combine(word(), word()).as((a, b) -> '"' + a + " " + b + '"');
    }

    private static Arbitrary<String> beginning() {
        return Combinators.combine(word(), Arbitraries.integers().between(2, 9))
                .as((word, length) -> word.substring(0, Math.min(length, word.length())) + "*");
    }

    private static Arbitrary<String> field() {
        return Arbitraries.of("title:", "decision:", "committee:", "council:", "number:");
    }
}
