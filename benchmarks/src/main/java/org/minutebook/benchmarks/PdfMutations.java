package org.minutebook.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * PDFs with damage as transmission, bad programs and ill will make it, each by a random number: the
 * same seed makes the same files. Every other one is unpacked first, so that the damage is in what
 * the pages draw and not in its compression.
 */
final class PdfMutations {

    /** Words whose place in a file matters most. */
    private static final List<String> WORDS =
            List.of(
                    "endobj",
                    "endstream",
                    "xref",
                    "trailer",
                    "/Length",
                    "/Kids",
                    "/Count",
                    "/Parent",
                    "/Font",
                    "/Filter",
                    "/Resources",
                    "/MediaBox",
                    "/ToUnicode",
                    "Tf",
                    "Tj",
                    "TJ",
                    "cm",
                    "BT",
                    "ET",
                    "Do");

    private static final List<String> NUMBERS =
            List.of("-1", "0", "99999999", "2147483648", "1e308", "-0.0001", "NaN");

    private static final int MOST_STEPS = 8;

    private PdfMutations() {}

    /**
     * A damaged copy.
     *
     * @param sound a PDF
     */
    static byte[] mutate(byte[] sound, Random random) {
        byte[] bytes = random.nextBoolean() ? unpacked(sound) : sound.clone();
        int steps = 1 + random.nextInt(MOST_STEPS);
        for (int i = 0; i < steps && bytes.length > 2; i++) {
            bytes = step(bytes, random);
        }
        return bytes;
    }

    private static byte[] step(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(2000, bytes.length - at));
        return switch (random.nextInt(9)) {
            case 0 -> { // single bits
                byte[] flipped = bytes.clone();
                for (int i = 0; i < 1 + random.nextInt(50); i++) {
                    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
            case 1 -> { // a piece of anything
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                yield replace(bytes, at, at + length, noise);
            }
            case 2 -> replace(bytes, at, at + length, new byte[length]); // zeros
            case 3 -> replace(bytes, at, at + length, new byte[0]); // a piece is missing
            case 4 -> // a piece is there twice
                    replace(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            case 5 -> Arrays.copyOf(bytes, Math.max(1, at)); // the end is missing
            case 6 -> { // a number is another
                int digit = find(bytes, at, random, '0', '9');
                int end = digit;
                while (end < bytes.length && bytes[end] >= '0' && bytes[end] <= '9') {
                    end++;
                }
                yield replace(bytes, digit, end, any(NUMBERS, random));
            }
            case 7 -> { // a word stands in a wrong place, or another in its place
                int name = find(bytes, at, random, '/', '/');
                yield replace(bytes, name, name, any(WORDS, random));
            }
            default -> { // a reference points elsewhere, perhaps in a circle
                byte[] reference =
                        (random.nextInt(12) + " 0 R ").getBytes(StandardCharsets.US_ASCII);
                int name = find(bytes, at, random, '/', '/');
                yield replace(bytes, name, name, reference);
            }
        };
    }

    /** The next byte between these from a place on; the place itself where there is none. */
    private static int find(byte[] bytes, int from, Random random, char low, char high) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] >= low && bytes[i] <= high) {
                return i;
            }
        }
        return random.nextInt(bytes.length);
    }

    private static byte[] any(List<String> words, Random random) {
        return (words.get(random.nextInt(words.size())) + " ").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] replace(byte[] bytes, int from, int to, byte[] by) {
        byte[] replaced = new byte[bytes.length - (to - from) + by.length];
        System.arraycopy(bytes, 0, replaced, 0, from);
        System.arraycopy(by, 0, replaced, from, by.length);
        System.arraycopy(bytes, to, replaced, from + by.length, bytes.length - to);
        return replaced;
    }

    /** The same document without compression, where it can be had. */
    private static byte[] unpacked(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            document.setAllSecurityToBeRemoved(true);
            for (var key : document.getDocument().getXrefTable().keySet()) {
                COSBase object = document.getDocument().getObjectFromPool(key).getObject();
                if (object instanceof COSStream stream
                        && "FlateDecode".equals(stream.getNameAsString("Filter"))) {
                    byte[] content;
                    try (InputStream in = stream.createInputStream()) {
                        content = in.readAllBytes();
                    }
                    try (OutputStream out = stream.createOutputStream()) {
                        out.write(content);
                    }
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes, CompressParameters.NO_COMPRESSION);
            return bytes.toByteArray();
        } catch (IOException e) {
            return pdf.clone(); // it is not sound itself: as it is, then
        }
    }
}
