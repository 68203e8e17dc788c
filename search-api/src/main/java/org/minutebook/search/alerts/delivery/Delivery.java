package org.minutebook.search.alerts.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AlertKey;
import org.minutebook.contracts.AlertMatched;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Channel;

/**
 * A message to a subscriber.
 *
 * @param id the same for the same alerts to the same subscription, whoever makes it
 * @param subscription to whom
 * @param alerts what is told, one or more; by document in the order in which they were found, which
 *     is that of the document. None in a letter
 * @param digest whether it gathers what came over a time
 * @param letter what it says of the subscription itself; null where it tells alerts
 */
record Delivery(
        String id,
        Subscription subscription,
        List<AlertMatched> alerts,
        boolean digest,
        @Nullable Letter letter) {

    private static final int HEX_DIGITS = 32;

    /**
     * Most alerts of a message: what it says of them fits into a record, and a webhook's memory.
     */
    private static final int MOST = 500;

    private static final Comparator<AlertMatched> BY_PLACE =
            Comparator.comparing((AlertMatched a) -> a.document().id().value())
                    .thenComparing(a -> a.item().page());

    Delivery {
        alerts = alerts.stream().sorted(BY_PLACE).toList();
    }

    /**
     * As many messages as it takes to tell these alerts; in whatever order they were found, of the
     * same alerts the same messages.
     */
    static List<Delivery> of(
            Subscription subscription, Collection<AlertMatched> alerts, boolean digest) {
        return alerts.stream()
                .sorted(BY_PLACE.thenComparing(alert -> alert.key().value()))
                .map(AlertMatched::key)
                .gather(Gatherers.windowFixed(MOST))
                .map(HashSet::new)
                .map(some -> alerts.stream().filter(a -> some.contains(a.key())).toList())
                .map(some -> one(subscription, some, digest))
                .toList();
    }

    private static Delivery one(
            Subscription subscription, List<AlertMatched> alerts, boolean digest) {
        String keys =
                alerts.stream()
                        .map(alert -> alert.key().value())
                        .sorted()
                        .collect(Collectors.joining("\n"));
        String hash = ContentHash.of(keys.getBytes(StandardCharsets.UTF_8)).hex();
        return new Delivery(
                "msg_" + hash.substring(0, HEX_DIGITS), subscription, alerts, digest, null);
    }

    static Delivery of(Letter letter) {
        return new Delivery(letter.id(), letter.subscription(), List.of(), false, letter);
    }

    /** Where it goes: letters always by e-mail. */
    Channel.Kind channel() {
        return letter == null ? subscription.channel().kind() : Channel.Kind.EMAIL;
    }

    List<AlertKey> keys() {
        return alerts.stream().map(AlertMatched::key).toList();
    }
}
