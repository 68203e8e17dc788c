package org.minutebook.search.items;

/** What was asked for does not exist, or does not exist any more. */
public class NotThereException extends RuntimeException {

    public NotThereException(String message) {
        super(message);
    }
}
