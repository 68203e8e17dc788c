package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names an agenda item: document id, {@code -}, and 8 hex digits of a hash of its folded number,
 * folded title and which one of several alike it is. It does not depend on the item's place or
 * text, so a link or an alert survives a better segmenter.
 *
 * @param value as {@code 0123456789abcdef0123456789abcdef-89abcdef}
 */
public record ItemId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ItemId {
        if (!HexForm.of(value, 32, '-', 8)) {
            throw new IllegalArgumentException(
                    "'" + value + "', expected a document id, '-' and 8 lower-case hex digits");
        }
    }

    /**
     * The id of an item.
     *
     * @param number as printed, or null where the item has none
     * @param title as printed
     * @param occurrence 0 for the first item of the document with this folded number and title, 1
     *     for the next
     */
    public static ItemId of(
            DocumentId document, @Nullable String number, String title, int occurrence) {
        String name =
                Folding.fold(number == null ? "" : number)
                        + '\n'
                        + Folding.fold(title)
                        + '\n'
                        + occurrence;
        String hash = ContentHash.of(name.getBytes(StandardCharsets.UTF_8)).hex();
        return new ItemId(document.value() + '-' + hash.substring(0, 8));
    }

    /** Whether a text has the form of an item id. */
    public static boolean isValid(String text) {
        return HexForm.of(text, 32, '-', 8);
    }

    /** The document that the item is in. */
    public DocumentId document() {
        return new DocumentId(value.substring(0, 32));
    }

    @Override
    public String toString() {
        return value;
    }
}
