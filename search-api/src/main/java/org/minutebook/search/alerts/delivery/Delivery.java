package org.minutebook.search.alerts.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.minutebook.contracts.AlertKey;
import org.minutebook.contracts.AlertMatched;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.Subscription;

/**
 * A message to a subscriber.
 *
 * @param id the same for the same alerts to the same subscription, whoever makes it
 * @param subscription to whom
 * @param alerts what is told, one or more; by document in the order in which they were found, which
 *     is that of the document
 * @param digest whether it gathers what came over a time
 */
record Delivery(String id, Subscription subscription, List<AlertMatched> alerts, boolean digest) {

    private static final int HEX_DIGITS = 32;

    Delivery {
        alerts =
                alerts.stream()
                        .sorted(
                                Comparator.comparing((AlertMatched a) -> a.document().id().value())
                                        .thenComparing(a -> a.item().page()))
                        .toList();
    }

    static Delivery of(Subscription subscription, List<AlertMatched> alerts, boolean digest) {
        String keys =
                alerts.stream()
                        .map(alert -> alert.key().value())
                        .sorted()
                        .collect(Collectors.joining("\n"));
        String hash = ContentHash.of(keys.getBytes(StandardCharsets.UTF_8)).hex();
        return new Delivery("msg_" + hash.substring(0, HEX_DIGITS), subscription, alerts, digest);
    }

    List<AlertKey> keys() {
        return alerts.stream().map(AlertMatched::key).toList();
    }
}
