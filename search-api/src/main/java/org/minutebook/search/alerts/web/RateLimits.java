package org.minutebook.search.alerts.web;

import io.github.bucket4j.Bucket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.minutebook.search.alerts.AlertSettings;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.springframework.stereotype.Component;

/** How often somebody may ask. Each instance counts by itself. */
@WithAlerts
@Component
class RateLimits {

    /** Askers remembered at most; the one that asked longest ago is forgotten first. */
    private static final int MOST_ASKERS = 50_000;

    /** Of an IPv6 address, those that a provider gives. Source: RFC 6177. */
    private static final int NETWORK_BYTES = 8;

    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > MOST_ASKERS;
                }
            };

    private final AlertSettings settings;

    RateLimits(AlertSettings settings) {
        this.settings = settings;
    }

    /** Whether one more request from an IP address is within its limit. */
    boolean allowsRequest(String ipAddress) {
        return take("ip:" + network(ipAddress), settings.requestsAnHour(), Duration.ofHours(1));
    }

    /** With IPv6 the network, since everybody has so many addresses of one. */
    private static String network(String ipAddress) {
        try {
            InetAddress address = InetAddress.ofLiteral(ipAddress);
            return address instanceof Inet6Address
                    ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                    : ipAddress;
        } catch (IllegalArgumentException e) {
            return ipAddress;
        }
    }

    /** Whether one more e-mail may ask an address for confirmation. */
    boolean allowsConfirmation(String address) {
        return take(
                "to:" + Subscriptions.fold(address),
                settings.confirmationsADay(),
                Duration.ofDays(1));
    }

    private boolean take(String asker, int most, Duration time) {
        Bucket bucket;
        synchronized (buckets) {
            bucket =
                    buckets.computeIfAbsent(
                            asker,
                            a ->
                                    Bucket.builder()
                                            .addLimit(limit ->
                                                    limit.capacity(most).refillGreedy(most, time))
                                            .build());
        }
        return bucket.tryConsume(1);
    }
}
