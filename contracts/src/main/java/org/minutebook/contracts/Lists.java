package org.minutebook.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of records: unmodifiable, and empty where a message of an earlier version has none. */
final class Lists {

    private Lists() {}

    static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
