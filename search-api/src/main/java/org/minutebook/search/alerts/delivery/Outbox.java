package org.minutebook.search.alerts.delivery;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AlertKey;
import org.minutebook.contracts.AlertMatched;
import org.minutebook.contracts.AlertSent;
import org.minutebook.contracts.AlertSent.Outcome;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Cadence;
import org.minutebook.contracts.Subscription.Channel.Kind;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.alerts.AlertSettings;

/**
 * What of one partition is to be sent, was sent, and is under way: nothing but what the records of
 * {@code alerts.matched} and {@code alerts.sent} say, in whatever order the two topics are read.
 * Not safe for use by several threads.
 */
final class Outbox {

    private static final Duration HOUR = Duration.ofHours(1);

    private final AlertSettings settings;
    private final Clock clock;

    /** Matches by key, until their delivery is taken; a failed one may be replayed. */
    private final Map<AlertKey, AlertMatched> matched = new LinkedHashMap<>();

    /** Keys that are in no delivery yet. */
    private final Map<SubscriptionId, Set<AlertKey>> waiting = new LinkedHashMap<>();

    /** Of matches that are in no delivery yet: by the key without a meeting date, the key. */
    private final Map<AlertKey, AlertKey> dated = new HashMap<>();

    /** The delivery that a key is in, under way or done. */
    private final Map<AlertKey, String> taken = new HashMap<>();

    private final Map<String, AlertSent> deliveries = new HashMap<>();
    private final Map<String, AlertSent> open = new LinkedHashMap<>();

    /** Deliveries that an attempt is being made for. */
    private final Set<String> inFlight = new HashSet<>();

    /** When alerts to a subscription were taken in the last hour. */
    private final Map<SubscriptionId, Deque<Instant>> lastHour = new HashMap<>();

    /** Subscriptions over their limit, and until when. */
    private final Map<SubscriptionId, Instant> held = new HashMap<>();

    private final Map<SubscriptionId, Instant> lastTaken = new HashMap<>();

    Outbox(AlertSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** An item was found; harmless if it was before. */
    void add(AlertMatched match) {
        AlertKey formerly = match.formerly();
        if (formerly != null && (taken.containsKey(formerly) || matched.containsKey(formerly))) {
            return;
        }
        String delivery = taken.get(match.key());
        if (delivery != null) {
            AlertSent sent = deliveries.get(delivery);
            if (sent != null && sent.outcome() != Outcome.SENT) {
                matched.putIfAbsent(match.key(), match);
            }
            return;
        }
        if (matched.putIfAbsent(match.key(), match) == null) {
            waiting.computeIfAbsent(match.subscription(), s -> new LinkedHashSet<>())
                    .add(match.key());
            if (formerly != null) {
                dated.put(formerly, match.key());
            }
        }
    }

    /** A delivery has come so far; an older record about it is passed over. */
    void add(AlertSent sent) {
        AlertSent before = deliveries.get(sent.delivery());
        if (before != null && before.version() >= sent.version()) {
            return;
        }
        deliveries.put(sent.delivery(), sent);
        for (AlertKey key : sent.keys()) {
            taken.put(key, sent.delivery());
            AlertMatched match = matched.get(key);
            if (match != null && match.formerly() != null) {
                dated.remove(match.formerly());
            }
            waitsNoMore(sent.subscription(), key);
            AlertKey later = dated.remove(key);
            if (later != null) {
                waitsNoMore(sent.subscription(), later);
                matched.remove(later);
            }
        }
        if (sent.outcome() == Outcome.SENDING) {
            open.put(sent.delivery(), sent);
            return;
        }
        open.remove(sent.delivery());
        if (sent.outcome() == Outcome.SENT && !isLetter(sent)) {
            sent.keys().forEach(matched::remove);
            lastTaken.merge(sent.subscription(), sent.at(), (a, b) -> a.isAfter(b) ? a : b);
            if (!sent.digest() && sent.at().isAfter(clock.instant().minus(HOUR))) {
                lastHour.computeIfAbsent(sent.subscription(), s -> new ArrayDeque<>())
                        .add(sent.at());
            }
        }
    }

    private void waitsNoMore(SubscriptionId subscription, AlertKey key) {
        Set<AlertKey> mine = waiting.get(subscription);
        if (mine != null && mine.remove(key) && mine.isEmpty()) {
            waiting.remove(subscription);
        }
    }

    /** Whether an alert is known: waiting, under way or done. */
    boolean knows(AlertMatched match) {
        return knows(match.key()) || (match.formerly() != null && knows(match.formerly()));
    }

    private boolean knows(AlertKey key) {
        return taken.containsKey(key) || matched.containsKey(key);
    }

    private static boolean isLetter(AlertSent sent) {
        return sent.keys().isEmpty();
    }

    /** When alerts to a subscription were last taken; null for never. */
    @Nullable Instant lastTaken(SubscriptionId subscription) {
        return lastTaken.get(subscription);
    }

    /** What is known of a delivery. */
    Optional<AlertSent> find(String delivery) {
        return Optional.ofNullable(deliveries.get(delivery));
    }

    /** Deliveries done before an instant, and all of subscriptions that are no more. */
    List<AlertSent> outdated(Instant before, Function<SubscriptionId, Optional<?>> subscriptions) {
        return deliveries.values().stream()
                .filter(sent ->
                        (sent.outcome() != Outcome.SENDING && sent.at().isBefore(before))
                                || subscriptions.apply(sent.subscription()).isEmpty())
                .toList();
    }

    /** A delivery is to be forgotten with all that was told in it. */
    void forget(String delivery) {
        AlertSent sent = deliveries.remove(delivery);
        if (sent != null) {
            open.remove(delivery);
            sent.keys().forEach(taken::remove);
            sent.keys().forEach(matched::remove);
        }
    }

    /**
     * How long the oldest alert waits that should be on its way: not those of digests that are not
     * due, of paused subscriptions and the like. Zero where there is none.
     *
     * @param subscriptions as they are now
     */
    Duration oldestUnsent(Function<SubscriptionId, Optional<Subscription>> subscriptions) {
        Instant now = clock.instant();
        return open.values().stream()
                .filter(sent ->
                        subscriptions
                                .apply(sent.subscription())
                                .filter(Subscription::active)
                                .isPresent())
                .flatMap(sent -> sent.keys().stream())
                .map(matched::get)
                .filter(Objects::nonNull)
                .map(match -> Duration.between(match.matchedAt(), now))
                .max(Duration::compareTo)
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    /**
     * What is to be attempted now, marked as in flight. New deliveries are not written down yet.
     *
     * @param subscriptions as they are now
     * @param letters that are to be sent to subscribers of this partition, or were
     */
    List<Delivery> due(
            Function<SubscriptionId, Optional<Subscription>> subscriptions, List<Letter> letters) {
        Instant now = clock.instant();
        List<Delivery> due = new ArrayList<>();
        for (AlertSent sent : List.copyOf(open.values())) {
            if (inFlight.contains(sent.delivery())
                    || (sent.nextAttempt() != null && sent.nextAttempt().isAfter(now))) {
                continue;
            }
            Optional<Subscription> subscription = subscriptions.apply(sent.subscription());
            if (subscription.isEmpty()) {
                // Nobody is there to be told; the next sweep takes it out of the log.
                open.remove(sent.delivery());
                sent.keys().forEach(matched::remove);
                continue;
            }
            if (isLetter(sent)) {
                Letter.of(subscription.get()).stream()
                        .filter(letter -> letter.id().equals(sent.delivery()))
                        .map(Delivery::of)
                        .findFirst()
                        .ifPresentOrElse(due::add, () -> open.remove(sent.delivery()));
            } else if (subscription.get().active()) {
                List<AlertMatched> alerts =
                        sent.keys().stream().map(matched::get).filter(Objects::nonNull).toList();
                due.add(
                        new Delivery(
                                sent.delivery(), subscription.get(), alerts, sent.digest(), null));
            }
        }
        letters.stream()
                .filter(letter -> !deliveries.containsKey(letter.id()))
                .map(Delivery::of)
                .forEach(due::add);
        for (SubscriptionId id : List.copyOf(waiting.keySet())) {
            Optional<Subscription> subscription = subscriptions.apply(id);
            if (subscription.isEmpty() || subscription.get().channel().kind() == Kind.FEED) {
                Objects.requireNonNull(waiting.remove(id)).forEach(this::drop);
            } else if (subscription.get().active()) {
                due.addAll(fresh(subscription.get(), now));
            }
        }
        due.forEach(delivery -> inFlight.add(delivery.id()));
        return due;
    }

    private void drop(AlertKey key) {
        AlertMatched match = matched.remove(key);
        if (match != null && match.formerly() != null) {
            dated.remove(match.formerly());
        }
    }

    /** An attempt is over; what came of it is added by itself. */
    void landed(String delivery) {
        inFlight.remove(delivery);
    }

    /** New deliveries of what waits for a subscription. */
    private List<Delivery> fresh(Subscription subscription, Instant now) {
        List<AlertMatched> alerts = new ArrayList<>();
        for (AlertKey key : Objects.requireNonNull(waiting.get(subscription.id()))) {
            alerts.add(Objects.requireNonNull(matched.get(key)));
        }
        if (subscription.cadence() != Cadence.AT_ONCE) {
            Instant first =
                    alerts.stream()
                            .map(AlertMatched::matchedAt)
                            .min(Instant::compareTo)
                            .orElse(now);
            return nextDigest(first, subscription).isAfter(now)
                    ? List.of()
                    : Delivery.of(subscription, alerts, true);
        }
        Instant hold = held.get(subscription.id());
        if (hold != null) {
            if (hold.isAfter(now)) {
                return List.of();
            }
            held.remove(subscription.id());
            return Delivery.of(subscription, alerts, true);
        }
        Map<DocumentId, List<AlertMatched>> byDocument = new LinkedHashMap<>();
        for (AlertMatched alert : alerts) {
            byDocument.computeIfAbsent(alert.document().id(), d -> new ArrayList<>()).add(alert);
        }
        Deque<Instant> times = lastHour.computeIfAbsent(subscription.id(), s -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.peekFirst().isAfter(now.minus(HOUR))) {
            times.removeFirst();
        }
        long underWay =
                open.values().stream()
                        .filter(sent -> sent.subscription().equals(subscription.id()))
                        .filter(sent -> !isLetter(sent))
                        .count();
        long room = settings.mostAnHour() - times.size() - underWay;
        if (byDocument.size() > room) {
            Instant oldest = times.isEmpty() ? now : times.peekFirst();
            held.put(subscription.id(), oldest.plus(HOUR));
        }
        return byDocument.values().stream()
                .limit(Math.max(0, room))
                .flatMap(some -> Delivery.of(subscription, some, false).stream())
                .toList();
    }

    /** When the digest with a match goes out: the next morning, or the next Monday's. */
    private Instant nextDigest(Instant match, Subscription subscription) {
        ZonedDateTime local = match.atZone(ZoneId.of(subscription.timeZone()));
        ZonedDateTime next = local.with(settings.digestTime());
        if (!next.isAfter(local)) {
            next = next.plusDays(1);
        }
        if (subscription.cadence() == Cadence.WEEKLY) {
            next = next.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        }
        return next.toInstant();
    }
}
