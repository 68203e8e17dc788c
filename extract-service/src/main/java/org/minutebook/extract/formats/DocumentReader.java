package org.minutebook.extract.formats;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.parser.CompositeParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.pages.DiskFaults;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads a document of any format to pages of lines. What stems from the file is an outcome, with a
 * reason and a sentence for a clerk; what stems from this code or from the machine is an exception.
 * Safe for use by many threads.
 */
public final class DocumentReader {

    private static final Logger log = LoggerFactory.getLogger(DocumentReader.class);

    /** Packages whose exceptions say that our code is wrong, not the file. */
    private static final String OURS = "org.minutebook.";

    private final ReadingLimits limits;
    private final FormatDetection detection = new FormatDetection();
    private final Parser parser =
            new CompositeParser(
                    MediaTypeRegistry.getDefaultRegistry(),
                    List.of(
                            new PositionedPdfParser(),
                            new WordParser(),
                            new OpenDocumentTextParser(),
                            new XhtmlParser(),
                            new PlainTextParser()));

    public DocumentReader(ReadingLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a file.
     *
     * @param file its bytes
     * @param name name under which it came in, held against what the bytes say
     * @param ocr pages that OCR has read already
     * @throws IOException when the file cannot be reached, or the disk fails or is full; its
     *     content is never the reason
     */
    public FileContent read(Path file, String name, OcrPages ocr) throws IOException {
        long size = Files.size(file);
        if (size == 0) {
            return refused(RefusalReason.EMPTY, "The file has no content.");
        }
        if (size > limits.maxSize().toBytes()) {
            return refused(
                    RefusalReason.TOO_LARGE,
                    "The file has %d MB, the limit is %s."
                            .formatted(size >> 20, Budget.size(limits.maxSize())));
        }
        Budget budget = new Budget(limits);
        PageSink sink = new PageSink(budget, ocr);
        try {
            FileContent content = parse(file, name, sink);
            RefusedException passed = budget.passed();
            return passed == null ? content : refused(passed.reason(), passed.detail());
        } catch (FileSystemException | FileNotFoundException e) {
            throw e;
        } catch (LinkageError e) {
            throw new IllegalStateException("A library is missing or does not fit: " + e, e);
        } catch (IOException
                | SAXException
                | TikaException
                | RuntimeException
                | StackOverflowError
                | OutOfMemoryError e) {
            IOException fault = DiskFaults.behind(e);
            if (fault != null) {
                throw fault;
            }
            return refused(e, budget, name);
        }
    }

    private FileContent parse(Path file, String name, PageSink sink)
            throws IOException, SAXException, TikaException {
        Format format = detection.detect(file, name);
        Metadata metadata = new Metadata();
        metadata.set(Metadata.CONTENT_TYPE, format.mediaType().toString());
        ParseContext context = new ParseContext();
        context.set(PageSink.class, sink);
        context.set(EmbeddedDocumentExtractor.class, new NothingEmbedded());
        try (TikaInputStream in = TikaInputStream.get(file)) {
            parser.parse(in, new DefaultHandler(), metadata, context);
        }
        List<Page> pages = sink.pages();
        if (pages.isEmpty()) {
            throw new RefusedException(RefusalReason.NO_PAGES, "The document has no pages.");
        }
        if (pages.stream().allMatch(page -> page.reading() == Page.Reading.UNREAD)) {
            throw new RefusedException(
                    RefusalReason.DAMAGED,
                    "None of its pages can be read. Save the document anew from the program that made it.");
        }
        return new FileContent.Readable(
                format.mediaType().toString(),
                blankToNull(metadata.get(TikaCoreProperties.TITLE)),
                pages,
                sink.bookmarks());
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static FileContent.Refused refused(RefusalReason reason, String detail) {
        return new FileContent.Refused(reason, detail);
    }

    private static FileContent refused(Throwable thrown, Budget budget, String name) {
        RefusedException passed = budget.passed();
        for (Throwable cause = thrown; cause != null && passed == null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                passed = refused;
            } else if (cause instanceof EncryptedDocumentException) {
                passed =
                        new RefusedException(
                                RefusalReason.ENCRYPTED,
                                "The document is protected with a password. Save a copy without one and upload that.");
            }
        }
        if (passed != null) {
            return refused(passed.reason(), passed.detail());
        }
        if (thrown instanceof RuntimeException bug && isOurs(bug)) {
            throw bug;
        }
        log.info("{} cannot be read", name, thrown);
        return switch (thrown) {
            case OutOfMemoryError e ->
                    refused(
                            RefusalReason.TOO_DEMANDING,
                            "Reading it takes more memory than there is. Save the document anew from the program that made it, or split it.");
            case StackOverflowError e ->
                    refused(
                            RefusalReason.TOO_DEMANDING,
                            "Its parts are nested too deeply. Save the document anew from the program that made it.");
            default ->
                    refused(
                            RefusalReason.DAMAGED,
                            "The file is damaged and cannot be read. Download or save it again and upload that.");
        };
    }

    /** Whether our own code threw, judged by the first frame that is not of the JDK. */
    private static boolean isOurs(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        for (StackTraceElement frame : root.getStackTrace()) {
            String type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
                return type.startsWith(OURS);
            }
        }
        return true;
    }

    /** Files within a document are no part of its text, and a way to hide bombs. */
    private static final class NothingEmbedded implements EmbeddedDocumentExtractor {

        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
        }

        @Override
        public void parseEmbedded(
                InputStream stream, ContentHandler handler, Metadata metadata, boolean html) {
            throw new IllegalStateException("asked to leave embedded files alone");
        }
    }
}
