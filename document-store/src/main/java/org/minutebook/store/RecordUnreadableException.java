package org.minutebook.store;

import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;

/**
 * The store answers, but what it has for the record of a document is none: trying again does not
 * help, somebody has to bring the record back from a copy.
 */
public final class RecordUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RecordUnreadableException(DocumentId document, @Nullable Throwable cause) {
        super("The record of document " + document + " in the store cannot be read", cause);
    }
}
