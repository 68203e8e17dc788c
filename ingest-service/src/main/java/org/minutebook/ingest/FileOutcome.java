package org.minutebook.ingest;

import org.minutebook.contracts.StoredDocument;

/** What became of one file of an upload. */
public sealed interface FileOutcome {

    /** Its name, with folders where it had some. */
    String file();

    /** A new document. */
    record Accepted(String file, StoredDocument document) implements FileOutcome {}

    /**
     * Its bytes are there already.
     *
     * @param metadataDiffers whether other metadata was given than is kept
     */
    record Known(String file, StoredDocument document, boolean metadataDiffers)
            implements FileOutcome {}

    /**
     * Not taken in.
     *
     * @param code reason code
     * @param detail a sentence for a person
     */
    record Refused(String file, String code, String detail) implements FileOutcome {}
}
