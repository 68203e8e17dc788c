package org.minutebook.embedded;

/** A server did not start or did not become ready; the message ends with what it said last. */
public final class ServerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServerFailedException(String message) {
        super(message);
    }
}
