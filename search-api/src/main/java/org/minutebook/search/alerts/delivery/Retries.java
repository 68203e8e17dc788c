package org.minutebook.search.alerts.delivery;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Subscription.Channel.Kind;
import org.minutebook.search.alerts.AlertSettings;

/**
 * How long until a delivery that failed is tried again.
 *
 * <p>How long it has been tried is told by how often it was: what it tells may be much older than
 * its first attempt, as in a weekly digest.
 */
final class Retries {

    private Retries() {}

    /**
     * How long until the next attempt.
     *
     * @param failures attempts so far, 1 or more
     * @return null where there is none
     */
    static @Nullable Duration next(Kind kind, int failures, AlertSettings settings) {
        if (kind == Kind.WEBHOOK) {
            List<Duration> waits = settings.webhookRetries();
            return failures <= waits.size() ? waits.get(failures - 1) : null;
        }
        List<Duration> waits = settings.mailRetries();
        return waited(waits, failures - 1).compareTo(settings.mailPatience()) < 0
                ? waits.get(Math.min(failures, waits.size()) - 1)
                : null;
    }

    /** What so many waits take together, the last of which repeats. */
    private static Duration waited(List<Duration> waits, int count) {
        Duration listed = waits.stream().limit(count).reduce(Duration.ZERO, Duration::plus);
        return listed.plus(waits.getLast().multipliedBy(Math.max(0, count - waits.size())));
    }
}
