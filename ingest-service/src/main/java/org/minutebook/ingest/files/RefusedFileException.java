package org.minutebook.ingest.files;

/** A file is not taken in, whoever tries; the rest of the upload is not touched by it. */
public final class RefusedFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final FileRefusal reason;

    public RefusedFileException(FileRefusal reason) {
        this(reason, reason.explanation());
    }

    /**
     * A refusal.
     *
     * @param detail what exactly, for a person
     */
    public RefusedFileException(FileRefusal reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public FileRefusal reason() {
        return reason;
    }

    /** What exactly, for a person. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
