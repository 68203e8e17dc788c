package org.minutebook.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.ocr.ScanReader;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;

/** How fast scanned pages are read, over what Tesseract alone takes for the same pictures. */
final class OcrRate {

    private static final int DPI = 300;

    /** Pages of a round at least: fewer are over before both processors have had their share. */
    private static final int PAGES = 24;

    private final ExtractSettings.Ocr settings =
            Binder.get(new StandardEnvironment()).bindOrCreate("", ExtractSettings.Ocr.class);

    private record Scan(Path file, int pages) {}

    /** Our pages a second over Tesseract's; the middle one of so many rounds. */
    double ratio(List<Path> files, int rounds, Path scratch)
            throws IOException, InterruptedException {
        List<Scan> scans = new ArrayList<>();
        List<Path> pictures = new ArrayList<>();
        for (Path file : files) {
            try (PDDocument document = Loader.loadPDF(file.toFile())) {
                scans.add(new Scan(file, document.getNumberOfPages()));
                for (int page = 0; page < document.getNumberOfPages(); page++) {
                    BufferedImage image =
                            new PDFRenderer(document).renderImageWithDPI(page, DPI, ImageType.GRAY);
                    Path picture = scratch.resolve("page-%d.png".formatted(pictures.size()));
                    ImageIO.write(image, "png", picture.toFile());
                    pictures.add(picture);
                }
            }
        }
        if (!pictures.isEmpty()) {
            int times = Math.ceilDiv(PAGES, pictures.size());
            repeat(scans, times);
            repeat(pictures, times);
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double bare = bare(pictures);
            double ours = ours(scans);
            if (round > 0) { // in the first one Java compiles what draws pages
                ratios.add(bare / ours);
            }
        }
        for (Path picture : pictures) {
            Files.deleteIfExists(picture);
        }
        return Measured.median(ratios);
    }

    private static <T> void repeat(List<T> list, int times) {
        List<T> once = List.copyOf(list);
        for (int i = 1; i < times; i++) {
            list.addAll(once);
        }
    }

    private double ours(List<Scan> scans) throws InterruptedException {
        long start = System.nanoTime();
        try (ScanReader reader = new ScanReader(settings);
                ExecutorService documents = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> read = new ArrayList<>();
            for (Scan scan : scans) {
                read.add(
                        documents.submit(() -> {
                            reader.read(
                                    scan.file(),
                                    IntStream.rangeClosed(1, scan.pages()).boxed().toList(),
                                    page -> {});
                            return null;
                        }));
            }
            awaitAll(read);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private double bare(List<Path> pictures) throws InterruptedException {
        long start = System.nanoTime();
        try (ExecutorService cores =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<?>> read = new ArrayList<>();
            for (Path picture : pictures) {
                read.add(cores.submit(() -> tesseract(picture)));
            }
            awaitAll(read);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private Object tesseract(Path picture) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                settings.command(),
                                picture.toString(),
                                "stdout",
                                "-l",
                                settings.languages(),
                                "--dpi",
                                Integer.toString(DPI),
                                "-c",
                                "tessedit_create_hocr=1")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OMP_THREAD_LIMIT", "1");
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IOException("tesseract ended with " + status);
        }
        return status;
    }

    private static void awaitAll(List<Future<?>> tasks) throws InterruptedException {
        for (Future<?> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
