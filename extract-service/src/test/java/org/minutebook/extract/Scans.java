package org.minutebook.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.extract.ocr.OcrAbsentException;
import org.minutebook.extract.ocr.ScanReader;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;

/** Reads scans with the OCR that is installed here; skips the test, and says so, where none is. */
final class Scans {

    private static final ExtractSettings.Ocr SETTINGS =
            new ExtractSettings.Ocr(
                    "tesseract", "eng", 300, Duration.ofSeconds(60), 2, Duration.ofSeconds(30));

    private Scans() {}

    static List<AgendaItem> items(DocumentExtraction extraction, Path file, byte[] bytes)
            throws IOException, InterruptedException {
        DocumentId id = DocumentId.of(ContentHash.of(bytes));
        String name = file.getFileName().toString();
        Extraction first = extraction.extract(id, file, name, OcrPages.NONE);
        assertThat(first).isInstanceOf(Extraction.OcrNeeded.class);
        List<Integer> scanned = ((Extraction.OcrNeeded) first).pages();
        Map<Integer, Page> read = new HashMap<>();
        try (ScanReader reader = new ScanReader(SETTINGS)) {
            reader.require();
            reader.read(file, scanned, page -> read.put(page.number(), page));
        } catch (OcrAbsentException e) {
            System.out.println("SKIPPED, scans are not read here: " + e.getMessage());
            assumeTrue(false, e.getMessage());
        }
        Extraction extracted =
                extraction.extract(id, file, name, number -> Optional.ofNullable(read.get(number)));
        assertThat(extracted).isInstanceOf(Extraction.Extracted.class);
        return ((Extraction.Extracted) extracted).items();
    }
}
