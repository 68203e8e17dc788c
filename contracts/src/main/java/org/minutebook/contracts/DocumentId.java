package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a document: the first 32 hex digits of the SHA-256 of its bytes, so the same bytes have the
 * same id in every installation, and a corrected PDF is another document.
 *
 * @param value 32 lower-case hex digits
 */
public record DocumentId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DocumentId {
        if (!HexForm.of(value, 32)) {
            throw new IllegalArgumentException(
                    "'" + value + "', expected 32 lower-case hex digits");
        }
    }

    /** The id of the document with these bytes. */
    public static DocumentId of(ContentHash hash) {
        return new DocumentId(hash.hex().substring(0, 32));
    }

    /** Whether a text has the form of a document id. */
    public static boolean isValid(String text) {
        return HexForm.of(text, 32);
    }

    @Override
    public String toString() {
        return value;
    }
}
