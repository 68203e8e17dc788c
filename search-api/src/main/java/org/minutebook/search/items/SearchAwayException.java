package org.minutebook.search.items;

import org.jspecify.annotations.Nullable;

/** Elasticsearch does not answer, or cannot now. The same question may be asked again later. */
public class SearchAwayException extends RuntimeException {

    public SearchAwayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
