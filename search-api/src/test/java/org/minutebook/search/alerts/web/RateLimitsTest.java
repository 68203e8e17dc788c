package org.minutebook.search.alerts.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.search.alerts.AlertSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RateLimitsTest {

    private final RateLimits limits =
            new RateLimits(
                    new Binder(
                                    new MapConfigurationPropertySource(
                                            Map.of(
                                                    "minutebook.alerts.requests-an-hour", "3",
                                                    "minutebook.alerts.confirmations-a-day", "2")))
                            .bind("minutebook.alerts", AlertSettings.class)
                            .get());

    @Test
    void an_ip_address_may_ask_so_often_an_hour_and_another_still_may() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.allowsRequest("192.0.2.1")).isTrue();
        }
        assertThat(limits.allowsRequest("192.0.2.1")).isFalse();
        assertThat(limits.allowsRequest("192.0.2.2")).isTrue();
    }

    @Test
    void the_addresses_of_one_ipv6_network_count_as_one() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.allowsRequest("2001:db8:0:1::" + i)).isTrue();
        }
        assertThat(limits.allowsRequest("2001:db8:0:1:ffff::1")).isFalse();
        assertThat(limits.allowsRequest("2001:db8:0:2::1")).isTrue();
    }

    @Test
    void an_address_is_asked_so_often_however_it_is_written() {
        assertThat(limits.allowsConfirmation("ada@example.org")).isTrue();
        assertThat(limits.allowsConfirmation("Ada@Example.org")).isTrue();
        assertThat(limits.allowsConfirmation("ADA@example.org ")).isFalse();
    }
}
