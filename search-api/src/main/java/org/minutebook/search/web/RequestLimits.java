package org.minutebook.search.web;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minutebook.search.SearchSettings;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How much one address may ask. Each answer says what is left, in the headers {@code RateLimit} and
 * {@code RateLimit-Policy}. Each instance counts by itself. This machine is not limited: a proxy on
 * it has to pass addresses on ({@code server.forward-headers-strategy}). Source of the headers:
 * IETF draft-ietf-httpapi-ratelimit-headers-10.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class RequestLimits extends OncePerRequestFilter {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** Addresses remembered at most; the one that asked longest ago is forgotten first. */
    private static final int MOST_ADDRESSES = 50_000;

    /** What reaches the index or the store; styles and pictures of the site itself do not. */
    private static final List<String> LIMITED =
            List.of("/api/", "/search", "/feed.atom", "/calendar.ics", "/sitemap");

    private static final String NAME = "\"address\"";

    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > MOST_ADDRESSES;
                }
            };

    private final int most;
    private final Refusals refusals;

    RequestLimits(SearchSettings settings, Refusals refusals) {
        this.most = settings.requestsAMinute();
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return most == 0 || !AskedPath.isLimited(AskedPath.of(request), LIMITED);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(
                "RateLimit-Policy", "%s;q=%d;w=%d".formatted(NAME, most, WINDOW.toSeconds()));
        String address = request.getRemoteAddr();
        if (isThisMachine(address)) {
            remaining(response, most, 0);
            chain.doFilter(request, response);
            return;
        }
        ConsumptionProbe probe = bucket(address).tryConsumeAndReturnRemaining(1);
        long full = seconds(probe.getNanosToWaitForReset());
        remaining(response, probe.getRemainingTokens(), full);
        if (probe.isConsumed()) {
            chain.doFilter(request, response);
        } else {
            long again = Math.max(1, seconds(probe.getNanosToWaitForRefill()));
            refusals.write(
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many-requests",
                    "Too many requests",
                    "More than %d requests a minute from this address. Try again in %d s."
                            .formatted(most, again),
                    again);
        }
    }

    private static void remaining(HttpServletResponse response, long requests, long seconds) {
        response.setHeader("RateLimit", "%s;r=%d;t=%d".formatted(NAME, requests, seconds));
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos());
    }

    private Bucket bucket(String address) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    address,
                    a ->
                            Bucket.builder()
                                    .addLimit(limit ->
                                            limit.capacity(most).refillGreedy(most, WINDOW))
                                    .build());
        }
    }

    private static boolean isThisMachine(String address) {
        try {
            // An address in figures is not looked up.
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
