package org.minutebook.local.bulk;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Copies of what archives hold, in a folder of this run below the temporary one. The folder goes
 * with the run, also where that is interrupted; that of a run that was killed goes when the next
 * one starts. A lock on a file in it tells whether its run still lives.
 */
final class UnpackedCopies implements AutoCloseable {

    private static final String PREFIX = "minutebook-import";
    private static final String LOCK = "lock";

    private static final long MEGABYTE = 1024L * 1024;

    /** Intake's, for the disk is often that of the stack: broker and index must not fill it. */
    private static final long RESERVE = 2048 * MEGABYTE;

    /** Of a disk on which that would be most of it. */
    private static final int RESERVED_PART = 10;

    /** Written between two looks at what room there is. */
    private static final long UNLOOKED = 16 * MEGABYTE;

    private final Path root;
    private final long reserve;
    private @Nullable Own own;
    private boolean closed;
    private int count;
    private long unlooked = UNLOOKED;

    /** The folder of this run with what is undone at its end. */
    private record Own(Path folder, FileChannel lock, Thread hook) {}

    /** What an archive holds could not be written; the archive is not the reason. */
    static final class UnwritableException extends IOException {
        private static final long serialVersionUID = 1;

        private final String reason;

        UnwritableException(String reason, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.reason = reason;
        }

        /** Code of the reason. */
        String reason() {
            return reason;
        }
    }

    /** Copies below a folder; {@code reserve} bytes stay free there. */
    UnpackedCopies(Path root, long reserve) {
        this.root = root;
        this.reserve = reserve;
    }

    static UnpackedCopies inTemporaryFolder() {
        Path root = temporaryFolder();
        return new UnpackedCopies(
                root, Math.min(RESERVE, root.toFile().getTotalSpace() / RESERVED_PART));
    }

    private static Path temporaryFolder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /**
     * Keeps a copy.
     *
     * @return where it is
     * @throws UnwritableException if it cannot be written; any other exception is of reading
     */
    Path add(InputStream bytes) throws IOException {
        Copy copy = begin();
        try {
            try (copy) {
                bytes.transferTo(copy);
            }
            return copy.path;
        } catch (IOException e) {
            remove(copy.path);
            throw e;
        }
    }

    /** Under a number: a name from an archive may lead anywhere. */
    private synchronized Copy begin() throws UnwritableException {
        try {
            if (closed) {
                throw new IOException("the command ends");
            }
            if (own == null) {
                own = open();
            }
            Path path = own.folder().resolve(Integer.toString(count++));
            return new Copy(path, Files.newOutputStream(path, StandardOpenOption.CREATE_NEW));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Own open() throws IOException {
        while (true) {
            Path folder = Files.createTempDirectory(root, PREFIX);
            Path file = folder.resolve(LOCK);
            FileChannel lock;
            try {
                lock =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                continue; // another run took the folder for an abandoned one
            }
            if (lock.tryLock() != null && Files.exists(file)) {
                return new Own(folder, lock, atTheEnd());
            }
            lock.close();
        }
    }

    /** Interrupted, too, the run takes its folder away. */
    private Thread atTheEnd() throws IOException {
        Thread hook = new Thread(this::close);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            throw new IOException("the command ends", e); // the next run finds the folder unlocked
        }
        return hook;
    }

    /** A file that is being written. */
    private final class Copy extends FilterOutputStream {
        private final Path path;

        Copy(Path path, OutputStream out) {
            super(out);
            this.path = path;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            unlooked += length;
            if (unlooked > UNLOOKED) {
                requireRoom();
                unlooked = 0;
            }
            try {
                out.write(buffer, offset, length);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }

    private void requireRoom() throws UnwritableException {
        long free = root.toFile().getUsableSpace();
        if (free < reserve) {
            throw noRoom(
                    "%d MB are free, and %d MB stay so"
                            .formatted(free / MEGABYTE, reserve / MEGABYTE),
                    null);
        }
    }

    private UnwritableException unwritable(IOException cause) {
        String why =
                cause instanceof FileSystemException e && e.getReason() != null
                        ? e.getReason()
                        : String.valueOf(cause.getMessage());
        // Java has no type for it; words are all there is.
        String words = why.toLowerCase(Locale.ROOT);
        return words.contains("no space left") || words.contains("quota exceeded")
                ? noRoom(why, cause)
                : new UnwritableException(
                        "UNWRITABLE",
                        "What the archive holds cannot be written to %s: %s. Mend that, or unpack the archive elsewhere and import the folder."
                                .formatted(root, why),
                        cause);
    }

    private UnwritableException noRoom(String why, @Nullable Throwable cause) {
        return new UnwritableException(
                "NO_ROOM",
                "There is no room in %s for what the archive holds: %s. Make room, import archives one at a time, or unpack this one elsewhere and import the folder."
                        .formatted(root, why),
                cause);
    }

    /** Takes a copy away before the others. */
    void remove(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            // It goes with the folder.
        }
    }

    /** Takes the folder of this run away; nothing is kept afterwards. */
    @Override
    public synchronized void close() {
        closed = true;
        if (own == null) {
            return;
        }
        try (FileChannel _ = own.lock()) {
            empty(own.folder());
        } catch (IOException e) {
            // Unlocked now: the next run takes it away.
        }
        try {
            Runtime.getRuntime().removeShutdownHook(own.hook());
        } catch (IllegalStateException e) {
            // This is the hook.
        }
        own = null;
    }

    /** Takes away what runs left that were killed. */
    static void removeAbandoned() {
        removeAbandoned(temporaryFolder());
    }

    static void removeAbandoned(Path root) {
        try {
            List<Path> folders = entries(root, PREFIX + "*");
            if (!folders.isEmpty()) {
                UserPrincipal user = user(root);
                for (Path folder : folders) {
                    removeIfAbandoned(folder, user);
                }
            }
        } catch (IOException e) {
            // The next run tries again; this one has other things to do.
        }
    }

    /** Nobody but the owner can put something else in a folder's place while it is looked at. */
    private static void removeIfAbandoned(Path folder, UserPrincipal user) {
        try {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                removeUnlessLocked(folder);
            }
        } catch (IOException e) {
            // As above.
        }
    }

    private static void removeUnlessLocked(Path folder) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                empty(folder);
            }
        } catch (NoSuchFileException e) {
            Files.delete(folder); // succeeds where it is empty: killed before it began
        } catch (OverlappingFileLockException e) {
            // Of this run.
        }
    }

    /** Who this is, as the file system sees it. */
    private static UserPrincipal user(Path root) throws IOException {
        Path probe = Files.createTempFile(root, "minutebook", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /**
     * Takes a folder and its files away, the lock last: as long as it is there, so is its owner.
     */
    private static void empty(Path folder) throws IOException {
        for (Path file : entries(folder, "[0-9]*")) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder.resolve(LOCK));
        Files.deleteIfExists(folder);
    }

    private static List<Path> entries(Path folder, String pattern) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            found.forEach(entries::add);
        }
        return entries;
    }
}
