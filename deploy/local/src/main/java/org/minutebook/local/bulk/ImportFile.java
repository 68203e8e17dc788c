package org.minutebook.local.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file to be imported.
 *
 * @param name what people are shown: the path as given, or the place within an archive
 * @param fileName its name with the folders below the one that is imported, under which it is kept;
 *     what cannot be read of it is replaced, as intake takes no such name
 * @param path where its bytes are
 * @param metadata what is known about it; names as in the intake's form
 */
public record ImportFile(String name, String fileName, Path path, Map<String, String> metadata) {

    /** What stands for bytes that are no letter in the encoding they were read in. */
    private static final char UNREADABLE = '\uFFFD';

    public ImportFile {
        fileName = fileName.replace(UNREADABLE, '_');
        metadata = Map.copyOf(metadata);
    }

    /** Bytes; none where it cannot be read, which its upload will tell. */
    long size() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }
}
