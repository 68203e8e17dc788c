package org.minutebook.search.alerts.web;

import java.util.Comparator;
import java.util.List;
import org.minutebook.contracts.AlertSent;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.delivery.DeliveryLog;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.springframework.stereotype.Component;

/** Everything that is kept about a person: subscriptions, and the log of what they were sent. */
@WithAlerts
@Component
class PersonalData {

    private final Subscriptions subscriptions;
    private final DeliveryLog log;

    PersonalData(Subscriptions subscriptions, DeliveryLog log) {
        this.subscriptions = subscriptions;
        this.log = log;
    }

    /**
     * What is kept.
     *
     * @param subscriptions with addresses and secrets
     * @param deliveries newest state of each message, without what it told
     * @param contactOf webhooks of which the address is told if they are disabled
     */
    record Kept(
            List<Subscription> subscriptions,
            List<AlertSent> deliveries,
            List<SubscriptionId> contactOf) {}

    /**
     * What was erased.
     *
     * @param subscriptions how many ended
     * @param contactOf how many webhooks do not know the address any more
     */
    record Erased(int subscriptions, int contactOf) {}

    /** Of an e-mail address. */
    Kept of(String address) {
        return of(
                subscriptions.to(address),
                subscriptions.withContact(address).stream().map(Subscription::id).toList());
    }

    /** Of a webhook or a feed. */
    Kept of(Subscription one) {
        return of(List.of(one), List.of());
    }

    private Kept of(List<Subscription> some, List<SubscriptionId> contactOf) {
        List<Subscription> sorted =
                some.stream().sorted(Comparator.comparing(Subscription::createdAt)).toList();
        return new Kept(
                sorted,
                sorted.stream().flatMap(each -> log.of(each.id()).stream()).toList(),
                contactOf);
    }

    /**
     * Erases everything of an e-mail address. The log of its deliveries goes with the next sweep.
     * Webhooks of which it is told stay, without it.
     *
     * @return how much it was
     */
    Erased erase(String address) {
        List<Subscription> all = subscriptions.to(address);
        List<Subscription> contactOf = subscriptions.withContact(address);
        all.forEach(each -> subscriptions.end(each.id()));
        contactOf.forEach(each -> subscriptions.put(each.withContact(null)));
        return new Erased(all.size(), contactOf.size());
    }
}
