package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minutebook.search.Written.decision;
import static org.minutebook.search.Written.document;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.NextMeeting;
import org.minutebook.contracts.Outcome;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.store.DocumentStore.StoredContent;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.FileSystemDocumentStore;
import tools.jackson.databind.JsonNode;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PagesIT {

    private static final LocalDate SOON = LocalDate.now().plusDays(10);
    private static final String ATTACK = "<script>alert(1)</script>";

    private static final Written AGENDA =
            document("agenda")
                    .agenda()
                    .item("1", "Apologies", "")
                    .item("2", "Tannery site, application 26/00412/FUL", "To decide.")
                    .item("3", "Signs on the quay", "To consider.");

    private static final Written MINUTES =
            document("minutes")
                    .next(
                            new NextMeeting(SOON, LocalTime.of(18, 30), "Rearranged"),
                            new NextMeeting(LocalDate.of(2020, 1, 1), null, null))
                    .item("28", "Apologies for absence", "None.")
                    .item(
                            "29",
                            "Tannery site, application 26/00412/FUL",
                            "First paragraph.\n\n(a) one\n(b) two",
                            decision(Outcome.APPROVED, "RESOLVED: That permission be granted."))
                    .item("30", ATTACK, "Text " + ATTACK);

    private static final Written LATER =
            document("later")
                    .date("2026-11-11")
                    .item("4", "Conditions of 26/00412/FUL", "The tannery site again.");

    private static Stack stack;
    private static FileSystemDocumentStore store;

    @BeforeAll
    static void start(@TempDir Path directory) {
        store = new FileSystemDocumentStore(directory);
        stack =
                Stack.start(
                        directory,
                        org.minutebook.testservers.TestServers.elasticsearch(),
                        "--minutebook.search.contact=clerk@eldmarsh.example",
                        "--server.forward-headers-strategy=native");
        Written many =
                document("many").council("Farne Parish Council").committee(null).date("2019-03-04");
        for (int i = 0; i < 70; i++) {
            many.item(Integer.toString(i), "Lighthouse " + i, "The lighthouse.");
        }
        Written resolved =
                document("resolved")
                        .council("Farne Parish Council")
                        .date("2024-05-06")
                        .item(
                                "1",
                                "Bins",
                                "",
                                decision(Outcome.RESOLVED, "Resolved that the bins be emptied."))
                        .item(
                                "2",
                                "Fence",
                                "",
                                decision(Outcome.CARRIED, "That the fence be mended."));
        stack.write(AGENDA, MINUTES, LATER, many, resolved);
    }

    @AfterAll
    static void stop() {
        stack.close();
        store.close();
    }

    private static String page(String path) {
        HttpResponse<String> answer = stack.get(path, "Accept", "text/html");
        assertThat(answer.statusCode()).as(path + "\n" + answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> allPages() {
        return List.of(
                "/",
                "/search?q=tannery",
                "/search?q=",
                "/search?q=xyzzy",
                "/search?q=lighthouse",
                "/search?q=lighthouse&page=3",
                "/search?q=tannery&kind=minutes&page=1",
                "/items/" + MINUTES.itemId(1),
                "/items/" + MINUTES.itemId(2),
                "/meetings/eldmarsh/planning-committee/2026-10-14",
                "/councils/eldmarsh",
                "/councils/eldmarsh/planning-committee",
                "/councils/eldmarsh/planning-committee?year=2026",
                "/words",
                "/developers");
    }

    @Test
    void every_page_has_what_people_with_a_screen_reader_need() {
        for (String path : allPages()) {
            String page = page(path);
            assertThat(page)
                    .as(path)
                    .contains("<html lang=\"en\"", "href=\"#main\"", "id=\"main\"");
            assertThat(count(page, "<h1")).as("headings of " + path).isEqualTo(1);
            assertThat(count(page, "<main")).as(path).isEqualTo(1);
            assertThat(page).as(path).containsPattern("<title>[^<]+ – Minutebook</title>");
            for (String id : matches(page, "<input[^>]*\\sid=\"([^\"]+)\"")) {
                assertThat(page).as(path).contains("<label class=\"govuk-label\" for=\"" + id);
            }
            List<String> ids = matches(page, "\\sid=\"([^\"]+)\"");
            assertThat(ids).as("ids of " + path).doesNotHaveDuplicates();
        }
    }

    @Test
    void nothing_on_a_page_needs_what_the_policy_forbids() {
        for (String path : allPages()) {
            HttpResponse<String> answer = stack.get(path, "Accept", "text/html");
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(
                            policy -> assertThat(policy).contains("default-src 'none'"));
            assertThat(answer.body())
                    .as(path)
                    .doesNotContainPattern("\\son\\w+=|\\sstyle=|<style|javascript:")
                    .doesNotContain(ATTACK);
        }
    }

    @Test
    void every_link_of_a_page_leads_somewhere() {
        for (String path : allPages()) {
            for (String href : matches(page(path), "(?:href|src)=\"(/[^\"#]*)")) {
                String address = href.replace("&amp;", "&");
                if (address.endsWith("/file") || address.endsWith("/picture")) {
                    // These documents are only in the index.
                    continue;
                }
                assertThat(stack.get(address).statusCode())
                        .as(address + " on " + path)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_page_is_light() {
        int css =
                stack.get(matches(page("/"), "href=\"(/assets/[0-9a-f]+\\.css)").getFirst())
                        .body()
                        .length();
        assertThat(css).isLessThan(140_000);
        assertThat(page("/search?q=tannery").length()).isLessThan(40_000);
    }

    @Test
    void the_stylesheet_has_neither_the_typeface_nor_the_crest_of_the_government() {
        String path = matches(page("/"), "href=\"(/assets/[0-9a-f]+\\.css)").getFirst();
        assertThat(stack.get(path).body())
                .contains(".govuk-button")
                .doesNotContain("@font-face", "GDS Transport", "govuk-crest");
    }

    @Test
    void results_are_marked_and_can_be_narrowed() {
        String page = page("/search?q=tannery");
        assertThat(page).contains("3 items", "<mark>Tannery</mark>", "kind=minutes");
        assertThat(page("/search?q=tannery&kind=minutes")).contains("2 items", "Remove: ");
    }

    @Test
    void a_long_result_has_pages() {
        String second = page("/search?q=lighthouse&page=2");
        assertThat(second)
                .contains("70 items", "start=\"21\"", "rel=\"next\"", "</html>")
                .containsPattern("govuk-pagination__item--current\"><a[^>]*aria-current=\"page\"");
        assertThat(matches(second, "<li class=\"(mb-hit)\"")).hasSize(20);
    }

    @Test
    void wrong_input_is_said_on_the_page() {
        HttpResponse<String> answer = stack.get("/search?q=a&from=yesterday");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "There is a problem",
                        "<a href=\"#from\">From: &#39;yesterday&#39; is no day; write it as 2026-03-31</a>");
    }

    @Test
    void a_page_about_wrong_dates_keeps_the_fields_to_mend_them_in_and_what_was_right() {
        String unreadable =
                stack.get("/search?q=a&kind=agenda&from=2026-13-40&to=2026-12-31").body();
        assertThat(unreadable)
                .contains(
                        "name=\"from\"",
                        "name=\"to\" value=\"2026-12-31\"",
                        "type=\"hidden\" name=\"kind\" value=\"agenda\"",
                        "href=\"/search?q=a&amp;kind=agenda&amp;to=2026-12-31\">Search without it")
                .doesNotContain("type=\"hidden\" name=\"from\"");
        assertThat(stack.get("/search?q=a&from=2026-12-31&to=2026-01-01").body())
                .contains(
                        "To: 2026-01-01 is before the first day, 2026-12-31",
                        "name=\"from\" value=\"2026-12-31\"",
                        "name=\"to\" value=\"2026-01-01\"");
    }

    @Test
    void a_query_that_is_too_long_is_left_out_of_the_link_that_searches_without_it() {
        HttpResponse<String> answer = stack.get("/search?kind=agenda&q=" + "x".repeat(1001));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "Search: 1001 characters, and 1000 are the most",
                        "href=\"/search?kind=agenda\">Search without it");
    }

    @Test
    void a_meeting_page_does_not_say_an_outcome_that_the_decision_begins_with() {
        String page = page("/meetings/farne/planning-committee/2024-05-06");
        assertThat(page)
                .contains("Resolved that the bins be emptied.", "That the fence be mended.")
                .containsPattern("Fence</a>\\s*<strong[^>]*>Carried</strong></h3>")
                .containsPattern("Bins</a>\\s*</h3>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%3Cscript%3Ealert(1)%3C/script%3E",
                "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
                "'%20onmouseover='alert(1)",
                "%EE%80%80%3Cb%3E",
            })
    void what_is_typed_never_becomes_a_tag(String query) {
        String page = page("/search?q=" + query + "&council=" + query);
        assertThat(page).doesNotContain("<script>alert", "<img src=x", "<b>", "' onmouseover='");
    }

    @Test
    void an_item_page_sets_the_decision_apart_and_shows_paragraphs_and_lists() {
        String page = page("/items/" + MINUTES.itemId(1));
        assertThat(page)
                .contains(
                        "RESOLVED: That permission be granted.",
                        "Approved",
                        "<p class=\"govuk-body\">First paragraph.</p>",
                        "<li>(a) one</li>",
                        "/file#page=1",
                        "Apologies for absence",
                        "Conditions of 26/00412/FUL",
                        "mailto:clerk@eldmarsh.example",
                        "\"@type\":\"CreativeWork\"");
        assertThat(page("/items/" + MINUTES.itemId(2))).contains("\\u003cscript>");
    }

    @Test
    void a_meeting_page_joins_agenda_and_minutes() {
        JsonNode meeting = stack.json("/api/v1/meetings/eldmarsh/planning-committee/2026-10-14");
        JsonNode entries = meeting.get("entries");
        assertThat(entries.size()).isEqualTo(4);
        assertThat(entries.at("/0/announced/title").asString()).isEqualTo("Apologies");
        assertThat(entries.at("/0/recorded/number").asString()).isEqualTo("28");
        assertThat(entries.at("/1/announced/number").asString()).isEqualTo("2");
        assertThat(entries.at("/1/recorded/number").asString()).isEqualTo("29");
        assertThat(entries.at("/2/announced/title").asString()).isEqualTo("Signs on the quay");
        assertThat(entries.at("/2/recorded").isNull()).isTrue();
        assertThat(meeting.get("documents")).hasSize(2);
        assertThat(page("/meetings/eldmarsh/planning-committee/2026-10-14"))
                .contains("As announced", "as item 2", "Signs on the quay");
    }

    @Test
    void an_address_that_was_given_up_leads_to_what_it_meant() {
        ItemId withoutNumber =
                ItemId.of(MINUTES.id(), null, "Tannery site, application 26/00412/FUL", 0);
        HttpResponse<String> moved = stack.get("/items/" + withoutNumber);
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(moved.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/items/" + MINUTES.itemId(1)));
        HttpResponse<String> lost = stack.get("/items/" + MINUTES.id() + "-00000000");
        assertThat(lost.statusCode()).isEqualTo(302);
        assertThat(lost.headers().firstValue("Location"))
                .hasValueSatisfying(to ->
                        assertThat(to)
                                .endsWith("/meetings/eldmarsh/planning-committee/2026-10-14"));
        assertThat(stack.get("/items/" + "0".repeat(32) + "-00000000").statusCode()).isEqualTo(404);
    }

    @Test
    void the_same_matter_at_other_meetings_is_found_by_its_reference() {
        JsonNode similar = stack.json("/api/v1/items/" + MINUTES.itemId(1) + "/similar");
        assertThat(similar.at("/items").valueStream().map(i -> i.get("title").asString()))
                .contains("Conditions of 26/00412/FUL")
                .doesNotContain("Apologies for absence");
    }

    @Test
    void another_document_of_the_same_meeting_is_no_other_meeting() {
        JsonNode similar = stack.json("/api/v1/items/" + MINUTES.itemId(1) + "/similar");
        assertThat(similar.at("/items").valueStream().map(i -> i.at("/document/id").asString()))
                .contains(LATER.id().value())
                .doesNotContain(AGENDA.id().value(), MINUTES.id().value());
    }

    @Test
    void titles_are_suggested_while_typing() {
        JsonNode answer = stack.json("/api/v1/suggestions?q=tannery+si");
        assertThat(answer.get("suggestions").toString())
                .isEqualTo("[\"Tannery site, application 26/00412/FUL\"]");
        assertThat(stack.json("/api/v1/suggestions?q=").get("suggestions")).isEmpty();
    }

    @Test
    void a_whole_result_can_be_had_as_csv_and_ndjson() {
        HttpResponse<String> csv = stack.get("/api/v1/items.csv?q=tannery");
        assertThat(csv.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(csv.body().lines()).hasSize(4).first().asString().startsWith("id,council,");
        assertThat(csv.body()).contains("\"RESOLVED: That permission be granted.\",\"approved\"");
        HttpResponse<String> lines = stack.get("/api/v1/items.ndjson?q=tannery");
        assertThat(lines.body().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"id\":"));
        assertThat(stack.get("/api/v1/items.csv?kind=x").statusCode()).isEqualTo(400);
    }

    @Test
    void a_search_is_a_feed() throws Exception {
        HttpResponse<String> feed = stack.get("/feed.atom?q=tannery");
        assertThat(feed.statusCode()).isEqualTo(200);
        var xml =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        feed.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(xml.getElementsByTagName("entry").getLength()).isEqualTo(3);
        assertThat(stack.get("/feed.atom?q=tannery+xyzzy").body()).doesNotContain("<entry>");
    }

    @Test
    void feeds_of_different_searches_have_different_names_and_addresses() {
        String eldmarsh =
                stack.get("/feed.atom?committee=planning-committee&sort=date&council=eldmarsh&x=y")
                        .body();
        assertThat(eldmarsh)
                .contains("<title>Minutebook: Planning Committee, Eldmarsh Borough Council</title>")
                .containsPattern(
                        "<id>http[^<]+/feed.atom\\?council=eldmarsh&amp;committee=planning-committee</id>")
                .containsPattern(
                        "rel=\"self\"[^>]+/feed.atom\\?council=eldmarsh&amp;committee=planning-committee\"")
                .containsPattern(
                        "rel=\"alternate\"[^>]+/search\\?council=eldmarsh&amp;committee=planning-committee\"");
        String farne = stack.get("/feed.atom?q=the+light&council=farne&decided=false").body();
        assertThat(farne)
                .contains("<title>Minutebook: the light, Farne Parish Council</title>")
                .containsPattern(
                        "<id>http[^<]+/feed.atom\\?q=the\\+light&amp;council=farne&amp;decided=false</id>");
        assertThat(stack.get("/feed.atom").body())
                .contains("<title>Minutebook</title>")
                .containsPattern("<id>http[^<]+/feed.atom</id>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/feed.atom?from=yesterday", "/feed.atom?size=x", "/calendar.ics?year=abc"})
    void a_feed_or_calendar_of_what_cannot_be_understood_says_so(String path) {
        HttpResponse<String> answer =
                stack.get(path, "Accept", "application/atom+xml, text/calendar");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("urn:minutebook:problem:wrong-input");
    }

    @Test
    void without_elasticsearch_feeds_and_the_calendar_ask_to_come_again(@TempDir Path directory) {
        try (Stack alone = Stack.start(directory, URI.create("http://localhost:1"))) {
            for (String path : List.of("/feed.atom", "/calendar.ics")) {
                HttpResponse<String> answer = alone.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).as(path).isPresent();
            }
        }
    }

    @Test
    void coming_meetings_are_a_calendar() {
        String calendar = stack.get("/calendar.ics?council=eldmarsh").body();
        assertThat(calendar)
                .startsWith("BEGIN:VCALENDAR\r\n")
                .contains(
                        "SUMMARY:Planning Committee\\, Eldmarsh Borough Council\r\n",
                        "DESCRIPTION:Rearranged")
                .doesNotContain("2020");
        assertThat(calendar.lines().filter("BEGIN:VEVENT"::equals)).hasSize(1);
        assertThat(calendar.lines())
                .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
        assertThat(stack.get("/calendar.ics?council=milburn").body()).doesNotContain("VEVENT");
    }

    @Test
    void the_original_is_served_whole_and_in_ranges() {
        byte[] bytes = ("%PDF-1.7\n" + "x".repeat(5000)).getBytes(StandardCharsets.US_ASCII);
        DocumentId id = keep(bytes, "minutes.pdf");
        HttpResponse<String> whole = stack.get("/api/v1/documents/" + id + "/file");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).hasSize(bytes.length);
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(whole.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(d -> assertThat(d).startsWith("inline"));
        HttpResponse<String> part =
                stack.get("/api/v1/documents/" + id + "/file", "Range", "bytes=0-4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("%PDF-");
        HttpResponse<String> again =
                stack.get(
                        "/api/v1/documents/" + id + "/file",
                        "If-None-Match",
                        whole.headers().firstValue("ETag").orElseThrow());
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void a_page_that_somebody_uploaded_is_handed_out_as_a_file() {
        DocumentId id =
                keep("<html><script>x</script>".getBytes(StandardCharsets.US_ASCII), "a.html");
        HttpResponse<String> answer = stack.get("/api/v1/documents/" + id + "/file");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/octet-stream");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(d -> assertThat(d).startsWith("attachment"));
    }

    @Test
    void a_document_that_is_not_there_is_a_problem() {
        assertThat(stack.get("/api/v1/documents/" + "0".repeat(32) + "/file").statusCode())
                .isEqualTo(404);
        assertThat(stack.get("/api/v1/documents/..%2f..%2fetc/file").statusCode())
                .isBetween(400, 404);
    }

    private static DocumentId keep(byte[] bytes, String name) {
        StoredContent content = store.put(new ByteArrayInputStream(bytes), bytes.length);
        ContentHash hash = content.hash();
        store.putRecord(
                new StoredDocument(
                        DocumentId.of(hash),
                        hash,
                        bytes.length,
                        new Revision(1),
                        new Metadata(null, null, null, null, null, null),
                        List.of(name),
                        List.of(),
                        java.time.Instant.now(),
                        null,
                        false,
                        java.util.Set.of()),
                Versioned.ABSENT);
        return DocumentId.of(hash);
    }

    @Test
    void an_answer_has_an_entity_tag() {
        HttpResponse<String> first = stack.get(Stack.path("tannery"));
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(stack.get(Stack.path("tannery"), "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(first.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @Test
    void answers_are_as_the_description_says() {
        JsonNode description = stack.json("/openapi.json");
        assertThat(description.get("openapi").asString()).startsWith("3.1");
        String item = MINUTES.itemId(1).value();
        check(description, "/api/v1/items", "/api/v1/items?q=tannery");
        check(description, "/api/v1/items/{id}", "/api/v1/items/" + item);
        check(description, "/api/v1/items/{id}/similar", "/api/v1/items/" + item + "/similar");
        check(description, "/api/v1/suggestions", "/api/v1/suggestions?q=tann");
        check(
                description,
                "/api/v1/meetings/{council}/{committee}/{date}",
                "/api/v1/meetings/eldmarsh/planning-committee/2026-10-14");
        check(description, "/api/v1/changes", "/api/v1/changes");
    }

    private static void check(JsonNode description, String path, String address) {
        String pointer =
                "/paths/"
                        + path.replace("~", "~0").replace("/", "~1")
                        + "/get/responses/200/content/application~1json/schema";
        assertThat(description.at(pointer).isMissingNode()).as(path).isFalse();
        String location = "https://minutebook.example/openapi.json";
        var schema =
                SchemaRegistry.withDefaultDialect(
                                SpecificationVersion.DRAFT_2020_12,
                                builder ->
                                        builder.schemas(
                                                java.util.Map.of(location, description.toString())))
                        .getSchema(
                                SchemaLocation.of(
                                        location
                                                + "#"
                                                + pointer.replace("{", "%7B").replace("}", "%7D")));
        assertThat(schema.validate(stack.json(address))).as(address).isEmpty();
    }

    @Test
    void crawlers_find_every_meeting() {
        assertThat(stack.get("/robots.txt").body()).contains("Sitemap: http");
        assertThat(stack.get("/sitemap.xml").body()).contains("/sitemaps/eldmarsh.xml<");
        assertThat(stack.get("/sitemaps/eldmarsh.xml").body())
                .contains(
                        "/councils/eldmarsh<", "/meetings/eldmarsh/planning-committee/2026-11-11<");
        assertThat(stack.get("/sitemaps/nowhere.xml").statusCode()).isEqualTo(404);
    }

    @Test
    void an_export_or_a_feed_that_did_not_change_is_not_sent_again() {
        for (String path :
                List.of(
                        "/api/v1/items.csv?q=tannery",
                        "/api/v1/items.ndjson?q=tannery",
                        "/api/v1/changes",
                        "/feed.atom?q=tannery",
                        "/calendar.ics",
                        "/sitemap.xml")) {
            String tag = stack.get(path).headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again = stack.get(path, "If-None-Match", tag);
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.body()).as(path).isEmpty();
        }
        String tag = stack.get("/feed.atom?q=tannery").headers().firstValue("ETag").orElseThrow();
        assertThat(stack.get("/feed.atom?q=parking", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_answer_says_how_much_more_may_be_asked() {
        var headers = stack.get(Stack.path("tannery")).headers();
        assertThat(headers.firstValue("RateLimit-Policy")).hasValue("\"address\";q=1200;w=60");
        assertThat(headers.firstValue("RateLimit")).hasValue("\"address\";r=1200;t=0");
        String elsewhere = "203.0.113.9";
        assertThat(
                        stack.get(Stack.path("tannery"), "X-Forwarded-For", elsewhere)
                                .headers()
                                .firstValue("RateLimit"))
                .hasValueSatisfying(left -> assertThat(left).startsWith("\"address\";r=1199;t="));
    }

    @Test
    void who_asks_too_much_is_asked_to_wait(@TempDir Path directory) {
        try (Stack strict =
                Stack.start(
                        directory,
                        org.minutebook.testservers.TestServers.elasticsearch(),
                        "--server.forward-headers-strategy=native",
                        "--minutebook.search.requests-a-minute=2")) {
            String[] from = {"X-Forwarded-For", "203.0.113.9"};
            assertThat(strict.get("/search?q=tannery", from).statusCode()).isEqualTo(200);
            assertThat(strict.get(Stack.path("tannery"), from).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = strict.get(Stack.path("tannery"), from);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(Stack.json(refused).get("status").asInt()).isEqualTo(429);
            assertThat(strict.get("/developers", from).statusCode()).isEqualTo(200);
            assertThat(strict.get(Stack.path("x"), "X-Forwarded-For", "203.0.113.10").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_committee_page_shows_its_meetings_year_by_year() {
        String newest = page("/councils/eldmarsh/planning-committee");
        assertThat(newest).contains("Meetings in 2026", "11 November 2026", "14 October 2026");
        assertThat(page("/councils/eldmarsh/planning-committee?year=2025"))
                .contains("There was no meeting in this year");
        assertThat(page("/councils/eldmarsh")).contains("(2 meetings)", "11 November 2026");
        assertThat(stack.get("/councils/nowhere").statusCode()).isEqualTo(404);
        assertThat(stack.get("/councils/eldmarsh/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void an_address_that_does_not_exist_is_a_page_with_a_search() {
        HttpResponse<String> answer = stack.get("/nowhere", "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Page not found", "name=\"q\"");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static List<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
