package org.minutebook.search.alerts.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber asks for. Either {@code query} or {@code item}, and one of {@code email},
 * {@code webhook} and {@code feed}.
 *
 * @param query as typed into the search box
 * @param item id of an item whose matter is followed
 * @param council any of these, as names or ids
 * @param committee any of these, as names or slugs
 * @param kind agenda, minutes or other
 * @param decided whether a decision is recorded
 * @param outcome of a decision
 * @param email address to tell
 * @param webhook address to call
 * @param contact e-mail address to tell if the webhook is disabled
 * @param feed whether a private feed is wanted
 * @param cadence {@code at_once}, {@code daily} or {@code weekly}; at once where not said
 * @param timeZone of the subscriber; the site's where not said
 */
record SubscriptionRequest(
        @Nullable String query,
        @Nullable String item,
        @Nullable List<String> council,
        @Nullable List<String> committee,
        @Nullable String kind,
        @Nullable Boolean decided,
        @Nullable String outcome,
        @Nullable String email,
        @Nullable String webhook,
        @Nullable String contact,
        @Nullable Boolean feed,
        @Nullable String cadence,
        @Nullable String timeZone) {

    /** A blank text is as good as none. */
    SubscriptionRequest {
        query = text(query);
        item = text(item);
        kind = text(kind);
        outcome = text(outcome);
        email = text(email);
        webhook = text(webhook);
        contact = text(contact);
        cadence = text(cadence);
        timeZone = text(timeZone);
    }

    private static @Nullable String text(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
