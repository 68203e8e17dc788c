package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.minutebook.search.Written.decision;
import static org.minutebook.search.Written.document;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.Outcome;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.alerts.delivery.DeliveryLog;
import org.minutebook.search.alerts.subscriptions.Subscriptions;
import org.minutebook.store.DocumentStore;
import org.minutebook.testservers.TestServers;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Topic alerts from the request to what arrives, seen from outside. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AlertsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String OPERATOR = "the operator's key";
    private static final Duration SOON = Duration.ofSeconds(20);

    private static GreenMail smtp;
    private static WebhookListener webhook;
    private static Indexed indexed;
    private static Stack stack;
    private static Path files;

    @BeforeAll
    static void start(@TempDir Path directory) {
        files = directory;
        smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        webhook = new WebhookListener();
        stack =
                Stack.start(
                        directory,
                        TestServers.elasticsearch(),
                        "--spring.kafka.bootstrap-servers=" + TestServers.kafka(),
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + smtp.getSmtp().getPort(),
                        "--minutebook.alerts.instance=alerts-it",
                        "--minutebook.alerts.requests-an-hour=1000",
                        "--minutebook.alerts.confirmations-a-day=2",
                        "--minutebook.alerts.newest-meetings=36500d",
                        "--minutebook.alerts.most-an-hour=3",
                        "--minutebook.alerts.sweep-reach=36500d",
                        "--minutebook.alerts.sweep-page=2",
                        "--minutebook.alerts.mail-retries=200ms",
                        "--minutebook.alerts.webhook-retries=200ms,200ms,200ms",
                        "--minutebook.alerts.webhook-allow=" + webhook.hostAndPort(),
                        "--minutebook.alerts.operator-key-hashes=operator:"
                                + ContentHash.of(OPERATOR.getBytes(StandardCharsets.UTF_8)).hex());
        indexed = new Indexed(stack);
    }

    @AfterAll
    static void stop() {
        indexed.close();
        stack.close();
        webhook.close();
        smtp.stop();
    }

    @Test
    void a_webhook_is_told_of_a_new_item_with_the_sentence_that_matched() {
        JsonNode made = subscribe("{'query': 'zebra crossing', 'webhook': '%s'}", "/crossing");
        indexed.tell(
                document("crossing")
                        .item("1", "Apologies", "None.")
                        .item(
                                "4",
                                "Acre Lane",
                                "The Committee heard the residents. A zebra crossing is to be built in spring. It closed at nine.",
                                decision(Outcome.RESOLVED, "Resolved: That it be built.")));

        WebhookListener.Call call = only("/crossing");
        assertThat(call.titles()).containsExactly("Acre Lane");
        assertThat(call.isSignedWith(made.get("secret").asString())).isTrue();
        JsonNode item = call.json().get("data").get("items").get(0);
        JsonNode excerpt = item.get("excerpts").get(0);
        assertThat(excerpt.get("text").asString())
                .isEqualTo("A zebra crossing is to be built in spring.");
        assertThat(excerpt.get("marks").toString())
                .isEqualTo("[{\"from\":2,\"to\":7},{\"from\":8,\"to\":16}]");
        assertThat(item.get("decisions").get(0).get("text").asString())
                .isEqualTo("Resolved: That it be built.");
        assertThat(item.get("page").asInt()).isEqualTo(1);
    }

    @Test
    void a_document_that_is_read_again_is_told_once_and_its_new_decision_once_more() {
        subscribe("{'query': 'conker', 'webhook': '%s'}", "/again");
        Written agenda = document("conker agenda").agenda().item("7", "Conker trees", "To decide.");
        indexed.tell(agenda);
        indexed.tell(agenda);
        indexed.tell(
                document("conker minutes")
                        .item(
                                "7",
                                "Conker trees",
                                "It was decided.",
                                decision(Outcome.AGREED, "Agreed: to keep them.")));

        await().atMost(SOON).untilAsserted(() -> assertThat(webhook.calls("/again")).hasSize(2));
        indexed.tell(document("conker end").item("8", "Conker end", "The last."));
        await().atMost(SOON).untilAsserted(() -> assertThat(webhook.calls("/again")).hasSize(3));
        assertThat(webhook.calls("/again").get(0).json().toString()).doesNotContain("Agreed");
        assertThat(webhook.calls("/again").get(1).json().toString()).contains("Agreed");
    }

    @Test
    void filters_mean_what_they_mean_in_a_search() {
        subscribe("{'query': 'walnut', 'council': ['Milburn'], 'webhook': '%s'}", "/council");
        subscribe("{'query': 'walnut', 'decided': true, 'webhook': '%s'}", "/decided");
        subscribe("{'query': 'walnut', 'committee': ['council'], 'webhook': '%s'}", "/itself");
        indexed.tell(
                document("walnut 1")
                        .council("Milburn Parish Council")
                        .committee(null)
                        .item("1", "Walnut tree of Milburn", "To note."));
        indexed.tell(
                document("walnut 2")
                        .item(
                                "1",
                                "Walnut tree of Eldmarsh",
                                "Text.",
                                decision(Outcome.LOST, "Lost.")));
        assertThat(only("/council").titles()).containsExactly("Walnut tree of Milburn");
        assertThat(only("/decided").titles()).containsExactly("Walnut tree of Eldmarsh");
        assertThat(only("/itself").titles()).containsExactly("Walnut tree of Milburn");
        for (String narrowed : List.of("council=eldmarsh", "q=walnut&council=eldmarsh")) {
            assertThat(get("/search?" + narrowed, null).body())
                    .contains("/subscriptions/new?" + narrowed.replace("&", "&amp;"))
                    .doesNotContain("of any date, from a scan or not");
        }
        assertThat(get("/search?q=walnut&scanned=false", null).body())
                .contains("of any date, from a scan or not")
                .doesNotContain("also by other words for it");
        assertThat(get("/search?q=walnut&synonyms=false", null).body())
                .contains("also by other words for it")
                .doesNotContain("of any date, from a scan or not");
    }

    @Test
    void the_form_asks_for_what_the_search_was_narrowed_to() {
        for (String decided : List.of("", "true", "false")) {
            assertThat(get("/subscriptions/new?q=elder&decided=" + decided, null).body())
                    .containsOnlyOnce("value=\"" + decided + "\" selected=\"selected\"");
        }
        HttpResponse<String> made =
                form(
                        stack.address(
                                        "/subscriptions?q=elder&decided=false&kind=agenda&channel=webhook&target="
                                                + webhook.address("/undecided"))
                                .toString());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        indexed.tell(
                document("elder minutes")
                        .item("1", "Elder, decided", "", decision(Outcome.AGREED, "Agreed.")));
        indexed.tell(document("elder agenda").agenda().item("1", "Elder, to decide", ""));
        assertThat(only("/undecided").titles()).containsExactly("Elder, to decide");
    }

    @Test
    void an_email_leads_to_the_search_with_all_that_it_is_narrowed_to() {
        post(
                "/api/v1/subscriptions",
                "{'query': 'hazel', 'council': ['eldmarsh'], 'kind': 'minutes', 'decided': true,"
                        + " 'outcome': 'agreed', 'email': 'hazel@example.org'}");
        form(link(text(mail("hazel@example.org", 1)), "/subscriptions/confirm"));
        Written many = document("hazel");
        for (int i = 1; i <= 51; i++) {
            many.item("" + i, "Hazel " + i, "", decision(Outcome.AGREED, "Agreed."));
        }
        indexed.tell(many);
        MimeMessage alert = mail("hazel@example.org", 2);
        assertThat(text(alert)).contains("… and 1 more: ");
        assertThat(html(alert))
                .contains(
                        "/search?sort=date&amp;q=hazel&amp;council=eldmarsh&amp;kind=minutes&amp;decided=true&amp;outcome=agreed\"");
    }

    @Test
    void an_email_comes_only_after_its_address_agreed_and_ends_by_one_click() throws Exception {
        HttpResponse<String> asked =
                post("/api/v1/subscriptions", "{'query': 'quince', 'email': 'quince@example.org'}");
        assertThat(asked.statusCode()).isEqualTo(202);
        indexed.tell(document("quince 1").item("1", "Quince before", "Not to be told."));
        MimeMessage question = mail("quince@example.org", 1);
        assertThat(question.getSubject()).contains("“quince”");
        String confirm = link(text(question), "/subscriptions/confirm");
        assertThat(get(confirm).body()).contains("Start the alerts");
        assertThat(form(confirm).statusCode()).isEqualTo(200);

        indexed.tell(
                document("quince 2")
                        .item(
                                "12",
                                "Quince Lane & bridge",
                                "The quince is <old>.",
                                decision(Outcome.AGREED, "Agreed: to repair it.")));
        MimeMessage alert = mail("quince@example.org", 2);
        assertThat(alert.getSubject())
                .isEqualTo(
                        "“quince”: Quince Lane & bridge – Eldmarsh Borough Council, Planning Committee, 14 October 2026");
        assertThat(text(alert))
                .contains("Eldmarsh Borough Council, Planning Committee, 14 October 2026")
                .contains("Item 12, page 1: http")
                .contains("Decided: Agreed: to repair it.")
                .contains("> The *quince* is <old>.")
                .contains("You get this because you asked");
        assertThat(html(alert))
                .contains("The <mark>quince</mark> is &lt;old&gt;.")
                .contains("Quince Lane &amp; bridge")
                .doesNotContain("<img");
        assertThat(alert.getHeader("List-Unsubscribe-Post", null))
                .isEqualTo("List-Unsubscribe=One-Click");
        assertThat(alert.getMessageID()).startsWith("<msg_");

        String unsubscribe = alert.getHeader("List-Unsubscribe", null).replaceAll("[<>\\s]", "");
        HttpResponse<String> oneClick =
                HTTP.send(
                        HttpRequest.newBuilder(URI.create(unsubscribe))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(oneClick.statusCode()).isEqualTo(200);
        subscribe("{'query': 'quince', 'webhook': '%s'}", "/quince");
        indexed.tell(document("quince 3").item("1", "Quince after", "Not to be told."));
        only("/quince");
        assertThat(mails("quince@example.org")).hasSize(2);
        assertThat(list()).doesNotContain("quince@example.org");
    }

    @Test
    void an_address_that_asks_too_often_gets_the_same_answer_and_no_more_mail() {
        String body = "{'query': 'medlar', 'email': 'often@example.org'}";
        String first = post("/api/v1/subscriptions", body).body();
        for (int i = 0; i < 3; i++) {
            assertThat(post("/api/v1/subscriptions", body).body()).isEqualTo(first);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(mails("often@example.org")).hasSize(2));
    }

    @Test
    void beyond_so_many_an_hour_the_rest_waits() {
        subscribe("{'query': 'rowan', 'webhook': '%s'}", "/many");
        for (int i = 1; i <= 6; i++) {
            indexed.tell(document("rowan " + i).item("1", "Rowan " + i, "A tree."));
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(webhook.calls("/many")).hasSize(3));
        subscribe("{'query': 'service tree', 'webhook': '%s'}", "/after");
        indexed.tell(document("after").item("1", "A service tree", "A tree."));
        only("/after");
        assertThat(webhook.calls("/many")).hasSize(3);
    }

    @Test
    void a_webhook_that_fails_is_called_again_with_the_same_id() {
        try (WebhookListener failing = new WebhookListener()) {
            // Not in the list of allowed targets: a private address.
            HttpResponse<String> refused =
                    post(
                            "/api/v1/subscriptions",
                            "{'query': 'x', 'webhook': '" + failing.address("/x") + "'}");
            assertThat(refused.statusCode()).isEqualTo(400);
        }
        JsonNode made = subscribe("{'query': 'hazel', 'webhook': '%s'}", "/failing");
        webhook.answerWith(503);
        try {
            indexed.tell(document("hazel").item("1", "Hazel hedge", "A hedge."));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(webhook.calls("/failing")).hasSizeGreaterThan(1));
        } finally {
            webhook.answerWith(204);
        }
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(webhook.calls("/failing"))
                                .extracting(WebhookListener.Call::status)
                                .endsWith(204));
        assertThat(webhook.calls("/failing"))
                .extracting(WebhookListener.Call::id)
                .containsOnly(webhook.calls("/failing").getFirst().id());
        String id = made.get("id").asString();
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(
                                        get(
                                                        "/api/v1/subscriptions/"
                                                                + id
                                                                + "/deliveries",
                                                        made.get("key").asString())
                                                .body())
                                .contains("\"sent\""));
    }

    @Test
    void a_redirect_is_not_followed_and_lasting_failure_disables_the_webhook() {
        JsonNode made = subscribe("{'query': 'alder', 'webhook': '%s'}", "/redirecting");
        webhook.answerWith(307);
        try {
            indexed.tell(document("alder").item("1", "Alder brook", "A brook."));
            String path = "/api/v1/subscriptions/" + made.get("id").asString();
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(get(path, made.get("key").asString()).body())
                                    .contains("\"disabled\""));
        } finally {
            webhook.answerWith(204);
        }
        assertThat(webhook.calls("/redirecting")).hasSize(4);
        assertThat(webhook.calls("/elsewhere")).isEmpty();
        String path = "/api/v1/subscriptions/" + made.get("id").asString();
        String key = made.get("key").asString();
        assertThat(send("POST", path + "/resume", null, key).body()).contains("\"active\"");
        assertThat(send("POST", path + "/replay", null, key).body()).contains("1");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(webhook.calls("/redirecting"))
                                .extracting(WebhookListener.Call::status)
                                .endsWith(204));
    }

    @Test
    void nobody_but_the_operator_sees_the_subscriptions() {
        JsonNode made = subscribe("{'query': 'elder', 'webhook': '%s'}", "/elder");
        JsonNode other = subscribe("{'query': 'elder', 'webhook': '%s'}", "/other");
        String path = "/api/v1/subscriptions/" + made.get("id").asString();
        assertThat(get("/api/v1/subscriptions", null).statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/subscriptions", "wrong").statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/subscriptions", made.get("key").asString()).statusCode())
                .isEqualTo(401);
        assertThat(get(path, other.get("key").asString()).statusCode()).isEqualTo(401);
        assertThat(get(path, made.get("key").asString()).statusCode()).isEqualTo(200);
        assertThat(list()).contains(made.get("id").asString()).doesNotContain("whsec_");
        assertThat(send("DELETE", path, null, OPERATOR).statusCode()).isEqualTo(204);
        assertThat(get(path, OPERATOR).statusCode()).isEqualTo(404);
    }

    @Test
    void a_preview_says_what_would_have_been_told() {
        indexed.tell(document("pear").item("1", "Pear orchard", "A pear tree."));
        JsonNode answer =
                JSON.readTree(
                        post("/api/v1/subscriptions/preview", "{'query': 'pear orchard'}").body());
        assertThat(answer.get("count").asInt()).isEqualTo(1);
        assertThat(answer.get("examples").get(0).get("title").asString()).isEqualTo("Pear orchard");
        assertThat(get("/subscriptions/new?q=pear+orchard", null).body())
                .contains("told you of 1 item");
    }

    @Test
    void a_private_feed_has_the_items_that_the_search_finds() {
        indexed.tell(document("plum").item("1", "Plum & damson", "A plum tree."));
        JsonNode made =
                JSON.readTree(
                        post("/api/v1/subscriptions", "{'query': 'damson', 'feed': true}").body());
        HttpResponse<String> feed = get(made.get("feed").asString());
        assertThat(feed.body()).contains("<title>Plum &amp; damson</title>");
        assertThat(get(made.get("feed").asString().replaceAll(".$", "")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_private_feed_begins_with_what_was_uploaded_last_whether_or_not_its_meeting_is_known() {
        Instant first = Instant.now().minus(Duration.ofDays(27)).truncatedTo(ChronoUnit.SECONDS);
        indexed.add(
                document("sorrel 2")
                        .date(null)
                        .uploadedAt(first.plusSeconds(1))
                        .revision(first.plusSeconds(1).toEpochMilli())
                        .item("1", "Sorrel of no date", ""));
        indexed.add(
                document("sorrel 3")
                        .date(LocalDate.now(ZoneOffset.UTC).minusMonths(5).toString())
                        .uploadedAt(first.plusSeconds(2))
                        .item("1", "Sorrel of long ago", ""));
        indexed.add(
                document("sorrel 1")
                        .date(LocalDate.now(ZoneOffset.UTC).plusDays(3).toString())
                        .uploadedAt(first)
                        .item("1", "Sorrel to come", ""));
        String address =
                JSON.readTree(
                                post("/api/v1/subscriptions", "{'query': 'sorrel', 'feed': true}")
                                        .body())
                        .get("feed")
                        .asString();
        String feed = get(address).body();
        assertThat(feed)
                .containsSubsequence(
                        "Sorrel of long ago",
                        updated(first.plusSeconds(2)),
                        "Sorrel of no date",
                        updated(first.plusSeconds(1)),
                        "Sorrel to come",
                        updated(first.plusSeconds(0)));
        assertThat(get(address).body()).isEqualTo(feed);
    }

    private static String updated(Instant at) {
        return "<updated>%s</updated>".formatted(at);
    }

    @Test
    void a_subscription_that_says_nothing_is_refused() {
        for (String body :
                List.of(
                        "{'query': '', 'feed': true}",
                        "{'query': '\"\"', 'feed': true}",
                        "{'query': 'a', 'feed': true, 'email': 'a@example.org'}",
                        "{'query': 'bridge', 'email': 'not an address'}",
                        "{'query': 'bridge', 'email': 'a@example.org\\nBcc: b@example.org'}",
                        "{'query': 'bridge', 'webhook': 'https://169.254.169.254/latest'}",
                        "{'query': 'bridge', 'webhook': 'https://[::1]/'}",
                        "{'query': 'bridge', 'webhook': 'https://localhost/'}",
                        "{'query': 'bridge', 'webhook': 'ftp://example.org/'}")) {
            assertThat(post("/api/v1/subscriptions", body).statusCode()).as(body).isEqualTo(400);
        }
    }

    @Test
    void a_corrected_document_tells_only_what_is_new_in_it_or_decided_anew() {
        subscribe("{'query': 'lime', 'webhook': '%s'}", "/corrected");
        Written first =
                document("lime minutes")
                        .item("1", "Lime trees", "Text.", decision(Outcome.AGREED, "Agreed: yes."))
                        .item("2", "Lime kiln", "Text.", decision(Outcome.AGREED, "Agreed: yes."));
        indexed.tell(first);
        assertThat(only("/corrected").titles()).containsExactly("Lime trees", "Lime kiln");
        indexed.tell(
                document("lime minutes, corrected")
                        .replaces(first)
                        .item("1", "Lime trees", "Words.", decision(Outcome.AGREED, "Agreed: yes."))
                        .item("2", "Lime kiln", "Text.", decision(Outcome.LOST, "Lost."))
                        .item("3", "Lime pit", "Left out before."));
        await().atMost(SOON).until(() -> webhook.calls("/corrected").size() > 1);
        WebhookListener.Call correction = webhook.calls("/corrected").get(1);
        assertThat(correction.titles()).containsExactly("Lime kiln", "Lime pit");
        assertThat(correction.json().get("data").get("items").get(0).get("corrected").asBoolean())
                .isTrue();
    }

    @Test
    void a_document_without_a_date_is_told_once_however_often_it_is_corrected() {
        DocumentStore store = stack.bean(DocumentStore.class);
        subscribe("{'query': 'alder', 'webhook': '%s'}", "/undated");
        Written first = undated("alder first").recorded(store, true);
        Written second = undated("alder second").replaces(first).recorded(store, true);
        Written third = undated("alder third").replaces(second).recorded(store, false);
        for (Written each : List.of(first, second, third, third)) {
            indexed.tell(each);
        }
        assertThat(only("/undated").titles()).containsExactly("Alder carr");
        // Its date is read, or put right, afterwards.
        indexed.tell(third.date("2026-10-14"));
        indexed.tell(
                undated("alder fourth")
                        .replaces(third)
                        .item("2", "Alder end", "The last.")
                        .recorded(store, false));
        await().atMost(SOON).until(() -> webhook.calls("/undated").size() > 1);
        assertThat(webhook.calls("/undated").get(1).titles()).containsExactly("Alder end");
        assertThat(webhook.calls("/undated")).hasSize(2);
    }

    private static Written undated(String name) {
        return document(name).date(null).item("1", "Alder carr", "Text.");
    }

    @Test
    void nobody_is_told_of_a_batch_without_alerts() {
        subscribe("{'query': 'beech', 'webhook': '%s'}", "/quiet");
        indexed.tell(
                document("beech old").item("1", "Beech old", "A beech."),
                "2026-11.abc" + StoredDocument.ALERTS_OFF);
        indexed.tell(document("beech new").item("1", "Beech new", "A beech."), "2026-12.abc");
        assertThat(only("/quiet").titles()).containsExactly("Beech new");
    }

    @Test
    void the_sweep_finds_what_matching_missed_and_tells_of_it_late_and_once() {
        double missed = metric("minutebook_alerts_missed_total");
        JsonNode made = subscribe("{'query': 'damselfly', 'webhook': '%s'}", "/late");
        indexed.add(late("damselfly").item("1", "Damselfly pond", "A pond."));
        assertThat(send("POST", "/api/v1/subscriptions/sweep", null, null).statusCode())
                .isEqualTo(401);
        assertThat(sweep()).isEqualTo(1);
        WebhookListener.Call late = only("/late");
        assertThat(late.titles()).containsExactly("Damselfly pond");
        assertThat(late.json().get("data").get("items").get(0).get("late").asBoolean()).isTrue();
        awaitSent(made);
        assertThat(sweep()).isZero();
        assertThat(metric("minutebook_alerts_missed_total")).isEqualTo(missed + 1);
        assertThat(webhook.calls("/late")).hasSize(1);
    }

    @Test
    void the_sweep_sees_all_items_however_many_there_are_at_one_instant() {
        JsonNode made = subscribe("{'query': 'waterboatman', 'webhook': '%s'}", "/all");
        Instant then = Instant.now().minus(Duration.ofHours(1));
        Written written =
                document("waterboatman")
                        .revision(System.currentTimeMillis() + 1000)
                        .indexedAt(then);
        for (int i = 1; i <= 7; i++) {
            written.item("" + i, "Waterboatman " + i, "A pond.");
        }
        indexed.add(written);
        assertThat(sweep()).isEqualTo(7);
        assertThat(only("/all").titles()).hasSize(7).doesNotHaveDuplicates();
        awaitSent(made);
        assertThat(sweep()).isZero();
    }

    @Test
    void subscriptions_and_log_are_exported_and_imported_and_nothing_is_told_twice() {
        JsonNode made = subscribe("{'query': 'merganser', 'webhook': '%s'}", "/restored");
        Written told = document("merganser").item("1", "Merganser pond", "A pond.");
        indexed.tell(told);
        only("/restored");
        awaitSent(made);
        String subscription = lines(export("/export"), made);
        String log = lines(export("/log"), made);
        String path = "/api/v1/subscriptions/" + made.get("id").asString();
        send("DELETE", path, null, OPERATOR);
        sweep(); // forgets its log
        await().atMost(SOON).until(() -> lines(export("/log"), made).isEmpty());

        assertThat(send("POST", "/api/v1/subscriptions/log", log, null).statusCode())
                .isEqualTo(401);
        assertThat(send("POST", "/api/v1/subscriptions/log", log, OPERATOR).body())
                .isEqualTo("{\"deliveries\":1}");
        assertThat(send("POST", "/api/v1/subscriptions/log", log, OPERATOR).body())
                .isEqualTo("{\"deliveries\":0}");
        send("POST", "/api/v1/subscriptions/import", subscription, OPERATOR);
        indexed.tell(told);
        indexed.tell(document("merganser 2").item("2", "Merganser lake", "A lake."));

        await().atMost(SOON).until(() -> webhook.calls("/restored").size() == 2);
        assertThat(webhook.calls("/restored").get(1).titles()).containsExactly("Merganser lake");
        assertThat(webhook.calls("/restored").get(1).isSignedWith(made.get("secret").asString()))
                .isTrue();
    }

    private static String export(String path) {
        return get("/api/v1/subscriptions" + path, OPERATOR).body();
    }

    /** Those about a subscription. */
    private static String lines(String export, JsonNode made) {
        return export.lines()
                .filter(line -> line.contains(made.get("id").asString()))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void what_is_only_said_again_from_the_store_is_no_news() {
        subscribe("{'query': 'pochard', 'webhook': '%s'}", "/rebuilt");
        indexed.sayAgain(document("pochard 1").item("1", "Pochard pond", "A pond."));
        indexed.tell(document("pochard 2").item("2", "Pochard lake", "A lake."));

        assertThat(only("/rebuilt").titles()).containsExactly("Pochard lake");
    }

    @Test
    void the_sweep_says_of_no_feed_that_something_was_missed() {
        post("/api/v1/subscriptions", "{'query': 'dragonfly', 'feed': true}");
        indexed.add(late("dragonfly").item("1", "Dragonfly pond", "A pond."));
        assertThat(sweep()).isZero();
    }

    @Test
    void what_cannot_be_looked_for_keeps_nobody_else_from_the_sweep() throws IOException {
        double unswept = metric("minutebook_alerts_unswept_total");
        List<JsonNode> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            made.add(subscribe("{'query': 'stonefly', 'webhook': '%s'}", "/unswept"));
        }
        made.add(subscribe("{'query': 'caddisfly', 'webhook': '%s'}", "/swept"));
        // Of the first the store cannot say what it corrects, of the second whether it is told of.
        Written lost = document("stonefly, lost");
        Files.createDirectories(recordOf(lost));
        indexed.add(late("stonefly").replaces(lost).item("1", "Stonefly pond", "A pond."));
        Written unsaid = late("caddisfly, unsaid").item("1", "Caddisfly brook", "A brook.");
        damageRecord(unsaid);
        indexed.add(unsaid);
        indexed.add(late("caddisfly").item("1", "Caddisfly pond", "A pond."));

        assertThat(sweep()).isEqualTo(1);
        assertThat(only("/swept").titles()).containsExactly("Caddisfly pond");
        assertThat(metric("minutebook_alerts_unswept_total")).isEqualTo(unswept + 4);
        for (JsonNode each : made) {
            send("DELETE", "/api/v1/subscriptions/" + each.get("id").asString(), null, OPERATOR);
        }
    }

    @Test
    void a_correction_of_a_document_whose_record_is_damaged_is_told_of() throws IOException {
        subscribe("{'query': 'mayfly', 'webhook': '%s'}", "/damaged");
        Written lost = document("mayfly, lost");
        damageRecord(lost);
        indexed.tell(document("mayfly").replaces(lost).item("1", "Mayfly pond", "A pond."));

        assertThat(only("/damaged").titles()).containsExactly("Mayfly pond");
    }

    /** In the index for an hour, and never announced. */
    private static Written late(String name) {
        return document(name)
                .revision(System.currentTimeMillis() + 1000)
                .indexedAt(Instant.now().minus(Duration.ofHours(1)));
    }

    /** As a disk does that loses a part of a file. */
    private static void damageRecord(Written document) throws IOException {
        Files.createDirectories(recordOf(document).getParent());
        Files.writeString(recordOf(document), "{");
    }

    private static Path recordOf(Written document) {
        String id = document.id().value();
        return files.resolve("documents").resolve(id.substring(0, 2)).resolve(id + ".json");
    }

    @Test
    void without_the_broker_the_log_of_deliveries_is_away(@TempDir Path directory) {
        URI nowhere = URI.create("http://127.0.0.1:1");
        try (Stack alone =
                Stack.start(
                        directory,
                        nowhere,
                        "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                        "--minutebook.alerts.operator-key-hashes=operator:"
                                + ContentHash.of(OPERATOR.getBytes(StandardCharsets.UTF_8))
                                        .hex())) {
            DeliveryLog log = alone.bean(DeliveryLog.class);
            SubscriptionId anybody = SubscriptionId.random();
            assertThatExceptionOfType(Subscriptions.AwayException.class)
                    .isThrownBy(() -> log.of(anybody));
            assertThatExceptionOfType(Subscriptions.AwayException.class)
                    .isThrownBy(() -> log.replay(anybody));
            assertThatExceptionOfType(Subscriptions.AwayException.class)
                    .isThrownBy(() -> log.takeIn(List.of()));
            HttpResponse<String> answer =
                    alone.get("/api/v1/subscriptions/log", "Authorization", "Bearer " + OPERATOR);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("urn:minutebook:problem:away");
        }
    }

    private static int sweep() {
        String answer = send("POST", "/api/v1/subscriptions/sweep", null, OPERATOR).body();
        return JSON.readTree(answer).get("missed").asInt();
    }

    private static double metric(String name) {
        return get("/actuator/prometheus", null)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void awaitSent(JsonNode made) {
        String path = "/api/v1/subscriptions/" + made.get("id").asString() + "/deliveries";
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(get(path, made.get("key").asString()).body())
                                .contains("\"sent\""));
    }

    @Test
    void what_is_matched_sent_failed_and_waits_is_measured() {
        double before = metric("minutebook_alerts_matched_total");
        JsonNode made = subscribe("{'query': 'aspen', 'webhook': '%s'}", "/measured");
        indexed.tell(document("aspen").item("1", "Aspen", "A tree."));
        awaitSent(made);
        assertThat(metric("minutebook_alerts_matched_total")).isGreaterThan(before);
        assertThat(get("/actuator/prometheus", null).body())
                .contains(
                        "minutebook_alerts_sent_seconds_count{",
                        "minutebook_alerts_failed_total{",
                        "minutebook_alerts_oldest_unsent_seconds ",
                        "minutebook_alerts_subscriptions ",
                        "minutebook_alerts_matching_seconds_count ");
    }

    @Test
    void the_owner_of_a_webhook_tests_it_and_gone_ends_it() {
        JsonNode made = subscribe("{'query': 'larch', 'webhook': '%s'}", "/tested");
        String path = "/api/v1/subscriptions/" + made.get("id").asString();
        String key = made.get("key").asString();
        assertThat(send("POST", path + "/test", null, key).body()).contains("\"taken\":true");
        WebhookListener.Call test = only("/tested");
        assertThat(test.json().get("type").asString()).isEqualTo("alert.test");
        assertThat(test.isSignedWith(made.get("secret").asString())).isTrue();
        webhook.answerWith(410);
        try {
            indexed.tell(document("larch").item("1", "Larch", "A tree."));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(get(path, key).body()).contains("\"disabled\"", "410"));
        } finally {
            webhook.answerWith(204);
        }
        assertThat(metric("minutebook_alerts_disabled_total")).isPositive();
        assertThat(get(made.get("manage").asString()).body()).contains("410 Gone", "Go on");
    }

    @Test
    void the_contact_of_a_webhook_is_told_when_it_is_disabled_once_it_agreed() {
        JsonNode made =
                subscribe(
                        "{'query': 'osier', 'webhook': '%s', 'contact': 'Clerk@example.org'}",
                        "/noticed");
        String path = "/api/v1/subscriptions/" + made.get("id").asString();
        String key = made.get("key").asString();
        assertThat(get(path, key).body()).contains("\"confirmed\":false");
        MimeMessage question = mail("Clerk@example.org", 1);
        assertThat(text(question)).contains("Somebody, probably you", "127.0.0.1", "“osier”");
        String confirm = link(text(question), "/subscriptions/confirm");
        assertThat(get(confirm).body()).contains("Be told if this webhook is stopped?");
        assertThat(get(path, key).body()).contains("\"confirmed\":false");
        assertThat(form(confirm).body()).contains("You will be told");
        assertThat(get(path, key).body()).contains("\"confirmed\":true");

        double disabled = metric("minutebook_alerts_disabled_total");
        webhook.answerWith(503);
        try {
            // Two deliveries that fail together are one reason to stop, and one notice.
            indexed.tell(document("osier 1").item("1", "Osier bed", "Text."));
            indexed.tell(document("osier 2").item("1", "Osier bed by night", "Text."));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(get(path, key).body())
                                    .contains("\"disabled\"", "status 503", "stateSince"));
        } finally {
            webhook.answerWith(204);
        }
        MimeMessage notice = mail("Clerk@example.org", 2);
        assertThat(subject(notice)).isEqualTo("Stopped: the webhook at 127.0.0.1 for “osier”");
        assertThat(text(notice))
                .contains("Nothing could be delivered for a day. Last: status 503", "“osier”")
                .doesNotContain(webhook.address("/noticed"));
        assertThat(html(notice)).contains("status 503").doesNotContain("<img");
        assertThat(metric("minutebook_alerts_disabled_total")).isEqualTo(disabled + 1);
        assertThat(get(made.get("feed").asString()).body())
                .contains("Stopped: the webhook of this search", "status 503");
        assertThat(get(path + "/deliveries", key).body()).contains("\"notice_", "\"failed\"");

        String manage = link(text(notice), "/subscriptions/manage");
        assertThat(get(manage).body()).contains("Clerk@example.org", "status 503", "Go on");
        press(manage, "resume", made.get("id").asString());
        press(manage, "replay", made.get("id").asString());
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(webhook.calls("/noticed"))
                                .filteredOn(call -> call.status() == 204)
                                .extracting(WebhookListener.Call::titles)
                                .contains(List.of("Osier bed")));
        String mine = "/api/v1/subscriptions?email=clerk%40example.org";
        assertThat(get(mine, OPERATOR).body()).contains("osier");
        press(manage, "forget-contact", made.get("id").asString());
        assertThat(get(path, key).body()).contains("\"contact\":null", "\"active\"");
        assertThat(get(mine, OPERATOR).body()).doesNotContain("osier");
        assertThat(mails("Clerk@example.org")).hasSize(2);
    }

    @Test
    void a_contact_that_did_not_agree_is_told_nothing_and_is_erased_on_request() {
        JsonNode made =
                subscribe(
                        "{'query': 'sallow', 'webhook': '%s', 'contact': 'silent@example.org'}",
                        "/silent");
        mail("silent@example.org", 1);
        webhook.answerWith(410);
        String path = "/api/v1/subscriptions/" + made.get("id").asString();
        try {
            indexed.tell(document("sallow").item("1", "Sallow", "Text."));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(get(path, made.get("key").asString()).body())
                                    .contains("\"disabled\""));
        } finally {
            webhook.answerWith(204);
        }
        // Whoever agreed is told meanwhile.
        post("/api/v1/subscriptions", "{'query': 'sallow', 'email': 'other@example.org'}");
        mail("other@example.org", 1);
        assertThat(mails("silent@example.org")).hasSize(1);
        String mine = "/api/v1/subscriptions?email=silent%40example.org";
        assertThat(send("DELETE", mine, null, OPERATOR).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/subscriptions/export", OPERATOR).body())
                .contains(made.get("id").asString())
                .doesNotContain("silent@example.org");
        assertThat(
                        post(
                                        "/api/v1/subscriptions",
                                        "{'query': 'x', 'feed': true, 'contact': 'a@example.org'}")
                                .statusCode())
                .isEqualTo(400);
    }

    private static void press(String manage, String action, String subscription) {
        URI uri = URI.create(manage);
        send(
                HttpRequest.newBuilder(uri.resolve(uri.getPath()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                BodyPublishers.ofString(
                                        uri.getQuery()
                                                + "&action="
                                                + action
                                                + "&subscription="
                                                + subscription))
                        .build());
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_person_sees_all_that_is_kept_and_has_it_erased() throws Exception {
        for (String query : List.of("spruce", "fir")) {
            post(
                    "/api/v1/subscriptions",
                    "{'query': '%s', 'email': 'Grace@example.org', 'cadence': 'weekly', 'timeZone': 'Pacific/Auckland'}"
                            .formatted(query));
        }
        form(link(text(mail("Grace@example.org", 1)), "/subscriptions/confirm"));
        form(link(text(mail("Grace@example.org", 2)), "/subscriptions/confirm"));
        String mine = "/api/v1/subscriptions?email=grace%40example.org";
        assertThat(JSON.readTree(get(mine, OPERATOR).body()).get("total").asInt()).isEqualTo(2);
        assertThat(get(mine, null).statusCode()).isEqualTo(401);
        String kept =
                get("/api/v1/subscriptions/export?email=grace%40example.org", OPERATOR).body();
        assertThat(kept)
                .contains("Grace@example.org", "spruce", "fir", "Pacific/Auckland", "deliveries")
                .doesNotContain("ada@example.org");
        assertThat(send("DELETE", mine, null, null).statusCode()).isEqualTo(401);
        assertThat(send("DELETE", mine, null, OPERATOR).body()).contains("2");
        assertThat(JSON.readTree(get(mine, OPERATOR).body()).get("total").asInt()).isZero();
        assertThat(get("/api/v1/subscriptions/export", OPERATOR).body())
                .doesNotContain("Grace@example.org");
    }

    @Test
    void everything_of_an_address_is_managed_by_one_link() {
        for (String query : List.of("willow", "poplar")) {
            post(
                    "/api/v1/subscriptions",
                    "{'query': '%s', 'email': 'joan@example.org'}".formatted(query));
        }
        form(link(text(mail("joan@example.org", 1)), "/subscriptions/confirm"));
        HttpResponse<String> begun =
                form(link(text(mail("joan@example.org", 2)), "/subscriptions/confirm"));
        Matcher link =
                Pattern.compile("href=\"([^\"]*/subscriptions/manage[^\"]*)").matcher(begun.body());
        assertThat(link.find()).isTrue();
        String manage = link.group(1).replace("&amp;", "&");
        String page = get(manage).body();
        assertThat(page).contains("joan@example.org", "willow", "poplar");
        String export = manage.replace("/manage", "/export");
        assertThat(get(export).body()).contains("willow", "poplar", "deliveries");
        URI uri = URI.create(manage);
        HttpResponse<String> ended =
                send(
                        HttpRequest.newBuilder(uri.resolve(uri.getPath()))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(uri.getQuery() + "&action=end-all"))
                                .build());
        assertThat(ended.body()).contains("All your alerts have ended");
        assertThat(list()).doesNotContain("joan@example.org");
        assertThat(get(manage).statusCode()).isEqualTo(404);
    }

    @Test
    void every_endpoint_is_described_and_its_examples_are_answered_as_described() {
        JsonNode description = JSON.readTree(get("/openapi.json", null).body());
        String base = "/api/v1/subscriptions";
        Map<String, JsonNode> described = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
            if (path.getKey().startsWith(base)) {
                path.getValue()
                        .properties()
                        .forEach(method ->
                                described.put(
                                        method.getKey().toUpperCase(Locale.ROOT)
                                                + " "
                                                + path.getKey(),
                                        method.getValue()));
            }
        }
        Set<String> answered = new HashSet<>();
        stack.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping ->
                        mapping.getPatternValues().stream()
                                .filter(path -> path.startsWith(base))
                                .forEach(path ->
                                        mapping.getMethodsCondition()
                                                .getMethods()
                                                .forEach(m -> answered.add(m + " " + path))));
        assertThat(described.keySet()).isEqualTo(answered);

        JsonNode made = subscribe("{'query': 'dogwood', 'webhook': '%s'}", "/described");
        indexed.tell(document("dogwood").item("1", "Dogwood", "A shrub."));
        awaitSent(made);
        // What takes away comes last.
        described.forEach((name, operation) -> {
            if (!name.startsWith("DELETE")) {
                tryExamples(description, name, operation, made.get("id").asString());
            }
        });
        described.forEach((name, operation) -> {
            if (name.startsWith("DELETE")) {
                tryExamples(description, name, operation, made.get("id").asString());
            }
        });
        checked(
                description,
                "/components/schemas/AlertEvent",
                webhook.calls("/described").getFirst().json());
    }

    /** Runs an operation as described, with each of its examples. */
    private static void tryExamples(
            JsonNode description, String name, JsonNode operation, String id) {
        String method = name.substring(0, name.indexOf(' '));
        String path = name.substring(name.indexOf(' ') + 1).replace("{id}", id);
        JsonNode email =
                operation.path("parameters").values().stream()
                        .filter(each -> each.get("name").asString().equals("email"))
                        .map(each -> each.get("example"))
                        .findFirst()
                        .orElse(null);
        List<String> paths = new ArrayList<>();
        if (email == null || !method.equals("DELETE")) {
            paths.add(path);
        }
        if (email != null) {
            paths.add(path + "?email=" + email.asString());
        }
        List<String> bodies = new ArrayList<>();
        for (JsonNode media : operation.path("requestBody").path("content").values()) {
            media.path("examples")
                    .values()
                    .forEach(each -> bodies.add(each.get("value").toString()));
            media.path("example").asStringOpt().ifPresent(bodies::add);
        }
        if (bodies.isEmpty()) {
            bodies.add(null);
        }
        String key = operation.has("security") ? OPERATOR : null;
        for (String each : paths) {
            for (String body : bodies) {
                HttpResponse<String> answer =
                        send(
                                method,
                                each,
                                body == null
                                        ? null
                                        : body.replace(
                                                "https://residents.example/alerts",
                                                webhook.address("/example")),
                                key);
                String status = Integer.toString(answer.statusCode());
                assertThat(answer.statusCode()).as(each + answer.body()).isBetween(200, 299);
                assertThat(operation.get("responses").has(status)).as(name + status).isTrue();
                String type = answer.headers().firstValue("Content-Type").orElse("");
                if (type.startsWith("application/json")) {
                    checked(description, schemaOf(name, status), JSON.readTree(answer.body()));
                } else if (!type.isEmpty()) {
                    assertThat(
                                    operation
                                            .get("responses")
                                            .get(status)
                                            .get("content")
                                            .has(type.replaceAll(";.*", "")))
                            .as(name + type)
                            .isTrue();
                }
                if (key != null) {
                    assertThat(send(method, each, body, null).statusCode()).as(each).isEqualTo(401);
                }
            }
        }
        // The answers in the description are such as it says, too.
        operation
                .get("responses")
                .properties()
                .forEach(response -> {
                    JsonNode media = response.getValue().at("/content/application~1json");
                    if (!media.isMissingNode()) {
                        checked(
                                description,
                                schemaOf(name, response.getKey()),
                                media.get("example"));
                    }
                });
    }

    /** Where the description says what an answer is; the name is that of {@code GET /path}. */
    private static String schemaOf(String name, String status) {
        int space = name.indexOf(' ');
        return "/paths/%s/%s/responses/%s/content/application~1json/schema"
                .formatted(
                        name.substring(space + 1).replace("/", "~1"),
                        name.substring(0, space).toLowerCase(Locale.ROOT),
                        status);
    }

    private static void checked(JsonNode description, String pointer, JsonNode answer) {
        assertThat(description.at(pointer).isMissingNode()).as(pointer).isFalse();
        String location = "https://minutebook.example/openapi.json";
        var schema =
                SchemaRegistry.withDefaultDialect(
                                SpecificationVersion.DRAFT_2020_12,
                                builder ->
                                        builder.schemas(Map.of(location, description.toString())))
                        .getSchema(
                                SchemaLocation.of(
                                        location
                                                + "#"
                                                + pointer.replace("{", "%7B").replace("}", "%7D")));
        assertThat(schema.validate(answer)).as(pointer + answer).isEmpty();
    }

    @Test
    void a_matter_is_followed_by_its_item() {
        Written agenda =
                document("juniper agenda").agenda().item("5", "Juniper gate", "To decide.");
        indexed.tell(agenda);
        subscribe("{'item': '" + agenda.itemId(0) + "', 'webhook': '%s'}", "/matter");
        indexed.tell(
                document("other council")
                        .council("Milburn Parish Council")
                        .item("5", "Juniper gate", "Of others."));
        indexed.tell(
                document("juniper minutes")
                        .item("8", "Juniper gate", "Done.", decision(Outcome.AGREED, "Agreed.")));
        WebhookListener.Call call = only("/matter");
        assertThat(call.titles()).containsExactly("Juniper gate");
        assertThat(call.body()).contains("Agreed.").contains("Eldmarsh");
        assertThat(get("/subscriptions/new?item=" + agenda.itemId(0), null).body())
                .contains("Follow this matter", "Juniper gate", "Europe/London");
    }

    private static WebhookListener.Call only(String path) {
        await().atMost(SOON).until(() -> !webhook.calls(path).isEmpty());
        assertThat(webhook.calls(path)).hasSize(1);
        return webhook.calls(path).getFirst();
    }

    private static JsonNode subscribe(String body, String path) {
        HttpResponse<String> answer =
                post("/api/v1/subscriptions", body.formatted(webhook.address(path)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private static String list() {
        return get("/api/v1/subscriptions", OPERATOR).body();
    }

    private static HttpResponse<String> post(String path, String body) {
        return send("POST", path, body.replace('\'', '"'), null);
    }

    private static HttpResponse<String> get(String path, String key) {
        return send("GET", path, null, key);
    }

    private static HttpResponse<String> send(String method, String path, String body, String key) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(stack.address(path))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return send(request.build());
    }

    private static HttpResponse<String> get(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).build());
    }

    /** Presses the button of the page at an address. */
    static HttpResponse<String> form(String address) {
        URI uri = URI.create(address);
        return send(
                HttpRequest.newBuilder(uri.resolve(uri.getPath()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(uri.getQuery()))
                        .build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<MimeMessage> mails(String address) {
        return Arrays.stream(smtp.getReceivedMessages())
                .filter(message -> GreenMailUtil.getHeaders(message).contains("To: " + address))
                .toList();
    }

    private static MimeMessage mail(String address, int which) {
        await().atMost(SOON).until(() -> mails(address).size() >= which);
        return mails(address).get(which - 1);
    }

    static String link(String text, String path) {
        Matcher link = Pattern.compile("http://\\S+" + Pattern.quote(path) + "\\S+").matcher(text);
        assertThat(link.find()).as(text).isTrue();
        return link.group();
    }

    static String text(MimeMessage message) {
        return part(message, "text/plain");
    }

    static String html(MimeMessage message) {
        return part(message, "text/html");
    }

    private static String part(Part part, String type) {
        try {
            if (part.isMimeType(type)) {
                return (String) part.getContent();
            }
            if (part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    String found = part(parts.getBodyPart(i), type);
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
            return "";
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
