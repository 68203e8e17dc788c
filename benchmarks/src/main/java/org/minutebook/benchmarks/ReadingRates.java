package org.minutebook.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.extract.DocumentExtraction;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.workers.Workers;

/**
 * How fast files are read in one process on all cores: their plain text, and their agenda items.
 */
final class ReadingRates implements AutoCloseable {

    /** What is measured reads the id and looks at nothing behind it. */
    private static final DocumentId NOBODY = DocumentId.of(ContentHash.of(new byte[0]));

    private final DocumentExtraction extraction = new DocumentExtraction();
    private final ExecutorService cores;

    /** Reads so many files at once. */
    ReadingRates(int atOnce) {
        cores = Executors.newFixedThreadPool(atOnce);
    }

    /**
     * What is there to read.
     *
     * @param pages of the documents with text
     * @param scannedPages of the scans
     */
    record Sorted(List<Path> texts, List<Path> scans, int pages, int scannedPages) {}

    @FunctionalInterface
    private interface Reading {
        int pagesOf(Path file) throws IOException;
    }

    /** The PDFs of folders and their subfolders, folder by folder in the order of their names. */
    static List<Path> pdfs(List<Path> folders) throws IOException {
        List<Path> pdfs = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".pdf"))
                        .sorted()
                        .forEach(pdfs::add);
            }
        }
        return pdfs;
    }

    /** Documents with text and scans; what cannot be read is left out. */
    Sorted sort(List<Path> files) throws InterruptedException {
        List<Path> texts = new ArrayList<>();
        List<Path> scans = new ArrayList<>();
        int pages = 0;
        int scannedPages = 0;
        List<Future<Extraction>> read =
                files.stream().map(file -> cores.submit(() -> extract(file))).toList();
        for (int i = 0; i < files.size(); i++) {
            switch (of(read.get(i))) {
                case Extraction.Extracted extracted -> {
                    texts.add(files.get(i));
                    pages += extracted.read().pagesPrinted();
                }
                case Extraction.OcrNeeded(var _, int printed) -> {
                    scans.add(files.get(i));
                    scannedPages += printed;
                }
                case Extraction.Refused _ -> {}
            }
        }
        return new Sorted(texts, scans, pages, scannedPages);
    }

    /** Seconds that PDFBox takes for the plain text of the files. */
    double plainText(List<Path> files) throws InterruptedException {
        return seconds(files, ReadingRates::text);
    }

    /** Seconds for the agenda items of the files. */
    double agendaItems(List<Path> files) throws InterruptedException {
        return seconds(files, file -> pages(extract(file)));
    }

    /** Seconds for the same by processes of their own. */
    double agendaItems(List<Path> files, Workers workers) throws InterruptedException {
        return seconds(
                files,
                file ->
                        pages(
                                workers.read(
                                        NOBODY,
                                        String.valueOf(file.getFileName()),
                                        file,
                                        OcrPages.NONE)));
    }

    private static int pages(Extraction extraction) {
        return extraction instanceof Extraction.Extracted(var read, var _)
                ? read.pagesPrinted()
                : 0;
    }

    private double seconds(List<Path> files, Reading reading) throws InterruptedException {
        long start = System.nanoTime();
        List<Future<Integer>> pages =
                files.stream().map(file -> cores.submit(() -> reading.pagesOf(file))).toList();
        for (Future<Integer> each : pages) {
            of(each);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static <T> T of(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a file cannot be read", e.getCause());
        }
    }

    /** Has PDFBox read the plain text; returns the pages. */
    static int text(Path file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            // The length is used, so that the work cannot be optimised away.
            if (new PDFTextStripper().getText(document).isEmpty()) {
                System.err.println(file + " has no text");
            }
            return document.getNumberOfPages();
        }
    }

    /** Cuts a file into its agenda items. */
    Extraction extract(Path file) throws IOException {
        return extraction.extract(NOBODY, file, String.valueOf(file.getFileName()), OcrPages.NONE);
    }

    @Override
    public void close() {
        cores.close();
    }
}
