package org.minutebook.chaos;

/**
 * Something that is not as it must be.
 *
 * @param kind in which way
 * @param what in a line for a person
 */
record Difference(Kind kind, String what) {

    /** In which way. */
    enum Kind {
        /** It was accepted, and is not there. */
        LOST,
        /** It is there twice. */
        DOUBLED,
        /** It is there and should not be, or says something else. */
        WRONG
    }

    @Override
    public String toString() {
        return kind + " " + what;
    }
}
