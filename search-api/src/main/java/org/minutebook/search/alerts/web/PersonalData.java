package org.minutebook.search.alerts.web;

import java.util.List;
import org.minutebook.contracts.AlertSent;
import org.minutebook.contracts.Subscription;
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
     */
    record Kept(List<Subscription> subscriptions, List<AlertSent> deliveries) {}

    Kept of(List<Subscription> some) {
        return new Kept(some, some.stream().flatMap(each -> log.of(each.id()).stream()).toList());
    }

    /**
     * Erases everything of an e-mail address. The log of its deliveries goes with the next sweep.
     *
     * @return how many subscriptions ended
     */
    int erase(String address) {
        List<Subscription> all = subscriptions.to(address);
        all.forEach(each -> subscriptions.end(each.id()));
        return all.size();
    }
}
