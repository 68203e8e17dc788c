package org.minutebook.local.bulk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;
import org.minutebook.local.client.Intake.Document;

/**
 * What became of a file.
 *
 * @param file its name as given
 * @param id id of the document, null where the file could not be read
 * @param state state of the document; NEW in a dry run for one that would be uploaded
 * @param reason code of the reason for REFUSED and FAILED, else null
 * @param items agenda items found; null before the document was read
 * @param metadataDiffers whether the document is there with other details than were given now
 * @param detail the reason for a person, or null
 */
public record FileOutcome(
        String file,
        @Nullable String id,
        String state,
        @Nullable String reason,
        @Nullable Integer items,
        boolean metadataDiffers,
        @JsonIgnore @Nullable String detail) {

    public static final String NEW = "NEW";
    public static final String UPLOADED = "UPLOADED";
    public static final String EXTRACTED = "EXTRACTED";
    public static final String INDEXED = "INDEXED";
    public static final String OCR_QUEUED = "OCR_QUEUED";
    public static final String REFUSED = "REFUSED";
    public static final String FAILED = "FAILED";
    public static final String DELETED = "DELETED";

    /** What became of a file that is not there with other details. */
    FileOutcome(
            String file,
            @Nullable String id,
            String state,
            @Nullable String reason,
            @Nullable Integer items,
            @Nullable String detail) {
        this(file, id, state, reason, items, false, detail);
    }

    static FileOutcome of(ImportFile file, Document document) {
        return new FileOutcome(
                file.name(),
                document.id(),
                document.state(),
                document.reason(),
                document.items(),
                document.differsFrom(file.metadata()),
                document.detail());
    }

    static FileOutcome failed(ImportFile file, String reason, String detail) {
        return new FileOutcome(file.name(), null, FAILED, reason, null, detail);
    }

    static FileOutcome refused(ImportFile file, String id, String reason, String detail) {
        return new FileOutcome(file.name(), id, REFUSED, reason, null, detail);
    }
}
