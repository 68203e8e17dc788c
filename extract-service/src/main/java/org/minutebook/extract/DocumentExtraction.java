package org.minutebook.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.Attendance;
import org.minutebook.contracts.Box;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.pages.PdfPages;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.segmentation.Segmentation;
import org.minutebook.extract.segmentation.Segmented;

/** From a file to its agenda items: the service's story. */
public final class DocumentExtraction {

    /** Longest work on one page before it is given up. */
    private static final Duration PAGE_LIMIT = Duration.ofSeconds(10);

    private final PdfPages pdfPages = new PdfPages(PAGE_LIMIT);

    /**
     * Reads a document and cuts it into its items.
     *
     * @param document its id, from its bytes
     * @param file its bytes
     * @param name name under which it came in, for the type that it says
     * @param ocr pages that OCR has read already
     */
    public Extraction extract(DocumentId document, Path file, String name, OcrPages ocr)
            throws IOException {
        if (Files.size(file) == 0) {
            return refused(RefusalReason.EMPTY);
        }
        List<Page> pages;
        try (PDDocument pdf = Loader.loadPDF(file.toFile())) {
            if (pdf.getNumberOfPages() == 0) {
                return refused(RefusalReason.NO_PAGES);
            }
            pages = pdfPages.read(pdf, ocr);
        } catch (InvalidPasswordException e) {
            return refused(RefusalReason.ENCRYPTED);
        } catch (IOException e) {
            return refused(RefusalReason.DAMAGED);
        }
        List<Integer> scanned =
                pages.stream()
                        .filter(page -> page.reading() == Page.Reading.SCANNED)
                        .map(Page::number)
                        .toList();
        if (!scanned.isEmpty()) {
            return new Extraction.OcrNeeded(scanned, pages.size());
        }
        Segmented segmented = Segmentation.cut(pages);
        return new Extraction.Extracted(read(pages), items(document, segmented.entries()));
    }

    private static Extraction.Refused refused(RefusalReason reason) {
        return new Extraction.Refused(reason, reason.explanation());
    }

    private static ReadDocument read(List<Page> pages) {
        int unread = 0;
        int byOcr = 0;
        for (Page page : pages) {
            unread += page.reading() == Page.Reading.UNREAD ? 1 : 0;
            byOcr += page.reading() == Page.Reading.OCR ? 1 : 0;
        }
        return new ReadDocument(
                "application/pdf",
                Metadata.NONE,
                null,
                null,
                null,
                Attendance.NONE,
                List.of(),
                pages.size(),
                pages.size() - unread,
                byOcr);
    }

    private static List<AgendaItem> items(DocumentId document, List<Entry> entries) {
        List<AgendaItem> items = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Entry entry : entries) {
            String name = ItemId.of(document, entry.number(), entry.title(), 0).value();
            int occurrence = seen.merge(name, 1, Integer::sum) - 1;
            List<Line> lines = new ArrayList<>(entry.heading());
            lines.addAll(entry.body());
            items.add(
                    new AgendaItem(
                            ItemId.of(document, entry.number(), entry.title(), occurrence),
                            items.size(),
                            entry.number(),
                            null,
                            entry.title(),
                            entry.level(),
                            entry.grouping(),
                            String.join("\n", entry.body().stream().map(Line::text).toList()),
                            List.of(),
                            entry.time(),
                            lines.getFirst().page(),
                            lines.getLast().page(),
                            boxes(lines),
                            List.of(),
                            List.of(),
                            null,
                            false,
                            null));
        }
        return items;
    }

    /** One box a page around the lines on it. */
    private static List<Box> boxes(List<Line> lines) {
        List<Box> boxes = new ArrayList<>();
        int from = 0;
        while (from < lines.size()) {
            int page = lines.get(from).page();
            double left = Double.MAX_VALUE;
            double top = Double.MAX_VALUE;
            double right = 0;
            double bottom = 0;
            int to = from;
            while (to < lines.size() && lines.get(to).page() == page) {
                Line line = lines.get(to++);
                left = Math.min(left, line.x());
                top = Math.min(top, line.y());
                right = Math.max(right, line.x() + line.width());
                bottom = Math.max(bottom, line.y() + line.height());
            }
            if (right > left && bottom > top) {
                boxes.add(new Box(page, left, top, right - left, bottom - top));
            }
            from = to;
        }
        return boxes;
    }
}
