package org.minutebook.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, for a message about what went wrong. */
public final class LogTail {

    private static final int LINES = 25;
    private static final int BYTES = 16 << 10;

    private LogTail() {}

    /** Its last lines; a remark instead where it cannot be read. */
    public static String of(Path log) {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - BYTES));
            ByteBuffer end = ByteBuffer.allocate(BYTES);
            while (end.hasRemaining() && channel.read(end) >= 0) {}
            List<String> lines =
                    new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
            return String.join(
                    System.lineSeparator(),
                    lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "(the log cannot be read: " + e.getMessage() + ")";
        }
    }
}
