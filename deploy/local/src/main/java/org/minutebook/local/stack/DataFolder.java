package org.minutebook.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything of one stack: documents, index, log of events, upload key, logs,
 * and what runs.
 *
 * @param root the folder; need not be there yet
 */
public record DataFolder(Path root) {

    private static final int KEY_BYTES = 24;

    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The folder that is used where none is named: {@code minutebook} among this user's data, as
     * the XDG base directory specification places it.
     */
    public static DataFolder ofUser() {
        String given = System.getenv("XDG_DATA_HOME");
        Path data =
                given != null && Path.of(given).isAbsolute()
                        ? Path.of(given)
                        : Path.of(System.getProperty("user.home"), ".local", "share");
        return new DataFolder(data.resolve("minutebook"));
    }

    /** Documents: bytes and records. */
    public Path store() {
        return root.resolve("store");
    }

    /** What the parts write to their outputs. */
    public Path logs() {
        return root.resolve("logs");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    /** A part's own folder. */
    Path part(String part) {
        return root.resolve(part);
    }

    /** Which process a part is; there while it should be running. */
    Path processFile(String part) {
        return root.resolve("run").resolve(part + ".json");
    }

    /** Imports that broke off. */
    public Path imports() {
        return root.resolve("imports");
    }

    private Path portFile() {
        return root.resolve("port");
    }

    private Path keyFile() {
        return root.resolve("upload.key");
    }

    Path lockFile() {
        return root.resolve("lock");
    }

    void create() {
        try {
            Files.createDirectories(root.resolve("run"));
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw new StackException(
                    "The data folder %s cannot be written: %s. Name another with --data."
                            .formatted(root, e));
        }
    }

    /** First port of the stack that was last started here; empty before the first. */
    public Optional<Integer> port() {
        return read(portFile()).map(Integer::valueOf);
    }

    void rememberPort(int first) throws IOException {
        Files.writeString(portFile(), first + System.lineSeparator());
    }

    /** The key that uploads need; empty before the first start. */
    public Optional<String> uploadKey() {
        return read(keyFile());
    }

    /** The key, made now where there is none. Only its owner may read the file. */
    String ensureUploadKey() throws IOException {
        Optional<String> key = uploadKey();
        if (key.isPresent()) {
            return key.get();
        }
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String made = HexFormat.of().formatHex(random);
        Files.deleteIfExists(keyFile());
        Files.createFile(
                keyFile(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile(), made + System.lineSeparator());
        return made;
    }

    private static Optional<String> read(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder that a caller names, or this user's. */
    public static DataFolder of(@Nullable Path named) {
        return named == null ? ofUser() : new DataFolder(named);
    }
}
