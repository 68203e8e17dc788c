package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minutebook.search.Written.document;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.Subscription.Cadence;
import org.minutebook.contracts.Subscription.Channel;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.testservers.TestServers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service is killed at random moments between indexing and delivery, with the mail server and
 * the webhook away for some of it; then everything that arrived is counted.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AlertsSurviveKillsIT {

    private static final JsonMapper JSON = new JsonMapper();

    private static final int KILLS = 10;

    /** Documents told of in each round; each has an item for a webhook and one for an address. */
    private static final int DOCUMENTS = 4;

    private static final int MOST_MILLIS = 700;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    /** Rounds with the mail server or the webhook away. */
    private static final Set<Integer> NO_MAIL = Set.of(2, 3, 7);

    private static final Set<Integer> NO_WEBHOOK = Set.of(3, 4, 8);

    @Test
    void nothing_is_lost_and_a_repeat_is_the_same_message(@TempDir Path directory)
            throws Exception {
        long seed = Long.getLong("minutebook.seed", System.nanoTime());
        System.err.println("Alerts survive kills: -Dminutebook.seed=" + seed);
        Random random = new Random(seed);
        Inbox inbox = new Inbox();
        WebhookListener webhook = new WebhookListener();
        AlertsService service =
                new AlertsService(
                        directory,
                        "alerts-it",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + inbox.port(),
                        "--minutebook.alerts.newest-meetings=36500d",
                        "--minutebook.alerts.most-an-hour=100000",
                        "--minutebook.alerts.webhook-allow=" + webhook.hostAndPort(),
                        "--minutebook.alerts.webhook-retries="
                                + "400ms,".repeat(400).replaceAll(",$", ""),
                        "--minutebook.alerts.mail-retries=400ms");
        try (Stack index = Stack.start(directory.resolve("index"), TestServers.elasticsearch());
                Indexed indexed = new Indexed(index)) {
            service.start();
            service.stop(); // leaves the archive of classes
            service.start();
            String name = "kill" + Long.toString(Math.abs(seed), 36);
            subscribe(
                    service,
                    new Channel(
                            Channel.Kind.WEBHOOK,
                            webhook.address("/kills"),
                            "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                    name + "hook");
            subscribe(
                    service,
                    new Channel(Channel.Kind.EMAIL, "ada@example.org", null),
                    name + "mail");

            Set<String> expectedCalls = new HashSet<>();
            Set<String> expectedMails = new HashSet<>();
            List<Map<String, Integer>> mailsByKill = new ArrayList<>();
            for (int round = 0; round < KILLS; round++) {
                if (NO_MAIL.contains(round)) {
                    inbox.away();
                } else {
                    inbox.back();
                }
                webhook.answerWith(NO_WEBHOOK.contains(round) ? 503 : 204);
                for (int i = 0; i < DOCUMENTS; i++) {
                    String each = round + "x" + i;
                    indexed.tell(
                            document(name + each)
                                    .item("1", "Hook " + each, "It says " + name + "hook.")
                                    .item("2", "Mail " + each, "It says " + name + "mail."));
                    expectedCalls.add("Hook " + each);
                    expectedMails.add("Mail " + each);
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS)); // the moment of the kill
                service.kill();
                mailsByKill.add(inbox.messages());
                service.start();
            }
            inbox.back();
            webhook.answerWith(204);

            await().atMost(LONGEST)
                    .untilAsserted(() -> {
                        assertThat(titles(webhook, 204)).containsAll(expectedCalls);
                        assertThat(items(inbox.subjects())).containsAll(expectedMails);
                    });
            indexed.tell(
                    document(name + "end")
                            .item("1", "Hook end", "It says " + name + "hook.")
                            .item("2", "Mail end", "It says " + name + "mail."));
            expectedCalls.add("Hook end");
            expectedMails.add("Mail end");
            await().atMost(LONGEST)
                    .untilAsserted(() -> {
                        assertThat(titles(webhook, 204)).contains("Hook end");
                        assertThat(items(inbox.subjects())).contains("Mail end");
                    });
            mailsByKill.add(inbox.messages());

            // None is missing, and none was told of that nobody looks for.
            assertThat(titles(webhook, 204)).isEqualTo(expectedCalls);
            assertThat(items(inbox.subjects())).isEqualTo(expectedMails);
            // An item is always told of under the same name.
            Map<String, Set<String>> names = new HashMap<>();
            for (WebhookListener.Call call : webhook.calls("/kills")) {
                call.titles()
                        .forEach(title ->
                                names.computeIfAbsent(title, t -> new HashSet<>()).add(call.id()));
            }
            assertThat(names).allSatisfy((title, ids) -> assertThat(ids).as(title).hasSize(1));
            assertThat(inbox.subjects().values()).doesNotHaveDuplicates();
            // Between two kills a message goes out once at most.
            Map<String, Integer> before = Map.of();
            for (Map<String, Integer> after : mailsByKill) {
                for (Map.Entry<String, Integer> message : after.entrySet()) {
                    int more = message.getValue() - before.getOrDefault(message.getKey(), 0);
                    assertThat(more).as(message.getKey()).isBetween(0, 1);
                }
                before = after;
            }
            long taken =
                    webhook.calls("/kills").stream().filter(call -> call.status() == 204).count();
            System.err.printf(
                    "%d kills: %d calls taken of %d items, %d e-mails of %d items%n",
                    KILLS,
                    taken,
                    expectedCalls.size(),
                    before.values().stream().mapToInt(Integer::intValue).sum(),
                    expectedMails.size());
        } finally {
            service.close();
            webhook.close();
            inbox.close();
        }
    }

    private static Set<String> titles(WebhookListener webhook, int status) {
        return webhook.calls("/kills").stream()
                .filter(call -> call.status() == status)
                .flatMap(call -> call.titles().stream())
                .collect(Collectors.toSet());
    }

    /** Items that subjects name, as "Mail 3x1". */
    private static Set<String> items(Map<String, String> subjects) {
        return subjects.values().stream()
                .map(subject -> subject.replaceAll(".*(Mail \\w+).*", "$1"))
                .collect(Collectors.toSet());
    }

    private static void subscribe(AlertsService service, Channel channel, String query) {
        Subscription subscription =
                new Subscription(
                        SubscriptionId.random(),
                        query,
                        Subscription.Filters.NONE,
                        channel,
                        Cadence.AT_ONCE,
                        "Europe/London",
                        Subscription.State.ACTIVE,
                        null,
                        Instant.now(),
                        Instant.now());
        JsonNode answer =
                JSON.readTree(
                        service.post(
                                        "/api/v1/subscriptions/import",
                                        JSON.writeValueAsString(subscription))
                                .body());
        assertThat(answer.path("subscriptions").asInt()).isEqualTo(1);
    }
}
