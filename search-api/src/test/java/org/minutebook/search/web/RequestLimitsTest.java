package org.minutebook.search.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minutebook.search.SearchSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestLimitsTest {

    private final RequestLimits limits =
            new RequestLimits(
                    new Binder(
                                    new MapConfigurationPropertySource(
                                            Map.of("minutebook.search.requests-a-minute", "1")))
                            .bindOrCreate("minutebook.search", SearchSettings.class),
                    new Refusals(JsonMapper.shared()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/search",
                "/%73earch",
                "/search;x",
                "/%61pi/v1/items",
                "/api;x=y/v1/items",
                "/",
                "/;x",
                "/subscriptions/new",
                "/subscriptions/n%65w"
            })
    void an_address_counts_however_it_is_written(String path) throws Exception {
        ask("/search");
        assertThat(ask(path)).isEqualTo(429);
    }

    @Test
    void pages_that_do_not_search_are_not_counted() throws Exception {
        ask("/search");
        assertThat(ask("/developers")).isEqualTo(200);
        assertThat(ask("/subscriptions/unsubscribe")).isEqualTo(200);
        assertThat(ask("/actuator/health")).isEqualTo(200);
    }

    private int ask(String path) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setRemoteAddr("203.0.113.9");
        MockHttpServletResponse response = new MockHttpServletResponse();
        limits.doFilter(request, response, (_, _) -> {});
        return response.getStatus();
    }
}
