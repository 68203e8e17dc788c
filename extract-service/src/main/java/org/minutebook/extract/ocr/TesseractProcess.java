package org.minutebook.extract.ocr;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Tesseract that reads one picture after the other. Loading what it knows of a language takes it
 * a fifth of a second, a seventh of what a page takes. It is given the names of the pictures on its
 * standard input ({@code stream_filelist}) and writes the hOCR of each page as soon as it is read.
 */
final class TesseractProcess implements AutoCloseable {

    /**
     * Has a program write at once what it would keep until there is more; part of GNU coreutils.
     */
    private static final Path UNBUFFERED = Path.of("/usr/bin/stdbuf");

    /** A dense page takes 200 kB of hOCR. */
    private static final int MOST_OUTPUT = 16 << 20;

    private static final String PAGE = "  <div class='ocr_page'";

    /** What is within a page is indented further. */
    private static final byte[] END_OF_PAGE = "\n  </div>\n".getBytes(StandardCharsets.US_ASCII);

    /** What a page that is kept back comes within, once nothing more is to be read. */
    private static final Duration KEPT_BACK = Duration.ofSeconds(2);

    private final long dpi;
    private final Process process;
    private final InputStream output;

    /** Whether it can take a picture after the present one: its input is open. */
    private boolean takesMore;

    private boolean keepsBack;
    private long idleSince;

    private TesseractProcess(long dpi, boolean takesMore, Process process) {
        this.dpi = dpi;
        this.takesMore = takesMore;
        this.process = process;
        this.output = new BufferedInputStream(process.getInputStream(), 1 << 16);
    }

    /** Whether the system can have programs write at once, asked once. */
    static boolean canBeUnbuffered() {
        return Unbuffering.WORKS;
    }

    private static final class Unbuffering {

        private static final boolean WORKS = Files.isExecutable(UNBUFFERED) && works();

        private static boolean works() {
            try {
                Process process =
                        new ProcessBuilder(UNBUFFERED.toString(), "-o0", "true")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                return process.waitFor() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /**
     * Starts one.
     *
     * @param program what runs it
     * @param folder where all pictures lie that it is going to read
     * @param dpi dots an inch of all of them
     * @param several whether it is to read more than one; only where it {@link #canBeUnbuffered}
     */
    static TesseractProcess start(
            List<String> program, Path folder, String languages, long dpi, boolean several)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (several) {
            command.addAll(List.of(UNBUFFERED.toString(), "-o0"));
        }
        command.addAll(program);
        command.addAll(List.of("-", "stdout", "-l", languages, "--dpi", Long.toString(dpi)));
        command.addAll(List.of("--psm", "3"));
        command.addAll(List.of("-c", "tessedit_create_hocr=1", "-c", "stream_filelist=1"));
        ProcessBuilder builder = Tesseract.onOneProcessor(command).directory(folder.toFile());
        return new TesseractProcess(dpi, several, builder.start());
    }

    /** Whether it can read a picture of this resolution now. */
    boolean isReadyFor(long otherDpi) {
        return dpi == otherDpi && process.isAlive();
    }

    /** Whether it reads another picture after the last one. */
    boolean takesMore() {
        return takesMore;
    }

    /** Whether it wrote a page only once there was no more to read. */
    boolean keepsBack() {
        return keepsBack;
    }

    void rest() {
        idleSince = System.nanoTime();
    }

    boolean hasRestedFor(Duration time) {
        return System.nanoTime() - idleSince >= time.toNanos();
    }

    /**
     * Has it read a picture.
     *
     * @return the page's element of hOCR
     * @throws IOException where it fails, or does not finish within the limit; it is of no use then
     */
    String read(Path picture, Duration limit) throws IOException, InterruptedException {
        if (output.available() > 0) {
            throw new IOException("Tesseract says more than one page of a picture");
        }
        FutureTask<String> page = new FutureTask<>(this::page);
        Thread.ofVirtual().name("tesseract-output").start(page);
        // The name alone, in its folder: a path may have letters that are written otherwise there.
        process.getOutputStream()
                .write((picture.getFileName() + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        if (!takesMore) {
            process.getOutputStream().close();
        }
        try {
            return awaited(page, limit);
        } catch (TimeoutException e) {
            throw Tesseract.tookLongerThan(limit);
        } catch (ExecutionException e) {
            throw new IOException("no page comes from Tesseract", e.getCause());
        }
    }

    /** A program that keeps its output back all the same writes it when its input ends. */
    private String awaited(FutureTask<String> page, Duration limit)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long half = limit.toNanos() / 2;
        try {
            return page.get(half, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            takesMore = false;
            process.getOutputStream().close();
        }
        try {
            String text = page.get(Math.min(half, KEPT_BACK.toNanos()), TimeUnit.NANOSECONDS);
            keepsBack = true;
            return text;
        } catch (TimeoutException e) {
            return page.get(Math.max(0, half - KEPT_BACK.toNanos()), TimeUnit.NANOSECONDS);
        }
    }

    private String page() throws IOException, InterruptedException {
        ByteArrayOutputStream page = new ByteArrayOutputStream(1 << 18);
        byte[] last = new byte[END_OF_PAGE.length];
        while (!Arrays.equals(last, END_OF_PAGE)) {
            int next = output.read();
            if (next < 0) {
                throw new IOException("Tesseract ended with status " + process.waitFor());
            }
            page.write(next);
            if (page.size() > MOST_OUTPUT) {
                throw new IOException("it wrote more than " + MOST_OUTPUT + " bytes");
            }
            System.arraycopy(last, 1, last, 0, last.length - 1);
            last[last.length - 1] = (byte) next;
        }
        String text = page.toString(StandardCharsets.UTF_8);
        int start = text.indexOf(PAGE);
        if (start < 0) {
            throw new IOException("what Tesseract wrote is no page");
        }
        return text.substring(start);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
