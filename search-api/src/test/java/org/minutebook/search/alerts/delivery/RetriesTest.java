package org.minutebook.search.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.Subscription.Channel.Kind;
import org.minutebook.search.alerts.AlertSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetriesTest {

    private final AlertSettings settings =
            new Binder(
                            new MapConfigurationPropertySource(
                                    Map.of(
                                            "minutebook.alerts.mail-retries",
                                            "1m,1h",
                                            "minutebook.alerts.mail-patience",
                                            "2h",
                                            "minutebook.alerts.webhook-retries",
                                            "5s,30s")))
                    .bindOrCreate("minutebook.alerts", AlertSettings.class);

    @Test
    void an_email_is_tried_until_its_waits_together_are_as_long_as_the_patience() {
        assertThat(Retries.next(Kind.EMAIL, 1, settings)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Retries.next(Kind.EMAIL, 2, settings)).isEqualTo(Duration.ofHours(1));
        assertThat(Retries.next(Kind.EMAIL, 3, settings)).isEqualTo(Duration.ofHours(1));
        assertThat(Retries.next(Kind.EMAIL, 4, settings)).isNull(); // 2 h and 1 min after the first
    }

    @Test
    void a_webhook_is_called_again_once_for_each_wait() {
        assertThat(Retries.next(Kind.WEBHOOK, 1, settings)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Retries.next(Kind.WEBHOOK, 2, settings)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Retries.next(Kind.WEBHOOK, 3, settings)).isNull();
    }
}
