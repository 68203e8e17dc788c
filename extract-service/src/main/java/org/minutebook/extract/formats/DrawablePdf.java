package org.minutebook.extract.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.util.unit.DataSize;

/** Opens PDF whose pages are to be drawn. */
public final class DrawablePdf {

    /** Room for a page of A4 in colour at 600 dots an inch. */
    private static final DataSize LARGEST_PART = DataSize.ofMegabytes(128);

    private DrawablePdf() {}

    /**
     * Opens a file that was read before. What a picture in it unpacks to is limited, and so is the
     * time for what is loaded of it.
     *
     * @param timeLimit longest time from now in which parts of it are loaded
     * @throws IOException also past a limit, now or when a part is loaded
     */
    public static PDDocument open(Path file, Duration timeLimit) throws IOException {
        ReadingLimits usual = ReadingLimits.DEFAULT;
        ReadingLimits limits =
                new ReadingLimits(
                        usual.maxSize(),
                        usual.maxPages(),
                        usual.maxText(),
                        LARGEST_PART,
                        timeLimit,
                        Duration.ZERO);
        RandomAccessRead source = new RandomAccessReadBufferedFile(file);
        try {
            // The document closes its source.
            return new GuardedPdfParser(source, new Budget(limits), true).parse();
        } catch (IOException | RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }
}
