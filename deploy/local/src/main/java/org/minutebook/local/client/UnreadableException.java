package org.minutebook.local.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that was to be sent cannot be read; that says nothing of the service. */
public final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String file;
    private final String code;

    private UnreadableException(Path file, String code, String detail) {
        super(detail);
        this.file = file.toString();
        this.code = code;
    }

    /** For a file of which this came. */
    public static UnreadableException of(Path file, IOException cause) {
        return Files.exists(file)
                ? new UnreadableException(file, "UNREADABLE", "The file cannot be read: " + cause)
                : new UnreadableException(file, "NOT_FOUND", "There is no such file.");
    }

    /** For a file that is longer or shorter than when its sending began. */
    static UnreadableException changed(Path file) {
        return new UnreadableException(
                file, "CHANGED", "The file changed while it was sent. Import it again.");
    }

    /** The file. */
    public String file() {
        return file;
    }

    /** The reason, for scripts. */
    public String code() {
        return code;
    }

    /** The reason, for a person. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
