package org.minutebook.local.bulk;

import java.nio.file.Path;
import java.util.Map;

/**
 * A file to be imported.
 *
 * @param name what people are shown: the path as given, or the place within an archive
 * @param fileName its name with the folders below the one that is imported, under which it is kept
 * @param path where its bytes are
 * @param metadata what is known about it; names as in the intake's form
 */
public record ImportFile(String name, String fileName, Path path, Map<String, String> metadata) {

    public ImportFile {
        metadata = Map.copyOf(metadata);
    }
}
