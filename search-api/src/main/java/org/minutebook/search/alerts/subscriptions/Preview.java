package org.minutebook.search.alerts.subscriptions;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Subscription;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.elasticsearch.ItemSearch;
import org.minutebook.search.items.FoundItems;
import org.minutebook.search.items.ItemQuestion;
import org.minutebook.search.items.Order;
import org.minutebook.search.items.SearchAwayException;
import org.minutebook.search.query.QueryParser;
import org.springframework.stereotype.Component;

/** What a subscription would have told in the last months. */
@WithAlerts
@Component
public class Preview {

    private static final int MONTHS = 12;
    private static final int EXAMPLES = 3;

    /** Documents that were only read anew stand among those that are new. */
    private static final int READ_FOR_NEWEST = 200;

    private final QueryParser parser;
    private final ItemSearch search;
    private final Clock clock;

    Preview(QueryParser parser, ItemSearch search, Clock clock) {
        this.parser = parser;
        this.search = search;
        this.clock = clock;
    }

    /**
     * What it would have told.
     *
     * @param months how far it looks back
     * @param count items of meetings since then
     * @param examples the newest of them
     */
    public record Answer(int months, long count, List<Example> examples) {}

    /**
     * An item.
     *
     * @param id names it
     * @param title as printed
     * @param council name of the council
     * @param committee name of the committee
     * @param meetingDate local date
     */
    public record Example(
            ItemId id,
            String title,
            @Nullable String council,
            @Nullable String committee,
            @Nullable LocalDate meetingDate) {}

    /**
     * Looks back.
     *
     * @throws SearchAwayException if Elasticsearch does not answer
     */
    public Answer of(String query, Subscription.Filters filters) {
        FoundItems found = found(query, filters, EXAMPLES);
        return new Answer(MONTHS, found.total(), examples(found));
    }

    private static List<Example> examples(FoundItems found) {
        return found.items().stream()
                .map(item ->
                        new Example(
                                item.id(),
                                item.title(),
                                item.document().council(),
                                item.document().committee(),
                                item.document().meetingDate()))
                .toList();
    }

    /**
     * Items of the last months, or where no meeting is known uploaded in them, that which was
     * uploaded last first: for a feed. Without the text.
     */
    public List<IndexEntry> newest(Subscription subscription, int size) {
        return search
                .latest(
                        parser.parse(subscription.query()),
                        SearchFilters.of(subscription.filters(), null),
                        LocalDate.now(clock).minusMonths(MONTHS),
                        READ_FOR_NEWEST)
                .stream()
                .sorted(
                        Comparator.comparing((IndexEntry entry) -> entry.document().uploadedAt())
                                .reversed())
                .limit(size)
                .toList();
    }

    private FoundItems found(String query, Subscription.Filters filters, int size) {
        LocalDate from = LocalDate.now(clock).minusMonths(MONTHS);
        FoundItems found =
                search.search(
                        new ItemQuestion(
                                parser.parse(query),
                                SearchFilters.of(filters, from),
                                Order.DATE,
                                size,
                                0,
                                null,
                                false));
        // Items that lack a word are shown by a search that finds none, but never told.
        return found.relaxed()
                ? new FoundItems(0, List.of(), null, null, false, List.of(), false, null)
                : found;
    }

    /** A sentence about it for an e-mail. */
    public String sentence(String query, Subscription.Filters filters) {
        try {
            long count = found(query, filters, 0).total();
            return switch ((int) Math.min(count, 2)) {
                case 0 -> "In the last %d months it would have told of nothing.".formatted(MONTHS);
                case 1 -> "In the last %d months it would have told of 1 item.".formatted(MONTHS);
                default ->
                        "In the last %d months it would have told of %d items."
                                .formatted(MONTHS, count);
            };
        } catch (SearchAwayException e) {
            return "It tells of items as soon as they can be found.";
        }
    }
}
