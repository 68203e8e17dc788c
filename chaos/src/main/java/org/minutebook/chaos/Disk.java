package org.minutebook.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file system of the stack's own that can be filled: an image in a file, mounted. That needs root
 * and a system that lets it; elsewhere there is none, and it is said.
 */
final class Disk implements AutoCloseable {

    private static final long SIZE = 8L << 30;

    /** Below intake's reserve of 2 GB, above what Elasticsearch stops at. */
    private static final long LOW = 1300L << 20;

    private static final int UNMOUNT_TRIES = 20;
    private static final long LIMIT_SECONDS = 60;

    private static final byte[] BLOCK = new byte[4096];

    private final Path folder;
    private final Path image;
    private final Path ballast;
    private final Path crumbs;
    private final Lock lock = new ReentrantLock();

    private Disk(Path folder, Path image) {
        this.folder = folder;
        this.image = image;
        this.ballast = folder.resolve("ballast");
        this.crumbs = folder.resolve("crumbs");
    }

    /** Mounts it at a folder; null where the system does not permit that. */
    static @Nullable Disk mount(Path folder) throws IOException, InterruptedException {
        Path image = folder.resolveSibling(folder.getFileName() + ".disk");
        Files.createDirectories(folder);
        Disk disk = new Disk(folder, image);
        boolean mounted =
                run("truncate", "-s", Long.toString(SIZE), image.toString())
                        && run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString())
                        && run("mount", "-o", "loop", image.toString(), folder.toString());
        if (!mounted) {
            Files.deleteIfExists(image);
            return null;
        }
        return disk;
    }

    /** Leaves less than intake's reserve. */
    void fillToReserve() throws IOException, InterruptedException {
        fill(LOW);
    }

    /** Leaves nothing. */
    void fillUp() throws IOException, InterruptedException {
        fill(0);
        lock.lock();
        try (OutputStream rest = Files.newOutputStream(crumbs)) {
            // What could not be allotted in one piece, block by block until the system says no.
            while (folder.toFile().getUsableSpace() > 0) {
                rest.write(BLOCK);
            }
        } catch (IOException full) {
            return;
        } finally {
            lock.unlock();
        }
    }

    private void fill(long left) throws IOException, InterruptedException {
        lock.lock();
        try {
            // What is allotted and what the file system needs for itself differ a little.
            for (long less = left; ; less += 1 << 20) {
                long size = Files.getFileStore(folder).getUsableSpace() - less;
                if (size <= 0 || run("fallocate", "-l", Long.toString(size), ballast.toString())) {
                    return;
                }
                Files.deleteIfExists(ballast);
                if (less > left + (64 << 20)) {
                    throw new IOException("the disk cannot be filled");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives all room back. */
    void empty() throws IOException {
        lock.lock();
        try {
            Files.deleteIfExists(ballast);
            Files.deleteIfExists(crumbs);
        } finally {
            lock.unlock();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process =
                    new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            return false; // no such program
        }
        return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Takes it away, with everything on it. */
    @Override
    public void close() throws IOException, InterruptedException {
        // What the processes had mapped may be let go a moment after them.
        for (int i = 0; i < UNMOUNT_TRIES; i++) {
            if (run("umount", folder.toString())) {
                Files.deleteIfExists(image);
                return;
            }
            Waiting.pass(Duration.ofSeconds(1));
        }
        throw new IOException(folder + " cannot be unmounted");
    }
}
