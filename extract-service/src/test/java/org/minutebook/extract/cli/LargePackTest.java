package org.minutebook.extract.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.extract.Pdf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The largest packs that councils publish are cut with the memory that a service has. */
class LargePackTest {

    private static final String MEMORY = "-Xmx256m";
    private static final int PAGES = 2000;
    private static final int LINES_OF_PAGE = 46;

    private static final String[] TITLES = {
        "Budget for the coming year", "Flood defences", "Any other business"
    };

    @TempDir Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void a_pack_of_two_thousand_pages_is_cut_in_256_megabytes() throws Exception {
        Path pack = Files.write(folder.resolve("pack.pdf"), Pdf.pages(pages()));
        Path out = folder.resolve("out.json");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                MEMORY,
                                "-cp",
                                System.getProperty("java.class.path"),
                                SegmentCommand.class.getName(),
                                "--json",
                                pack.toString())
                        .redirectOutput(out.toFile())
                        .redirectErrorStream(false)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(process.waitFor()).as(() -> read(out)).isZero();

        JsonNode document = JsonMapper.shared().readTree(read(out));
        assertThat(document.path("pagesRead").asInt()).isEqualTo(PAGES);
        assertThat(document.path("items"))
                .extracting(item -> item.path("title").asString())
                .containsExactly(
                        "Apologies for absence",
                        "Minutes of the last meeting",
                        TITLES[0],
                        TITLES[1],
                        TITLES[2]);
    }

    /** An agenda, and reports with headings and numbers of their own behind it. */
    private static List<List<String>> pages() {
        List<List<String>> pages = new ArrayList<>();
        pages.add(Pdf.agendaLines(TITLES));
        for (int page = 2; page <= PAGES; page++) {
            List<String> lines = new ArrayList<>();
            lines.add(page % 40 == 2 ? "Agenda Item " + (3 + page / 1000) : "Report of the clerk");
            for (int i = 1; i < LINES_OF_PAGE; i++) {
                lines.add(
                        i % 12 == 1
                                ? "%d. Findings of part %d".formatted(i / 12 + 1, page)
                                : "On page %d and line %d the report says what was found, and what it may cost."
                                        .formatted(page, i));
            }
            pages.add(lines);
        }
        return pages;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
