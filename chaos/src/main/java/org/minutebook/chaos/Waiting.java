package org.minutebook.chaos;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a time, where time itself is what is waited for: the length of a fault. */
final class Waiting {

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Waiting() {}

    /** Lets a time pass. */
    static void pass(Duration time) throws InterruptedException {
        if (time.isPositive() && NEVER.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException();
        }
    }
}
