package org.minutebook.extract.pages;

import java.time.Duration;

/** A page was given up because reading it took longer than one page may take. */
final class PageTooSlowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PageTooSlowException(Duration limit) {
        super("one page took longer than " + limit.toMillis() + " ms");
    }
}
