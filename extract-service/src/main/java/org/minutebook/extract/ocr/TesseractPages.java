package org.minutebook.extract.ocr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.pages.Page;

/** Draws a page, has Tesseract read it, and where it seems to lie turned, turned. */
final class TesseractPages implements PageOcr {

    /** Letters that an upright page with text on it has at least. */
    private static final int FEW_LETTERS = 40;

    /** Share of the letters that are read surely on a page that is upright. */
    private static final double MOST_SURE = 0.6;

    private final Tesseract tesseract;
    private final PagePainter painter;

    TesseractPages(ExtractSettings.Ocr settings, int atOnce) {
        this.tesseract = new Tesseract(settings, atOnce);
        this.painter = new PagePainter(settings.dpi());
    }

    @Override
    public Page read(Path file, int number, Duration limit)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Picture picture = painter.draw(file, number, left(deadline));
        ReadPicture read = new ReadPicture(picture, tesseract.read(picture, left(deadline)));
        if (read.letters() < FEW_LETTERS || read.sureLetters() < MOST_SURE * read.letters()) {
            for (int turns : turns(read, deadline)) {
                Picture turned = picture.turned(turns);
                ReadPicture again = new ReadPicture(turned, tesseract.read(turned, left(deadline)));
                read = again.sureLetters() > read.sureLetters() ? again : read;
            }
        }
        if (picture.flawed() && read.sureLetters() == 0) {
            throw new IOException("a picture on it cannot be drawn");
        }
        return read.page(number);
    }

    @Override
    public void close() {
        tesseract.close();
    }

    /** Quarter turns clockwise that may make a poorly read page upright. */
    private List<Integer> turns(ReadPicture read, long deadline)
            throws IOException, InterruptedException {
        if (read.runsUpOrDown()) {
            return List.of(1, 3);
        }
        int turns = tesseract.turnsToUpright(read.picture(), left(deadline));
        return turns == 0 ? List.of() : List.of(turns);
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }
}
