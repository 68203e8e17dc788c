package org.minutebook.local.stack;

/** What was asked cannot be done; the message says why and what to do, for a person. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StackException(String message) {
        super(message);
    }
}
