package org.minutebook.search.alerts.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AlertMatched;
import org.minutebook.contracts.AlertSent;
import org.minutebook.contracts.AlertSent.Outcome;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Channel.Kind;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.contracts.Topic;
import org.minutebook.contracts.TraceContext;
import org.minutebook.search.alerts.AlertSettings;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.kafka.AlertClients;
import org.minutebook.search.alerts.kafka.AlertRecords;
import org.minutebook.search.alerts.kafka.Sessions;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.minutebook.traces.Step;
import org.minutebook.traces.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Sends what was matched and is not sent yet, and letters about subscriptions themselves.
 *
 * <p>The two topics are the state: the instance that has a partition of {@code alerts.matched} has
 * the same one of {@code alerts.sent}, reads both from their beginning, and what was matched and
 * not sent is what it sends. A delivery is written down before its first attempt, so a repeat after
 * a crash is the same message: the same {@code webhook-id}, the same Message-ID.
 *
 * <p>Delivery: at least once, and twice only if the process or the broker dies between the attempt
 * and the record of it. An alert key is in one delivery. Order: none.
 *
 * <p>Failure: a target that is away is tried again after a growing wait that restarts do not
 * forget; one that failed for as long as the settings say is given up, and a webhook that took
 * nothing for that time is disabled, of which a letter tells its contact. One whose record is too
 * large for the broker is given up, too. The broker away → nothing new is begun.
 */
@WithAlerts
@Component
public class DeliveryLane implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLane.class);

    private static final String NAME = "alerts-delivery";
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int RECORDS = 1_000;

    /** Attempts at once. */
    private static final int AT_ONCE = 32;

    /** A webhook that took nothing for so long before a delivery is given up is disabled. */
    private static final Duration LASTING = Duration.ofHours(24);

    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

    private final AlertClients clients;
    private final AlertRecords records;
    private final AlertSettings settings;
    private final Subscriptions subscriptions;
    private final Letters letters;
    private final Webhooks webhooks;
    private final AlertMails mails;
    private final MeterRegistry meters;
    private final Traces traces;
    private final Clock clock;
    private final Sessions sessions = new Sessions(NAME, this::session);

    /** Work of others on the outbox, done by the loop. */
    private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();

    private volatile Duration oldestUnsent = Duration.ZERO;

    DeliveryLane(
            AlertClients clients,
            AlertRecords records,
            AlertSettings settings,
            Subscriptions subscriptions,
            Letters letters,
            Webhooks webhooks,
            AlertMails mails,
            MeterRegistry meters,
            Traces traces,
            Clock clock) {
        this.clients = clients;
        this.records = records;
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.letters = letters;
        this.webhooks = webhooks;
        this.mails = mails;
        this.meters = meters;
        this.traces = traces;
        this.clock = clock;
        // There from the start, so that a rate has something to begin from.
        for (Kind kind : List.of(Kind.EMAIL, Kind.WEBHOOK)) {
            meters.counter("minutebook.alerts.failed", "channel", kind.wireName());
        }
        Counter.builder("minutebook.alerts.disabled")
                .description("Webhooks that were disabled after lasting failure")
                .register(meters);
        TimeGauge.builder(
                        "minutebook.alerts.oldest.unsent",
                        () -> oldestUnsent.toMillis(),
                        TimeUnit.MILLISECONDS)
                .description("How long the oldest alert is under way that nobody has taken yet")
                .register(meters);
    }

    /** Something that the loop does with what this instance has. */
    interface Visit {
        /**
         * Looks at outboxes that know everything.
         *
         * @param partitions how many there are, with those of other instances
         * @param outboxes of this instance, by partition
         * @return records to be written
         */
        List<ProducerRecord<String, byte[]>> visit(int partitions, Map<Integer, Outbox> outboxes);
    }

    /** Has the loop do something, soon. */
    void invite(Visit visit) {
        visits.add(visit);
    }

    /** Takes it back, if it was not done yet. */
    void disinvite(Visit visit) {
        visits.remove(visit);
    }

    private void session(BooleanSupplier wanted, Runnable wentWell) throws Exception {
        clients.makeTopics();
        try (Consumer<String, byte[]> consumer = clients.sharing(NAME, RECORDS);
                Producer<String, byte[]> producer = clients.plain(NAME);
                ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor()) {
            Session session = new Session(consumer, producer, attempts);
            consumer.subscribe(
                    List.of(Topic.ALERTS_MATCHED.name(), Topic.ALERTS_SENT.name()), session);
            session.run(wanted, wentWell);
        }
    }

    private record Landed(int partition, AlertSent tried, Delivery delivery, Attempt attempt) {}

    /** An outbox, and how far the topics must be read before it knows everything. */
    private static final class Partition {
        private final Outbox outbox;
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private boolean complete;
        private int inFlight;

        Partition(Outbox outbox) {
            this.outbox = outbox;
        }
    }

    private final class Session implements ConsumerRebalanceListener {

        private final Consumer<String, byte[]> consumer;
        private final Producer<String, byte[]> producer;
        private final ExecutorService attempts;
        private final Semaphore room = new Semaphore(AT_ONCE);
        private final BlockingQueue<Landed> landed = new LinkedBlockingQueue<>();
        private final Map<Integer, Partition> partitions = new HashMap<>();
        private final int partitionCount;

        Session(
                Consumer<String, byte[]> consumer,
                Producer<String, byte[]> producer,
                ExecutorService attempts) {
            this.consumer = consumer;
            this.producer = producer;
            this.attempts = attempts;
            partitionCount = producer.partitionsFor(Topic.ALERTS_MATCHED.name()).size();
        }

        void run(BooleanSupplier wanted, Runnable wentWell) throws Exception {
            while (wanted.getAsBoolean()) {
                ConsumerRecords<String, byte[]> read = consumer.poll(POLL);
                read.forEach(this::read);
                if (!read.isEmpty()) {
                    // Whose alerts these are may be known to another instance only so far.
                    subscriptions.catchUp();
                }
                land();
                boolean ready = subscriptions.isReady();
                Duration oldest = Duration.ZERO;
                List<Visit> waiting = new ArrayList<>(visits);
                Map<Integer, List<Letter>> all = letters.byPartition(partitionCount);
                for (Map.Entry<Integer, Partition> entry : partitions.entrySet()) {
                    Partition partition = entry.getValue();
                    partition.complete = partition.complete || isComplete(partition);
                    if (!partition.complete || !ready) {
                        waiting.clear(); // they come when everything is known
                        continue;
                    }
                    send(entry.getKey(), partition, all.getOrDefault(entry.getKey(), List.of()));
                    Duration age = partition.outbox.oldestUnsent(subscriptions::find);
                    oldest = age.compareTo(oldest) > 0 ? age : oldest;
                }
                if (ready && !partitions.isEmpty()) {
                    for (Visit visit : waiting) {
                        visits.remove(visit);
                        write(visit);
                    }
                }
                oldestUnsent = oldest;
                wentWell.run();
            }
            drain(partitions.values());
        }

        private void read(ConsumerRecord<String, byte[]> record) {
            Partition partition = partitions.get(record.partition());
            if (partition == null) {
                return;
            }
            try {
                if (record.topic().equals(Topic.ALERTS_SENT.name())) {
                    AlertSent sent = records.read(Topic.ALERTS_SENT, record);
                    if (sent != null) {
                        partition.outbox.add(sent);
                    } else if (record.key() != null) {
                        partition.outbox.forget(record.key());
                    }
                } else {
                    AlertMatched matched = records.read(Topic.ALERTS_MATCHED, record);
                    if (matched != null) {
                        partition.outbox.add(matched);
                    }
                }
            } catch (JacksonException e) {
                log.error(
                        "the record at {}-{} offset {} cannot be read",
                        record.topic(),
                        record.partition(),
                        record.offset());
            }
        }

        private boolean isComplete(Partition partition) {
            return partition.ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }

        private void write(Visit visit) {
            Map<Integer, Outbox> outboxes = new HashMap<>();
            partitions.forEach((number, partition) -> outboxes.put(number, partition.outbox));
            for (ProducerRecord<String, byte[]> record : visit.visit(partitionCount, outboxes)) {
                Future<?> _ = producer.send(record); // repeated by the next sweep if it fails
            }
            producer.flush();
        }

        /** Writes deliveries down, then attempts them. */
        private void send(int number, Partition partition, List<Letter> some) throws Exception {
            List<Delivery> due = partition.outbox.due(subscriptions::find, some);
            if (due.isEmpty()) {
                return;
            }
            List<AlertSent> tried = new ArrayList<>();
            List<Future<?>> written = new ArrayList<>();
            for (Delivery delivery : due) {
                AlertSent before = partition.outbox.find(delivery.id()).orElse(null);
                AlertSent now =
                        new AlertSent(
                                delivery.id(),
                                before == null ? 1 : before.version() + 1,
                                delivery.subscription().id(),
                                before == null ? delivery.keys() : before.keys(),
                                Outcome.SENDING,
                                delivery.digest(),
                                before == null ? 1 : before.attempts() + 1,
                                before == null ? null : before.detail(),
                                null,
                                clock.instant());
                partition.outbox.add(now);
                tried.add(now);
                written.add(producer.send(record(number, now)));
            }
            List<Boolean> begun = new ArrayList<>();
            for (Future<?> each : written) {
                begun.add(fits(each)); // nothing is sent that is not written down
            }
            for (int i = 0; i < due.size(); i++) {
                Delivery delivery = due.get(i);
                AlertSent sent = tried.get(i);
                if (begun.get(i)) {
                    partition.inFlight++;
                    attempts.execute(() -> attempt(number, sent, delivery));
                } else {
                    giveUp(number, partition, sent, delivery);
                }
            }
        }

        /**
         * Waits until a record is written; any failure but that it is too large ends the session.
         *
         * @return whether the broker takes one that is so large
         */
        private static boolean fits(Future<?> written)
                throws InterruptedException, ExecutionException {
            try {
                written.get();
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException) {
                    return false;
                }
                throw e;
            }
        }

        /** A delivery that cannot be written down must not keep the others from theirs. */
        private void giveUp(
                int number, @Nullable Partition partition, AlertSent tried, Delivery delivery)
                throws InterruptedException, ExecutionException {
            log.error(
                    "delivery {} to subscription {} is given up: its record, with {} alerts, is larger than the broker takes",
                    tried.delivery(),
                    tried.subscription(),
                    tried.keys().size());
            failed(delivery.channel());
            AlertSent failed = next(tried, Outcome.FAILED, "too large", null, clock.instant());
            if (partition != null) {
                partition.outbox.add(failed);
                partition.outbox.landed(failed.delivery());
            }
            // The last one that was taken was hardly smaller. Where there was none, or this is too
            // large all the same, the next session comes to it again.
            boolean _ = fits(producer.send(record(number, failed)));
        }

        private void attempt(int number, AlertSent tried, Delivery delivery) {
            room.acquireUninterruptibly();
            Attempt attempt;
            try {
                attempt = DeliveryLane.this.attempt(delivery);
            } catch (RuntimeException e) {
                log.error("delivery {} failed", delivery.id(), e);
                attempt = new Attempt.Later(e.getClass().getSimpleName());
            } finally {
                room.release();
            }
            landed.add(new Landed(number, tried, delivery, attempt));
        }

        /** Writes down what came of attempts. */
        private void land() throws InterruptedException, ExecutionException {
            List<Landed> all = new ArrayList<>();
            landed.drainTo(all);
            land(all);
        }

        private void land(List<Landed> all) throws InterruptedException, ExecutionException {
            List<AlertSent> results = new ArrayList<>();
            List<Future<?>> written = new ArrayList<>();
            for (Landed each : all) {
                Partition partition = partitions.get(each.partition());
                Instant lastTaken =
                        partition == null
                                ? null
                                : partition.outbox.lastTaken(each.tried().subscription());
                AlertSent result = result(each, lastTaken);
                if (partition != null) {
                    partition.outbox.add(result);
                    partition.outbox.landed(result.delivery());
                    partition.inFlight--;
                }
                results.add(result);
                written.add(producer.send(record(each.partition(), result)));
            }
            for (int i = 0; i < all.size(); i++) {
                // One that was taken is not among them: then it is shorter than when it was begun.
                if (!fits(written.get(i))) {
                    Landed each = all.get(i);
                    Partition partition = partitions.get(each.partition());
                    giveUp(each.partition(), partition, results.get(i), each.delivery());
                }
            }
        }

        private ProducerRecord<String, byte[]> record(int partition, AlertSent sent) {
            return records.write(
                    Topic.ALERTS_SENT,
                    partition,
                    sent.delivery(),
                    sent.delivery() + "." + sent.version(),
                    sent,
                    null);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            consumer.seekToBeginning(assigned);
            consumer.endOffsets(assigned)
                    .forEach((topicPartition, end) ->
                            partitions
                                    .computeIfAbsent(
                                            topicPartition.partition(),
                                            p -> new Partition(new Outbox(settings, clock)))
                                    .ends
                                    .put(topicPartition, end));
            log.info("{} has {}", NAME, assigned);
        }

        /** What is under way gets a last moment, so that the next owner does not repeat it. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            List<Partition> lost =
                    revoked.stream()
                            .map(TopicPartition::partition)
                            .distinct()
                            .filter(partitions::containsKey)
                            .map(partitions::get)
                            .toList();
            try {
                drain(lost);
            } catch (ExecutionException e) {
                log.warn("what was sent last is not written down: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            onPartitionsLost(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            lost.forEach(partition -> partitions.remove(partition.partition()));
        }

        private void drain(Collection<Partition> ending)
                throws InterruptedException, ExecutionException {
            long deadline = System.nanoTime() + LAST_MOMENT.toNanos();
            land();
            while (ending.stream().anyMatch(p -> p.inFlight > 0)) {
                Landed next = landed.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return;
                }
                land(List.of(next));
            }
        }
    }

    private Attempt attempt(Delivery delivery) {
        if (delivery.letter() != null) {
            return mails.write(delivery.letter());
        }
        if (delivery.alerts().isEmpty()) {
            return new Attempt.Never("what was to be told is not kept any more", false);
        }
        return switch (delivery.subscription().channel().kind()) {
            case EMAIL -> mails.deliver(delivery);
            case WEBHOOK -> webhooks.deliver(delivery);
            case FEED -> new Attempt.Taken();
        };
    }

    /**
     * A step of each document's trace: from when it matched until it was taken. A delivery may be
     * of several documents, and a document be in several deliveries.
     */
    private void tell(Delivery delivery, Instant now) {
        Map<TraceContext, Instant> since = new HashMap<>();
        for (AlertMatched alert : delivery.alerts()) {
            since.merge(
                    TraceContext.of(alert.document().id(), alert.revision()),
                    alert.matchedAt(),
                    (one, other) -> one.isBefore(other) ? one : other);
        }
        since.forEach((upload, matched) ->
                traces.followed(upload, Step.ALERT, delivery.id(), matched, now));
    }

    private AlertSent result(Landed landed, @Nullable Instant lastTaken) {
        AlertSent tried = landed.tried();
        SubscriptionId subscription = tried.subscription();
        Kind kind = landed.delivery().channel();
        Instant now = clock.instant();
        switch (landed.attempt()) {
            case Attempt.Taken taken -> {
                landed.delivery()
                        .alerts()
                        .forEach(alert ->
                                meters.timer("minutebook.alerts.sent", "channel", kind.wireName())
                                        .record(Duration.between(alert.matchedAt(), now)));
                tell(landed.delivery(), now);
                return next(tried, Outcome.SENT, null, null, now);
            }
            case Attempt.Later later -> {
                Duration wait = Retries.next(kind, tried.attempts(), settings);
                if (wait != null) {
                    log.info(
                            "delivery {} is tried again in {}: {}",
                            tried.delivery(),
                            wait,
                            later.detail());
                    return next(tried, Outcome.SENDING, later.detail(), now.plus(wait), now);
                }
                failed(kind);
                if (kind == Kind.WEBHOOK
                        && (lastTaken == null || lastTaken.isBefore(now.minus(LASTING)))) {
                    disable(
                            subscription,
                            "Nothing could be delivered for a day. Last: " + later.detail());
                }
                return next(tried, Outcome.FAILED, later.detail(), null, now);
            }
            case Attempt.Never never -> {
                failed(kind);
                if (never.gone()) {
                    disable(
                            subscription,
                            "The webhook answered that it wants nothing any more: "
                                    + never.detail());
                }
                return next(tried, Outcome.FAILED, never.detail(), null, now);
            }
        }
    }

    private void failed(Kind kind) {
        meters.counter("minutebook.alerts.failed", "channel", kind.wireName()).increment();
    }

    /** Once, also where several deliveries fail together; not one that its owner held or ended. */
    private void disable(SubscriptionId id, String reason) {
        try {
            subscriptions.catchUp();
            Optional<Subscription> active = subscriptions.find(id).filter(Subscription::active);
            if (active.isPresent()) {
                log.warn("webhook of subscription {} is disabled: {}", id, reason);
                subscriptions.put(
                        active.get().in(Subscription.State.DISABLED, reason, clock.instant()));
                meters.counter("minutebook.alerts.disabled").increment();
            }
        } catch (Subscriptions.AwayException e) {
            log.warn("subscription {} stays enabled: {}", id, e.getMessage());
        }
    }

    private static AlertSent next(
            AlertSent tried,
            Outcome outcome,
            @Nullable String detail,
            @Nullable Instant nextAttempt,
            Instant now) {
        return new AlertSent(
                tried.delivery(),
                tried.version() + 1,
                tried.subscription(),
                tried.keys(),
                outcome,
                tried.digest(),
                tried.attempts(),
                detail,
                nextAttempt,
                now);
    }

    @Override
    public void start() {
        sessions.start();
    }

    @Override
    public void stop() {
        sessions.stop();
    }

    @Override
    public boolean isRunning() {
        return sessions.isRunning();
    }
}
