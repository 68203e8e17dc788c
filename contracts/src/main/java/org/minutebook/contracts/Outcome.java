package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of the matter that a decision is about. In JSON in lower case. */
public enum Outcome {
    /** "Resolved that …". */
    RESOLVED,
    /** "It was agreed …", "All agreed …". */
    AGREED,
    /** A motion put and carried, on a vote or by show of hands. */
    CARRIED,
    /** A motion put and lost. */
    LOST,
    /** Put off to a later meeting, or referred elsewhere. */
    DEFERRED,
    /** Approved, accepted, adopted, granted. */
    APPROVED,
    /** Noted within a resolution: nothing else was decided. */
    NOTED;

    /** As in JSON and in addresses. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
