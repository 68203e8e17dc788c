package org.minutebook.ingest.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** How many requests a key, or an address without one, may still make this minute. */
@Component
public class Allowances {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** Addresses kept in mind; past it all are forgotten, which only forgives. */
    private static final int MOST_ADDRESSES = 10_000;

    private final AccessSettings settings;
    private final Map<String, Bucket> ofKeys = new ConcurrentHashMap<>();
    private final Map<String, Bucket> ofAddresses = new ConcurrentHashMap<>();

    Allowances(AccessSettings settings) {
        this.settings = settings;
    }

    /**
     * What is left of an allowance.
     *
     * @param granted whether this request still is within it
     * @param limit requests a minute
     * @param remaining how many are left now
     * @param waitSeconds time until there is one more; 0 where there is
     */
    public record Left(boolean granted, long limit, long remaining, long waitSeconds) {}

    /** Takes one request off a key's allowance. */
    public Left take(AccessKey key) {
        return take(ofKeys, key.name(), settings.requestsPerMinute());
    }

    /** Takes one failure off an address's allowance. */
    public Left takeFailure(String address) {
        if (ofAddresses.size() > MOST_ADDRESSES) {
            ofAddresses.clear();
        }
        return take(ofAddresses, address, settings.failuresPerMinute());
    }

    /** Whether an address has used up its allowance of failures. */
    public boolean isBarred(String address) {
        Bucket bucket = ofAddresses.get(address);
        return bucket != null && bucket.getAvailableTokens() <= 0;
    }

    private static Left take(Map<String, Bucket> buckets, String name, int limit) {
        Bucket bucket =
                buckets.computeIfAbsent(
                        name,
                        _ ->
                                Bucket.builder()
                                        .addLimit(
                                                l -> l.capacity(limit).refillGreedy(limit, PERIOD))
                                        .build());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return new Left(
                probe.isConsumed(),
                limit,
                probe.getRemainingTokens(),
                probe.isConsumed()
                        ? 0
                        : Math.max(
                                1, Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds()));
    }
}
