package org.minutebook.extract.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Set;
import org.minutebook.extract.text.Cues;

/**
 * A rich text file without what Tika's parser stumbles over: pictures, which it holds in memory
 * whole, and automatic lists, whose printed numbers it throws away. A writer puts the number of an
 * entry as it is printed into a group {@code \listtext} for readers that cannot count; without the
 * marks of the list it is plain text (RTF 1.9.1, "Bullets and Numbering").
 */
final class RtfCleaning extends InputStream {

    /** Groups that hold no text. */
    private static final Set<String> DROPPED =
            Set.of(
                    "pict",
                    "shppict",
                    "nonshppict",
                    "objdata",
                    "themedata",
                    "datastore",
                    "colorschememapping",
                    "blipuid",
                    "fontemb");

    /** The marks of lists, without which a number is text. */
    private static final Set<String> UNMARKED = Set.of("listtext", "pntext", "ls", "ilvl");

    private final PushbackInputStream in;
    private byte[] ready = {};
    private int next;

    RtfCleaning(InputStream in) {
        this.in = new PushbackInputStream(in, 1);
    }

    @Override
    public int read() throws IOException {
        while (next >= ready.length) {
            if (!fill()) {
                return -1;
            }
        }
        return ready[next++] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int b = read();
            if (b < 0) {
                break;
            }
            buffer[offset + count++] = (byte) b;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    /** Reads one token or one group that is dropped; false at the end. */
    private boolean fill() throws IOException {
        next = 0;
        ready = new byte[0];
        int c = in.read();
        if (c < 0) {
            return false;
        }
        if (c == '\\') {
            word();
        } else {
            ready = new byte[] {(byte) c};
        }
        return true;
    }

    private void word() throws IOException {
        ByteArrayOutputStream token = new ByteArrayOutputStream();
        token.write('\\');
        int c = in.read();
        if (!Cues.isLetter(c)) {
            if (c >= 0) {
                token.write(c);
            }
            ready = token.toByteArray();
            return;
        }
        StringBuilder name = new StringBuilder();
        while (Cues.isLetter(c)) {
            name.append((char) c);
            token.write(c);
            c = in.read();
        }
        StringBuilder number = new StringBuilder();
        while (c == '-' && number.isEmpty() || c >= '0' && c <= '9') {
            number.append((char) c);
            token.write(c);
            c = in.read();
        }
        if (c == ' ') {
            token.write(c);
        } else if (c >= 0) {
            in.unread(c);
        }
        String word = name.toString();
        if (word.equals("bin")) {
            in.skipNBytes(
                    number.toString().matches("\\d{1,9}") ? Long.parseLong(number.toString()) : 0);
        } else if (DROPPED.contains(word)) {
            dropGroup();
        } else if (!UNMARKED.contains(word)) {
            ready = token.toByteArray();
        }
    }

    /** Passes over the rest of the group that is open; its end is kept. */
    private void dropGroup() throws IOException {
        int depth = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\\') {
                in.read();
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && depth-- == 0) {
                in.unread(c);
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
