package org.minutebook.ingest.files;

/**
 * Why a file is not taken in, beside what its content says (that is a {@code RefusalReason}). The
 * names are the reason codes that people and scripts see.
 */
public enum FileRefusal {
    /** Absolute, or leads out of its folder, or has control characters. */
    UNSAFE_NAME("The name of the file leads out of its folder or has forbidden characters."),
    /** More characters than any file system has use for. */
    NAME_TOO_LONG("The name of the file is too long."),
    /** Two files of one name: nobody knows which is meant. */
    DUPLICATE_NAME("There is another file of this name in the same upload."),
    /** A link, a device or a pipe in an archive. */
    LINK("Links and special files in archives are not followed."),
    /** An archive in an archive. */
    NESTED_ARCHIVE("Archives in archives are not unpacked. Upload the inner one by itself."),
    /** Needs a password. */
    ENCRYPTED("The file is encrypted. Upload a copy without a password."),
    /** Packed in a way that is not read. */
    UNSUPPORTED_PACKING("The file is packed in a way that is not read. Pack it by zip or tar.gz."),
    /** Not an archive, or broken off. */
    DAMAGED_ARCHIVE("The archive is damaged or incomplete. Nothing of it was kept."),
    /** More entries than the limit. */
    TOO_MANY_ENTRIES("The archive has more entries than the limit. Nothing of it was kept."),
    /** Unpacks to more than the limits. */
    TOO_MUCH_CONTENT("The archive unpacks to more than the limits allow. Nothing of it was kept.");

    private final String explanation;

    FileRefusal(String explanation) {
        this.explanation = explanation;
    }

    /** A sentence or two for a person. */
    public String explanation() {
        return explanation;
    }
}
