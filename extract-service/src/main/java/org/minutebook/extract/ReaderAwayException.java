package org.minutebook.extract;

/**
 * A document cannot be read here and now: the process that reads it cannot be started, or somebody
 * killed it, an operator, or the system for want of memory; or the disk fails or is full. That says
 * nothing about the document, which is tried again later.
 */
public final class ReaderAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReaderAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
