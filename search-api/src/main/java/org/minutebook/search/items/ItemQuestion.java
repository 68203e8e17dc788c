package org.minutebook.search.items;

import org.jspecify.annotations.Nullable;
import org.minutebook.search.query.ParsedQuery;

/**
 * A search.
 *
 * @param query what a person typed
 * @param filters what it is narrowed to
 * @param order in which order items come
 * @param size the most items that are returned, from 0
 * @param offset how many are passed over; 0 with {@code after}
 * @param after the place where the page before ended; null for the first page
 * @param facets whether facets are counted
 */
public record ItemQuestion(
        ParsedQuery query,
        Filters filters,
        Order order,
        int size,
        int offset,
        @Nullable Place after,
        boolean facets) {}
