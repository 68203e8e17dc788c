package org.minutebook.search;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.minutebook.search.Written.document;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Cadence;
import org.minutebook.contracts.Subscription.Channel;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.alerts.matching.SubscriptionMatcher;
import org.minutebook.search.query.QueryParser;
import org.minutebook.search.query.Vocabulary;
import org.minutebook.search.query.Vocabulary.Explanation;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SubscriptionMatcherTest {

    private static Subscription subscription(String query) {
        return new Subscription(
                SubscriptionId.random(),
                query,
                Subscription.Filters.NONE,
                new Channel(Channel.Kind.FEED, null, null),
                Cadence.AT_ONCE,
                "Europe/London",
                Subscription.State.ACTIVE,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static List<Subscription> found(SubscriptionMatcher matcher, String text) {
        return matcher.subscriptions(document(text).item("1", "Title", text).entries().getFirst());
    }

    @Test
    void what_the_search_learns_while_it_runs_the_alerts_know_too() {
        Vocabulary vocabulary = new Vocabulary(null, Set.of());
        Subscription zqx = subscription("ZQX");
        try (SubscriptionMatcher matcher = new SubscriptionMatcher(new QueryParser(vocabulary))) {
            matcher.change(List.of(zqx, subscription("bridge")), List.of());
            assertThat(found(matcher, "The zonal quay exchange opened.")).isEmpty();
            vocabulary.learn(List.of(new Explanation("ZQX", "zonal quay exchange", 9)));
            matcher.reread();
            assertThat(found(matcher, "The zonal quay exchange opened.")).containsExactly(zqx);
            assertThat(matcher.size()).isEqualTo(2);
        }
    }

    @Test
    void of_a_subscription_that_changes_or_ends_only_the_newest_form_is_told() {
        Subscription first = subscription("acre lane");
        Subscription other = subscription("lane");
        try (SubscriptionMatcher matcher =
                new SubscriptionMatcher(new QueryParser(new Vocabulary(null, Set.of())))) {
            matcher.change(List.of(first, other), List.of());
            assertThat(found(matcher, "In Acre Lane.")).containsExactlyInAnyOrder(first, other);
            Subscription paused = first.in(Subscription.State.PAUSED, null, Instant.now());
            matcher.change(List.of(paused), List.of());
            assertThat(found(matcher, "In Acre Lane.")).containsExactly(other);
            matcher.change(List.of(first), List.of(other.id()));
            assertThat(found(matcher, "In Acre Lane.")).containsExactly(first);
            assertThat(found(matcher, "In another lane.")).isEmpty();
        }
    }

    @Test
    void an_item_of_which_no_sentences_can_be_picked_is_told_without_them_and_others_with_them() {
        Subscription endings = subscription("payments OR 2/1*");
        Subscription other = subscription("payments");
        // More words that begin with 1 than Lucene looks for behind another word.
        String numbers = IntStream.range(1000, 3000).mapToObj(i -> "2/1" + i).collect(joining(" "));
        try (SubscriptionMatcher matcher =
                new SubscriptionMatcher(new QueryParser(new Vocabulary(null, Set.of())))) {
            matcher.change(List.of(endings, other), List.of());
            List<SubscriptionMatcher.Find> finds =
                    matcher.match(
                            document("payments")
                                    .item("1", "Payments", numbers)
                                    .entries()
                                    .getFirst());
            assertThat(finds)
                    .extracting(SubscriptionMatcher.Find::subscription)
                    .containsExactlyInAnyOrder(endings, other);
            assertThat(finds)
                    .allSatisfy(find ->
                            assertThat(find.excerpts())
                                    .hasSize(find.subscription().equals(other) ? 1 : 0));
        }
    }
}
