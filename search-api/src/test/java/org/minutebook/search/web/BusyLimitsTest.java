package org.minutebook.search.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.search.SearchSettings;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BusyLimitsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    /** An answer that takes until it may end. */
    private final FilterChain answering =
            (_, _) -> {
                begun.incrementAndGet();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };

    @Test
    void what_is_asked_beyond_the_bound_is_told_to_come_again_and_the_rest_is_answered()
            throws Exception {
        BusyLimits limits = limits(2, 1, Duration.ofMinutes(1));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<MockHttpServletResponse> first = clients.submit(() -> ask(limits, "/search"));
            Future<MockHttpServletResponse> second = clients.submit(() -> ask(limits, "/search"));
            await().until(() -> begun.get() == 2);
            Future<MockHttpServletResponse> waits = clients.submit(() -> ask(limits, "/search"));
            await().until(() -> gauge("minutebook.search.waiting") == 1);

            MockHttpServletResponse refused = ask(limits, "/api/v1/items");

            assertThat(refused.getStatus()).isEqualTo(503);
            assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
            assertThat(refused.getContentAsString()).contains("problem:busy");
            assertThat(meters.counter("minutebook.search.shed").count()).isEqualTo(1);
            assertThat(gauge("minutebook.search.under.way")).isEqualTo(2);
            end.countDown();
            assertThat(first.get().getStatus()).isEqualTo(200);
            assertThat(second.get().getStatus()).isEqualTo(200);
            assertThat(waits.get().getStatus()).isEqualTo(200);
            assertThat(gauge("minutebook.search.under.way")).isZero();
        }
    }

    @Test
    void nobody_waits_for_longer_than_the_longest_wait() throws Exception {
        BusyLimits limits = limits(1, 5, Duration.ofMillis(20));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<MockHttpServletResponse> first = clients.submit(() -> ask(limits, "/search"));
            await().until(() -> begun.get() == 1);

            assertThat(ask(limits, "/search").getStatus()).isEqualTo(503);

            end.countDown();
            assertThat(first.get().getStatus()).isEqualTo(200);
        }
    }

    @Test
    void health_and_downloads_are_answered_however_busy_it_is() throws Exception {
        BusyLimits limits = limits(1, 0, Duration.ZERO);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<MockHttpServletResponse> first = clients.submit(() -> ask(limits, "/search"));
            await().until(() -> begun.get() == 1);
            end.countDown();

            assertThat(ask(limits, "/actuator/health").getStatus()).isEqualTo(200);
            for (String path :
                    List.of(
                            "/api/v1/documents/0/file",
                            "/api/v1/items.csv",
                            "/api/v1/items.ndjson",
                            "/api/v1/items/0-0/picture",
                            "/api/v1/subscriptions/export")) {
                assertThat(ask(limits, path).getStatus()).as(path).isEqualTo(200);
            }
            assertThat(first.get().getStatus()).isEqualTo(200);
        }
    }

    @Test
    void webhooks_that_do_not_answer_their_tests_take_no_turn_from_searches() throws Exception {
        BusyLimits limits = limits(1, 0, Duration.ZERO);
        FilterChain passing = (_, _) -> {};
        List<Future<MockHttpServletResponse>> tests = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                tests.add(clients.submit(() -> ask(limits, "/api/v1/subscriptions/a/test")));
            }
            await().until(() ->
                    begun.get() + meters.counter("minutebook.search.shed").count() == 16);

            List<Integer> answers = new ArrayList<>();
            for (String path :
                    List.of(
                            "/search",
                            "/api/v1/items",
                            "/api/v1/subscriptions/a",
                            "/api/v1/subscriptions/a/deliveries",
                            "/api/v1/subscriptions/a/%72eplay",
                            "/api/v1/subscriptions/a/test;x")) {
                answers.add(ask(limits, path, passing).getStatus());
            }

            end.countDown();
            assertThat(answers).containsExactly(200, 200, 200, 503, 503, 503);
            assertThat(begun).hasValue(8);
            for (Future<MockHttpServletResponse> test : tests) {
                assertThat(test.get().getStatus()).isIn(200, 503);
            }
            assertThat(ask(limits, "/api/v1/subscriptions/a/test").getStatus()).isEqualTo(200);
        }
    }

    @Test
    void an_address_is_bounded_however_it_is_written() throws Exception {
        BusyLimits limits = limits(1, 0, Duration.ZERO);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<MockHttpServletResponse> first = clients.submit(() -> ask(limits, "/search"));
            await().until(() -> begun.get() == 1);

            // Another has the only turn, so what is answered was not bounded.
            FilterChain passing = (_, _) -> {};
            List<Integer> answers = new ArrayList<>();
            for (String path :
                    List.of(
                            "/%73earch",
                            "/search;x",
                            "/%61pi/v1/items",
                            "/;x",
                            "/councils/eldmarsh/x.csv",
                            "/api/v1/items/x/export")) {
                answers.add(ask(limits, path, passing).getStatus());
            }

            end.countDown();
            assertThat(answers).containsOnly(503);
            assertThat(first.get().getStatus()).isEqualTo(200);
        }
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private MockHttpServletResponse ask(BusyLimits limits, String path) throws Exception {
        return ask(limits, path, answering);
    }

    private static MockHttpServletResponse ask(BusyLimits limits, String path, FilterChain chain)
            throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        limits.doFilter(new MockHttpServletRequest("GET", path), response, chain);
        return response;
    }

    private BusyLimits limits(int atOnce, int mostWaiting, Duration longestWait) {
        SearchSettings settings =
                new SearchSettings(
                        true,
                        null,
                        "Minutebook",
                        null,
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(2),
                        null,
                        Set.of(),
                        Duration.ofMinutes(10),
                        0,
                        atOnce,
                        mostWaiting,
                        longestWait,
                        ZoneOffset.UTC);
        return new BusyLimits(settings, new Refusals(JsonMapper.shared()), meters);
    }
}
