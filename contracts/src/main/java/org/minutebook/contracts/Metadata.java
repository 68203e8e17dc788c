package org.minutebook.contracts;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a document, either by who uploaded it or by its own pages. Null: not said.
 *
 * @param council name of the council
 * @param committee name of its committee or board
 * @param kind agenda, minutes or other
 * @param meetingDate local date of the meeting
 * @param title title of the document
 * @param sourceUrl where the document was published
 */
public record Metadata(
        @Nullable String council,
        @Nullable String committee,
        @Nullable DocumentKind kind,
        @Nullable LocalDate meetingDate,
        @Nullable String title,
        @Nullable String sourceUrl) {

    /** Nothing said. */
    public static final Metadata NONE = new Metadata(null, null, null, null, null, null);

    /**
     * This where it says something, {@code other} where it does not: what was given at upload wins
     * over what is read.
     */
    public Metadata orElse(Metadata other) {
        return new Metadata(
                council != null ? council : other.council,
                committee != null ? committee : other.committee,
                kind != null ? kind : other.kind,
                meetingDate != null ? meetingDate : other.meetingDate,
                title != null ? title : other.title,
                sourceUrl != null ? sourceUrl : other.sourceUrl);
    }
}
