package org.minutebook.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;

/**
 * A document store in a folder of one machine.
 *
 * <pre>
 * documents/ab/ab….json         record (file name: document id)
 * documents/ab/ab….bytes        bytes (file name: document id)
 * unannounced/&lt;id&gt;.&lt;revision&gt;   empty: a revision that is to be announced
 * derived/…                     what services keep for themselves
 * staging/&lt;process&gt;/…           what is being written; the folder of a process that died is removed by the next one
 * </pre>
 *
 * <p>Writes go to {@code staging}, are synced, and are renamed into place; the folder is synced
 * after. Several processes may use the folder at once; records, and what is kept only if there is
 * nothing yet, are written by one of them only (ingest-service).
 */
public final class FileSystemDocumentStore implements DocumentStore {

    /**
     * What depends on what is there is written one after the other for each document and key; more
     * locks only mean fewer accidental waits.
     */
    private static final int LOCKS = 64;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path documents;
    private final Path unannounced;
    private final Path derived;
    private final Path staging;

    /** Found once: finding it reads the system's table of mounts. */
    private final FileStore space;

    private final FileChannel stagingLock;
    private final List<Object> locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toList();
    private final RecordFormat format = new RecordFormat();

    /**
     * Opens the store, making the folder where there is none, and clears away what a process that
     * died left behind.
     *
     * @throws StoreUnavailableException if the folder cannot be used
     */
    public FileSystemDocumentStore(Path directory) {
        this(directory, true);
    }

    /**
     * The same, making the store or not.
     *
     * @param create whether a store is made where the folder has none
     * @throws StoreUnavailableException also where there is none and none is to be made, as when
     *     the folder's disk is not mounted
     */
    public FileSystemDocumentStore(Path directory, boolean create) {
        documents = directory.resolve("documents");
        unannounced = directory.resolve("unannounced");
        derived = directory.resolve("derived");
        try {
            if (!create && !Files.isDirectory(documents)) {
                throw new NoSuchFileException(
                        documents.toString(),
                        null,
                        "there is no store, and minutebook.store.create is false. Is its disk mounted?");
            }
            Files.createDirectories(documents);
            Files.createDirectories(unannounced);
            Files.createDirectories(derived);
            Path allStaging = Files.createDirectories(directory.resolve("staging"));
            // One process at a time clears away and makes its own folder, so none is taken for
            // abandoned half-made.
            try (FileChannel turn =
                            FileChannel.open(
                                    directory.resolve("staging.lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = turn.lock()) {
                removeAbandoned(allStaging);
                staging = Files.createDirectory(allStaging.resolve(UUID.randomUUID().toString()));
                stagingLock =
                        FileChannel.open(
                                staging.resolve("lock"),
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE);
                stagingLock.lock();
            }
            space = Files.getFileStore(documents);
        } catch (IOException e) {
            throw failure("open the store in " + directory, e);
        }
    }

    private static void removeAbandoned(Path allStaging) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(allStaging)) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    removeTree(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    @Override
    public StoredContent put(InputStream bytes, long limit) {
        Path file = newStagingFile();
        try {
            MessageDigest digest = ContentHash.newDigest();
            long size = 0;
            try (FileChannel channel =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int read = readFrom(bytes, buffer);
                        read >= 0;
                        read = readFrom(bytes, buffer)) {
                    size += read;
                    if (size > limit) {
                        throw new ContentTooLargeException(limit);
                    }
                    digest.update(buffer, 0, read);
                    writeAll(channel, ByteBuffer.wrap(buffer, 0, read));
                }
                ContentHash hash = ContentHash.ofDigest(digest.digest());
                Path target = contentFile(hash);
                if (Files.exists(target)) {
                    return new StoredContent(hash, size, false);
                }
                channel.force(true);
                moveIntoPlace(file, target);
                return new StoredContent(hash, size, true);
            }
        } catch (IOException e) {
            throw failure("write a document", e);
        } finally {
            removeQuietly(file);
        }
    }

    private static int readFrom(InputStream bytes, byte[] buffer) {
        try {
            return bytes.read(buffer);
        } catch (IOException e) {
            // The sender's failure, not the store's: told apart by its type.
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<InputStream> open(ContentHash hash) {
        return openFile(contentFile(hash));
    }

    @Override
    public boolean holds(ContentHash hash) {
        Path file = contentFile(hash);
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
        } catch (NoSuchFileException e) {
            requireStore(e);
            return false;
        } catch (IOException e) {
            throw failure("look for " + hash, e);
        }
    }

    @Override
    public Optional<LocalCopy> local(ContentHash hash) {
        Path file = contentFile(hash);
        return Files.exists(file) ? Optional.of(new InPlace(file)) : Optional.empty();
    }

    private record InPlace(Path path) implements LocalCopy {
        @Override
        public void close() {}
    }

    @Override
    public Optional<URI> address(ContentHash hash, Handout handout, Duration valid) {
        return Optional.empty();
    }

    @Override
    public void delete(ContentHash hash) {
        Path file = contentFile(hash);
        try {
            if (Files.deleteIfExists(file)) {
                syncFolder(folderOf(file));
            }
        } catch (IOException e) {
            throw failure("delete " + hash, e);
        }
    }

    @Override
    public Optional<Versioned<StoredDocument>> record(DocumentId id) {
        return readIfPresent(recordFile(id))
                .map(bytes -> new Versioned<>(format.read(id, bytes), versionOf(bytes)));
    }

    @Override
    public Optional<String> putRecord(StoredDocument document, String expected) {
        DocumentId id = document.id();
        synchronized (locks.get(Math.floorMod(id.hashCode(), LOCKS))) {
            Path file = recordFile(id);
            String present =
                    readIfPresent(file)
                            .map(FileSystemDocumentStore::versionOf)
                            .orElse(Versioned.ABSENT);
            if (!present.equals(expected)) {
                return Optional.empty();
            }
            try {
                Files.write(markFile(new Unannounced(id, document.revision())), new byte[0]);
                syncFolder(unannounced);
            } catch (IOException e) {
                throw failure("mark document " + id + " as to be announced", e);
            }
            byte[] bytes = format.write(document);
            writeDurably(file, bytes);
            return Optional.of(versionOf(bytes));
        }
    }

    private static String versionOf(byte[] record) {
        return ContentHash.of(record).hex();
    }

    @Override
    public void announced(DocumentId id, Revision revision) {
        // Not synced: a mark that comes back after a crash only means that the revision is
        // announced again.
        removeQuietly(markFile(new Unannounced(id, revision)));
    }

    @Override
    public List<Unannounced> unannounced(int limit) {
        List<Unannounced> marks = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unannounced)) {
            for (Path file : files) {
                parseMark(file).ifPresent(marks::add);
            }
        } catch (IOException e) {
            throw failure("list what is to be announced", e);
        }
        marks.sort(Comparator.comparing(Unannounced::revision));
        return List.copyOf(marks.subList(0, Math.min(limit, marks.size())));
    }

    private Path markFile(Unannounced mark) {
        return unannounced.resolve(mark.id() + "." + mark.revision());
    }

    private static Optional<Unannounced> parseMark(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        if (dot < 0 || !DocumentId.isValid(name.substring(0, dot))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Unannounced(
                            new DocumentId(name.substring(0, dot)),
                            new Revision(Long.parseLong(name.substring(dot + 1)))));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // somebody else's file
        }
    }

    @Override
    public Stream<DocumentId> records() {
        try {
            return Files.walk(documents, 2)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .filter(DocumentId::isValid)
                    .map(DocumentId::new);
        } catch (IOException e) {
            throw failure("list the records", e);
        }
    }

    @Override
    public void putDerived(String key, byte[] bytes) {
        writeDurably(derivedFile(key), bytes);
    }

    @Override
    public boolean putDerivedIfAbsent(String key, byte[] bytes) {
        synchronized (locks.get(Math.floorMod(key.hashCode(), LOCKS))) {
            Path file = derivedFile(key);
            if (readIfPresent(file).isPresent()) {
                return false;
            }
            writeDurably(file, bytes);
            return true;
        }
    }

    @Override
    public Optional<InputStream> openDerived(String key) {
        return openFile(derivedFile(key));
    }

    @Override
    public void deleteDerived(String key) {
        try {
            removeTree(derivedFile(key));
        } catch (IOException e) {
            throw failure("delete " + key, e);
        }
    }

    private Path derivedFile(String key) {
        return derived.resolve(DerivedKeys.checked(key));
    }

    @Override
    public long usableSpace() {
        try {
            return space.getUsableSpace();
        } catch (IOException e) {
            throw failure("ask for the space left", e);
        }
    }

    @Override
    public void close() {
        try {
            removeTree(staging);
            stagingLock.close();
        } catch (IOException e) {
            throw failure("close the store", e);
        }
    }

    // Two hex digits: 256 folders, a few thousand files in each at a million documents.
    private Path contentFile(ContentHash hash) {
        return documents
                .resolve(hash.hex().substring(0, 2))
                .resolve(DocumentId.of(hash) + ".bytes");
    }

    private Path recordFile(DocumentId id) {
        return documents.resolve(id.value().substring(0, 2)).resolve(id + ".json");
    }

    private Path newStagingFile() {
        return staging.resolve(UUID.randomUUID().toString());
    }

    private void writeDurably(Path target, byte[] bytes) {
        Path file = newStagingFile();
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writeAll(channel, ByteBuffer.wrap(bytes));
                channel.force(true);
            }
            moveIntoPlace(file, target);
        } catch (IOException e) {
            throw failure("write " + target.getFileName(), e);
        } finally {
            removeQuietly(file);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void moveIntoPlace(Path file, Path target) throws IOException {
        Path folder = folderOf(target);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            syncFolder(folderOf(folder));
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folder);
    }

    private static Path folderOf(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException(file + " has no folder");
        }
        return parent;
    }

    /**
     * Makes names in a folder durable. Source: fsync(2), "Calling fsync() does not necessarily
     * ensure …".
     */
    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Optional<InputStream> openFile(Path file) {
        try {
            return Optional.of(Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            requireStore(e);
            return Optional.empty();
        } catch (IOException e) {
            throw failure("open " + file.getFileName(), e);
        }
    }

    private Optional<byte[]> readIfPresent(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            requireStore(e);
            return Optional.empty();
        } catch (IOException e) {
            throw failure("read " + file.getFileName(), e);
        }
    }

    // A disk that is not mounted must not look like a store without documents.
    private void requireStore(NoSuchFileException cause) {
        if (!Files.isDirectory(documents)) {
            throw new StoreUnavailableException("The store is not there: " + documents, cause);
        }
    }

    private static void removeQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Staging is cleared at the next start; a mark is only announced once more.
            System.getLogger(FileSystemDocumentStore.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove " + file, e);
        }
    }

    private static void removeTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.deleteIfExists(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static RuntimeException failure(String what, IOException cause) {
        String message = "Cannot " + what + ": " + cause.getMessage();
        return DiskSpace.isUsedUp(cause)
                ? new StoreFullException(message, cause)
                : new StoreUnavailableException(message, cause);
    }
}
