package org.minutebook.search.alerts.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * A thread that works with the broker in sessions: where one fails, because the broker or something
 * else is away, its connections are thrown away, and after a growing wait (0.5 s to 30 s, without
 * end) a new one starts from what the broker has.
 */
public final class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private static final Duration STOP = Duration.ofSeconds(10);

    private final String name;
    private final Session session;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** One session, from its start to its first failure, or until it is not wanted any more. */
    public interface Session {
        /**
         * Works until {@code wanted} says no.
         *
         * @param wentWell to be called whenever something was done: then waits begin anew
         */
        void run(BooleanSupplier wanted, Runnable wentWell) throws Exception;
    }

    public Sessions(String name, Session session) {
        this.name = name;
        this.session = session;
    }

    public void start() {
        stopping = new CountDownLatch(1);
        thread = Thread.ofPlatform().name(name).start(this::run);
    }

    public void stop() {
        stopping.countDown();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            if (!running.join(STOP)) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isRunning() {
        Thread running = thread;
        return running != null && running.isAlive();
    }

    private void run() {
        BackOffExecution[] backOff = {newBackOff()};
        while (isWanted()) {
            try {
                session.run(this::isWanted, () -> backOff[0] = newBackOff());
            } catch (InterruptException | InterruptedException e) {
                log.warn("{} was interrupted", name);
                return;
            } catch (Exception e) {
                long wait = backOff[0].nextBackOff();
                log.warn("{} goes on in {} ms: {}", name, wait, e.toString());
                log.debug("", e);
                try {
                    if (stopping.await(wait, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
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
}
