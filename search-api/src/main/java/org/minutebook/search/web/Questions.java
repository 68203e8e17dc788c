package org.minutebook.search.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.MeetingId;
import org.minutebook.contracts.Outcome;
import org.minutebook.search.items.Filters;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.Order;
import org.minutebook.search.items.Place;
import org.minutebook.search.items.WrongInputException;
import org.minutebook.search.query.ParsedQuery;
import org.minutebook.search.query.QueryParser;
import org.minutebook.search.query.Thesaurus;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** Reads a search from the parameters of an address. An empty parameter is as good as none. */
@Component
public class Questions {

    /** Most items on one page. */
    public static final int MOST_ITEMS = 100;

    private static final int USUAL_ITEMS = 20;

    /** Longest query, in characters; far beyond what a person types. */
    private static final int LONGEST_QUERY = 1000;

    private final QueryParser parser;
    private final QueryParser asTyped = new QueryParser(Thesaurus.NONE);
    private final Cursors cursors;

    Questions(QueryParser parser, Cursors cursors) {
        this.parser = parser;
        this.cursors = cursors;
    }

    /**
     * The search that an address asks for.
     *
     * @throws WrongInputException naming the first parameter that cannot be understood
     */
    public ItemQuestion read(MultiValueMap<String, String> parameters) {
        ParsedQuery query = query(parameters);
        Filters filters = filters(parameters);
        Order order =
                read(
                        parameters,
                        "sort",
                        text -> choice("sort", text, Order.values(), Order::wireName));
        if (order == null) {
            order = query.isEverything() ? Order.DATE : Order.RELEVANCE;
        }
        Integer size = read(parameters, "size", text -> number("size", text, 0, MOST_ITEMS));
        String cursor = first(parameters, "cursor");
        Place after = cursor == null ? null : cursors.read(cursor, query, filters, order);
        return new ItemQuestion(
                query, filters, order, size == null ? USUAL_ITEMS : size, 0, after, after == null);
    }

    /**
     * The query of an address, {@code q}; with {@code synonyms=false} without what the thesaurus
     * adds.
     *
     * @throws WrongInputException if it is too long
     */
    public ParsedQuery query(MultiValueMap<String, String> parameters) {
        String text = first(parameters, "q");
        if (text != null && text.length() > LONGEST_QUERY) {
            throw new WrongInputException(
                    "q",
                    "%d characters, and %d are the most".formatted(text.length(), LONGEST_QUERY));
        }
        Boolean synonyms = read(parameters, "synonyms", value -> yesOrNo("synonyms", value));
        return (synonyms == null || synonyms ? parser : asTyped).parse(text == null ? "" : text);
    }

    /**
     * What an address narrows a search to.
     *
     * @throws WrongInputException naming the parameter that cannot be understood
     */
    public Filters filters(MultiValueMap<String, String> parameters) {
        String year = first(parameters, "year");
        LocalDate from = read(parameters, "from", text -> date("from", text));
        LocalDate to = read(parameters, "to", text -> date("to", text));
        if (from != null && to != null && from.isAfter(to)) {
            throw new WrongInputException(
                    "to", "%s is before the first day, %s".formatted(to, from));
        }
        if (year != null) {
            // What is in both: nothing, where the year is not between the dates.
            int number = number("year", year, 1000, 9999);
            LocalDate first = LocalDate.of(number, 1, 1);
            LocalDate last = LocalDate.of(number, 12, 31);
            from = from == null || from.isBefore(first) ? first : from;
            to = to == null || to.isAfter(last) ? last : to;
        }
        return new Filters(
                all(parameters, "council").stream().map(CouncilId::of).toList(),
                all(parameters, "committee").stream().map(Questions::slug).toList(),
                read(
                        parameters,
                        "kind",
                        text ->
                                choice(
                                        "kind",
                                        text,
                                        DocumentKind.values(),
                                        DocumentKind::wireName)),
                from,
                to,
                read(parameters, "decided", text -> yesOrNo("decided", text)),
                read(
                        parameters,
                        "outcome",
                        text -> choice("outcome", text, Outcome.values(), Outcome::wireName)),
                read(parameters, "scanned", text -> yesOrNo("scanned", text)));
    }

    private static String slug(String committee) {
        String slug = MeetingId.committeeId(committee);
        return slug == null ? committee : slug;
    }

    private static @Nullable String first(MultiValueMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value == null || value.isBlank() ? null : value;
    }

    private static List<String> all(MultiValueMap<String, String> parameters, String name) {
        List<String> values = new ArrayList<>();
        for (String value : parameters.getOrDefault(name, List.of())) {
            if (value != null && !value.isBlank()) {
                values.add(value);
            }
        }
        return values;
    }

    private static <T> @Nullable T read(
            MultiValueMap<String, String> parameters, String name, Function<String, T> reading) {
        String text = first(parameters, name);
        return text == null ? null : reading.apply(text.strip());
    }

    private static LocalDate date(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong(name, text, "is no day; write it as 2026-03-31");
        }
    }

    private static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw wrong(name, text, "is no number from " + least + " to " + most);
    }

    private static boolean yesOrNo(String name, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, text, "is neither true nor false");
        };
    }

    private static <T> T choice(
            String name, String text, T[] values, Function<T, String> wireName) {
        for (T value : values) {
            if (wireName.apply(value).equalsIgnoreCase(text)) {
                return value;
            }
        }
        throw wrong(
                name,
                text,
                "is none of "
                        + Arrays.stream(values).map(wireName).collect(Collectors.joining(", ")));
    }

    private static WrongInputException wrong(String name, String text, String objection) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new WrongInputException(name, "'" + shown + "' " + objection);
    }
}
