package org.minutebook.extract.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.minutebook.extract.pages.OcrPages;

/** Files that are broken, or made to break a reader, are refused with a reason, and soon. */
final class HostilePdfTest {

    /** Longest that any file may hold a reader up. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Files broken at random from each sample; the seed makes every run the same. */
    private static final int FUZZED = 12;

    private static final Path SAMPLES =
            Path.of("../deploy/local/samples").toAbsolutePath().normalize();

    private static final DocumentReader READER = new DocumentReader(ReadingLimits.DEFAULT);

    @TempDir Path folder;

    static Stream<Arguments> hostile() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a tree of pages that is its own child", cyclicPages());
        files.put("a count of pages beyond all numbers", absurdCount());
        files.put("a page that unpacks to 300 MB", bomb());
        files.put("a picture of 60,000 by 60,000", giantPicture());
        files.put("nothing but a header", "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII));
        return files.entrySet().stream().map(file -> Arguments.of(file.getKey(), file.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void a_hostile_file_is_read_or_refused_with_a_reason(String name, byte[] pdf)
            throws IOException {
        readOrRefused(name, pdf);
    }

    static Stream<Arguments> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files
                    .filter(file -> file.toString().endsWith(".pdf"))
                    .sorted()
                    .limit(4)
                    .toList()
                    .stream()
                    .map(Arguments::of);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_file_with_turned_bits_or_a_missing_end_is_read_or_refused_with_a_reason(Path sample)
            throws IOException {
        byte[] bytes = Files.readAllBytes(sample);
        Random random = new Random(20_26);
        for (int i = 0; i < FUZZED; i++) {
            byte[] broken = bytes.clone();
            for (int flips = 1 << (i % 10); flips > 0; flips--) {
                broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            }
            readOrRefused(sample.getFileName() + " with bits turned, " + i, broken);
            int length = 1 + random.nextInt(bytes.length - 1);
            readOrRefused(
                    sample.getFileName() + " cut off at " + length, Arrays.copyOf(bytes, length));
        }
    }

    private void readOrRefused(String name, byte[] pdf) throws IOException {
        Path file = folder.resolve("file.pdf");
        Files.write(file, pdf);
        FileContent content =
                Assertions.assertTimeoutPreemptively(
                        LONGEST, () -> READER.read(file, "file.pdf", OcrPages.NONE), name);
        if (content instanceof FileContent.Refused refused) {
            assertThat(refused.reason()).as(name).isNotNull();
            assertThat(refused.detail()).as(name).isNotBlank();
        }
    }

    private static byte[] cyclicPages() {
        return pdf(
                "<</Type/Catalog/Pages 2 0 R>>".getBytes(StandardCharsets.US_ASCII),
                "<</Type/Pages/Count 3/Kids[2 0 R 3 0 R]>>".getBytes(StandardCharsets.US_ASCII),
                "<</Type/Pages/Count 2/Parent 2 0 R/Kids[2 0 R 3 0 R]>>"
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] absurdCount() {
        return pdf(
                "<</Type/Catalog/Pages 2 0 R>>".getBytes(StandardCharsets.US_ASCII),
                "<</Type/Pages/Count 2147483647/Kids[3 0 R]>>".getBytes(StandardCharsets.US_ASCII),
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 300; i++) {
                out.write(blanks);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            deflater.end();
        }
        return pdf(
                "<</Type/Catalog/Pages 2 0 R>>".getBytes(StandardCharsets.US_ASCII),
                "<</Type/Pages/Count 1/Kids[3 0 R]>>".getBytes(StandardCharsets.US_ASCII),
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
                        .getBytes(StandardCharsets.US_ASCII),
                stream("/Filter/FlateDecode", packed.toByteArray()));
    }

    private static byte[] giantPicture() {
        return pdf(
                "<</Type/Catalog/Pages 2 0 R>>".getBytes(StandardCharsets.US_ASCII),
                "<</Type/Pages/Count 1/Kids[3 0 R]>>".getBytes(StandardCharsets.US_ASCII),
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>"
                        .getBytes(StandardCharsets.US_ASCII),
                stream("", "595 0 0 842 0 0 cm /P Do".getBytes(StandardCharsets.US_ASCII)),
                stream(
                        "/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8",
                        new byte[16]));
    }

    private static byte[] stream(String entries, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                "<<%s/Length %d>>\nstream\n"
                        .formatted(entries, content.length)
                        .getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(content);
        out.writeBytes("\nendstream".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** A file with these objects, numbered from 1; the first is the catalogue. */
    private static byte[] pdf(byte[]... objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < objects.length; i++) {
            places.append("%010d 00000 n \n".formatted(out.size()));
            out.writeBytes("%d 0 obj\n".formatted(i + 1).getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(objects[i]);
            out.writeBytes("\nendobj\n".getBytes(StandardCharsets.US_ASCII));
        }
        int start = out.size();
        out.writeBytes(
                "xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
                        .formatted(objects.length + 1, places, objects.length + 1, start)
                        .getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
