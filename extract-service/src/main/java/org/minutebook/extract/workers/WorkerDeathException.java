package org.minutebook.extract.workers;

import org.minutebook.contracts.RefusalReason;

/** A worker ended in the middle of its task. */
final class WorkerDeathException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Cause cause;
    private final String detail;

    WorkerDeathException(Cause cause, String detail) {
        super(detail);
        this.cause = cause;
        this.detail = detail;
    }

    /** What it ended of. */
    enum Cause {
        /** Time is over. */
        TOO_SLOW,
        /** Memory, output or disk space is full. */
        TOO_DEMANDING,
        /** It crashed. */
        CRASHED,
        /** A signal from outside: says nothing about the document, unless it comes each time. */
        KILLED,
        /** It ended before it was given the document, or took too long for it. */
        NOT_STARTED;

        /** The reason for refusing a document that did this. */
        RefusalReason refusal() {
            return this == TOO_SLOW ? RefusalReason.TOO_SLOW : RefusalReason.TOO_DEMANDING;
        }
    }

    Cause what() {
        return cause;
    }

    /** What happened, in words for a person. */
    String detail() {
        return detail;
    }
}
