package org.minutebook.extract;

/**
 * The process that reads a document cannot be had: it cannot be started, or somebody killed it, an
 * operator, or the system for want of memory. That says nothing about the document, which is tried
 * again later.
 */
public final class ReaderAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReaderAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
