package org.minutebook.extract.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.Pdf;
import org.minutebook.extract.ReaderAwayException;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;

/** Pages that are pictures, read by the real Tesseract where it is installed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScanReaderTest {

    private static final Duration PAGE_LIMIT = Duration.ofMinutes(5);

    @TempDir private Path directory;

    private final List<ScanReader> readers = new ArrayList<>();

    @AfterEach
    void close() {
        readers.forEach(ScanReader::close);
    }

    @Test
    void a_scan_comes_out_as_its_lines_in_their_places() throws Exception {
        Page page = readByTesseract(Pdf.scan(Pdf.agendaLines("Planning applications"))).getFirst();

        assertThat(page.reading()).isEqualTo(Page.Reading.OCR);
        assertThat(texts(page)).contains("Saltby Town Council", "3. Planning applications");
        Line first = page.lines().getFirst();
        assertThat(first.x()).isBetween(59.0, 62.0);
        assertThat(first.y()).isBetween(48.0, 56.0);
        assertThat(first.confidence()).isBetween(0.8, 1.0);
        assertThat(first.spans().getFirst().fontSize()).isBetween(9.0, 12.0);
    }

    @Test
    void bold_headings_are_bold_in_a_scan() throws Exception {
        Page page =
                readByTesseract(Pdf.scan(Pdf.agendaLines("Planning applications", "The bridge")))
                        .getFirst();
        for (Line line : page.lines()) {
            assertThat(line.spans().getLast().bold())
                    .as(line.text())
                    .isEqualTo(Character.isDigit(line.text().charAt(0)));
        }
    }

    @Test
    void a_sheet_that_lay_askew_is_put_straight() throws Exception {
        Page page =
                readByTesseract(Pdf.scans(List.of(Pdf.agendaLines("Planning applications")), 1.5))
                        .getFirst();

        List<Line> headings =
                page.lines().stream()
                        .filter(line -> Character.isDigit(line.text().charAt(0)))
                        .toList();
        assertThat(headings).hasSize(3);
        double left = headings.getFirst().x();
        assertThat(headings).allSatisfy(line -> assertThat(line.x()).isBetween(left - 2, left + 2));
        assertThat(texts(page))
                .contains("AGENDA of the meeting to be held on Monday 6 July 2026 at 7.00 pm");
    }

    @ParameterizedTest
    @ValueSource(ints = {180, 270})
    void a_sheet_that_lay_turned_is_read(int degrees) throws Exception {
        List<String> lines = new ArrayList<>(Pdf.agendaLines("Planning applications"));
        IntStream.range(0, 12)
                .forEach(i ->
                        lines.add(
                                "The council will consider matter %d of its report.".formatted(i)));
        Page page = readByTesseract(Pdf.scans(List.of(lines), degrees)).getFirst();

        assertThat(texts(page)).contains("3. Planning applications");
        assertThat(page.height()).isGreaterThan(page.width());
    }

    @Test
    void pages_come_in_their_order_and_only_those_asked_for() throws Exception {
        byte[] pdf =
                Pdf.scans(
                        IntStream.rangeClosed(1, 4)
                                .mapToObj(i -> List.of("This is the sheet with number " + i))
                                .toList(),
                        0);
        List<Page> pages = new ArrayList<>();
        tesseract().read(file(pdf), List.of(1, 3, 4), pages::add);

        assertThat(pages).extracting(Page::number).containsExactly(1, 3, 4);
        assertThat(pages)
                .extracting(page -> texts(page).getFirst())
                .containsExactly(
                        "This is the sheet with number 1",
                        "This is the sheet with number 3",
                        "This is the sheet with number 4");
    }

    @Test
    void a_page_past_its_time_is_unread_and_its_process_is_gone() throws Exception {
        ScanReader reader = reader(program("exec sleep 600"), Duration.ofSeconds(1));
        List<Page> pages = new ArrayList<>();
        reader.read(file(Pdf.scan(List.of("Slow"))), List.of(1), pages::add);

        assertThat(pages).extracting(Page::reading).containsExactly(Page.Reading.UNREAD);
        // The system takes a moment to end what was killed.
        await().untilAsserted(() -> assertThat(ProcessHandle.current().children()).isEmpty());
    }

    @Test
    void a_page_that_Tesseract_dies_of_is_tried_once_more_and_then_unread() throws Exception {
        Path tries = directory.resolve("tries");
        ScanReader reader =
                reader(
                        program("read picture; echo >> %s; kill -9 $$".formatted(tries)),
                        PAGE_LIMIT);
        List<Page> pages = new ArrayList<>();
        reader.read(file(Pdf.scan(List.of("Deadly"))), List.of(1), pages::add);

        assertThat(pages).extracting(Page::reading).containsExactly(Page.Reading.UNREAD);
        assertThat(tries).hasContent("\n\n");
    }

    @Test
    void a_full_disk_says_nothing_about_a_page() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "SKIPPED: this system has no " + full);
        ScanReader reader =
                new ScanReader(
                        settings(program("exit 1"), "eng", PAGE_LIMIT),
                        (file, number, limit) -> {
                            Files.write(full, new byte[] {1});
                            return new Page(number, 595, 842, List.of(), Page.Reading.OCR);
                        });
        readers.add(reader);
        List<Page> pages = new ArrayList<>();

        assertThatThrownBy(() -> reader.read(directory, List.of(1, 2), pages::add))
                .isInstanceOf(ReaderAwayException.class)
                .hasMessageContaining("No space left on device");
        assertThat(pages).isEmpty();
    }

    @Test
    void what_a_page_says_does_not_depend_on_the_pages_read_before() throws Exception {
        byte[] pdf =
                Pdf.scans(
                        List.of(
                                Pdf.agendaLines("Planning applications"),
                                Pdf.agendaLines("Allotments and Cemeteries"),
                                List.of("Minutes"),
                                Pdf.agendaLines("The bridge")),
                        0);
        requireTesseract();
        List<Page> together = new ArrayList<>();
        try (ScanReader one = oneAtATime("tesseract", PAGE_LIMIT)) {
            one.read(file(pdf), List.of(1, 2, 3, 4), together::add);
        }

        for (Page page : together) {
            List<Page> alone = new ArrayList<>();
            try (ScanReader another = oneAtATime("tesseract", PAGE_LIMIT)) {
                another.read(file(pdf), List.of(page.number()), alone::add);
            }
            assertThat(alone).containsExactly(page);
        }
    }

    @Test
    void a_program_that_keeps_pages_back_until_its_input_ends_reads_one_each() throws Exception {
        Path starts = directory.resolve("starts");
        String program =
                program(
                        """
                        echo $$ >> %s
                        while read picture; do pages="$pages $picture"; done
                        for page in $pages; do
                          printf "  <div class='ocr_page'>\n  </div>\n"
                        done
                        """
                                .formatted(starts));
        Path pdf = file(Pdf.scans(List.of(List.of("One"), List.of("Two"), List.of("Three")), 0));
        List<Page> pages = new ArrayList<>();
        try (ScanReader reader = oneAtATime(program, Duration.ofSeconds(10))) {
            reader.read(pdf, List.of(1, 2, 3), pages::add);
        }

        assertThat(pages).hasSize(3).extracting(Page::reading).containsOnly(Page.Reading.OCR);
        assertThat(Files.readAllLines(starts)).hasSize(3);
    }

    @Test
    void a_process_reads_page_after_page_and_one_that_died_meanwhile_is_replaced()
            throws Exception {
        assumeTrue(TesseractProcess.canBeUnbuffered(), "no stdbuf");
        Path starts = directory.resolve("starts");
        ScanReader reader =
                reader(
                        program(
                                """
                                echo $$ >> %s
                                while read picture; do
                                  test -s "$picture" || exit 1
                                  printf "  <div class='ocr_page'>\n  </div>\n"
                                done
                                """
                                        .formatted(starts)),
                        PAGE_LIMIT);
        Path pdf = file(Pdf.scans(List.of(List.of("One"), List.of("Two")), 0));
        List<Page> pages = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            reader.read(pdf, List.of(1), pages::add);
            reader.read(pdf, List.of(2), pages::add);
        }
        assertThat(Files.readAllLines(starts)).hasSize(1);

        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(Files.readString(starts).strip())).orElseThrow();
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
        reader.read(pdf, List.of(1), pages::add);

        assertThat(Files.readAllLines(starts)).hasSize(2);
        assertThat(pages).hasSize(7).extracting(Page::reading).containsOnly(Page.Reading.OCR);
        reader.close();
        await().untilAsserted(() -> assertThat(ProcessHandle.current().children()).isEmpty());
    }

    @Test
    void where_there_is_no_Tesseract_it_says_how_to_get_it() {
        ScanReader reader = reader(directory.resolve("nowhere").toString(), PAGE_LIMIT);
        assertThatThrownBy(reader::require)
                .isInstanceOf(OcrAbsentException.class)
                .hasMessageContaining("apt-get install tesseract-ocr");
    }

    @Test
    void a_language_that_is_not_installed_is_named() throws Exception {
        ScanReader reader =
                new ScanReader(settings(program("exit 1"), "eng+gle", Duration.ofSeconds(1)));
        readers.add(reader);
        assertThatThrownBy(reader::require)
                .isInstanceOf(OcrAbsentException.class)
                .hasMessageContaining("language gle");
    }

    /** A program that knows English and does this instead of reading. */
    private String program(String script) throws IOException {
        Path program = directory.resolve("tesseract");
        Files.writeString(
                program,
                """
                #!/bin/sh
                if [ "$1" = --list-langs ]; then echo eng; exit 0; fi
                %s
                """
                        .formatted(script));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }

    private List<Page> readByTesseract(byte[] pdf) throws IOException, InterruptedException {
        List<Page> pages = new ArrayList<>();
        tesseract().read(file(pdf), List.of(1), pages::add);
        return pages;
    }

    private ScanReader tesseract() {
        requireTesseract();
        return reader("tesseract", PAGE_LIMIT);
    }

    private void requireTesseract() {
        try {
            reader("tesseract", PAGE_LIMIT).require();
        } catch (OcrAbsentException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    private static ScanReader oneAtATime(String command, Duration limit) {
        return new ScanReader(
                new ExtractSettings.Ocr(command, "eng", 300, limit, 1, Duration.ofSeconds(30)));
    }

    private ScanReader reader(String command, Duration limit) {
        ScanReader reader = new ScanReader(settings(command, "eng", limit));
        readers.add(reader);
        return reader;
    }

    private static ExtractSettings.Ocr settings(String command, String languages, Duration limit) {
        return new ExtractSettings.Ocr(command, languages, 300, limit, 2, Duration.ofSeconds(30));
    }

    private Path file(byte[] pdf) throws IOException {
        return Files.write(directory.resolve("scan.pdf"), pdf);
    }

    private static List<String> texts(Page page) {
        return page.lines().stream().map(Line::text).toList();
    }
}
