package org.minutebook.extract.formats;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a PDF that was cut off. PDFBox mends what it can, and of a half file it reads half the
 * pages without a word; a council that uploads half a file has to be told.
 */
final class PdfEnding {

    /** How far from its end a whole file has its end mark, as readers allow (ISO 32000-1, H.3). */
    private static final int TAIL = 2048;

    private static final int HEAD = 2048;

    /** How far back an earlier end is looked for, in a file with something else after it. */
    private static final int FAR = 4 * 1024 * 1024;

    /** The length that a file says it has, in the dictionary that opens a linearized file. */
    private static final Pattern STATED_LENGTH =
            Pattern.compile("/Linearized\\b[^>]{0,400}?/L\\s+(\\d{1,10})\\b");

    private static final Pattern OBJECT = Pattern.compile("\\d+\\s+\\d+\\s+obj\\b");

    private PdfEnding() {}

    /** Whether the end of the file is missing. */
    static boolean isCutOff(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            Matcher stated = STATED_LENGTH.matcher(read(in, 0, (int) Math.min(HEAD, length)));
            if (stated.find() && Long.parseLong(stated.group(1)) > length) {
                return true;
            }
            if (hasEndMark(read(in, Math.max(0, length - TAIL), TAIL))) {
                return false;
            }
            String rest = read(in, Math.max(0, length - FAR), FAR);
            int end = Math.max(rest.lastIndexOf("%%EOF"), rest.lastIndexOf("startxref"));
            // An end with objects after it is that of an earlier edition of the file, or the
            // first part of a linearized one.
            return end < 0 || OBJECT.matcher(rest).region(end, rest.length()).find();
        }
    }

    private static boolean hasEndMark(String text) {
        return text.contains("%%EOF") || text.contains("startxref");
    }

    private static String read(RandomAccessFile in, long from, int most) throws IOException {
        byte[] bytes = new byte[(int) Math.min(most, in.length() - from)];
        in.seek(from);
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
