package org.minutebook.local.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service does not answer, or says that it cannot now; asking again later helps. */
public final class AwayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final @Nullable Duration retryAfter;

    AwayException(String message, @Nullable Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** When the service wants to be asked again; null where it did not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
