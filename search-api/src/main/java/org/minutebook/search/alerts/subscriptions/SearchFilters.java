package org.minutebook.search.alerts.subscriptions;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.Subscription;
import org.minutebook.search.items.Filters;

/** Filters of a subscription as those of a search. */
public final class SearchFilters {

    private SearchFilters() {}

    /**
     * The same filters.
     *
     * @param from first day of meetings; null for all
     */
    public static Filters of(Subscription.Filters filters, @Nullable LocalDate from) {
        return new Filters(
                filters.councils().stream().map(CouncilId::new).toList(),
                filters.committees(),
                filters.kind(),
                from,
                null,
                filters.decided(),
                filters.outcome(),
                null);
    }
}
