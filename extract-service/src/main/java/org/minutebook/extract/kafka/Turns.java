package org.minutebook.extract.kafka;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for a free worker, and whose turn it is: the partition's whose last turn is longest
 * ago, so that one with much to do holds up no other. Within a partition first come, first served.
 *
 * <p>A partition may be urgent: something of it finds a worker although all are busy with others,
 * as long as no more than the spare ones are busy with it.
 */
final class Turns {

    private final int workers;
    private final int spare;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Deque<Turn>> waiting = new HashMap<>();
    private final Map<Integer, Long> lastTurns = new HashMap<>();
    private long turns;
    private int busy;
    private int busyWithUrgent;

    /** Something to do, of a partition. */
    record Turn(int partition, boolean urgent, Runnable work) {}

    /**
     * Nothing waits yet.
     *
     * @param workers how much is worked on at once
     * @param spare how much more where it is urgent
     */
    Turns(int workers, int spare) {
        this.workers = workers;
        this.spare = spare;
    }

    void add(Turn turn) {
        lock.lock();
        try {
            waiting.computeIfAbsent(turn.partition(), partition -> new ArrayDeque<>()).add(turn);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to do; who takes it must say when it is {@link #done}. */
    Turn take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<Turn> next = next();
                if (next.isPresent()) {
                    return begun(next.get());
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Turn> next() {
        return waiting.values().stream()
                .map(Deque::peekFirst)
                .filter(turn -> busy < workers || turn.urgent() && busyWithUrgent < spare)
                .min(Comparator.comparing(turn -> lastTurns.getOrDefault(turn.partition(), 0L)));
    }

    private Turn begun(Turn turn) {
        Deque<Turn> others = Objects.requireNonNull(waiting.get(turn.partition()));
        others.removeFirst();
        if (others.isEmpty()) {
            waiting.remove(turn.partition());
        }
        lastTurns.put(turn.partition(), ++turns);
        busy++;
        busyWithUrgent += turn.urgent() ? 1 : 0;
        return turn;
    }

    void done(Turn turn) {
        lock.lock();
        try {
            busy--;
            busyWithUrgent -= turn.urgent() ? 1 : 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
