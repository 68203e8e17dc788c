package org.minutebook.ingest.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minutebook.contracts.Metadata;
import org.minutebook.manifest.ManifestException;
import org.minutebook.manifest.ManifestTable;

/**
 * Says what the files of an upload are. The table names each as in the upload, with its folders, or
 * without them where it is the only file of that name.
 */
public final class Manifest {

    private final Map<String, Metadata> byName;
    private final Map<String, List<Metadata>> byLastName = new HashMap<>();

    private Manifest(Map<String, Metadata> byName) {
        this.byName = byName;
        byName.forEach((name, metadata) ->
                byLastName.computeIfAbsent(lastOf(name), _ -> new ArrayList<>()).add(metadata));
    }

    private static String lastOf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** No manifest: nothing is said of any file. */
    public static Manifest none() {
        return new Manifest(Map.of());
    }

    /**
     * Reads a manifest.
     *
     * @throws ManifestException if anything in it is wrong; then nothing of it is followed
     */
    public static Manifest read(byte[] bytes) {
        Map<String, Metadata> byName = new LinkedHashMap<>();
        ManifestTable.read(bytes).rows().forEach(row -> byName.put(row.file(), row.metadata()));
        return new Manifest(byName);
    }

    /** What the manifest says of a file; nothing where it does not name it. */
    public Metadata of(String name) {
        Metadata exact = byName.get(name);
        if (exact != null) {
            return exact;
        }
        // Two files of one last name: neither is meant by it.
        List<Metadata> alike = byLastName.getOrDefault(lastOf(name), List.of());
        return alike.size() == 1 ? alike.getFirst() : Metadata.NONE;
    }

    /** Files that it names and that are not among these. */
    public List<String> missing(Set<String> names) {
        Set<String> lastNames = new HashSet<>();
        names.forEach(name -> lastNames.add(lastOf(name)));
        return byName.keySet().stream()
                .filter(name -> !names.contains(name) && !lastNames.contains(lastOf(name)))
                .toList();
    }
}
