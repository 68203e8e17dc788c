package org.minutebook.ingest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;

/**
 * What became of one file of a batch when it was handed in.
 *
 * @param batch id of the batch
 * @param file name of the file, with folders
 * @param outcome whether it was taken in
 * @param document its document; null where it was refused
 * @param reason code of the reason where it was refused
 * @param detail a sentence for a person where it was refused
 * @param at when
 */
public record BatchEntry(
        String batch,
        String file,
        Outcome outcome,
        @Nullable DocumentId document,
        @Nullable String reason,
        @Nullable String detail,
        Instant at) {

    /** Whether a file was taken in. */
    public enum Outcome {
        /** A new document. */
        ACCEPTED,
        /** The document was there. */
        KNOWN,
        /** Not taken in. */
        REFUSED
    }

    /** The entry that an outcome makes. */
    public static BatchEntry of(String batch, FileOutcome outcome, Instant at) {
        return switch (outcome) {
            case FileOutcome.Accepted(String file, var document) ->
                    new BatchEntry(batch, file, Outcome.ACCEPTED, document.id(), null, null, at);
            case FileOutcome.Known(String file, var document, _) ->
                    new BatchEntry(batch, file, Outcome.KNOWN, document.id(), null, null, at);
            case FileOutcome.Refused(String file, String code, String detail) ->
                    new BatchEntry(batch, file, Outcome.REFUSED, null, code, detail, at);
        };
    }
}
