package org.minutebook.extract.ocr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.ExtractSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Tesseract program: a child process for each picture, with bounds on its time and on what it
 * says, on one processor and behind everything else that wants one.
 */
final class Tesseract {

    private static final Logger log = LoggerFactory.getLogger(Tesseract.class);

    /** A dense page takes 200 kB of hOCR. */
    private static final int MOST_OUTPUT = 16 << 20;

    private static final Duration LOOK_LIMIT = Duration.ofSeconds(20);

    /** Gives way to whatever else wants the processor, as the documents of the fast lane. */
    private static final Path NICE = Path.of("/usr/bin/nice");

    private static final Pattern ROTATE = Pattern.compile("(?m)^Rotate: (\\d+)$");

    private final ExtractSettings.Ocr settings;

    private long lookAgainAt;
    private @Nullable Set<String> languages;

    Tesseract(ExtractSettings.Ocr settings) {
        this.settings = settings;
        this.lookAgainAt = System.nanoTime();
    }

    /**
     * Makes sure that it is there and knows the languages; where it was not, it is looked for again
     * after a while.
     *
     * @throws OcrAbsentException where it is not there
     */
    void require() {
        Set<String> known = known();
        if (known == null) {
            throw new OcrAbsentException(
                    "Tesseract is not installed: there is no program %s (minutebook.extract.ocr.command). Install it, on Debian or Ubuntu by apt-get install tesseract-ocr; what waits for it then goes on by itself."
                            .formatted(settings.command()));
        }
        for (String language : settings.languages().split("\\+", -1)) {
            if (!known.contains(language)) {
                throw new OcrAbsentException(
                        "Tesseract does not know the language %s (minutebook.extract.ocr.languages). Install it, on Debian or Ubuntu by apt-get install tesseract-ocr-%s; what waits for it then goes on by itself."
                                .formatted(language, language));
            }
        }
    }

    /** Forgets that it was there, so that the next look is a real one. */
    synchronized void forget() {
        languages = null;
        lookAgainAt = System.nanoTime();
    }

    /** Languages that are installed; null where the program is not there. */
    private synchronized @Nullable Set<String> known() {
        if (languages == null && System.nanoTime() - lookAgainAt >= 0) {
            lookAgainAt = System.nanoTime() + settings.lookAgain().toNanos();
            try {
                Result result = run(List.of(settings.command(), "--list-langs"), LOOK_LIMIT);
                languages = result.succeeded() ? Set.copyOf(result.text().lines().toList()) : null;
            } catch (IOException e) {
                log.debug("{} cannot be started", settings.command(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return languages;
    }

    /**
     * Reads a picture.
     *
     * @throws IOException where Tesseract failed, or did not finish within the limit
     */
    List<Hocr.TextLine> read(Picture picture, Duration limit)
            throws IOException, InterruptedException {
        Result result =
                run(
                        picture,
                        limit,
                        List.of(
                                "stdout",
                                "-l",
                                settings.languages(),
                                "--dpi",
                                Long.toString(Math.round(picture.dpi())),
                                "--psm",
                                "3",
                                "-c",
                                "tessedit_create_hocr=1"));
        if (!result.succeeded()) {
            throw new IOException("Tesseract ended with status " + result.status());
        }
        try {
            return Hocr.read(result.output());
        } catch (IllegalArgumentException e) {
            throw new IOException("what Tesseract wrote cannot be read", e);
        }
    }

    /** Quarter turns clockwise that perhaps make a picture upright; 0 where that cannot be told. */
    int turnsToUpright(Picture picture, Duration limit) throws IOException, InterruptedException {
        Set<String> known = known();
        if (known == null || !known.contains("osd")) {
            return 0;
        }
        Result result =
                run(
                        picture,
                        limit,
                        List.of(
                                "stdout",
                                "--dpi",
                                Long.toString(Math.round(picture.dpi())),
                                "--psm",
                                "0"));
        Matcher rotate = ROTATE.matcher(result.text());
        return result.succeeded() && rotate.find()
                ? Integer.parseInt(rotate.group(1)) / 90 % 4
                : 0; // too little text to tell
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Result(int status, byte[] output) {

        boolean succeeded() {
            return status == 0;
        }

        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    /**
     * Has it read a picture from a file, which takes Tesseract a quarter of a second less a page
     * than from its standard input.
     *
     * @param options what follows the name of the picture
     */
    private Result run(Picture picture, Duration limit, List<String> options)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("minutebook-page-", ".bmp");
        try {
            picture.writeTo(file);
            List<String> command = new ArrayList<>();
            if (Files.isExecutable(NICE)) {
                command.addAll(List.of(NICE.toString(), "-n", "10"));
            }
            command.addAll(List.of(settings.command(), file.toString()));
            command.addAll(options);
            return run(command, limit);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Result run(List<String> command, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // Several pages are read at once; threads for one page would only get in their way.
        builder.environment().put("OMP_THREAD_LIMIT", "1");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            FutureTask<byte[]> output = new FutureTask<>(() -> output(process));
            Thread.ofVirtual().name("tesseract-output").start(output);
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException(
                        "Tesseract took longer than %d s (minutebook.extract.ocr.page-time-limit)"
                                .formatted(limit.toSeconds()));
            }
            return new Result(process.exitValue(), output.get());
        } catch (ExecutionException e) {
            throw new IOException("Tesseract cannot be read from", e.getCause());
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] output(Process process) throws IOException {
        try (InputStream in = process.getInputStream()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                if (out.size() > MOST_OUTPUT) {
                    throw new IOException("it wrote more than " + MOST_OUTPUT + " bytes");
                }
            }
            return out.toByteArray();
        }
    }
}
