package org.minutebook.search.items;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, so that the next begins there.
 *
 * @param values sort values of the last item: numbers and strings
 * @param pointInTime Elasticsearch's name of the state of the index that is paged through; null
 *     before the second page
 * @param today the day that ages are counted from, so that scores stay the same over midnight
 * @param relaxed whether items are shown that do not have all words
 */
public record Place(
        List<Object> values, @Nullable String pointInTime, LocalDate today, boolean relaxed) {

    public Place {
        values = List.copyOf(values);
    }
}
