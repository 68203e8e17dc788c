package org.minutebook.local.bulk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.minutebook.manifest.EntryNames;

/**
 * Finds the files of an import. Folders and archives (zip, tar, tar.gz) are searched for documents
 * by their endings; a file that is named is taken whatever it is called.
 */
public final class FileCollector implements AutoCloseable {

    private static final Set<String> ENDINGS =
            Set.of("pdf", "docx", "odt", "rtf", "html", "htm", "txt");

    private final Map<String, String> metadata;
    private final FolderPattern folders;
    private final Manifest manifest;
    private final List<ImportFile> files = new ArrayList<>();
    private final List<FileOutcome> damaged = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private final Set<Path> lookedUp = new HashSet<>();
    private final ArchiveLimits limits;
    private final UnpackedCopies copies;
    private int leftOut;

    /**
     * Files with this metadata; each source of it wins over those before.
     *
     * @param metadata of all files
     * @param folders what the folders that a file stands in say
     * @param manifest of single files
     */
    public FileCollector(Map<String, String> metadata, FolderPattern folders, Manifest manifest) {
        this(
                metadata,
                folders,
                manifest,
                ArchiveLimits.OF_INTAKE,
                UnpackedCopies.inTemporaryFolder());
    }

    FileCollector(
            Map<String, String> metadata,
            FolderPattern folders,
            Manifest manifest,
            ArchiveLimits limits,
            UnpackedCopies copies) {
        this.metadata = Map.copyOf(metadata);
        this.folders = folders;
        this.manifest = manifest;
        this.limits = limits;
        this.copies = copies;
    }

    /** Removes what was unpacked by imports that were killed. */
    public static void removeAbandoned() {
        UnpackedCopies.removeAbandoned();
    }

    /** Adds a file, all documents of a folder, or all documents of an archive. */
    public void add(Path path) {
        if (Files.isDirectory(path)) {
            FolderSearch found = FolderSearch.of(path);
            found.files().keySet().forEach(file -> addFound(path, file));
            found.unreadable()
                    .forEach((place, cause) -> damaged.add(FolderSearch.outcome(place, cause)));
        } else if (isArchive(path) && Files.isRegularFile(path)) {
            addArchive(path);
        } else {
            addFile(path, String.valueOf(path.getFileName()));
        }
    }

    /** Adds a file that was found in a folder, if it is a document or an archive by its name. */
    public void addFound(Path folder, Path file) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (EntryNames.isLitter(name)) {
            return;
        }
        if (isArchive(file)) {
            addArchive(file);
        } else if (isDocument(name)) {
            addFile(file, name);
        } else {
            leftOut++;
        }
    }

    private void addFile(Path file, String fileName) {
        if (seen.add(file.toAbsolutePath().normalize())) {
            files.add(new ImportFile(file.toString(), fileName, file, metadata(file, fileName)));
        }
    }

    /** One that cannot be unpacked says so among the outcomes, and the rest goes on. */
    private void addArchive(Path archive) {
        if (!seen.add(archive.toAbsolutePath().normalize())) {
            return;
        }
        int before = files.size();
        try {
            ArchiveLimits.Count count = limits.count(Files.size(archive));
            if (ending(archive.toString()).equals("zip")) {
                addZip(archive, count);
            } else {
                addTar(archive, count);
            }
        } catch (IOException | IllegalArgumentException e) {
            List<ImportFile> unpacked = files.subList(before, files.size());
            unpacked.forEach(file -> copies.remove(file.path()));
            unpacked.clear();
            damaged.add(outcome(archive, e));
        }
    }

    private static FileOutcome outcome(Path archive, Exception cause) {
        String name = archive.toString();
        return switch (cause) {
            case UnpackedCopies.UnwritableException e ->
                    new FileOutcome(
                            name, null, FileOutcome.FAILED, e.reason(), null, e.getMessage());
            case ArchiveLimits.PastLimitException e ->
                    new FileOutcome(
                            name, null, FileOutcome.REFUSED, e.reason(), null, e.getMessage());
            case FileSystemException e -> FolderSearch.outcome(archive, e);
            default ->
                    new FileOutcome(
                            name,
                            null,
                            FileOutcome.REFUSED,
                            "DAMAGED_ARCHIVE",
                            null,
                            "The archive cannot be unpacked: " + cause.getMessage());
        };
    }

    private void addZip(Path zip, ArchiveLimits.Count count) throws IOException {
        try (ZipFile archive = ZipFile.builder().setPath(zip).get()) {
            Enumeration<ZipArchiveEntry> entries = archive.getEntries();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                count.entry();
                if (!entry.isDirectory()) {
                    try (InputStream bytes = archive.getInputStream(entry)) {
                        addEntry(
                                zip,
                                EntryNames.of(entry),
                                bytes == null ? null : count.counted(bytes));
                    }
                }
            }
        }
    }

    private void addTar(Path tar, ArchiveLimits.Count count) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(tar));
                InputStream plain = isPlainTar(tar) ? file : gunzip(file);
                TarArchiveInputStream archive =
                        new TarArchiveInputStream(plain, StandardCharsets.ISO_8859_1.name());
                InputStream content = count.counted(archive)) {
            for (TarArchiveEntry entry = archive.getNextEntry();
                    entry != null;
                    entry = archive.getNextEntry()) {
                count.entry();
                if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
                    addEntry(tar, EntryNames.of(entry), content);
                }
                // What is left out counts as well: it is unpacked to be passed by.
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static boolean isPlainTar(Path tar) {
        return ending(tar.toString()).equals("tar");
    }

    private static InputStream gunzip(InputStream file) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(file)
                .setDecompressConcatenated(true)
                .get();
    }

    private void addEntry(Path archive, String name, @Nullable InputStream bytes)
            throws IOException {
        if (EntryNames.isLitter(name)) {
            return;
        }
        if (bytes == null || !isDocument(name)) {
            leftOut++;
            return;
        }
        Path copy = copies.add(bytes);
        files.add(
                new ImportFile(
                        archive + "/" + name, plain(name), copy, metadataInArchive(archive, name)));
    }

    /** Without folders where those lead out of the archive: intake takes no such name. */
    private static String plain(String name) {
        String slashed = name.replace('\\', '/');
        boolean leadsOut =
                slashed.startsWith("/")
                        || slashed.contains(":")
                        || List.of(slashed.split("/", -1)).contains("..");
        return leadsOut ? slashed.substring(slashed.lastIndexOf('/') + 1) : slashed;
    }

    private Map<String, String> metadata(Path file, String fileName) {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.putAll(folders.metadata(fileName));
        all.putAll(manifest.metadata(file));
        lookedUp.add(file.toAbsolutePath().normalize());
        return all;
    }

    private Map<String, String> metadataInArchive(Path archive, String name) {
        try {
            return metadata(archive.resolve(name), name);
        } catch (InvalidPathException e) {
            return metadata(archive, name); // no manifest can name it either
        }
    }

    private static boolean isArchive(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return Stream.of(".zip", ".tar", ".tar.gz", ".tgz").anyMatch(name::endsWith);
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

    /** Archives that cannot be unpacked, and folders and links that cannot be read. */
    public List<FileOutcome> damaged() {
        return List.copyOf(damaged);
    }

    /** Files that the manifest names and that were not among those added. */
    public List<Path> missing() {
        return manifest.files().stream().filter(file -> !lookedUp.contains(file)).toList();
    }

    /** How many files of folders and archives are no documents by their endings. */
    public int leftOut() {
        return leftOut;
    }

    /** Removes what was unpacked. */
    @Override
    public void close() {
        copies.close();
    }
}
