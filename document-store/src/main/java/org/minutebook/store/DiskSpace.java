package org.minutebook.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Tells a full disk from other failures. */
final class DiskSpace {

    private DiskSpace() {}

    /**
     * Whether there was no room. Java has no type for ENOSPC and EDQUOT; words are all there is.
     */
    static boolean isUsedUp(IOException cause) {
        String reason = cause instanceof FileSystemException f ? f.getReason() : cause.getMessage();
        if (reason == null) {
            return false;
        }
        String words = reason.toLowerCase(Locale.ROOT);
        return words.contains("no space left") || words.contains("quota exceeded");
    }
}
