package org.minutebook.store;

/** The store has no room; it has again once somebody makes some. */
public final class StoreFullException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
