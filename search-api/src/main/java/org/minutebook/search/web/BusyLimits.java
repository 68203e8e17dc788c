package org.minutebook.search.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.minutebook.search.SearchSettings;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How much is answered at once, whoever asks. So many requests go on to the index, so many more
 * wait for a moment, and what comes beyond them, or has waited too long, is told to come again: 503
 * with {@code Retry-After}. What is accepted is answered about as fast as ever, and memory does not
 * grow with the number of those who ask.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 110)
class BusyLimits extends OncePerRequestFilter {

    /** What reaches the index or the store: more than {@link RequestLimits} counts, pages too. */
    private static final List<String> LIMITED =
            List.of(
                    "/api/",
                    "/search",
                    "/items/",
                    "/meetings/",
                    "/councils/",
                    "/feed.atom",
                    "/calendar.ics",
                    "/sitemap");

    /**
     * Answers that go on for as long as the other side takes to read them, of which a few slow
     * readers would keep everybody else waiting; pictures have a bound of their own.
     */
    private static final Pattern LONG =
            Pattern.compile(
                    "/api/v1/(documents/[^/]+/file|items\\.(csv|ndjson)|items/[^/]+/picture"
                            + "|subscriptions/(export|log))");

    /** Answers that wait for a webhook or the broker, and for as long as these take. */
    private static final Pattern OF_OTHERS =
            Pattern.compile("/api/v1/subscriptions/[^/]+/(test|deliveries|replay)/?");

    /** How many of those are given at once; they take no turn from searches, and none waits. */
    private static final int OF_OTHERS_AT_ONCE = 8;

    private static final int RETRY_SECONDS = 1;

    private final Semaphore ofOthers = new Semaphore(OF_OTHERS_AT_ONCE);
    private final Semaphore atOnce;
    private final int mostWaiting;
    private final long longestWaitMillis;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Refusals refusals;
    private final Counter shed;

    BusyLimits(SearchSettings settings, Refusals refusals, MeterRegistry meters) {
        this.atOnce = new Semaphore(settings.atOnce(), true);
        this.mostWaiting = settings.mostWaiting();
        this.longestWaitMillis = settings.longestWait().toMillis();
        this.refusals = refusals;
        int permits = settings.atOnce();
        Gauge.builder("minutebook.search.under.way", () -> permits - atOnce.availablePermits())
                .description("Requests that are being answered")
                .register(meters);
        Gauge.builder("minutebook.search.waiting", waiting, AtomicInteger::get)
                .description("Requests that wait for their turn")
                .register(meters);
        shed =
                Counter.builder("minutebook.search.shed")
                        .description("Requests that were told to come again")
                        .register(meters);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = AskedPath.of(request);
        return !AskedPath.isLimited(path, LIMITED) || LONG.matcher(path).matches();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isOfOthers = OF_OTHERS.matcher(AskedPath.of(request)).matches();
        if (!(isOfOthers ? ofOthers.tryAcquire() : getsTurn())) {
            shed.increment();
            refusals.write(
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "busy",
                    "Busy",
                    "More is asked at once than can be answered. Try again in a moment.",
                    RETRY_SECONDS);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            (isOfOthers ? ofOthers : atOnce).release();
        }
    }

    private boolean getsTurn() {
        if (atOnce.tryAcquire()) {
            return true;
        }
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            return atOnce.tryAcquire(longestWaitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }
}
