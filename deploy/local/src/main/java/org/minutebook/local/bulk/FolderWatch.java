package org.minutebook.local.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which files of a folder are new or changed. Looks by itself rather than being told: the
 * system tells nothing of folders on other machines. A file is told once it was the same at two
 * looks, so that one that is still being copied is not taken by half.
 */
public final class FolderWatch {

    private final Path folder;
    private Map<Path, Look> last = new HashMap<>();
    private final Map<Path, Look> told = new HashMap<>();

    private record Look(long size, FileTime modified) {}

    public FolderWatch(Path folder) {
        this.folder = folder;
    }

    /** The folder that is watched. */
    public Path folder() {
        return folder;
    }

    /** Looks, and returns what is new or changed since it was told, and stays as it is. */
    public List<Path> look() throws IOException {
        Map<Path, Look> now = new HashMap<>();
        List<Path> settled = new ArrayList<>();
        for (Path file : FileCollector.filesIn(folder)) {
            Look look;
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class);
                look = new Look(attributes.size(), attributes.lastModifiedTime());
            } catch (NoSuchFileException e) {
                continue; // moved away this moment
            }
            now.put(file, look);
            if (!look.equals(told.get(file)) && look.equals(last.get(file))) {
                told.put(file, look);
                settled.add(file);
            }
        }
        last = now;
        told.keySet().retainAll(now.keySet());
        return settled;
    }

    /** Tells files again at the next look: what was to be done with them failed. */
    public void again(List<Path> files) {
        files.forEach(told::remove);
    }
}
