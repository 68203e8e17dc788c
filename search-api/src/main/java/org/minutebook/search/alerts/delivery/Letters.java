package org.minutebook.search.alerts.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.kafka.AlertClients;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.springframework.stereotype.Component;

/** The letters that subscriptions ask for as they are now: few, of all that there are. */
@WithAlerts
@Component
class Letters {

    private final Map<SubscriptionId, List<Letter>> letters = new ConcurrentHashMap<>();

    Letters(Subscriptions subscriptions) {
        subscriptions.listen(this::change);
    }

    private void change(Collection<Subscription> changed, Collection<SubscriptionId> ended) {
        for (Subscription subscription : changed) {
            List<Letter> now = Letter.of(subscription);
            if (now.isEmpty()) {
                letters.remove(subscription.id());
            } else {
                letters.put(subscription.id(), now);
            }
        }
        ended.forEach(letters::remove);
    }

    /** By partition, of so many. */
    Map<Integer, List<Letter>> byPartition(int partitions) {
        Map<Integer, List<Letter>> byPartition = new HashMap<>();
        letters.forEach((id, some) ->
                byPartition
                        .computeIfAbsent(
                                AlertClients.partition(id, partitions), p -> new ArrayList<>())
                        .addAll(some));
        return byPartition;
    }
}
