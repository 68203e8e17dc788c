package org.minutebook.search.alerts.delivery;

/** What became of an attempt to deliver. */
sealed interface Attempt {

    /** The mail server or the webhook took it. */
    record Taken() implements Attempt {}

    /** It may be taken later. */
    record Later(String detail) implements Attempt {}

    /**
     * It will never be taken.
     *
     * @param gone whether the target wants nothing any more
     */
    record Never(String detail, boolean gone) implements Attempt {}
}
