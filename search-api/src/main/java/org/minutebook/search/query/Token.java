package org.minutebook.search.query;

/** A piece of what was typed. */
sealed interface Token {

    /** The next one is not wanted. */
    record Minus() implements Token {}

    /** Between two of which one is enough. */
    record Or() implements Token {}

    /** Opens a group. */
    record Open() implements Token {}

    /** Closes a group. */
    record Close() implements Token {}

    /** A field word; what comes next is looked for there. */
    record In(Field field) implements Token {}

    /** Between quotation marks. */
    record Quoted(String text) implements Token {}

    /** A word; with {@code open}, its beginning. */
    record Plain(String text, boolean open) implements Token {}
}
