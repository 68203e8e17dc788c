package org.minutebook.ingest;

/**
 * What tells the states of documents does not answer, registry or broker; uploads go on, states
 * cannot be told.
 */
public final class RegistryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
