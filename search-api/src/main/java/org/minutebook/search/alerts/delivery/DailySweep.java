package org.minutebook.search.alerts.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AlertMatched;
import org.minutebook.contracts.AlertSent;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Channel.Kind;
import org.minutebook.contracts.Topic;
import org.minutebook.search.alerts.AlertSettings;
import org.minutebook.search.alerts.Recency;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.kafka.AlertClients;
import org.minutebook.search.alerts.kafka.AlertRecords;
import org.minutebook.search.alerts.matching.Finds;
import org.minutebook.search.alerts.subscriptions.SearchFilters;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.query.QueryParser;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.RecordUnreadableException;
import org.minutebook.store.StoreUnavailableException;
import org.minutebook.traces.AboutDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs the subscriptions as searches over what was indexed lately, and sends late what matching
 * should have found and did not. An instance does so for the subscriptions whose alerts it sends.
 * It also forgets requests that nobody confirmed, and deliveries older than the log is kept.
 *
 * <p>An item counts as missed if it was handed in, or read anew, while the subscription was active:
 * filling the index anew makes nothing news.
 *
 * <p>Failure: a subscription that cannot be looked for is left out. Elasticsearch away → the sweep
 * ends with what was found until then. The log is kept short in any case.
 */
@WithAlerts
@Component
public class DailySweep implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DailySweep.class);

    /** What was indexed later than this is still being matched. */
    private static final Duration MATCHING = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Finds that are held against what is known at once: some megabytes. */
    private static final int TOGETHER = 1_000;

    /** After so many searches in a row without an answer Elasticsearch is taken to be away. */
    private static final int MOST_IN_VAIN = 10;

    /**
     * A process that is restarted every day sweeps too: after this part of the time between two.
     */
    private static final int FIRST = 24;

    private final DeliveryLane lane;
    private final Subscriptions subscriptions;
    private final QueryParser parser;
    private final ItemSearch search;
    private final DocumentStore store;
    private final Finds finds;
    private final Recency recency;
    private final AlertRecords records;
    private final AlertSettings settings;
    private final Clock clock;
    private final Counter missed;
    private final Counter unswept;
    private @Nullable ScheduledExecutorService timer;

    DailySweep(
            DeliveryLane lane,
            Subscriptions subscriptions,
            QueryParser parser,
            ItemSearch search,
            DocumentStore store,
            Finds finds,
            Recency recency,
            AlertRecords records,
            AlertSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.lane = lane;
        this.subscriptions = subscriptions;
        this.parser = parser;
        this.search = search;
        this.store = store;
        this.finds = finds;
        this.recency = recency;
        this.records = records;
        this.settings = settings;
        this.clock = clock;
        missed =
                Counter.builder("minutebook.alerts.missed")
                        .description("Items that matching missed and the daily sweep found")
                        .register(meters);
        unswept =
                Counter.builder("minutebook.alerts.unswept")
                        .description("Subscriptions that the daily sweep could not look for")
                        .register(meters);
    }

    private void sweepOrTryLater() {
        try {
            sweep();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("the sweep of subscriptions broke off: {}", e.toString());
        }
    }

    /**
     * Sweeps once, for the subscriptions whose alerts this instance sends.
     *
     * @return how many items were missed
     * @throws TimeoutException if this instance sends no alerts now, or does not know them yet
     * @throws SearchAwayException if Elasticsearch answers nothing, or nothing any more
     */
    public int sweep() throws InterruptedException, ExecutionException, TimeoutException {
        forgetUnconfirmed();
        Set<Integer> mine = new HashSet<>();
        int[] all = {1};
        CompletableFuture<Void> known = new CompletableFuture<>();
        visit(
                known,
                (partitions, outboxes) -> {
                    mine.addAll(outboxes.keySet());
                    all[0] = partitions;
                    known.complete(null);
                    return List.of();
                });
        int count = 0;
        int tried = 0;
        int inVain = 0;
        SearchAwayException away = null;
        Instant now = clock.instant();
        List<AlertMatched> found = new ArrayList<>();
        for (Subscription subscription : subscriptions.all()) {
            if (!isTold(subscription)
                    || !mine.contains(AlertClients.partition(subscription.id(), all[0]))) {
                continue;
            }
            tried++;
            // One that cannot be looked for must not keep the others from their alerts.
            try {
                for (Iterator<AlertMatched> some = finds(subscription, now).iterator();
                        some.hasNext(); ) {
                    found.add(some.next());
                    if (found.size() >= TOGETHER) {
                        count += tell(List.copyOf(found));
                        found.clear();
                    }
                }
                inVain = 0;
            } catch (SearchAwayException e) {
                notSwept(subscription, e);
                away = e;
                inVain++;
                if (inVain >= MOST_IN_VAIN) {
                    break;
                }
            } catch (RuntimeException e) {
                notSwept(subscription, e);
                inVain = 0;
            }
        }
        count += tell(found);
        log.info("swept: {} items were missed and are told late", count);
        if (away != null && inVain >= Math.min(tried, MOST_IN_VAIN)) {
            throw away;
        }
        return count;
    }

    /** A feed is a search itself, of which nothing is sent. */
    private static boolean isTold(Subscription subscription) {
        return subscription.active() && subscription.channel().kind() != Kind.FEED;
    }

    private void notSwept(Subscription subscription, RuntimeException e) {
        unswept.increment();
        log.warn("subscription {} is not swept: {}", subscription.id(), e.toString());
    }

    /** Has those told that nothing is known of; returns how many they are. */
    private int tell(List<AlertMatched> found)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Integer> late = new CompletableFuture<>();
        Integer count =
                visit(
                        late,
                        (partitions, outboxes) -> {
                            List<ProducerRecord<String, byte[]>> written =
                                    late(found, partitions, outboxes);
                            late.complete(written.size());
                            outboxes.forEach((partition, outbox) ->
                                    written.addAll(forgotten(partition, outbox)));
                            return written;
                        });
        missed.increment(count);
        return count;
    }

    /** Has the loop do something, or nothing if it does not come to it in time. */
    private <T> T visit(CompletableFuture<T> done, DeliveryLane.Visit visit)
            throws InterruptedException, ExecutionException, TimeoutException {
        lane.invite(visit);
        try {
            return done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            lane.disinvite(visit);
        }
    }

    private void forgetUnconfirmed() {
        Instant earliest = clock.instant().minus(settings.confirmationTime());
        subscriptions.all().stream()
                .filter(s -> s.state() == Subscription.State.UNCONFIRMED)
                .filter(s -> s.createdAt().isBefore(earliest))
                .forEach(s -> subscriptions.end(s.id()));
        subscriptions.all().stream()
                .filter(s -> s.contact() != null && !s.contact().agreed())
                .filter(s -> s.createdAt().isBefore(earliest))
                .forEach(s -> subscriptions.put(s.withContact(null)));
    }

    /** Those of a subscription that count, page by page. */
    private Stream<AlertMatched> finds(Subscription subscription, Instant now) {
        Instant since = subscription.activeSince();
        long active = since == null ? now.toEpochMilli() : since.toEpochMilli();
        return search.indexed(
                        parser.parse(subscription.query()),
                        SearchFilters.of(subscription.filters(), null),
                        now.minus(settings.sweepReach()),
                        now.minus(MATCHING),
                        settings.sweepPage())
                .filter(entry -> entry.revision().value() >= active)
                .filter(entry -> recency.isNews(entry.document()))
                .map(entry -> finds.late(subscription, entry));
    }

    private List<ProducerRecord<String, byte[]>> late(
            List<AlertMatched> found, int partitions, Map<Integer, Outbox> outboxes) {
        Map<DocumentId, Boolean> quiet = new HashMap<>();
        List<ProducerRecord<String, byte[]>> late = new ArrayList<>();
        for (AlertMatched match : found) {
            int partition = AlertClients.partition(match.subscription(), partitions);
            Outbox outbox = outboxes.get(partition);
            if (outbox == null
                    || outbox.knows(match)
                    || quiet.computeIfAbsent(match.document().id(), this::isQuiet)) {
                continue;
            }
            try (AboutDocument _ = AboutDocument.of(match.document().id())) {
                log.warn(
                        "item {} was missed for subscription {} and is told late",
                        match.item().id(),
                        match.subscription());
            }
            late.add(
                    records.write(
                            Topic.ALERTS_MATCHED,
                            partition,
                            match.key().value(),
                            match.key() + ".late",
                            match,
                            null));
        }
        return late;
    }

    /** Also where the store does not say: then the next sweep tells of it. */
    private boolean isQuiet(DocumentId document) {
        try {
            return store.record(document)
                    .map(Versioned::value)
                    .filter(StoredDocument::alertsOff)
                    .isPresent();
        } catch (StoreUnavailableException | RecordUnreadableException e) {
            log.warn("items of document {} are not told of now: {}", document, e.toString());
            return true;
        }
    }

    private List<ProducerRecord<String, byte[]>> forgotten(int partition, Outbox outbox) {
        List<ProducerRecord<String, byte[]>> tombstones = new ArrayList<>();
        Instant before = clock.instant().minus(settings.logRetention());
        for (AlertSent sent : outbox.outdated(before, subscriptions::find)) {
            tombstones.add(
                    new ProducerRecord<>(
                            Topic.ALERTS_SENT.name(), partition, sent.delivery(), null));
        }
        return tombstones;
    }

    @Override
    public void start() {
        ScheduledExecutorService made =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("alerts-sweep").daemon().factory());
        long millis = settings.sweep().toMillis();
        made.scheduleWithFixedDelay(
                this::sweepOrTryLater, millis / FIRST, millis, TimeUnit.MILLISECONDS);
        timer = made;
    }

    @Override
    public void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }
}
