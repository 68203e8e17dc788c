package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What a document is. In JSON and in addresses in lower case: {@code "minutes"}. */
public enum DocumentKind {
    /** What a meeting will take. */
    AGENDA,
    /** What a meeting recorded. */
    MINUTES,
    /** Anything else, a report or a letter: it has no agenda items. */
    OTHER;

    /** As in JSON, in forms and in addresses. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what a person or a script wrote; empty where it is no kind. */
    public static Optional<DocumentKind> parse(String text) {
        for (DocumentKind kind : values()) {
            if (kind.wireName().equalsIgnoreCase(text.strip())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
