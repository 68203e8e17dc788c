package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Topic {@code subscriptions}, keyed by subscription id: a saved search and how its finds are sent.
 * The newest record of a key counts; a tombstone ends the subscription and erases it.
 *
 * @param id names the subscription
 * @param query as typed into the search box
 * @param filters what the search is narrowed to
 * @param channel where alerts go
 * @param cadence when they are sent
 * @param timeZone of the subscriber, as {@code Europe/London}; digests go out by its clock
 * @param state whether alerts are sent
 * @param reason why it is not active, for the subscriber; null where there is nothing to say
 * @param createdAt when it was asked for
 * @param activeSince when it was confirmed; items that were searchable before are not sent. Null
 *     until then
 * @param stateSince when it came into its state; null where it never left the first
 * @param contact who is told by e-mail when a webhook is disabled; null where nobody is
 */
public record Subscription(
        SubscriptionId id,
        String query,
        Filters filters,
        Channel channel,
        Cadence cadence,
        String timeZone,
        State state,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant activeSince,
        @Nullable Instant stateSince,
        @Nullable Contact contact) {

    /** One in its first state, without a contact. */
    public Subscription(
            SubscriptionId id,
            String query,
            Filters filters,
            Channel channel,
            Cadence cadence,
            String timeZone,
            State state,
            @Nullable String reason,
            Instant createdAt,
            @Nullable Instant activeSince) {
        this(
                id,
                query,
                filters,
                channel,
                cadence,
                timeZone,
                state,
                reason,
                createdAt,
                activeSince,
                null,
                null);
    }

    /** Whether alerts are sent. In JSON in lower case. */
    public enum State {
        /** Waits for the click in the e-mail that asks whether the address wants it. */
        UNCONFIRMED,
        /** Finds are matched and sent. */
        ACTIVE,
        /** Held by its owner or the operator: nothing is matched meanwhile. */
        PAUSED,
        /** Its target failed for so long that nothing is sent any more. */
        DISABLED;

        /** As in JSON. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When alerts are sent. In JSON in lower case. */
    public enum Cadence {
        /** As soon as an item is searchable. */
        AT_ONCE,
        /** Once a day, in the morning. */
        DAILY,
        /** Once a week, on Monday morning. */
        WEEKLY;

        /** As in JSON. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads what a person or a script wrote; empty where it is none. */
        public static Optional<Cadence> parse(String text) {
            for (Cadence cadence : values()) {
                if (cadence.wireName().equalsIgnoreCase(text.strip().replace('-', '_'))) {
                    return Optional.of(cadence);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Where alerts go. Its text does not show the address or the secret, so that they stay out of
     * logs.
     *
     * @param kind e-mail, webhook or feed
     * @param target the e-mail address, or the address that is called; null for a feed
     * @param secret signs calls, as {@code whsec_…}; null but for a webhook
     */
    public record Channel(Kind kind, @Nullable String target, @Nullable String secret) {

        /** Kinds of channel. In JSON in lower case. */
        public enum Kind {
            /** An e-mail to an address that agreed. */
            EMAIL,
            /** A signed HTTP call. */
            WEBHOOK,
            /** A private Atom feed: nothing is sent, the subscriber's reader asks. */
            FEED;

            /** As in JSON. */
            @JsonValue
            public String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }

            /** Reads what a person or a script wrote; empty where it is none. */
            public static Optional<Kind> parse(String text) {
                for (Kind kind : values()) {
                    if (kind.wireName().equalsIgnoreCase(text.strip())) {
                        return Optional.of(kind);
                    }
                }
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return kind.wireName();
        }
    }

    /**
     * Whom to tell of a webhook that does not work. Its text does not show the address.
     *
     * @param email address
     * @param agreement whether the address agreed; it is told only then
     */
    public record Contact(String email, Agreement agreement) {

        /** Whether an address agreed. In JSON in lower case. */
        public enum Agreement {
            /** Not asked, since it was asked for other subscriptions so often. */
            UNASKED,
            /** Asked by e-mail. */
            ASKED,
            /** It agreed. */
            AGREED;

            /** As in JSON. */
            @JsonValue
            public String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** Whether the address agreed. */
        public boolean agreed() {
            return agreement == Agreement.AGREED;
        }

        @Override
        public String toString() {
            return agreement.wireName();
        }
    }

    /**
     * What the search is narrowed to, as the same parameters of a search mean it. Null and an empty
     * list narrow nothing.
     *
     * @param councils ids, any of these
     * @param committees slugs, any of these
     * @param kind of the document
     * @param decided whether a decision is recorded
     * @param outcome of a decision
     */
    public record Filters(
            List<String> councils,
            List<String> committees,
            @Nullable DocumentKind kind,
            @Nullable Boolean decided,
            @Nullable Outcome outcome) {

        /** Narrows nothing. */
        public static final Filters NONE = new Filters(List.of(), List.of(), null, null, null);

        public Filters {
            councils = Lists.copy(councils);
            committees = Lists.copy(committees);
        }
    }

    /** Whether its finds are matched. */
    public boolean active() {
        return state == State.ACTIVE;
    }

    /**
     * The same in another state.
     *
     * @param since when it came into it
     */
    public Subscription in(State newState, @Nullable String newReason, Instant since) {
        return with(newState, newReason, activeSince, since, contact);
    }

    /** The same, active from an instant on. */
    public Subscription activeFrom(Instant instant) {
        return with(State.ACTIVE, null, instant, instant, contact);
    }

    /** The same with another contact, or none. */
    public Subscription withContact(@Nullable Contact newContact) {
        return with(state, reason, activeSince, stateSince, newContact);
    }

    private Subscription with(
            State newState,
            @Nullable String newReason,
            @Nullable Instant newActiveSince,
            @Nullable Instant newStateSince,
            @Nullable Contact newContact) {
        return new Subscription(
                id,
                query,
                filters,
                channel,
                cadence,
                timeZone,
                newState,
                newReason,
                createdAt,
                newActiveSince,
                newStateSince,
                newContact);
    }
}
