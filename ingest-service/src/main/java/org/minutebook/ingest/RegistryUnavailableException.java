package org.minutebook.ingest;

/** The registry does not answer; uploads go on, states cannot be told. */
public final class RegistryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
