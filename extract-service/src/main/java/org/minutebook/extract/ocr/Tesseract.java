package org.minutebook.extract.ocr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
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
 * The Tesseract program: child processes with bounds on their time and on what they say, each on
 * one processor and behind everything else that wants one. Safe for use by many threads.
 */
final class Tesseract implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Tesseract.class);

    private static final Duration LOOK_LIMIT = Duration.ofSeconds(20);

    /** Longest that a process waits for the next picture; it holds 90 MB. */
    private static final Duration REST = Duration.ofSeconds(10);

    /** What is said of languages and of how a page lies is short. */
    private static final int MOST_OUTPUT = 1 << 20;

    /** Gives way to whatever else wants the processor, as the documents of the fast lane. */
    private static final Path NICE = Path.of("/usr/bin/nice");

    private static final Pattern ROTATE = Pattern.compile("(?m)^Rotate: (\\d+)$");

    /** Dots an inch between two resolutions that Tesseract is told: 4 in 100 make no difference. */
    private static final long RESOLUTION_STEP = 25;

    private final ExtractSettings.Ocr settings;
    private final int mostResting;

    /** Whether a process reads several pictures: where its output comes at once. */
    private volatile boolean several = TesseractProcess.canBeUnbuffered();

    private volatile boolean closed;

    /** Processes that wait for a picture, the one that has just read one first. */
    private final Deque<TesseractProcess> resting = new ConcurrentLinkedDeque<>();

    private long lookAgainAt;
    private @Nullable Set<String> languages;

    /**
     * Makes it ready; nothing is started yet.
     *
     * @param atOnce pictures read at once; twice as many processes may wait for the next ones, as
     *     pages of two resolutions take turns
     */
    Tesseract(ExtractSettings.Ocr settings, int atOnce) {
        this.settings = settings;
        this.mostResting = 2 * atOnce;
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
        long dpi = Math.round(picture.dpi() / RESOLUTION_STEP) * RESOLUTION_STEP;
        return inFile(
                picture,
                file -> {
                    TesseractProcess process = processFor(file, dpi);
                    boolean read = false;
                    try {
                        List<Hocr.TextLine> lines = Hocr.read(process.read(file, limit));
                        read = true;
                        return lines;
                    } catch (IllegalArgumentException e) {
                        throw new IOException("what Tesseract wrote cannot be read", e);
                    } finally {
                        if (read && process.takesMore()) {
                            rest(process);
                        } else {
                            if (process.keepsBack()) {
                                several = false;
                            }
                            process.close();
                        }
                    }
                });
    }

    /** One that rests and reads pictures of this resolution, or else a new one. */
    private TesseractProcess processFor(Path file, long dpi) throws IOException {
        for (TesseractProcess process : resting) {
            if (process.isReadyFor(dpi) && resting.remove(process)) {
                return process;
            }
        }
        Path folder = file.resolveSibling("");
        return TesseractProcess.start(program(), folder, settings.languages(), dpi, several);
    }

    private void rest(TesseractProcess process) {
        process.rest();
        resting.addFirst(process);
        if (closed) {
            endThoseAtRestFor(Duration.ZERO);
            return;
        }
        TesseractProcess tooMany = resting.size() > mostResting ? resting.pollLast() : null;
        if (tooMany != null) {
            tooMany.close();
        }
        CompletableFuture.delayedExecutor(REST.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> endThoseAtRestFor(REST));
    }

    private void endThoseAtRestFor(Duration time) {
        for (TesseractProcess process : resting) {
            if (process.hasRestedFor(time) && resting.remove(process)) {
                process.close();
            }
        }
    }

    /** Ends the processes that wait for a picture. */
    @Override
    public void close() {
        closed = true;
        endThoseAtRestFor(Duration.ZERO);
    }

    /** Quarter turns clockwise that perhaps make a picture upright; 0 where that cannot be told. */
    int turnsToUpright(Picture picture, Duration limit) throws IOException, InterruptedException {
        Set<String> known = known();
        if (known == null || !known.contains("osd")) {
            return 0;
        }
        Result result =
                inFile(
                        picture,
                        file -> {
                            List<String> command = program();
                            command.addAll(List.of(file.toString(), "stdout", "--psm", "0"));
                            command.addAll(
                                    List.of("--dpi", Long.toString(Math.round(picture.dpi()))));
                            return run(command, limit);
                        });
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

    /** Does something with a picture in a file, which is gone afterwards. */
    private static <T> T inFile(Picture picture, Reading<T> reading)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("minutebook-page-", ".bmp");
        try {
            picture.writeTo(file);
            return reading.of(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private interface Reading<T> {

        T of(Path file) throws IOException, InterruptedException;
    }

    /** What runs it. */
    private List<String> program() {
        List<String> program = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            program.addAll(List.of(NICE.toString(), "-n", "10"));
        }
        program.add(settings.command());
        return program;
    }

    /** Several pages are read at once; threads for one page would only get in their way. */
    static ProcessBuilder onOneProcessor(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OMP_THREAD_LIMIT", "1");
        return builder;
    }

    static IOException tookLongerThan(Duration limit) {
        return new IOException(
                "Tesseract took longer than %d s (minutebook.extract.ocr.page-time-limit)"
                        .formatted(limit.toSeconds()));
    }

    private static Result run(List<String> command, Duration limit)
            throws IOException, InterruptedException {
        Process process = onOneProcessor(command).start();
        try {
            process.getOutputStream().close();
            FutureTask<byte[]> output = new FutureTask<>(() -> output(process));
            Thread.ofVirtual().name("tesseract-output").start(output);
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw tookLongerThan(limit);
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
