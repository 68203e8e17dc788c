package org.minutebook.traces;

import java.util.Locale;

/** The steps of a document's way through the services. */
public enum Step {
    /** Taken in: bytes and record are in the store. */
    UPLOAD,
    /** Cut into agenda items. */
    EXTRACT,
    /** Scanned pages read. */
    OCR,
    /** Put into the index, until a search finds it. */
    INDEX,
    /** Matched against all subscriptions. */
    MATCH,
    /** Told to a subscriber. */
    ALERT;

    /** As collectors show it, and as the ids of steps are made from. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
