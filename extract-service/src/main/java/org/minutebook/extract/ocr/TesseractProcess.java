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

    private final long dpi;
    private final Process process;
    private final InputStream output;

    /** Whether it can take a picture after the present one. */
    private final boolean takesMore = Files.isExecutable(UNBUFFERED);

    private long idleSince;

    private TesseractProcess(long dpi, ProcessBuilder builder) throws IOException {
        this.dpi = dpi;
        this.process = builder.start();
        this.output = new BufferedInputStream(process.getInputStream(), 1 << 16);
    }

    /**
     * Starts one.
     *
     * @param command what runs the program, and how
     * @param dpi dots an inch of all pictures that it is going to read
     */
    static TesseractProcess start(List<String> command, String languages, long dpi)
            throws IOException {
        List<String> all = new ArrayList<>();
        if (Files.isExecutable(UNBUFFERED)) {
            all.addAll(List.of(UNBUFFERED.toString(), "-o0"));
        }
        all.addAll(command);
        all.addAll(List.of("-", "stdout", "-l", languages, "--dpi", Long.toString(dpi)));
        all.addAll(List.of("--psm", "3"));
        all.addAll(List.of("-c", "tessedit_create_hocr=1", "-c", "stream_filelist=1"));
        return new TesseractProcess(dpi, Tesseract.onOneProcessor(all));
    }

    /** Whether it can read a picture of this resolution now. */
    boolean isReadyFor(long otherDpi) {
        return takesMore && dpi == otherDpi && process.isAlive();
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
        FutureTask<String> page = new FutureTask<>(this::page);
        Thread.ofVirtual().name("tesseract-output").start(page);
        process.getOutputStream().write((picture + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        if (!takesMore) {
            process.getOutputStream().close(); // so that it writes what it has
        }
        try {
            return page.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "Tesseract took longer than %d s (minutebook.extract.ocr.page-time-limit)"
                            .formatted(limit.toSeconds()),
                    e);
        } catch (ExecutionException e) {
            throw new IOException("no page comes from Tesseract", e.getCause());
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
