package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters about subscriptions come also where the mail server, or the service, was away. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LettersSurviveRestartsIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void who_asks_while_the_mail_server_is_away_is_asked_for_confirmation_later_and_once(
            @TempDir Path directory) throws Exception {
        try (Inbox inbox = new Inbox();
                AlertsService service =
                        new AlertsService(
                                directory,
                                "letters-it",
                                "--spring.mail.host=127.0.0.1",
                                "--spring.mail.port=" + inbox.port(),
                                "--minutebook.alerts.mail-retries=300ms")) {
            service.start();
            inbox.away();
            String address = "patient" + System.nanoTime() + "@example.org";
            assertThat(ask(service, address)).isEqualTo(202);
            String id = service.idOf(address);
            awaitTried(service, id, 2);
            service.kill();
            service.start();
            awaitTried(service, id, 3);
            service.kill();
            inbox.back();
            service.start();

            await().atMost(LONG).until(() -> !to(inbox, address).isEmpty());
            awaitOutcome(service, id, "\"sent\"");
            service.kill();
            service.start();
            // Another is asked, and this one not again.
            String other = "other" + System.nanoTime() + "@example.org";
            assertThat(ask(service, other)).isEqualTo(202);
            await().atMost(LONG).until(() -> !to(inbox, other).isEmpty());
            assertThat(to(inbox, address)).hasSize(1);
            assertThat(to(inbox, address).getFirst().getMessageID())
                    .startsWith("<confirm_" + id + "@");
        }
    }

    private static int ask(AlertsService service, String address) {
        return service.post(
                        "/api/v1/subscriptions",
                        "{\"query\": \"bridge\", \"email\": \"" + address + "\"}")
                .statusCode();
    }

    private static void awaitTried(AlertsService service, String id, int attempts) {
        await().atMost(LONG)
                .until(() ->
                        service.json("/api/v1/subscriptions/" + id + "/deliveries")
                                        .at("/deliveries/0/attempts")
                                        .asInt(0)
                                >= attempts);
    }

    private static void awaitOutcome(AlertsService service, String id, String outcome) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(
                                        service.json("/api/v1/subscriptions/" + id + "/deliveries")
                                                .toString())
                                .contains(outcome));
    }

    private static List<MimeMessage> to(Inbox inbox, String address) {
        return inbox.all().stream()
                .filter(message -> {
                    try {
                        return message.getAllRecipients()[0].toString().equals(address);
                    } catch (jakarta.mail.MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }
}
