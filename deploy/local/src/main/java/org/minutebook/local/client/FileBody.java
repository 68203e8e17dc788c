package org.minutebook.local.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file as those of a request. The JDK's own opens a file by the text of its name,
 * which is another where the name is none in the locale's encoding. Reading fails in {@link #next}
 * only: of what fails while the JDK asks whether there is more, nobody is told.
 */
final class FileBody implements Iterator<byte[]> {

    private static final int CHUNK = 64 * 1024;

    private final Path file;
    private final long size;
    private @Nullable InputStream bytes;
    private long read;

    private FileBody(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    /**
     * Publishes a file, which is opened when it is its turn to be sent. A failure to read it then
     * is an {@link UnreadableException} among the causes of the request's.
     *
     * @throws UnreadableException if it is not there
     */
    static BodyPublisher of(Path file) {
        long size = size(file);
        return size == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(
                        BodyPublishers.ofByteArrays(() -> new FileBody(file, size)), size);
    }

    /**
     * Size of a file.
     *
     * @throws UnreadableException if it is not there
     */
    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw UnreadableException.of(file, e);
        }
    }

    @Override
    public boolean hasNext() {
        return read < size;
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            return chunk();
        } catch (IOException e) {
            throw UnreadableException.of(file, e);
        }
    }

    private byte[] chunk() throws IOException {
        InputStream open = bytes == null ? Files.newInputStream(file) : bytes;
        bytes = open;
        boolean goesOn = false;
        try {
            byte[] chunk = open.readNBytes((int) Math.min(CHUNK, size - read));
            read += chunk.length;
            goesOn = chunk.length == CHUNK && hasNext();
            if (!goesOn && (hasNext() || open.read() >= 0)) {
                throw UnreadableException.changed(file);
            }
            return chunk;
        } finally {
            if (!goesOn) {
                open.close();
            }
        }
    }
}
