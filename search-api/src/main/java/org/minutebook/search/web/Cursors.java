package org.minutebook.search.web;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.Order;
import org.minutebook.search.items.Place;
import org.minutebook.search.items.WrongInputException;
import org.minutebook.search.query.ParsedQuery;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parameter {@code cursor}: where a page ended, opaque to who gets it. It belongs to one search
 * and is refused with another. It carries no secret and grants nothing, so it is not signed.
 */
@Component
public class Cursors {

    private static final int LONGEST = 4000;
    private static final int SEARCH_DIGITS = 16;
    private static final int VALUES = 3;

    private final JsonMapper json;

    Cursors(JsonMapper json) {
        this.json = json;
    }

    /** As in JSON inside the cursor; names are short because it stands in addresses. */
    private record Content(String s, List<Object> v, @Nullable String p, LocalDate d, boolean r) {}

    /** The cursor for the page after this place. */
    public String write(Place place, ParsedQuery query, Filters filters, Order order) {
        Content content =
                new Content(
                        search(query, filters, order),
                        place.values(),
                        place.pointInTime(),
                        place.today(),
                        place.relaxed());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.writeValueAsBytes(content));
    }

    /**
     * The place that a cursor names.
     *
     * @throws WrongInputException if it is none, or one of another search
     */
    Place read(String cursor, ParsedQuery query, Filters filters, Order order) {
        Content content;
        try {
            if (cursor.length() > LONGEST) {
                throw wrong();
            }
            content =
                    json.readValue(
                            Base64.getUrlDecoder()
                                    .decode(cursor.getBytes(StandardCharsets.ISO_8859_1)),
                            Content.class);
        } catch (JacksonException | IllegalArgumentException e) {
            throw wrong();
        }
        if (content == null
                || content.v == null
                || content.d == null
                || !search(query, filters, order).equals(content.s)
                || !fits(content.v, order)) {
            throw wrong();
        }
        return new Place(content.v, content.p, content.d, content.r);
    }

    /** Whether these can be values that Elasticsearch sorted by. */
    private static boolean fits(List<Object> values, Order order) {
        if (values.size() != VALUES || values.contains(null)) {
            return false;
        }
        return order == Order.RELEVANCE
                ? values.get(0) instanceof Number
                        && isWhole(values.get(1))
                        && values.get(2) instanceof String
                : isWhole(values.get(0))
                        && values.get(1) instanceof String
                        && isWhole(values.get(2));
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer || value instanceof Long;
    }

    private static String search(ParsedQuery query, Filters filters, Order order) {
        // What was typed and what the thesaurus added say what is looked for.
        String all = query.text() + query.alsoSearched() + filters + order;
        return ContentHash.of(all.getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, SEARCH_DIGITS);
    }

    private static WrongInputException wrong() {
        return new WrongInputException(
                "cursor",
                "not a 'nextCursor' that this search returned; leave it out to begin anew");
    }
}
