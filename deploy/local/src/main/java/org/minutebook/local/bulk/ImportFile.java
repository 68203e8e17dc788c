package org.minutebook.local.bulk;

import java.nio.file.Path;
import java.util.Map;

/**
 * A file to be imported.
 *
 * @param name what people are shown: the path as given, or the place within a zip file
 * @param path where its bytes are
 * @param metadata what is known about it; names as in the intake's form
 */
public record ImportFile(String name, Path path, Map<String, String> metadata) {

    public ImportFile {
        metadata = Map.copyOf(metadata);
    }

    /** Its own name, without folders. */
    String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
