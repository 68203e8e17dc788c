package org.minutebook.chaos;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;

/**
 * A document of which it is known what must become of it.
 *
 * @param name file name
 * @param bytes the file
 * @param given metadata with which it is handed in
 * @param items what stands in it; empty where nobody can read it
 * @param readable whether it can be read; where not, it must be refused
 * @param beacon the word that a subscription looks for in one of its titles; null where none does
 */
record Paper(
        String name,
        byte[] bytes,
        Map<String, String> given,
        List<Item> items,
        boolean readable,
        @Nullable String beacon) {

    /**
     * An item as it is printed.
     *
     * @param number without closing punctuation
     * @param title the heading
     * @param text below the heading, white space folded
     */
    record Item(String number, String title, String text) {}

    /** What the product calls it. */
    DocumentId id() {
        return DocumentId.of(ContentHash.of(bytes));
    }
}
