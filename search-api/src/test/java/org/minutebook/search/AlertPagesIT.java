package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minutebook.search.Written.decision;
import static org.minutebook.search.Written.document;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.Outcome;
import org.minutebook.testservers.Chromium;
import org.minutebook.testservers.TestServers;

/**
 * The pages of alerts and the e-mails in a real browser; pictures of them, and the e-mails as text,
 * are left in target/pages.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AlertPagesIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ADDRESS = "maud@example.org";

    /** Widths of a page, and of an e-mail in a list beside it and on a telephone. */
    private static final int WIDE = 1200;

    private static final int MAIL = 600;
    private static final int NARROW = 320;

    @TempDir private static Path directory;
    private static Chromium browser;
    private static GreenMail smtp;
    private static Stack stack;
    private static Indexed indexed;

    @BeforeAll
    static void start() throws Exception {
        browser = Chromium.start(directory.resolve("profile"), "the pages of alerts");
        smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        stack =
                Stack.start(
                        directory.resolve("store"),
                        TestServers.elasticsearch(),
                        "--spring.kafka.bootstrap-servers=" + TestServers.kafka(),
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + smtp.getSmtp().getPort(),
                        "--minutebook.alerts.instance=alerts-it",
                        "--minutebook.alerts.newest-meetings=36500d");
        indexed = new Indexed(stack);
        Files.createDirectories(pictures());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (indexed != null) {
            indexed.close();
        }
        if (stack != null) {
            stack.close();
        }
        if (smtp != null) {
            smtp.stop();
        }
    }

    private static Path pictures() {
        return Path.of("target", "pages");
    }

    private static Written minutes(String name) {
        return document(name)
                .item(
                        "12",
                        "Zebra crossing at Acre Lane",
                        "Councillor Okafor presented the petition of 214 residents. The zebra"
                                + " crossing is to be built where Acre Lane meets Coldharbour"
                                + " Road, before the school year begins. It costs £84,000.",
                        decision(
                                Outcome.RESOLVED,
                                "RESOLVED: That the zebra crossing at Acre Lane be built by"
                                        + " September 2027."))
                .item(
                        "13",
                        "Parking in Acre Lane",
                        "The crossing takes away four places. Acre Lane has 61 others.");
    }

    @Test
    void from_the_form_to_the_last_page_without_a_barrier_and_the_e_mails_too() throws Exception {
        Written earlier = minutes("before").date("2026-09-09");
        indexed.add(earlier);
        page("alerts-form", "/subscriptions/new?q=%22Acre+Lane%22+crossing&council=Eldmarsh");
        page("alerts-form-wrong", "/subscriptions/new?q=%22%22");
        page("alerts-follow", "/subscriptions/new?item=" + earlier.itemId(0));
        page("alerts-link-too-old", "/subscriptions/manage?token=x");

        // The form, filled in and sent as a person does.
        browser.resize(WIDE, 900);
        browser.open(stack.address("/subscriptions/new?q=%22Acre+Lane%22+crossing"));
        browser.evaluate("document.getElementById('target').focus()");
        browser.type(ADDRESS);
        browser.evaluate(
                "document.querySelector('form[action=\"/subscriptions\"] > button').click()");
        await().atMost(SOON)
                .until(() ->
                        browser.evaluate("document.querySelector('h1')?.textContent ?? ''")
                                .asString("")
                                .contains("inbox"));
        seen("alerts-asked");

        MimeMessage question = mail(1);
        assertThat(question.getSubject())
                .isEqualTo("Please confirm: tell me of items that match “\"Acre Lane\" crossing”");
        mail("mail-confirm", question);
        String confirm = AlertsIT.link(AlertsIT.text(question), "/subscriptions/confirm");
        page("alerts-confirm", path(confirm));
        Matcher manage =
                Pattern.compile("href=\"[^\"]*(/subscriptions/manage[^\"]*)")
                        .matcher(AlertsIT.form(confirm).body());
        assertThat(manage.find()).isTrue();

        indexed.tell(minutes("news"));
        MimeMessage alert = mail(2);
        assertThat(alert.getSubject())
                .isEqualTo("“\"Acre Lane\" crossing”: Zebra crossing at Acre Lane and 1 more");
        assertThat(alert.getContentType()).startsWith("multipart/alternative");
        mail("mail-alert", alert);
        indexed.tell(
                document("correction")
                        .replaces(minutes("news"))
                        .item(
                                "12",
                                "Zebra crossing at Acre Lane, with a title that goes on about the"
                                        + " islands, the lamps and the drop kerbs of it",
                                "The crossing at Acre Lane is deferred.",
                                decision(Outcome.DEFERRED, "RESOLVED: That it be deferred.")));
        MimeMessage correction = mail(3);
        assertThat(correction.getSubject())
                .startsWith("“\"Acre Lane\" crossing”: Corrected: Zebra crossing at Acre Lane")
                .endsWith("– Eldmarsh Borough Council, Planning Committee, 14 October 2026")
                .hasSizeLessThanOrEqualTo(150);
        mail("mail-corrected", correction);

        page("alerts-manage", manage.group(1).replace("&amp;", "&"));
        page(
                "alerts-unsubscribe",
                path(AlertsIT.link(AlertsIT.text(alert), "/subscriptions/unsubscribe")));
        String oneClick = alert.getHeader("List-Unsubscribe", null).replaceAll("[<>\\s]", "");
        assertThat(
                        HttpClient.newHttpClient()
                                .send(
                                        HttpRequest.newBuilder(URI.create(oneClick))
                                                .header(
                                                        "Content-Type",
                                                        "application/x-www-form-urlencoded")
                                                .POST(
                                                        BodyPublishers.ofString(
                                                                "List-Unsubscribe=One-Click"))
                                                .build(),
                                        BodyHandlers.discarding())
                                .statusCode())
                .isEqualTo(200);
        page("alerts-ended", path(oneClick));
    }

    private static String path(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static MimeMessage mail(int which) {
        await().atMost(SOON).until(() -> mails().size() >= which);
        return mails().get(which - 1);
    }

    /** Letters that an earlier test left unsent come, too: to others. */
    private static List<MimeMessage> mails() {
        return Stream.of(smtp.getReceivedMessages()).filter(AlertPagesIT::isOurs).toList();
    }

    private static boolean isOurs(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString().equals(ADDRESS);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void page(String name, String path) {
        for (int width : new int[] {WIDE, NARROW}) {
            browser.resize(width, 900);
            browser.open(stack.address(path));
            seen(name + "-" + width);
            assertNotWider(name, width);
        }
    }

    private static void mail(String name, MimeMessage message) throws Exception {
        String html = AlertsIT.html(message);
        assertThat(html).doesNotContain("<img", "<script", "http-equiv", "url(");
        Path file = Files.writeString(directory.resolve(name + ".html"), html);
        Files.writeString(
                pictures().resolve(name + ".txt"),
                "Subject: " + message.getSubject() + "\n\n" + AlertsIT.text(message));
        for (int width : new int[] {MAIL, NARROW}) {
            browser.resize(width, 1000);
            browser.open(file.toUri());
            seen(name + "-" + width);
            assertNotWider(name, width);
        }
    }

    private static void assertNotWider(String name, int width) {
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .as("width of " + name)
                .isLessThanOrEqualTo(width);
    }

    private static void seen(String name) {
        browser.picture(pictures().resolve(name + ".png"));
        assertThat(browser.violations()).as(name).isEmpty();
    }
}
