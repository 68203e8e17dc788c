package org.minutebook.extract.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.minutebook.traces.AboutDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Reads one topic, works on several records at once, and sends what comes of them in transactions.
 *
 * <p>Delivery: at least once in, exactly once out. What came of a record, and the offset after it,
 * are committed in one transaction; a reader with {@code read_committed} sees the outcome of each
 * record once, however often this process or the broker dies. Work comes first and sending last, so
 * a transaction takes milliseconds: it begins once results are at hand, and takes those of up to
 * {@link Limits#batch()} records, or of what {@link Limits#linger()} brought.
 *
 * <p>Order: per partition, so per document. Records are worked on in any order, one at a time for
 * each key; what came of them is sent in the order of their offsets. Partitions take turns at the
 * workers; the last one, in which nobody waits behind a bulk import, finds one at once ({@link
 * Limits#spare()}).
 *
 * <p>Failure, by the type of {@link Outcome}: <em>done</em> → sent, offset moves. <em>retried</em>
 * → nothing more is begun, the partitions pause, and after a growing wait (0.5 s to 30 s, without
 * end) the same record is tried again; none is ever skipped. <em>dead-lettered</em> → the record as
 * it was goes to the {@code -dlt} topic in the same transaction, offset moves. Where the broker
 * fails, consumer and producer are thrown away, and new ones start from the committed offsets.
 *
 * <p>Time: polling never waits for work, so a long document costs neither membership in the group
 * nor a rebalance of the others; {@code max.poll.interval.ms} needs no room for it.
 *
 * <p>Bounds: at most {@link Limits#perPartition()} plus one fetch of records are under way for each
 * partition; then it pauses.
 *
 * <p>Why not a listener container: it ends a poll before it begins the next, so one long document
 * leaves the other processors idle, a long poll holds up every rebalance, and what was finished
 * beside a record that must be tried again is done over. Its own way of giving up after ten
 * failures would lose a document.
 */
final class Lane implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    /** How soon a result is noticed while work is under way. */
    private static final Duration BUSY_POLL = Duration.ofMillis(10);

    private static final Duration IDLE_POLL = Duration.ofMillis(250);

    /** Most bytes of results in one transaction; well below the producer's buffer of 32 MB. */
    private static final long TRANSACTION_BYTES = 8L * 1024 * 1024;

    /** A consumer or producer that does not close in time is left to its fate. */
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private static final Duration STOP = Duration.ofSeconds(10);

    private final String name;
    private final String topic;
    private final Work work;
    private final Clients clients;
    private final DeadLetters deadLetters;
    private final Limits limits;

    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread loop;

    Lane(
            String name,
            String topic,
            Work work,
            Clients clients,
            DeadLetters deadLetters,
            Limits limits) {
        this.name = name;
        this.topic = topic;
        this.work = work;
        this.clients = clients;
        this.deadLetters = deadLetters;
        this.limits = limits;
    }

    /**
     * How much at once.
     *
     * @param workers records worked on at once
     * @param spare records of the topic's last partition that are worked on besides, where all
     *     workers are busy with others
     * @param perPartition records under way, finished or not, at which a partition pauses
     * @param batch most records whose results share a transaction
     * @param linger longest time that a finished result waits for others
     */
    record Limits(int workers, int spare, int perPartition, int batch, Duration linger) {}

    /** Makes the lane's own connections to the broker. */
    interface Clients {
        /** A consumer in the lane's group, which does not commit by itself. */
        Consumer<String, byte[]> consumer();

        /**
         * A producer with the lane's {@code transactional.id}, the same each time: so a new one
         * ends what the one before it left open.
         */
        Producer<String, byte[]> producer();

        /** Makes sure that the topics are there. */
        void createTopics();
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        loop = Thread.ofPlatform().name(name).start(this::runSessions);
    }

    /** Commits what is finished, and abandons the rest: it comes again at the next start. */
    @Override
    public void stop() {
        stopping.countDown();
        Thread thread = loop;
        if (thread == null) {
            return;
        }
        try {
            if (!thread.join(STOP)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        Thread thread = loop;
        return thread != null && thread.isAlive();
    }

    private void runSessions() {
        ThreadFactory threads = Thread.ofPlatform().daemon().name(name + "-", 0).factory();
        Turns turns = new Turns(limits.workers(), limits.spare());
        int count = limits.workers() + limits.spare();
        ExecutorService workers = Executors.newFixedThreadPool(count, threads);
        for (int i = 0; i < count; i++) {
            workers.execute(() -> takeTurns(turns));
        }
        BackOffExecution backOff = newBackOff();
        try {
            while (isWanted()) {
                Session session = null;
                try {
                    clients.createTopics();
                    session = new Session(clients.consumer(), clients.producer(), turns);
                    session.run();
                } catch (InterruptException e) {
                    log.warn("{} was interrupted; what it had not committed comes again", name, e);
                    return; // stop() lost patience
                } catch (RuntimeException e) {
                    // The broker is away, or took this process for dead: whatever it was, the
                    // committed offsets are right, and starting from them mends it.
                    if (session != null && session.committedAnything) {
                        backOff = newBackOff();
                    }
                    long wait = backOff.nextBackOff();
                    log.warn("{} lost the broker and connects anew in {} ms", name, wait, e);
                    if (stopping.await(wait, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                } finally {
                    if (session != null) {
                        session.close();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            workers.shutdownNow();
        }
    }

    private static void takeTurns(Turns turns) {
        try {
            while (true) {
                Turns.Turn turn = turns.take();
                try {
                    turn.work().run();
                } finally {
                    turns.done(turn);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the lane stops
        }
    }

    private boolean isWanted() {
        return stopping.getCount() > 0;
    }

    private static BackOffExecution newBackOff() {
        ExponentialBackOff backOff = new ExponentialBackOff(500, 2);
        backOff.setMaxInterval(30_000);
        return backOff.start();
    }

    /** Outcome of a record whose turn came while the lane was waiting. */
    private static final Outcome NOT_BEGUN =
            new Outcome.Retried(new IllegalStateException("the lane waits"));

    /** A record under way. */
    private static final class Slot {
        private final ConsumerRecord<String, byte[]> record;
        private boolean begun;
        private long finishedAt;

        /** Null until a worker has finished; written by the worker, taken back by the loop. */
        private volatile @Nullable Outcome outcome;

        /** Its partition went to somebody else, or the session ended: no need to begin. */
        private volatile boolean abandoned;

        Slot(ConsumerRecord<String, byte[]> record) {
            this.record = record;
        }

        boolean isFinished() {
            return outcome instanceof Outcome.Done || outcome instanceof Outcome.DeadLettered;
        }
    }

    /** One consumer and one producer, from their start to the first failure of either. */
    private final class Session implements ConsumerRebalanceListener {

        private final Consumer<String, byte[]> consumer;
        private final Producer<String, byte[]> producer;
        private final Turns turns;
        private int lastPartition;

        /** Records under way in the order of their offsets; only the loop touches it. */
        private final Map<TopicPartition, Deque<Slot>> underWay = new HashMap<>();

        private BackOffExecution backOff = newBackOff();
        private long resumeAt = System.nanoTime();
        private volatile boolean waiting;
        private boolean committedAnything;

        Session(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, Turns turns) {
            this.consumer = consumer;
            this.producer = producer;
            this.turns = turns;
        }

        void run() {
            producer.initTransactions();
            lastPartition = consumer.partitionsFor(topic).size() - 1;
            consumer.subscribe(List.of(topic), this);
            while (isWanted()) {
                consumer.poll(underWay.isEmpty() ? IDLE_POLL : BUSY_POLL)
                        .forEach(record ->
                                underWay.computeIfAbsent(
                                                new TopicPartition(
                                                        record.topic(), record.partition()),
                                                partition -> new ArrayDeque<>())
                                        .add(new Slot(record)));
                takeBackRetried();
                commitFinished(false);
                begin();
                pauseOrResume();
            }
            commitFinished(true);
        }

        void close() {
            underWay.values().forEach(slots -> slots.forEach(slot -> slot.abandoned = true));
            underWay.clear();
            try {
                producer.close(CLOSE);
            } catch (RuntimeException e) {
                log.debug("{} did not close its producer", name, e);
            }
            try {
                consumer.close(CloseOptions.timeout(CLOSE));
            } catch (RuntimeException e) {
                log.debug("{} did not close its consumer", name, e);
            }
        }

        private void takeBackRetried() {
            for (Deque<Slot> slots : underWay.values()) {
                for (Slot slot : slots) {
                    if (slot.outcome instanceof Outcome.Retried(Exception cause)) {
                        if (!NOT_BEGUN.equals(slot.outcome)) {
                            pauseFor(cause);
                        }
                        slot.outcome = null;
                        slot.begun = false;
                    }
                }
            }
            if (waiting && System.nanoTime() - resumeAt >= 0) {
                waiting = false;
            }
        }

        private void pauseFor(Exception cause) {
            if (waiting) {
                return; // several found it away in the same round
            }
            long wait = backOff.nextBackOff();
            resumeAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
            waiting = true;
            log.warn("{} waits {} ms and then tries again: {}", name, wait, cause.toString());
        }

        /** Hands to the workers what has not begun; of one key only the first. */
        private void begin() {
            if (waiting) {
                return;
            }
            for (Deque<Slot> slots : underWay.values()) {
                Set<String> busy = new HashSet<>();
                for (Slot slot : slots) {
                    boolean first = slot.record.key() == null || busy.add(slot.record.key());
                    if (slot.isFinished()) {
                        busy.remove(slot.record.key());
                    } else if (first && !slot.begun) {
                        slot.begun = true;
                        int partition = slot.record.partition();
                        turns.add(
                                new Turns.Turn(
                                        partition, partition == lastPartition, () -> finish(slot)));
                    }
                }
            }
        }

        private void finish(Slot slot) {
            if (slot.abandoned) {
                return;
            }
            Outcome outcome;
            try {
                outcome = waiting ? NOT_BEGUN : work.on(slot.record);
            } catch (Throwable e) { // whatever it is, the loop must learn of it
                outcome = new Outcome.DeadLettered(e, List.of());
            }
            slot.finishedAt = System.nanoTime();
            slot.outcome = outcome;
        }

        private void pauseOrResume() {
            Set<TopicPartition> full = new HashSet<>();
            Set<TopicPartition> free = new HashSet<>();
            for (TopicPartition partition : consumer.assignment()) {
                Deque<Slot> slots = underWay.get(partition);
                boolean isFull = slots != null && slots.size() >= limits.perPartition();
                (waiting || isFull ? full : free).add(partition);
            }
            consumer.pause(full);
            consumer.resume(free);
        }

        /**
         * Commits the finished records before the first unfinished one of each partition, if enough
         * came together, waited long enough, or nothing else is under way.
         */
        private void commitFinished(boolean now) {
            int finished = 0;
            int all = 0;
            long oldest = Long.MAX_VALUE;
            long time = System.nanoTime();
            for (Deque<Slot> slots : underWay.values()) {
                all += slots.size();
                for (Slot slot : slots) {
                    if (!slot.isFinished()) {
                        break;
                    }
                    finished++;
                    oldest = Math.min(oldest, slot.finishedAt - time);
                }
            }
            if (finished == 0) {
                return;
            }
            boolean lingered = -oldest >= limits.linger().toNanos();
            if (finished == all || finished >= limits.batch() || lingered || now) {
                do {
                    finished -= commit();
                } while (now && finished > 0);
            }
        }

        /** One transaction; returns how many records it finished with. */
        private int commit() {
            List<ProducerRecord<String, byte[]>> results = new ArrayList<>();
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            Map<TopicPartition, Integer> taken = new HashMap<>();
            long bytes = 0;
            int count = 0;
            for (Map.Entry<TopicPartition, Deque<Slot>> partition : underWay.entrySet()) {
                for (Slot slot : partition.getValue()) {
                    if (!slot.isFinished()
                            || count == limits.batch()
                            || bytes >= TRANSACTION_BYTES) {
                        break;
                    }
                    List<ProducerRecord<String, byte[]>> sent = sentFor(slot);
                    results.addAll(sent);
                    bytes += sent.stream().mapToLong(Lane::sizeOf).sum();
                    count++;
                    taken.merge(partition.getKey(), 1, Integer::sum);
                    offsets.put(
                            partition.getKey(),
                            new OffsetAndMetadata(
                                    slot.record.offset() + 1, slot.record.leaderEpoch(), ""));
                }
            }
            producer.beginTransaction();
            for (ProducerRecord<String, byte[]> result : results) {
                Future<?> _ = producer.send(result); // its failure comes out of the commit
            }
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            producer.commitTransaction();
            committedAnything = true;
            backOff = newBackOff();
            taken.forEach(this::removeFirst);
            return count;
        }

        private List<ProducerRecord<String, byte[]>> sentFor(Slot slot) {
            return switch (slot.outcome) {
                case Outcome.Done(List<ProducerRecord<String, byte[]>> records) -> records;
                case Outcome.DeadLettered(
                                Throwable cause,
                                List<ProducerRecord<String, byte[]>> notices) -> {
                    try (AboutDocument _ = AboutDocument.of(slot.record.key())) {
                        log.error(
                                "{} gives up the record at {}-{} offset {}",
                                name,
                                slot.record.topic(),
                                slot.record.partition(),
                                slot.record.offset(),
                                cause);
                    }
                    List<ProducerRecord<String, byte[]>> sent = new ArrayList<>();
                    sent.add(deadLetters.letter(slot.record, cause));
                    sent.addAll(notices);
                    yield sent;
                }
                case Outcome.Retried retried ->
                        throw new IllegalStateException("not finished: " + retried);
                case null -> throw new IllegalStateException("not finished");
            };
        }

        private void removeFirst(TopicPartition partition, int count) {
            Deque<Slot> slots = underWay.get(partition);
            if (slots == null) {
                return;
            }
            for (int i = 0; i < count; i++) {
                slots.removeFirst();
            }
            if (slots.isEmpty()) {
                underWay.remove(partition);
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            log.info("{} reads {}", name, partitions);
        }

        /** The last moment at which what is finished still counts. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commitFinished(true);
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                Deque<Slot> slots = underWay.remove(partition);
                if (slots != null) {
                    slots.forEach(slot -> slot.abandoned = true);
                }
            }
        }
    }

    private static long sizeOf(ProducerRecord<String, byte[]> record) {
        return record.value() == null ? 0 : record.value().length;
    }
}
