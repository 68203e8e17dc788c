package org.minutebook.extract.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.DocumentExtraction;
import org.minutebook.extract.ExtractSettings;
import org.minutebook.extract.Extraction;
import org.minutebook.extract.Pdf;
import org.minutebook.extract.ReaderAwayException;
import org.minutebook.extract.ocr.ScanReader;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Real processes, some of which do what a hostile document might make them do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class WorkersTest {

    private static final DocumentId ID = DocumentId.of(ContentHash.of(new byte[] {1}));
    private static final DocumentId OTHER = DocumentId.of(ContentHash.of(new byte[] {2}));

    @TempDir private Path folder;

    private final List<String> deaths = new CopyOnWriteArrayList<>();
    private final List<Workers> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Workers::close);
        assertThat(folder.toFile().list((dir, name) -> name.startsWith("minutebook-worker-")))
                .as("folders of workers that ended")
                .isEmpty();
    }

    @Test
    void a_document_is_read_as_in_the_process_itself() throws Exception {
        Path file = Files.write(folder.resolve("a.pdf"), Pdf.agenda("The bridge", "Parking"));
        Extraction here = new DocumentExtraction().extract(ID, file, "a.pdf", OcrPages.NONE);

        assertThat(workers(Map.of()).read(ID, "a.pdf", file, OcrPages.NONE))
                .isInstanceOf(Extraction.Extracted.class)
                .isEqualTo(here);
    }

    @Test
    void pages_that_ocr_read_before_are_asked_for() throws Exception {
        Path file = Files.write(folder.resolve("a.pdf"), Pdf.scan(List.of("Saltby")));
        Workers workers = workers(Map.of());
        List<Integer> asked = new ArrayList<>();
        OcrPages kept =
                number -> {
                    asked.add(number);
                    return Stream.of(new Page(number, 595, 842, List.of(), Page.Reading.UNREAD))
                            .findFirst();
                };

        assertThat(workers.read(ID, "a.pdf", file, OcrPages.NONE))
                .isEqualTo(new Extraction.OcrNeeded(List.of(1), 1));
        assertThat(workers.read(ID, "a.pdf", file, kept))
                .isInstanceOfSatisfying(
                        Extraction.Refused.class,
                        refused -> assertThat(refused.detail()).contains("None of its pages"));
        assertThat(asked).containsExactly(1);
        assertThat(workers.count()).as("the same worker for both").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "stop,   TOO_SLOW,      too_slow,      took longer than",
        "memory, TOO_DEMANDING, too_demanding, more memory than 64 MB",
        "crash,  TOO_DEMANDING, crashed,       crashed",
        "talk,   TOO_DEMANDING, too_demanding, more than 1 MB",
        "disk,   TOO_DEMANDING, too_demanding, disk space"
    })
    void what_ends_its_worker_twice_is_refused(
            String act, RefusalReason reason, String death, String detail) {
        Workers workers = unruly();

        assertThat(workers.read(ID, act, folder, OcrPages.NONE))
                .isInstanceOfSatisfying(
                        Extraction.Refused.class,
                        refused -> {
                            assertThat(refused.reason()).isEqualTo(reason);
                            assertThat(refused.detail()).contains(detail);
                        });
        assertThat(deaths).containsExactly(death + " 1", death + " 2");
        assertThat(said(workers, "anything")).as("the next document").startsWith("pid ");
    }

    @Test
    void what_takes_too_much_processor_time_is_refused() {
        assertThat(said(unruly(Map.of("worker.cpu-limit", "1s")), "hang"))
                .contains("more than 1 s of processor time");
    }

    @Test
    void a_worker_that_crashes_once_costs_its_document_nothing() throws Exception {
        Path once = Files.createFile(folder.resolve("once"));
        Workers workers = unruly(Map.of("worker.confinement", "network"));

        assertThat(refusal(workers, "crash once", once)).isEqualTo("done");
        assertThat(deaths).containsExactly("crashed 1");
    }

    @Test
    void a_worker_killed_from_outside_says_nothing_about_its_document() {
        Workers workers = unruly();

        assertThatThrownBy(() -> workers.read(ID, "killed", folder, OcrPages.NONE))
                .isInstanceOf(ReaderAwayException.class)
                .hasMessageContaining("killed from outside");
        assertThat(deaths).containsExactly("killed 1");
    }

    @Test
    void a_document_whose_worker_is_killed_each_time_is_refused_and_others_are_read() {
        Workers workers = unruly();
        for (int i = 1; i < Kills.MOST; i++) {
            assertThatThrownBy(() -> workers.read(ID, "killed", folder, OcrPages.NONE))
                    .isInstanceOf(ReaderAwayException.class);
            assertThat(workers.read(OTHER, "other", folder, OcrPages.NONE))
                    .isInstanceOfSatisfying(
                            Extraction.Refused.class,
                            other -> assertThat(other.detail()).startsWith("pid "));
        }

        assertThat(workers.read(ID, "killed", folder, OcrPages.NONE))
                .isInstanceOfSatisfying(
                        Extraction.Refused.class,
                        refused -> {
                            assertThat(refused.reason()).isEqualTo(RefusalReason.TOO_DEMANDING);
                            assertThat(refused.detail()).contains("killed 5 times in a row");
                        });
        assertThat(deaths).hasSize(Kills.MOST).containsOnly("killed 1");
        assertThatThrownBy(() -> workers.read(ID, "killed", folder, OcrPages.NONE))
                .as("whoever has it read again has it tried anew")
                .isInstanceOf(ReaderAwayException.class);
    }

    @Test
    void a_worker_that_lives_once_ends_the_row_of_kills() {
        Kills kills = new Kills();
        for (int i = 1; i < Kills.MOST; i++) {
            assertThat(kills.areOf("a")).isFalse();
        }
        kills.forget("a");

        assertThat(kills.areOf("a")).isFalse();
    }

    @Test
    void a_page_whose_worker_is_killed_each_time_cannot_be_read_whatever_its_copy_is_called()
            throws Exception {
        Workers workers = unruly();
        for (int i = 1; i <= Kills.MOST; i++) {
            Path copy = Files.createDirectories(folder.resolve("copy " + i)).resolve("killed");
            Files.writeString(copy, "the same");
            assertThatThrownBy(() -> workers.readPage(copy, 1, Duration.ofSeconds(30)))
                    .isInstanceOf(i < Kills.MOST ? ReaderAwayException.class : IOException.class);
        }
    }

    @Test
    void a_worker_that_does_not_start_says_nothing_about_its_document() {
        Workers workers = new Workers(settings(Map.of()), folder, this::died, NoProgram.class);
        opened.add(workers);

        assertThatThrownBy(() -> workers.read(ID, "a.pdf", folder, OcrPages.NONE))
                .isInstanceOf(ReaderAwayException.class)
                .hasMessageContaining("does not start");
        assertThatThrownBy(() -> workers.readPage(folder, 1, Duration.ofSeconds(9)))
                .isInstanceOf(ReaderAwayException.class);
        assertThat(deaths).containsExactly("not_started 1", "not_started 1");
    }

    private static final class NoProgram {}

    @Test
    void a_full_disk_says_nothing_about_a_page() throws Exception {
        Path file = folder.resolve("full disk");
        Workers workers = unruly();
        List<Page> kept = new ArrayList<>();

        assertThatThrownBy(() -> workers.readPage(file, 1, Duration.ofSeconds(9)))
                .isInstanceOf(ReaderAwayException.class)
                .hasMessageContaining("No space left on device");
        try (ScanReader reader = new ScanReader(tesseract(), workers::readPage)) {
            assertThatThrownBy(() -> reader.read(file, List.of(1, 2), kept::add))
                    .isInstanceOf(ReaderAwayException.class);
        }
        assertThat(kept).isEmpty();
        assertThat(deaths).isEmpty();
    }

    @Test
    void a_library_that_is_missing_says_nothing_about_a_page() throws Exception {
        List<Page> kept = new ArrayList<>();

        try (ScanReader reader = new ScanReader(tesseract(), unruly()::readPage)) {
            assertThatThrownBy(
                            () -> reader.read(folder.resolve("no library"), List.of(1), kept::add))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("A library is missing");
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void a_page_that_cannot_be_read_is_kept_as_unread() throws Exception {
        List<Page> kept = new ArrayList<>();

        try (ScanReader reader = new ScanReader(tesseract(), unruly()::readPage)) {
            reader.read(folder.resolve("flawed"), List.of(1), kept::add);
        }
        assertThat(kept).extracting(Page::reading).containsExactly(Page.Reading.UNREAD);
    }

    @Test
    void a_file_that_is_gone_says_nothing_about_its_document() {
        Path gone = folder.resolve("gone.pdf");
        Workers workers = workers(Map.of());

        assertThatThrownBy(() -> workers.read(ID, "a.pdf", gone, OcrPages.NONE))
                .isInstanceOf(ReaderAwayException.class)
                .hasMessageContaining("NoSuchFile");
        assertThatThrownBy(() -> workers.readPage(gone, 1, Duration.ofSeconds(30)))
                .isInstanceOf(ReaderAwayException.class)
                .hasMessageContaining("NoSuchFile");
    }

    @Test
    void a_page_of_a_damaged_file_cannot_be_read() throws Exception {
        Path damaged = Files.writeString(folder.resolve("damaged.pdf"), "%PDF-1.7");
        Workers workers = workers(Map.of());

        assertThatThrownBy(() -> workers.readPage(damaged, 1, Duration.ofSeconds(30)))
                .isInstanceOf(IOException.class);
    }

    /** A program that knows English, where {@link ScanReader} looks for Tesseract. */
    private ExtractSettings.Ocr tesseract() throws IOException {
        Path program =
                Files.writeString(
                        folder.resolve("tesseract"),
                        """
                        #!/bin/sh
                        echo eng
                        """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return settings(Map.of("ocr.command", program.toString())).ocr();
    }

    @Test
    void folders_that_a_killed_service_left_are_deleted_also_those_of_the_same_process_id()
            throws Exception {
        Workers running = unruly();
        String kept = said(running, "anything");
        long pid = ProcessHandle.current().pid();
        Path left = Files.createDirectory(folder.resolve("minutebook-worker-%d-x".formatted(pid)));
        Files.writeString(left.resolve("page.bmp"), "half");
        Path ended =
                Files.createDirectory(folder.resolve("minutebook-worker-%d-1a-x".formatted(pid)));
        Path dead = Files.createDirectory(folder.resolve("minutebook-worker-999999999-1a-x"));

        unruly();

        assertThat(left).doesNotExist();
        assertThat(ended).doesNotExist();
        assertThat(dead).doesNotExist();
        assertThat(said(running, "anything")).as("of what runs").isEqualTo(kept);
        assertThat(folder.toFile().list((dir, name) -> name.startsWith("minutebook-worker-")))
                .hasSize(1);
    }

    @Test
    void a_worker_that_takes_no_beginning_leaves_no_folder() throws Exception {
        String longer = "x".repeat(1 << 20); // than a pipe holds
        assertNotStarted(new ProcessBuilder("true"), settings(Map.of("ocr.command", longer)));
    }

    @Test
    void a_program_that_cannot_be_started_leaves_no_folder() throws Exception {
        assertNotStarted(new ProcessBuilder("/nowhere/java"), settings(Map.of()));
    }

    private void assertNotStarted(ProcessBuilder command, ExtractSettings settings)
            throws IOException {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));

        assertThatThrownBy(() ->
                        WorkerProcess.start(
                                command,
                                scratch,
                                settings.worker(),
                                new Message.Begin(1, 1, settings.ocr())))
                .isInstanceOf(IOException.class);
        assertThat(scratch).doesNotExist();
    }

    @Test
    void an_idle_worker_is_used_again_and_ends_after_a_while() {
        Workers workers = unruly(Map.of("worker.idle", "1s", "worker.kept", "0"));
        String first = said(workers, "anything");
        assertThat(said(workers, "anything")).isEqualTo(first);

        await().atMost(Duration.ofSeconds(20)).until(() -> workers.count() == 0);
        assertThat(said(workers, "anything")).isNotEqualTo(first);
    }

    @Test
    void one_starts_with_the_service_and_stays() {
        Workers workers = unruly(Map.of("worker.idle", "1s"));
        workers.startKept(Duration.ZERO);
        await().until(() -> workers.count() == 1);
        String kept = said(workers, "anything");

        await().during(Duration.ofSeconds(3)).until(() -> workers.count() == 1);
        assertThat(said(workers, "anything")).isEqualTo(kept);
    }

    @Test
    void a_worker_has_nothing_of_the_environment_but_what_it_needs() {
        assertThat(System.getenv()).as("there is more").containsKey("HOME");
        assertThat(said(unruly(), "environment").split(" "))
                .contains("PATH")
                .doesNotContain("HOME", "JAVA_HOME", "USER");
    }

    @Test
    void a_worker_reaches_no_network() throws Exception {
        assumeTrue(
                confinement() != Confinement.NONE,
                "SKIPPED: this system offers no way to keep a process from the network");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(refusal(unruly(), "connect", Path.of("" + server.getLocalPort())))
                    .isEqualTo("kept from the network");
        }
    }

    @Test
    void a_worker_changes_no_file() throws Exception {
        assumeTrue(
                confinement() == Confinement.NETWORK_AND_FILES,
                "SKIPPED: bubblewrap is not installed, or does not work here");
        Path file = Files.writeString(folder.resolve("record.json"), "as it was");

        assertThat(refusal(unruly(), "write", file)).isEqualTo("kept from writing");
        assertThat(file).hasContent("as it was");
    }

    @Test
    void workers_end_with_the_service_in_the_middle_of_a_document() {
        Workers workers = unruly();
        Thread reading =
                Thread.ofVirtual()
                        .unstarted(() ->
                                assertThatThrownBy(() ->
                                                workers.read(ID, "stop", folder, OcrPages.NONE))
                                        .isInstanceOf(ReaderAwayException.class));
        reading.start();
        await().until(() -> workers.count() == 1);
        workers.close();

        assertThat(workers.count()).isZero();
        await().until(() -> !reading.isAlive());
    }

    private Confinement confinement() {
        return Confinement.best(ExtractSettings.ConfinementWish.STRICTEST, folder);
    }

    private String said(Workers workers, String act) {
        return refusal(workers, act, folder);
    }

    private String refusal(Workers workers, String act, Path argument) {
        Extraction answer = workers.read(ID, act, argument, OcrPages.NONE);
        assertThat(answer).isInstanceOf(Extraction.Refused.class);
        return ((Extraction.Refused) answer).detail();
    }

    private Workers workers(Map<String, String> settings) {
        Workers workers = new Workers(settings(settings), folder, this::died);
        opened.add(workers);
        return workers;
    }

    private Workers unruly() {
        return unruly(
                Map.of(
                        "time-limit", "3s",
                        "worker.heap", "64MB",
                        "worker.max-output", "1MB",
                        "worker.temp-space", "8MB"));
    }

    private Workers unruly(Map<String, String> settings) {
        Workers workers = new Workers(settings(settings), folder, this::died, UnrulyProgram.class);
        opened.add(workers);
        return workers;
    }

    private void died(String cause, int tries) {
        deaths.add(cause + " " + tries);
    }

    private static ExtractSettings settings(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("", ExtractSettings.class);
    }
}
