package org.minutebook.extract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.Box;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.ReadDocument;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.formats.DocumentReader;
import org.minutebook.extract.formats.FileContent;
import org.minutebook.extract.formats.ReadingLimits;
import org.minutebook.extract.metadata.DocumentFacts;
import org.minutebook.extract.metadata.ItemFacts;
import org.minutebook.extract.metadata.MetadataReading;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.segmentation.Segmentation;
import org.minutebook.extract.segmentation.Segmented;
import org.minutebook.extract.text.Paragraphs;

/** From a file to its agenda items: the service's story. */
public final class DocumentExtraction {

    private final DocumentReader reader;

    /** Extraction within the limits that hold unless others are set. */
    public DocumentExtraction() {
        this(new DocumentReader(ReadingLimits.DEFAULT));
    }

    /** Extraction from the pages that this reader reads. */
    public DocumentExtraction(DocumentReader reader) {
        this.reader = reader;
    }

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
        return switch (reader.read(file, name, ocr)) {
            case FileContent.Refused(RefusalReason reason, String detail) ->
                    new Extraction.Refused(reason, detail);
            case FileContent.Readable content -> extract(document, content);
        };
    }

    private static Extraction extract(DocumentId document, FileContent.Readable content) {
        List<Page> pages = content.pages();
        List<Integer> scanned = content.scanned();
        if (!scanned.isEmpty()) {
            return new Extraction.OcrNeeded(scanned, pages.size());
        }
        Segmented segmented = Segmentation.cut(pages, content.bookmarks());
        DocumentFacts facts = MetadataReading.read(pages, segmented, content.title());
        // What is neither agenda nor minutes has headings, and no items.
        List<Entry> entries =
                facts.metadata().kind() == DocumentKind.OTHER ? List.of() : segmented.entries();
        return new Extraction.Extracted(
                read(content, facts),
                items(document, entries, MetadataReading.items(facts, entries)));
    }

    private static ReadDocument read(FileContent.Readable content, DocumentFacts facts) {
        List<Page> pages = content.pages();
        int unread = 0;
        int byOcr = 0;
        for (Page page : pages) {
            unread += page.reading() == Page.Reading.UNREAD ? 1 : 0;
            byOcr += page.reading() == Page.Reading.OCR ? 1 : 0;
        }
        return new ReadDocument(
                content.mediaType(),
                facts.metadata(),
                facts.meetingTime(),
                facts.venue(),
                facts.contact(),
                facts.attendance(),
                facts.nextMeetings(),
                pages.size(),
                pages.size() - unread,
                byOcr);
    }

    private static List<AgendaItem> items(
            DocumentId document, List<Entry> entries, List<ItemFacts> facts) {
        List<AgendaItem> items = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        Paragraphs paragraphs =
                new Paragraphs(entries.stream().flatMap(entry -> entry.body().stream()).toList());
        Sections sections = new Sections();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            String name = ItemId.of(document, entry.number(), entry.title(), 0).value();
            int occurrence = seen.merge(name, 1, Integer::sum) - 1;
            List<Line> lines = new ArrayList<>(entry.heading());
            lines.addAll(entry.body());
            items.add(
                    new AgendaItem(
                            ItemId.of(document, entry.number(), entry.title(), occurrence),
                            items.size(),
                            entry.number(),
                            sections.of(entry),
                            entry.title(),
                            entry.level(),
                            entry.grouping(),
                            paragraphs.text(entry.text()),
                            facts.get(i).decisions(),
                            entry.time(),
                            lines.getFirst().page(),
                            lines.getLast().page(),
                            boxes(lines),
                            facts.get(i).attachments(),
                            facts.get(i).interests(),
                            facts.get(i).continuedElsewhere(),
                            lines.stream().anyMatch(line -> line.confidence() != null),
                            confidence(lines)));
        }
        return items;
    }

    /** Mean confidence of the letters that OCR read; null where it read none. */
    private static @Nullable Double confidence(List<Line> lines) {
        double sum = 0;
        int letters = 0;
        for (Line line : lines) {
            if (line.confidence() != null) {
                sum += line.confidence() * line.text().length();
                letters += line.text().length();
            }
        }
        return letters == 0 ? null : sum / letters;
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
