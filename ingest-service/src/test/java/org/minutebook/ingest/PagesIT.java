package org.minutebook.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.Attendance;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.ingest.Stack.Form;

/** The pages of clerks as a browser without scripts sees them. */
class PagesIT {

    private static final String BOUNDARY = "----a-form";

    @TempDir private static Path directory;
    private static Stack stack;
    private static String cookie;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        stack =
                new Stack(directory)
                        .start(
                                "--minutebook.pages.search-address=http://search.example",
                                "--server.forward-headers-strategy=native");
        client = HttpClient.newHttpClient();
        HttpResponse<String> answer = signIn(Stack.KEY, "/documents");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/documents");
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).contains("HttpOnly", "SameSite=Strict");
        cookie = set.substring(0, set.indexOf(';'));
    }

    @AfterAll
    static void stop() {
        client.close();
        stack.close();
    }

    @Test
    void who_is_not_signed_in_is_asked_for_the_key_and_brought_back() throws Exception {
        HttpResponse<String> answer = client.send(request("/documents").build(), text());

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .endsWith("/sign-in?next=%2Fdocuments");
    }

    @Test
    void a_wrong_key_is_told_in_words_and_nobody_is_sent_elsewhere() throws Exception {
        HttpResponse<String> wrong = signIn("guess", "/upload");
        HttpResponse<String> elsewhere = signIn(Stack.KEY, "//elsewhere.example");

        assertThat(wrong.statusCode()).isEqualTo(200);
        assertThat(wrong.body()).contains("This key is not valid").contains("role=\"alert\"");
        assertThat(elsewhere.headers().firstValue("Location").orElseThrow()).endsWith("/upload");
    }

    @Test
    void over_https_the_cookie_goes_over_https_only() throws Exception {
        HttpRequest.Builder request =
                request("/sign-in?key=" + URLEncoder.encode(Stack.KEY, StandardCharsets.UTF_8))
                        .POST(BodyPublishers.noBody());

        assertThat(client.send(request.build(), text()).headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .doesNotContain("Secure");
        assertThat(
                        client.send(request.header("X-Forwarded-Proto", "https").build(), text())
                                .headers()
                                .allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .contains("; Secure; HttpOnly; SameSite=Strict");
    }

    @Test
    void a_file_is_uploaded_without_any_script() throws Exception {
        HttpResponse<String> answer =
                post(
                        "/upload",
                        BodyPublishers.ofString(
                                """
                                --%1$s\r
                                Content-Disposition: form-data; name="council"\r
                                \r
                                Eldmarsh\r
                                --%1$s\r
                                Content-Disposition: form-data; name="manifest"; filename=""\r
                                Content-Type: application/octet-stream\r
                                \r
                                \r
                                --%1$s\r
                                Content-Disposition: form-data; name="file"; filename="Übersicht <b>.pdf"\r
                                Content-Type: application/pdf\r
                                \r
                                %%PDF-1.7 page\r
                                --%1$s--\r
                                """
                                        .formatted(BOUNDARY)),
                        "multipart/form-data; boundary=" + BOUNDARY);

        assertThat(answer.body())
                .contains("Übersicht &lt;b&gt;.pdf")
                .contains("Taken in. It is being read.");
        DocumentId id = id("%PDF-1.7 page");
        assertThat(stack.stored(id).orElseThrow().given().council()).isEqualTo("Eldmarsh");
    }

    @Test
    void an_upload_of_nothing_is_told_in_words() throws Exception {
        HttpResponse<String> answer =
                post(
                        "/upload",
                        BodyPublishers.ofString(
                                """
                                --%1$s\r
                                Content-Disposition: form-data; name="file"; filename=""\r
                                Content-Type: application/octet-stream\r
                                \r
                                \r
                                --%1$s--\r
                                """
                                        .formatted(BOUNDARY)),
                        "multipart/form-data; boundary=" + BOUNDARY);

        assertThat(answer.body()).contains("There is a problem").contains("no part");
    }

    @Test
    void a_page_of_somebody_else_cannot_use_the_session() throws Exception {
        stack.upload(Form.file("kept.pdf", "%PDF-1.7 kept".getBytes(StandardCharsets.UTF_8)));
        String path = "/documents/" + id("%PDF-1.7 kept") + "/delete";

        for (String[] header :
                new String[][] {
                    {"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://elsewhere.example"}
                }) {
            HttpResponse<String> answer =
                    client.send(
                            request(path)
                                    .header("Cookie", cookie)
                                    .header(header[0], header[1])
                                    .POST(BodyPublishers.noBody())
                                    .build(),
                            text());
            assertThat(answer.headers().firstValue("Location").orElse("")).contains("/sign-in");
        }
        assertThat(stack.stored(id("%PDF-1.7 kept")).orElseThrow().deleted()).isFalse();
    }

    @Test
    void the_list_shows_states_in_words_and_what_can_be_done() throws Exception {
        byte[] bytes = "%PDF-1.7 listed".getBytes(StandardCharsets.UTF_8);
        stack.upload(Form.file("listed.pdf", bytes).with("council", "Listing Council"));
        Stack.say(read("%PDF-1.7 listed", DocumentState.INDEXED, null, 12));
        await().atMost(120, SECONDS)
                .until(() ->
                        get("/documents?council=Listing").body().contains("Searchable</strong>"));

        String page = get("/documents?council=Listing").body();

        assertThat(page)
                .contains("1 document<")
                .contains("Listing Council, 2026-09-16")
                .contains("3 of 4")
                .contains("http://search.example/meetings/listing/council/2026-09-16")
                .contains("/documents/" + id("%PDF-1.7 listed") + "/delete");
        assertThat(get("/documents?state=REFUSED&council=Listing").body()).contains("0 documents");
    }

    @Test
    void a_document_is_deleted_after_asking() throws Exception {
        stack.upload(Form.file("gone.pdf", "%PDF-1.7 gone".getBytes(StandardCharsets.UTF_8)));
        String path = "/documents/" + id("%PDF-1.7 gone") + "/delete";

        assertThat(get(path).body()).contains("Are you sure").contains("gone.pdf");
        assertThat(stack.stored(id("%PDF-1.7 gone")).orElseThrow().deleted()).isFalse();
        HttpResponse<String> answer =
                post(path, BodyPublishers.noBody(), "application/x-www-form-urlencoded");

        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .endsWith("/documents?done=deleted");
        assertThat(stack.stored(id("%PDF-1.7 gone")).orElseThrow().deleted()).isTrue();
        assertThat(get("/documents?done=deleted").body()).contains("The document was deleted.");
    }

    @Test
    void details_are_corrected_and_taken_back_and_what_is_wrong_is_said() throws Exception {
        stack.upload(
                Form.file("details.pdf", "%PDF-1.7 details".getBytes(StandardCharsets.UTF_8))
                        .with("council", "Wrong & Co")
                        .with("committee", "Planning"));
        Stack.say(read("%PDF-1.7 details", DocumentState.INDEXED, null, 12));
        String path = "/documents/" + id("%PDF-1.7 details") + "/details";
        await().atMost(120, SECONDS)
                .until(() -> get(path).body().contains("The document says: 2026-09-16"));
        assertThat(get(path).body()).contains("value=\"Wrong &amp; Co\"", "value=\"Planning\"");

        String form = "application/x-www-form-urlencoded";
        assertThat(post(path, BodyPublishers.ofString("meetingDate=yesterday"), form).body())
                .contains("There is a problem", "expected a date as 2026-03-31");
        HttpResponse<String> answer =
                post(
                        path,
                        BodyPublishers.ofString(
                                "council=Right+Council&committee=&meetingDate=2026-09-17&kind=minutes"),
                        form);

        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .endsWith("/documents?done=details");
        assertThat(stack.stored(id("%PDF-1.7 details")).orElseThrow().given())
                .isEqualTo(
                        new Metadata(
                                "Right Council",
                                null,
                                DocumentKind.MINUTES,
                                LocalDate.of(2026, 9, 17),
                                null,
                                null));
        assertThat(get("/documents?done=details").body()).contains("The details are saved");
    }

    @Test
    void everybody_can_see_what_was_read_and_what_was_not() throws Exception {
        for (String content : List.of("read", "encrypted")) {
            stack.upload(
                    Form.file(
                                    content + ".pdf",
                                    ("%PDF-1.7 complete " + content)
                                            .getBytes(StandardCharsets.UTF_8))
                            .with("council", "Complete Parish Council")
                            .with("meetingDate", "2026-09-16"));
        }
        Stack.say(read("%PDF-1.7 complete read", DocumentState.INDEXED, null, 12));
        Stack.say(read("%PDF-1.7 complete encrypted", DocumentState.REFUSED, "ENCRYPTED", null));

        await().atMost(120, SECONDS)
                .untilAsserted(() ->
                        assertThat(
                                        client.send(request("/api/v1/completeness").build(), text())
                                                .body())
                                .contains(
                                        """
                                        {"council":"Complete Parish Council","years":[{"year":2026,\
                                        "documents":2,"searchable":1,"pagesPrinted":4,"pagesRead":3,\
                                        "items":12,"notRead":[{"reason":"ENCRYPTED",\
                                        "sentence":"The document is encrypted. Upload a copy without a password.",\
                                        "count":1}]}]}\
                                        """));
        String page = client.send(request("/completeness").build(), text()).body();
        assertThat(page)
                .contains("Complete Parish Council")
                .contains("3 of 4")
                .contains("1: The document is encrypted.");
    }

    @Test
    void pages_are_not_framed_and_run_no_foreign_script() throws Exception {
        HttpResponse<String> answer = get("/upload");

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self'", "frame-ancestors 'none'");
        assertThat(get("/assets/upload.js").statusCode()).isEqualTo(200);
        String stylesheet =
                answer.body().replaceAll("(?s).*href=\"(/assets/[0-9a-f]+\\.css)\".*", "$1");
        assertThat(get(stylesheet).body()).contains("govuk-button").doesNotContain("@font-face");
    }

    private static DocumentLifecycle read(
            String content, DocumentState state, String reason, Integer items) {
        var document = stack.stored(id(content)).orElseThrow();
        ReadDocument read =
                items == null
                        ? null
                        : new ReadDocument(
                                "application/pdf",
                                new Metadata(
                                        null,
                                        null,
                                        DocumentKind.MINUTES,
                                        LocalDate.of(2026, 9, 16),
                                        null,
                                        null),
                                null,
                                null,
                                null,
                                Attendance.NONE,
                                List.of(),
                                4,
                                3,
                                0);
        return new DocumentLifecycle(
                document.revision(), document, state, reason, null, read, items, Instant.now());
    }

    private static HttpResponse<String> signIn(String key, String next) throws Exception {
        String form =
                "key=%s&next=%s"
                        .formatted(
                                URLEncoder.encode(key, StandardCharsets.UTF_8),
                                URLEncoder.encode(next, StandardCharsets.UTF_8));
        return client.send(
                request("/sign-in")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                text());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).header("Cookie", cookie).build(), text());
    }

    private static HttpResponse<String> post(String path, BodyPublisher body, String type)
            throws Exception {
        return client.send(
                request(path)
                        .header("Cookie", cookie)
                        .header("Content-Type", type)
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(body)
                        .build(),
                text());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(stack.base().resolve(path));
    }

    private static HttpResponse.BodyHandler<String> text() {
        return BodyHandlers.ofString(StandardCharsets.UTF_8);
    }

    private static DocumentId id(String content) {
        return DocumentId.of(ContentHash.of(content.getBytes(StandardCharsets.UTF_8)));
    }
}
