package org.minutebook.store;

import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.StoredDocument;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records of documents as bytes, the same in every store. */
final class RecordFormat {

    private final JsonMapper json =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    byte[] write(StoredDocument document) {
        return json.writeValueAsBytes(document);
    }

    /**
     * Reads what a store has for a document.
     *
     * @throws RecordUnreadableException if that is no record, or another document's
     */
    StoredDocument read(DocumentId id, byte[] bytes) {
        @Nullable StoredDocument document;
        try {
            document = json.readValue(bytes, StoredDocument.class);
        } catch (JacksonException e) {
            throw new RecordUnreadableException(id, e);
        }
        if (document == null || !id.equals(document.id())) {
            throw new RecordUnreadableException(id, null);
        }
        return document;
    }
}
