package org.minutebook.search.items;

import java.util.Locale;

/** In which order items come. */
public enum Order {
    /** Best match first. */
    RELEVANCE,
    /** Newest meeting first; within a document as printed. */
    DATE;

    /** As in addresses. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
