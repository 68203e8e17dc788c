package org.minutebook.extract.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.pages.PdfBookmarks;
import org.minutebook.extract.pages.PdfPages;
import org.xml.sax.ContentHandler;

/** Reads PDF on PDFBox to lines with their positions, which Tika's own parser does not keep. */
final class PositionedPdfParser implements Parser {

    private static final long serialVersionUID = 1L;

    /** Longest work on one page before it is given up and reported unread. */
    private static final Duration PAGE_LIMIT = Duration.ofSeconds(10);

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return Set.of(Format.PDF.mediaType());
    }

    @Override
    public void parse(
            InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, TikaException {
        PageSink sink = PageSink.of(context);
        Budget budget = sink.budget();
        Path file = TikaInputStream.get(stream).getPath();
        if (PdfEnding.isCutOff(file)) {
            throw new RefusedException(
                    RefusalReason.DAMAGED,
                    "The PDF is incomplete: its end is missing. Download or save it again and upload that.");
        }
        RandomAccessRead source = new RandomAccessReadBufferedFile(file);
        Thread watch = watch(source, budget);
        try (source;
                PDDocument document = new GuardedPdfParser(source, budget, false).parse()) {
            int count = document.getNumberOfPages();
            if (count <= 0) {
                throw new RefusedException(
                        RefusalReason.NO_PAGES,
                        "The PDF has no pages. Save the document anew and upload that.");
            }
            budget.checkPages(count);
            title(document, metadata);
            new PdfPages(PAGE_LIMIT).read(document, sink.ocr(), sink::put);
            sink.putBookmarks(PdfBookmarks.of(document));
        } finally {
            watch.interrupt();
        }
    }

    private static void title(PDDocument document, Metadata metadata) {
        String title = document.getDocumentInformation().getTitle();
        if (title != null) {
            metadata.set(TikaCoreProperties.TITLE, title);
        }
    }

    /**
     * Takes the file away from under a parser that goes on after the time is up. It ends loops that
     * read the file, such as the search for objects of a broken one; pages look at the clock
     * themselves.
     */
    private static Thread watch(RandomAccessRead source, Budget budget) {
        return Thread.ofVirtual()
                .name("pdf-time-limit")
                .start(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Duration left = budget.timeLeft();
                        if (!left.isPositive()) {
                            budget.tooSlow();
                            closeQuietly(source);
                            return;
                        }
                        LockSupport.parkNanos(left.toNanos());
                    }
                });
    }

    private static void closeQuietly(RandomAccessRead source) {
        try {
            source.close();
        } catch (IOException e) {
            // It is closed as far as it can be; the refusal is remembered all the same.
        }
    }
}
