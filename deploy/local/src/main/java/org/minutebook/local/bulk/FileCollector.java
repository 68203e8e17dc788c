package org.minutebook.local.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of an import. Folders and zip files are searched for documents by their endings;
 * a file that is named is taken whatever it is called.
 */
public final class FileCollector implements AutoCloseable {

    private static final Set<String> ENDINGS =
            Set.of("pdf", "docx", "odt", "rtf", "html", "htm", "txt");

    private final Map<String, String> metadata;
    private final Manifest manifest;
    private final List<ImportFile> files = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private @Nullable Path unpacked;
    private int leftOut;

    /**
     * Files with this metadata.
     *
     * @param metadata of all files, where the manifest says nothing else
     * @param manifest of single files
     */
    public FileCollector(Map<String, String> metadata, Manifest manifest) {
        this.metadata = Map.copyOf(metadata);
        this.manifest = manifest;
    }

    /** Adds a file, all documents of a folder, or all documents of a zip file. */
    public void add(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> found = Files.walk(path)) {
                for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                    if (isZip(file)) {
                        addZip(file);
                    } else if (isDocument(file.toString())) {
                        addFile(file);
                    } else {
                        leftOut++;
                    }
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        } else if (isZip(path) && Files.isRegularFile(path)) {
            addZip(path);
        } else {
            addFile(path);
        }
    }

    private void addFile(Path file) {
        if (seen.add(file.toAbsolutePath().normalize())) {
            files.add(new ImportFile(file.toString(), file, metadata(file)));
        }
    }

    private void addZip(Path zip) throws IOException {
        if (!seen.add(zip.toAbsolutePath().normalize())) {
            return;
        }
        if (unpacked == null) {
            unpacked = Files.createTempDirectory("minutebook-import");
        }
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = archive.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.isDirectory() || !isDocument(entry.getName())) {
                    leftOut += entry.isDirectory() ? 0 : 1;
                    continue;
                }
                // Under a number: a name from a zip file may lead anywhere.
                Path copy = unpacked.resolve(Integer.toString(files.size()));
                try (InputStream bytes = archive.getInputStream(entry)) {
                    Files.copy(bytes, copy);
                }
                Path place = zip.resolve(entry.getName());
                files.add(new ImportFile(zip + "/" + entry.getName(), copy, metadata(place)));
            }
        }
    }

    private Map<String, String> metadata(Path file) {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.putAll(manifest.metadata(file));
        return all;
    }

    private static boolean isZip(Path file) {
        return ending(file.toString()).equals("zip");
    }

    private static boolean isDocument(String name) {
        return ENDINGS.contains(ending(name));
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** The files, in the order in which they were found. */
    public List<ImportFile> files() {
        return List.copyOf(files);
    }

    /** How many files of folders and zip files are no documents by their endings. */
    public int leftOut() {
        return leftOut;
    }

    /** Removes what was unpacked. */
    @Override
    public void close() throws IOException {
        if (unpacked == null) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> copies = Files.walk(unpacked)) {
            deepestFirst = copies.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path copy : deepestFirst) {
            Files.deleteIfExists(copy);
        }
    }
}
