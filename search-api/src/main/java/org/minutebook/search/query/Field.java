package org.minutebook.search.query;

import java.util.Locale;
import java.util.Optional;

/** Where a word is looked for. */
public enum Field {
    /** In the item's number, section, title, text or decisions: words without a field word. */
    ANYWHERE,
    /** {@code title:} in the title as printed. */
    TITLE,
    /** {@code decision:} in what was decided. */
    DECISION,
    /** {@code committee:} in the committee's name. */
    COMMITTEE,
    /** {@code council:} in the council's name. */
    COUNCIL,
    /** {@code number:} the number as printed, whole. */
    NUMBER;

    /** As typed in front of the colon; empty for {@link #ANYWHERE}. */
    public String word() {
        return this == ANYWHERE ? "" : name().toLowerCase(Locale.ROOT);
    }

    /** The field with this field word, in any case. */
    static Optional<Field> named(String word) {
        for (Field field : values()) {
            if (field != ANYWHERE && field.word().equalsIgnoreCase(word)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
