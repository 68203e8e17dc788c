package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minutebook.search.Written.document;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message whose record the broker does not take. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LargeDeliveriesIT {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void one_whose_record_is_too_large_is_given_up_and_the_others_are_sent(
            @TempDir Path directory) {
        try (WebhookListener webhook = new WebhookListener();
                AlertsService service =
                        new AlertsService(
                                directory,
                                "large",
                                // Far less than a record with the keys of 200 alerts.
                                "--spring.kafka.producer.properties.max.request.size=6000",
                                "--minutebook.alerts.newest-meetings=36500d",
                                "--minutebook.alerts.webhook-allow=" + webhook.hostAndPort());
                Stack index = Stack.start(directory.resolve("index"));
                Indexed indexed = new Indexed(index)) {
            service.start();
            subscribe(service, "bittern", webhook.address("/many"));
            subscribe(service, "whimbrel", webhook.address("/one"));
            Written many = document("bitterns");
            for (int i = 1; i <= 200; i++) {
                many.item("" + i, "Bittern " + i, "A bird.");
            }
            indexed.tell(many);
            await().atMost(LONG).until(() -> service.metric("minutebook_alerts_failed_total") == 1);

            indexed.tell(document("whimbrel").item("1", "Whimbrel", "A bird."));
            await().atMost(LONG).until(() -> webhook.calls("/one").size() == 1);
            assertThat(webhook.calls("/many")).isEmpty();
            assertThat(service.metric("minutebook_alerts_failed_total")).isEqualTo(1);
        }
    }

    private static void subscribe(AlertsService service, String query, String webhook) {
        assertThat(
                        service.post(
                                        "/api/v1/subscriptions",
                                        "{\"query\": \"%s\", \"webhook\": \"%s\"}"
                                                .formatted(query, webhook))
                                .statusCode())
                .isEqualTo(201);
    }
}
