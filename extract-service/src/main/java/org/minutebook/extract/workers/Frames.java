package org.minutebook.extract.workers;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Messages on a pipe: four bytes of length, then JSON. */
final class Frames {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DataInputStream in;
    private final DataOutputStream out;
    private final long longest;

    /**
     * Reads and writes messages.
     *
     * @param longest most bytes that a message read may have
     */
    Frames(InputStream in, OutputStream out, long longest) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(new BufferedOutputStream(out));
        this.longest = longest;
    }

    synchronized void write(Message message) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(message);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    /**
     * The next message; empty at the end.
     *
     * @throws TooLongException if it is longer than the limit
     */
    <T extends Message> Optional<T> read(Class<T> type) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return Optional.empty();
        }
        if (length < 0 || length > longest) {
            throw new TooLongException(length);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            return Optional.empty();
        }
        try {
            return Optional.of(type.cast(JSON.readValue(bytes, Message.class)));
        } catch (JacksonException | ClassCastException e) {
            throw new IOException("a message of a worker cannot be understood", e);
        }
    }

    /** A message is longer than the limit. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLongException(int length) {
            super("a message of %d bytes".formatted(length));
        }
    }
}
