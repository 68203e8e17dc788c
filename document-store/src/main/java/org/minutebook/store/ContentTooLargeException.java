package org.minutebook.store;

/** More bytes were handed in than the limit allows; nothing was kept. */
public final class ContentTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long limit;

    ContentTooLargeException(long limit) {
        super("more than " + limit + " bytes");
        this.limit = limit;
    }

    /** The limit in bytes. */
    public long limit() {
        return limit;
    }
}
