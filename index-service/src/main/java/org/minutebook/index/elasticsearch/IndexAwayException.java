package org.minutebook.index.elasticsearch;

import org.jspecify.annotations.Nullable;

/** Elasticsearch does not answer or has no room at the moment; trying again later helps. */
public final class IndexAwayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public IndexAwayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
