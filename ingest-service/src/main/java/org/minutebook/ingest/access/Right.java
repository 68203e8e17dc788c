package org.minutebook.ingest.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What a key allows. In JSON in lower case. */
public enum Right {
    /** Hand documents in, and see what became of them. */
    UPLOAD,
    /** Correct, hide, delete and reprocess documents. */
    MANAGE,
    /** Make, list and revoke keys. */
    KEYS;

    /** As in JSON. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what a person wrote; empty where it is no right. */
    public static Optional<Right> parse(String text) {
        for (Right right : values()) {
            if (right.wireName().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(right);
            }
        }
        return Optional.empty();
    }
}
