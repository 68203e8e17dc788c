package org.minutebook.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.renderings.MeetingText;
import org.minutebook.extract.renderings.Rendering;
import org.minutebook.extract.renderings.Renderings;

/** The same meeting is cut into the same items however it is set. */
final class RenderingsTest {

    /** The text that the project is shown with, where it lies beside the project. */
    private static final Path SEED =
            Path.of("../../shared/seed/wirral-childrens-trust-board.txt").toAbsolutePath();

    private static final DocumentExtraction EXTRACTION = new DocumentExtraction();

    @TempDir Path folder;

    static Stream<Rendering> readable() {
        return Renderings.readable().stream();
    }

    static List<MeetingText> texts() throws IOException {
        List<MeetingText> texts = new ArrayList<>(List.of(MeetingText.ours()));
        if (Files.exists(SEED)) {
            texts.add(MeetingText.of(Files.readString(SEED, StandardCharsets.UTF_8)));
        }
        return texts;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void a_meeting_has_its_items_with_their_times_in_every_rendering(Rendering rendering)
            throws IOException {
        for (MeetingText text : texts()) {
            assertThat(text.items()).hasSize(12);
            List<AgendaItem> items = items(rendering, text);

            SoftAssertions soft = new SoftAssertions();
            soft.assertThat(items.stream().map(item -> item.time() + " " + item.title()).toList())
                    .isEqualTo(
                            text.items().stream()
                                    .map(item -> item.clock() + " " + item.title())
                                    .toList());
            soft.assertThat(items).allMatch(item -> item.number() == null, "has no number");
            soft.assertThat(items.getLast().text())
                    .contains(text.items().getLast().blocks().getLast().text());
            soft.assertAll();
        }
    }

    static Stream<Rendering> scanned() {
        return Renderings.scanned().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scanned")
    void a_scan_of_a_meeting_gives_its_items_where_ocr_is_installed(Rendering rendering)
            throws Exception {
        for (MeetingText text : texts()) {
            byte[] bytes = rendering.of(text);
            Path file = folder.resolve("scan." + rendering.ending());
            Files.write(file, bytes);

            List<AgendaItem> items = Scans.items(EXTRACTION, file, bytes);

            SoftAssertions soft = new SoftAssertions();
            soft.assertThat(items.stream().map(item -> String.valueOf(item.time())).toList())
                    .isEqualTo(
                            text.items().stream()
                                    .map(item -> String.valueOf(item.clock()))
                                    .toList());
            for (int i = 0; i < Math.min(items.size(), text.items().size()); i++) {
                // A title may be cut at its dash where OCR reads a wide gap.
                soft.assertThat(text.items().get(i).title())
                        .startsWith(items.get(i).title().replace('\u2019', '\''));
            }
            soft.assertThat(items).allMatch(AgendaItem::scanned, "says that it is from a scan");
            soft.assertThat(items)
                    .allMatch(
                            item -> item.confidence() != null && item.confidence() > 0.7,
                            "says how surely it was read");
            soft.assertAll();
        }
    }

    private List<AgendaItem> items(Rendering rendering, MeetingText text) throws IOException {
        byte[] bytes = rendering.of(text);
        Path file = folder.resolve("meeting." + rendering.ending());
        Files.write(file, bytes);
        DocumentId id = DocumentId.of(ContentHash.of(bytes));
        Extraction extraction =
                EXTRACTION.extract(id, file, file.getFileName().toString(), OcrPages.NONE);
        assertThat(extraction).isInstanceOf(Extraction.Extracted.class);
        return ((Extraction.Extracted) extraction).items();
    }
}
