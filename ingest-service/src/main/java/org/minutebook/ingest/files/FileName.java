package org.minutebook.ingest.files;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Name of a file in an upload, perhaps with folders: a label that people know it by, and what a
 * manifest calls it. Never a path on this machine.
 *
 * @param value composed (NFC), with {@code /} between folders
 */
public record FileName(String value) {

    /** Longest name of a folder or file; the limit of common file systems. */
    private static final int LONGEST_PART = 255;

    /** Longest name with its folders; the registry's index keeps no longer ones. */
    private static final int LONGEST = 1024;

    private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:");
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\p{Cntrl}\\x{FFFD}\\x{202A}-\\x{202E}]");
    private static final Pattern HERE = Pattern.compile("(^|/)(\\./)+|/{2,}");

    /**
     * Checks a name as it was given.
     *
     * @throws RefusedFileException if it is unsafe or too long
     */
    public static FileName of(String given) {
        String name =
                HERE.matcher(Normalizer.normalize(given, Normalizer.Form.NFC).replace('\\', '/'))
                        .replaceAll(match -> match.group().startsWith("/") ? "/" : "");
        if (name.length() > LONGEST) {
            throw new RefusedFileException(
                    FileRefusal.NAME_TOO_LONG,
                    "The name of the file has %d characters, the limit is %d."
                            .formatted(name.length(), LONGEST));
        }
        if (name.isBlank()
                || name.startsWith("/")
                || DRIVE.matcher(name).find()
                || FORBIDDEN.matcher(name).find()) {
            throw new RefusedFileException(FileRefusal.UNSAFE_NAME);
        }
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw new RefusedFileException(FileRefusal.UNSAFE_NAME);
            }
            if (part.length() > LONGEST_PART) {
                throw new RefusedFileException(
                        FileRefusal.NAME_TOO_LONG,
                        "A part of the file's name has %d characters, the limit is %d."
                                .formatted(part.length(), LONGEST_PART));
            }
        }
        return new FileName(name);
    }

    /** Without folders. */
    public String last() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
