package org.minutebook.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minutebook.search.Written.decision;
import static org.minutebook.search.Written.document;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minutebook.contracts.Outcome;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.elasticsearch.LearnedAcronyms;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.FoundItem;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.Order;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.query.QueryParser;
import tools.jackson.databind.JsonNode;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SearchIT {

    private static final Written PLANNING =
            document("planning")
                    .item("28", "Apologies for absence", "None.")
                    .section("31", "Planning applications about bridges")
                    .item(
                            "31.1",
                            "Application 26/00412/FUL: Former Tannery, Mill Lane",
                            "The meeting considered twelve houses with parking at the café.",
                            decision(
                                    Outcome.APPROVED,
                                    "RESOLVED: That planning permission be granted."))
                    .item(
                            "31.2",
                            "Application 26/00413/FUL: Saltby Road",
                            "A bridge over the brook. The Mill Brook Working Group met. Residents asked about the Planning Act.",
                            decision(
                                    Outcome.DEFERRED,
                                    "RESOLVED: That the application be deferred."));

    private static final Written HIGHWAYS =
            document("highways")
                    .council("Milburn Parish Council")
                    .committee(null)
                    .date("2025-03-04")
                    .agenda()
                    .item("R2023-069", "Carriageway defects in School Lane", "To note the works.")
                    .explains("MBWG = mill brook working group")
                    .item("5", "Parking outside the school", "Plan for parking permits.")
                    .item("6", "<script>alert(1)</script>", "Text <img src=x onerror=alert(1)>");

    private static final Written DELETED =
            document("deleted").deleted().item("1", "Withdrawn parking paper", "Parking.");

    private static Stack stack;

    @BeforeAll
    static void start(@TempDir Path directory) {
        stack = Stack.start(directory);
        stack.write(PLANNING, HIGHWAYS, DELETED);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void an_item_is_found_by_words_in_any_form_and_accents_do_not_matter() {
        assertThat(stack.titles("meetings cafe"))
                .containsExactly("Application 26/00412/FUL: Former Tannery, Mill Lane");
    }

    @Test
    void all_words_must_occur() {
        JsonNode answer = stack.search("parking permits");
        assertThat(answer.get("total").asInt()).isEqualTo(1);
        assertThat(answer.get("relaxed").asBoolean()).isFalse();
    }

    @Test
    void where_no_item_has_all_words_the_nearest_are_shown_and_it_is_said() {
        JsonNode answer = stack.search("parking permits tannery");
        assertThat(answer.get("relaxed").asBoolean()).isTrue();
        assertThat(answer.at("/items/0/title").asString()).isEqualTo("Parking outside the school");
    }

    @Test
    void nonsense_finds_nothing() {
        for (String nonsense : new String[] {"xyzzy", "qwrtz plugh frobnicate", "!!!", "()"}) {
            JsonNode answer = stack.search(nonsense);
            assertThat(answer.get("total").asInt()).as(nonsense).isZero();
            assertThat(answer.get("relaxed").asBoolean()).isFalse();
        }
    }

    @Test
    void a_phrase_is_exact_and_words_are_not() {
        assertThat(stack.titles("\"plan for parking\""))
                .containsExactly("Parking outside the school");
        assertThat(stack.titles("\"plans for parking\"")).isEmpty();
        assertThat(stack.titles("\"planning act\" residents")).hasSize(1);
    }

    @Test
    void a_reference_is_found_whole() {
        assertThat(stack.titles("26/00412/FUL"))
                .containsExactly("Application 26/00412/FUL: Former Tannery, Mill Lane");
        assertThat(stack.titles("R2023-069")).containsExactly("Carriageway defects in School Lane");
        assertThat(stack.titles("number:r2023-069")).hasSize(1);
        assertThat(stack.titles("number:31.2")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "parking -permits, 1",
        "bridge OR tannery, 2",
        "tanner*, 1",
        "title:parking, 1",
        "decision:granted, 1",
        "committee:planning, 3",
        "council:milburn, 3",
        "council:eldmarsh parking, 1",
        "the, 4",
    })
    void the_query_language_works(String query, int total) {
        assertThat(stack.search(query).get("total").asInt()).isEqualTo(total);
    }

    @Test
    void everyday_words_find_what_officers_write_and_it_is_said() {
        JsonNode answer = stack.search("potholes");
        assertThat(answer.at("/items/0/title").asString())
                .isEqualTo("Carriageway defects in School Lane");
        assertThat(answer.get("alsoSearched").toString()).contains("carriageway defect");
    }

    @Test
    void other_words_for_it_can_be_switched_off() {
        JsonNode answer = stack.search("potholes", "synonyms=false");
        assertThat(answer.get("total").asInt()).isZero();
        assertThat(answer.get("alsoSearched")).isEmpty();
    }

    @Test
    void an_acronym_that_a_document_explains_is_learned() {
        stack.bean(LearnedAcronyms.class).refresh();
        JsonNode answer = stack.search("MBWG");
        assertThat(answer.at("/items/0/title").asString())
                .isEqualTo("Application 26/00413/FUL: Saltby Road");
        assertThat(answer.get("alsoSearched").toString()).contains("mill brook working group");
    }

    @Test
    void a_misspelt_word_is_noticed() {
        JsonNode answer = stack.search("Tannary");
        assertThat(answer.get("total").asInt()).isZero();
        assertThat(answer.get("didYouMean").asString()).isEqualTo("tannery");
    }

    @Test
    void a_spelling_is_offered_only_where_a_search_for_it_shows_something() {
        assertThat(stack.search("\"former tannary\"").get("didYouMean").asString())
                .isEqualTo("\"former tannery\"");
        assertThat(stack.search("\"bridge tannary\"").get("didYouMean").isNull()).isTrue();
        assertThat(stack.search("Tannary", "council=milburn").get("didYouMean").isNull()).isTrue();
        assertThat(stack.search("Tannary parking permits").get("didYouMean").asString())
                .isEqualTo("tannery parking permits");
    }

    @Test
    void a_section_and_a_deleted_document_are_never_hits() {
        assertThat(stack.titles("bridges"))
                .containsExactly("Application 26/00413/FUL: Saltby Road");
        assertThat(stack.titles("withdrawn")).isEmpty();
        assertThat(stack.search("").get("total").asInt()).isEqualTo(6);
    }

    @Test
    void filters_narrow() {
        assertThat(stack.titles("", "council=Milburn+Parish+Council")).hasSize(3);
        assertThat(stack.titles("", "council=milburn", "council=eldmarsh")).hasSize(6);
        assertThat(stack.titles("", "committee=planning-committee")).hasSize(3);
        assertThat(stack.titles("", "committee=council")).hasSize(3);
        assertThat(stack.titles("", "kind=agenda")).hasSize(3);
        assertThat(stack.titles("", "from=2026-01-01")).hasSize(3);
        assertThat(stack.titles("", "to=2025-12-31")).hasSize(3);
        assertThat(stack.titles("", "year=2025")).hasSize(3);
        assertThat(stack.titles("", "decided=true")).hasSize(2);
        assertThat(stack.titles("", "outcome=deferred")).hasSize(1);
        assertThat(stack.titles("", "kind=agenda", "decided=true")).isEmpty();
    }

    @Test
    void a_year_and_dates_narrow_to_what_is_in_both() {
        stack.write(
                document("2020").date("2020-05-06").item("1", "Gritting in 2020", "Gritting."),
                document("2022").date("2022-05-06").item("1", "Gritting in 2022", "Gritting."));
        try {
            assertThat(stack.titles("gritting", "from=2020-01-01", "year=2022"))
                    .containsExactly("Gritting in 2022");
            assertThat(stack.titles("gritting", "to=2022-12-31", "year=2020"))
                    .containsExactly("Gritting in 2020");
            assertThat(stack.titles("gritting", "from=2020-01-01", "to=2022-12-31", "year=2020"))
                    .containsExactly("Gritting in 2020");
            assertThat(stack.titles("gritting", "from=2022-05-07", "year=2022")).isEmpty();
            assertThat(stack.titles("gritting", "from=2021-06-01", "year=2020")).isEmpty();
            assertThat(stack.get("/search?q=gritting&from=2020-01-01&to=2022-12-31").body())
                    .contains("/search?q=gritting&amp;year=2022\"");
        } finally {
            stack.write(PLANNING, HIGHWAYS, DELETED);
        }
    }

    @Test
    void an_answer_says_where_the_item_stands() {
        JsonNode item = stack.search("tannery").at("/items/0");
        assertThat(item.get("id").asString()).isEqualTo(PLANNING.itemId(2).value());
        assertThat(item.get("number").asString()).isEqualTo("31.1");
        assertThat(item.get("page").asInt()).isEqualTo(1);
        assertThat(item.get("pageTo").asInt()).isEqualTo(1);
        assertThat(item.get("score").asDouble()).isPositive();
        assertThat(item.at("/decisions/0/outcome").asString()).isEqualTo("approved");
        assertThat(item.at("/document/id").asString()).isEqualTo(PLANNING.id().value());
        assertThat(item.at("/document/council").asString()).isEqualTo("Eldmarsh Borough Council");
        assertThat(item.at("/document/committee").asString()).isEqualTo("Planning Committee");
        assertThat(item.at("/document/meetingDate").asString()).isEqualTo("2026-10-14");
        assertThat(item.at("/document/kind").asString()).isEqualTo("minutes");
        assertThat(item.at("/document/sourceUrl").asString()).startsWith("https://");
    }

    @Test
    void what_was_found_is_marked_in_title_text_and_decisions() {
        JsonNode highlights = stack.search("tannery houses granted").at("/items/0/highlights");
        assertThat(highlights.get("title").asString()).contains("<mark>Tannery</mark>");
        assertThat(highlights.at("/text/0").asString()).contains("<mark>houses</mark>");
        assertThat(highlights.at("/decisions/0").asString()).contains("<mark>granted</mark>");
    }

    @Test
    void a_document_cannot_bring_tags_into_highlights() {
        JsonNode highlights = stack.search("alert").at("/items/0/highlights");
        assertThat(highlights.get("title").asString())
                .isEqualTo("&lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt;");
        assertThat(highlights.at("/text/0").asString()).contains("&lt;img").doesNotContain("<img");
    }

    @Test
    void facets_count_what_was_found() {
        JsonNode facets = stack.search("").get("facets");
        assertThat(facets.at("/council/0").toString())
                .isEqualTo(
                        "{\"value\":\"eldmarsh\",\"label\":\"Eldmarsh Borough Council\",\"count\":3}");
        assertThat(facets.get("year").valueStream().map(y -> y.get("value").asString()))
                .containsExactly("2026", "2025");
        assertThat(facets.at("/month/0/value").asString()).isEqualTo("2025-03");
        assertThat(facets.get("decided").toString()).contains("\"value\":\"true\"");
        assertThat(facets.get("outcome").toString()).contains("deferred", "approved");
        assertThat(facets.get("committee").toString()).contains("planning-committee", "council");
    }

    @ParameterizedTest
    @CsvSource({
        "kind=memo, kind",
        "from=yesterday, from",
        "to=2026-02-30, to",
        "from=2026-02-01&to=2026-01-01, to",
        "size=101, size",
        "size=many, size",
        "decided=maybe, decided",
        "sort=best, sort",
        "cursor=abc, cursor",
        "cursor=e30, cursor",
        "outcome=won, outcome",
    })
    void wrong_input_is_a_problem_that_names_the_parameter(String parameters, String named) {
        HttpResponse<String> answer = stack.get("/api/v1/items?" + parameters);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("application/problem+json"));
        JsonNode problem = Stack.json(answer);
        assertThat(problem.get("parameter").asString()).isEqualTo(named);
        assertThat(problem.get("detail").asString()).startsWith(named + ": ");
        assertThat(problem.get("status").asInt()).isEqualTo(400);
    }

    @Test
    void an_item_is_shown_whole_with_its_neighbours() {
        JsonNode item = stack.json("/api/v1/items/" + PLANNING.itemId(2));
        assertThat(item.get("text").asString()).startsWith("The meeting considered");
        assertThat(item.get("boxes")).hasSize(1);
        assertThat(item.at("/previous/title").asString()).isEqualTo("Apologies for absence");
        assertThat(item.at("/next/number").asString()).isEqualTo("31.2");
    }

    @Test
    void an_item_that_does_not_exist_is_a_problem() {
        assertThat(stack.get("/api/v1/items/nonsense").statusCode()).isEqualTo(404);
        assertThat(stack.get("/api/v1/items/" + "0".repeat(32) + "-00000000").statusCode())
                .isEqualTo(404);
        assertThat(stack.get("/api/v1/items/" + PLANNING.itemId(1)).statusCode()).isEqualTo(404);
        HttpResponse<String> nowhere = stack.get("/api/v1/nowhere");
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.body()).contains("urn:minutebook:problem:not-there");
    }

    @Test
    void a_cursor_leads_through_all_items_without_doubles_in_either_order(@TempDir Path directory) {
        Written many = document("many");
        IntStream.range(0, 57).forEach(i -> many.item("" + i, "Budget line " + i, "Budget."));
        stack.write(many);
        try {
            for (String sort : new String[] {"relevance", "date"}) {
                List<String> ids = new ArrayList<>();
                String more = "";
                while (true) {
                    JsonNode page = stack.search("budget", "size=10", "sort=" + sort + more);
                    page.get("items").forEach(item -> ids.add(item.get("id").asString()));
                    assertThat(page.get("total").asInt()).isEqualTo(57);
                    if (page.get("nextCursor").isNull()) {
                        break;
                    }
                    more = "&cursor=" + page.get("nextCursor").asString();
                }
                assertThat(ids).hasSize(57).doesNotHaveDuplicates();
            }
            String cursor = stack.search("budget", "size=10").get("nextCursor").asString();
            assertThat(stack.get(Stack.path("other", "size=10", "cursor=" + cursor)).statusCode())
                    .as("a cursor belongs to its search")
                    .isEqualTo(400);
        } finally {
            stack.write(PLANNING, HIGHWAYS, DELETED);
        }
    }

    @Test
    void an_export_whose_state_of_the_index_is_gone_meanwhile_is_not_taken_for_complete() {
        Written many = document("many");
        IntStream.range(0, 501).forEach(i -> many.item("" + i, "Budget line " + i, "Budget."));
        stack.write(many);
        try {
            ItemSearch search = stack.bean(ItemSearch.class);
            ItemQuestion budget =
                    new ItemQuestion(
                            stack.bean(QueryParser.class).parse("budget"),
                            Filters.NONE,
                            Order.DATE,
                            20,
                            0,
                            null,
                            false);
            assertThat(search.all(budget, _ -> {})).isEqualTo(501);
            for (Runnable loss : List.<Runnable>of(stack::reopen, stack::forget)) {
                List<FoundItem> received = new ArrayList<>();
                assertThatThrownBy(() ->
                                search.all(
                                        budget,
                                        item -> {
                                            if (received.isEmpty()) {
                                                loss.run();
                                            }
                                            received.add(item);
                                        }))
                        .isInstanceOf(SearchAwayException.class);
                assertThat(received).hasSize(500);
            }
        } finally {
            stack.write(PLANNING, HIGHWAYS, DELETED);
        }
    }

    @Test
    void without_an_index_nothing_is_found() {
        stack.forget();
        try {
            JsonNode answer = stack.search("parking");
            assertThat(answer.get("total").asInt()).isZero();
            assertThat(stack.get("/").statusCode()).isEqualTo(200);
            assertThat(stack.get("/search?q=x").body()).contains("Nothing found");
            assertThat(stack.get("/api/v1/items/" + PLANNING.itemId(0)).statusCode())
                    .isEqualTo(404);
        } finally {
            stack.write(PLANNING, HIGHWAYS, DELETED);
        }
    }

    @Test
    void without_elasticsearch_it_is_said_that_search_is_away(@TempDir Path directory) {
        try (Stack alone = Stack.start(directory, URI.create("http://localhost:1"))) {
            HttpResponse<String> answer = alone.get("/api/v1/items?q=parking");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("urn:minutebook:problem:away");
            HttpResponse<String> page = alone.get("/search?q=parking", "Accept", "text/html");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("Search is not available now");
        }
    }
}
