package org.minutebook.local.bulk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells which files of a folder are new or changed. Looks by itself rather than being told: the
 * system tells nothing of folders on other machines. A file is told once it was the same at two
 * looks, so that one that is still being copied is not taken by half. A folder that is away or
 * cannot be read is looked at again at the next look.
 */
public final class FolderWatch {

    private final Path folder;
    private Map<Path, Look> last = new HashMap<>();
    private final Map<Path, Look> told = new HashMap<>();
    private Set<Path> noted = Set.of();
    private List<String> notes = List.of();

    private record Look(long size, FileTime modified) {}

    public FolderWatch(Path folder) {
        this.folder = folder;
    }

    /** The folder that is watched. */
    public Path folder() {
        return folder;
    }

    /** Looks, and returns what is new or changed since it was told, and stays as it is. */
    public List<Path> look() {
        FolderSearch found = FolderSearch.of(folder);
        Map<Path, Look> now = new HashMap<>();
        List<Path> settled = new ArrayList<>();
        found.files()
                .forEach((file, attributes) -> {
                    Look look = new Look(attributes.size(), attributes.lastModifiedTime());
                    now.put(file, look);
                    if (!look.equals(told.get(file)) && look.equals(last.get(file))) {
                        told.put(file, look);
                        settled.add(file);
                    }
                });
        last = now;
        SortedMap<Path, IOException> closed = new TreeMap<>(found.unreadable());
        closed.values().removeIf(NoSuchFileException.class::isInstance);
        // What cannot be looked at for a moment is the same as before, and not new afterwards.
        told.keySet()
                .removeIf(file ->
                        !now.containsKey(file)
                                && closed.keySet().stream().noneMatch(file::startsWith));
        if (found.unreadable().get(folder) instanceof NoSuchFileException gone) {
            closed.put(folder, gone); // of others nobody asked where they went
        }
        notes =
                closed.entrySet().stream()
                        .filter(place -> !noted.contains(place.getKey()))
                        .map(place ->
                                place.getKey()
                                        + ": "
                                        + FolderSearch.sentence(place.getValue())
                                        + " It is looked at again all the time.")
                        .toList();
        noted = Set.copyOf(closed.keySet());
        return settled;
    }

    /** What the last look could not read, for a person; each place once while that lasts. */
    public List<String> notes() {
        return notes;
    }

    /** Tells files again at the next look: what was to be done with them failed. */
    public void again(List<Path> files) {
        files.forEach(told::remove);
    }
}
