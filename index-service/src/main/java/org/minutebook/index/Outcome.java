package org.minutebook.index;

import org.minutebook.contracts.DocumentItems;
import org.minutebook.index.elasticsearch.IndexEntries;

/** What became of a document's items. */
public sealed interface Outcome {

    /** The message that it is about. */
    DocumentItems message();

    /** They can be found, and nothing of an earlier revision can. */
    record Indexed(IndexEntries entries) implements Outcome {
        @Override
        public DocumentItems message() {
            return entries.message();
        }
    }

    /** A newer revision is in the index already; nothing to say about this one. */
    record Overtaken(DocumentItems message) implements Outcome {}

    /**
     * Elasticsearch will never take an entry as it is: our bug.
     *
     * @param reason its words, with the entry's id
     */
    record Rejected(DocumentItems message, String reason) implements Outcome {}
}
