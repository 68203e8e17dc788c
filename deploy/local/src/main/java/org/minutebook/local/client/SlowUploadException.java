package org.minutebook.local.client;

import java.time.Duration;

/** An upload took longer than one of its size may; that says nothing of others. */
public final class SlowUploadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SlowUploadException(Duration limit) {
        super(
                "The upload was not over after %d minutes. Import the file again when the line is quicker; what is there already is not sent again."
                        .formatted(limit.toMinutes()));
    }

    /** The reason, for a person. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
