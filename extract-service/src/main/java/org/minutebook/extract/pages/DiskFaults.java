package org.minutebook.extract.pages;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells failures of the disk, which say nothing about a document, from those of its content. */
public final class DiskFaults {

    /**
     * How the system words ENOSPC, EDQUOT, EIO, ESTALE and EROFS, for which Java has no types; in
     * English, as {@link Throwable#getMessage} has it where no other language is set.
     */
    private static final List<String> WORDS =
            List.of(
                    "No space left on device",
                    "Disk quota exceeded",
                    "Input/output error",
                    "Stale file handle",
                    "Read-only file system");

    /** A document may have this done by its many parts. */
    private static final String TOO_MANY_FILES = "Too many open files";

    private DiskFaults() {}

    /** The failure of the disk that led to this one; null where none did. */
    public static @Nullable IOException behind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io && isOne(io)) {
                return io;
            }
        }
        return null;
    }

    private static boolean isOne(IOException failure) {
        if (failure instanceof FileSystemException named) {
            return !TOO_MANY_FILES.equals(named.getReason());
        }
        String message = failure.getMessage();
        return message != null && isOfSystem(failure) && WORDS.stream().anyMatch(message::contains);
    }

    /** What a parser throws may have the words of the document in it. */
    private static boolean isOfSystem(IOException failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return frames.length > 0 && frames[0].isNativeMethod();
    }
}
