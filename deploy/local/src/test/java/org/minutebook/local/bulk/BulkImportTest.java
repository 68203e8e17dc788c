package org.minutebook.local.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.local.client.Intake;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of an import where the intake answers, and then nothing more happens. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BulkImportTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Enough for an answer from this process. */
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");

    @TempDir private Path folder;

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final List<String> last = Collections.synchronizedList(new ArrayList<>());
    private final List<FileOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonNode> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> forms = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> given = new ConcurrentHashMap<>();
    private final List<String> names = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);
    private ExecutorService answering;
    private Duration uploadLimit = Duration.ofMinutes(10);
    private volatile boolean away;

    /** Under which the documents that are there were handed in. */
    private volatile List<String> namesBefore = List.of("wrong.txt");

    /** Done between the hashing and the uploads. */
    private volatile Action atBatch = () -> {};

    private HttpServer intake;

    private interface Action {
        void run() throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        intake = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        intake.createContext("/api/v1/batches", this::batch);
        intake.createContext("/api/v1/documents", this::upload);
        intake.createContext("/api/v1/documents/known", this::known);
        answering = Executors.newCachedThreadPool();
        intake.setExecutor(answering);
        intake.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        intake.stop(0);
        answering.shutdown();
    }

    @Test
    void waiting_ends_when_nothing_moves_and_says_what_waits_and_how_to_go_on() throws Exception {
        ImportSummary summary = run(true, file("scan.pdf"));

        assertThat(summary.uploaded()).isEqualTo(1);
        assertThat(summary.ocrQueued()).isEqualTo(1);
        assertThat(summary.unfinished()).isEqualTo(1);
        assertThat(summary.succeeded()).isFalse();
        assertThat(notes).isEmpty();
        assertThat(last)
                .singleElement()
                .asString()
                .contains("Nothing has moved", "1 files are OCR_QUEUED", "Repeat the command");
    }

    @Test
    void a_document_that_was_refused_for_its_name_is_sent_again_under_another() throws Exception {
        ImportFile file = file("right.pdf");
        states.put(sha256("right.pdf"), "REFUSED");

        ImportSummary summary = run(false, file);

        assertThat(summary.uploaded()).isEqualTo(1);
        assertThat(names).containsExactly("right.pdf");
    }

    @Test
    void a_document_that_was_refused_is_not_sent_again_under_the_same_kind_of_name()
            throws Exception {
        states.put(sha256("right.pdf"), "REFUSED");
        namesBefore = List.of("wrong.txt", "scan.PDF");

        ImportSummary summary = run(false, file("right.pdf"));

        assertThat(summary.known()).isEqualTo(1);
        assertThat(summary.refused()).isEqualTo(1);
    }

    @Test
    void a_scan_is_not_waited_for_where_ocr_does_not_work() throws Exception {
        ImportSummary summary = run(false, file("scan.pdf"));

        assertThat(summary.ocrQueued()).isEqualTo(1);
        assertThat(summary.succeeded()).isTrue();
        assertThat(notes).isEmpty();
        assertThat(last).isEmpty();
    }

    @Test
    void the_batch_is_told_how_many_files_it_will_have() throws Exception {
        states.put(sha256("b.pdf"), "INDEXED");

        run(false, file("a.pdf"), file("b.pdf"), file("c.pdf"));

        assertThat(batches)
                .singleElement()
                .satisfies(wish -> assertThat(wish.path("files").asInt()).isEqualTo(2));
    }

    @Test
    void an_import_that_broke_off_goes_on_in_its_batch_and_a_done_one_is_forgotten()
            throws Exception {
        ImportFile file = file("a.pdf");
        away = true;
        String first = run(false, file).batch();
        away = false;
        String second = run(false, file).batch();
        states.clear();
        String third = run(false, file).batch();

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
    }

    @Test
    void files_that_are_left_fail_at_once_when_the_intake_stays_away() throws Exception {
        away = true;
        List<ImportFile> files = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            files.add(file(i + ".pdf"));
        }

        ImportSummary summary = run(false, files.toArray(ImportFile[]::new));

        assertThat(summary.failed()).isEqualTo(40);
        assertThat(summary.seconds()).isLessThan(15);
        assertThat(outcomes).extracting(FileOutcome::reason).containsOnly("AWAY");
    }

    @Test
    void what_is_refused_among_others_is_refused_by_itself_and_the_others_come_in()
            throws Exception {
        List<ImportFile> files = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            files.add(file((i % 10 == 0 ? "refused" : "good") + i + ".pdf"));
        }

        ImportSummary summary = run(false, files.toArray(ImportFile[]::new));

        assertThat(summary.uploaded()).isEqualTo(57);
        assertThat(summary.refused()).isEqualTo(7);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.state().equals(FileOutcome.REFUSED))
                .allSatisfy(outcome -> {
                    assertThat(outcome.reason()).isEqualTo("EMPTY");
                    assertThat(outcome.file()).contains("refused");
                });
        assertThat(forms).anyMatch(size -> size > 1).filteredOn(size -> size == 1).hasSize(7);
    }

    @Test
    void a_file_whose_name_is_no_utf_8_is_handed_in_under_a_readable_one() throws Exception {
        new ProcessBuilder("sh", "-c", "printf latin.pdf > \"$(printf 'caf\\351.pdf')\"")
                .directory(folder.toFile())
                .start()
                .waitFor();
        Path latin;
        try (Stream<Path> files = Files.list(folder)) {
            latin = files.findFirst().orElseThrow();
        }
        assumeThat(latin.getFileName().toString()).contains("\uFFFD"); // not on every system
        String name = latin.getFileName().toString();

        ImportSummary summary =
                run(
                        false,
                        file("a.pdf"),
                        new ImportFile(latin.toString(), name, latin, Map.of()),
                        file("b.pdf"));

        assertThat(summary.uploaded()).isEqualTo(3);
        assertThat(names).containsExactlyInAnyOrder("a.pdf", "caf_.pdf", "b.pdf");
        assertThat(states).containsKey(sha256("latin.pdf"));
    }

    @Test
    void a_file_that_cannot_be_read_any_more_fails_and_the_others_come_in() throws Exception {
        ImportFile gone = file("gone.pdf");
        ImportFile folder = file("folder.pdf");
        atBatch =
                () -> {
                    Files.delete(gone.path());
                    Files.delete(folder.path());
                    Files.createDirectory(folder.path());
                };

        ImportSummary summary = run(false, file("a.pdf"), gone, folder, file("b.pdf"));

        assertThat(summary.uploaded()).isEqualTo(2);
        assertThat(summary.failed()).isEqualTo(2);
        assertThat(outcomes)
                .extracting(FileOutcome::reason)
                .containsOnlyOnce("NOT_FOUND", "UNREADABLE");
        assertThat(notes).isEmpty();
    }

    @Test
    void an_upload_that_takes_too_long_fails_by_itself() throws Exception {
        uploadLimit = A_WHILE;

        ImportSummary summary = run(false, file("slow.pdf"), file("a.pdf"), file("b.pdf"));

        assertThat(summary.uploaded()).isEqualTo(2);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.state().equals(FileOutcome.FAILED))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.file()).endsWith("slow.pdf");
                    assertThat(outcome.reason()).isEqualTo("TOO_SLOW");
                    assertThat(outcome.detail()).contains("Import the file again");
                });
    }

    @Test
    void an_upload_whose_answer_comes_too_late_is_found_among_what_is_there() throws Exception {
        uploadLimit = A_WHILE;

        ImportSummary summary = run(false, file("late.pdf"));

        assertThat(summary.uploaded()).isEqualTo(1);
        assertThat(summary.failed()).isZero();
    }

    @Test
    void documents_that_are_there_with_other_details_are_counted_and_told() throws Exception {
        for (String name : List.of("same.pdf", "other.pdf", "more.pdf", "silent.pdf")) {
            states.put(sha256(name), "INDEXED");
            given.put(sha256(name), Map.of("council", "Eldmarsh", "kind", "minutes"));
        }

        ImportSummary summary =
                run(
                        false,
                        file("same.pdf", Map.of("council", " Eldmarsh", "kind", "Minutes")),
                        file("other.pdf", Map.of("council", "Wend Valley")),
                        file("more.pdf", Map.of("council", "Eldmarsh", "committee", "Planning")),
                        file("silent.pdf"),
                        file("new.pdf", Map.of("council", "Eldmarsh")));

        assertThat(summary.otherDetails()).isEqualTo(2);
        assertThat(outcomes)
                .filteredOn(FileOutcome::metadataDiffers)
                .extracting(outcome -> Path.of(outcome.file()).getFileName().toString())
                .containsExactlyInAnyOrder("other.pdf", "more.pdf");
    }

    private ImportSummary run(boolean ocrWorks, ImportFile... files) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + intake.getAddress().getPort());
        return new BulkImport(
                        new Intake(address, "key", uploadLimit),
                        new BulkImport.Options("test", false, true, Duration.ofMillis(300)),
                        new UnfinishedBatches(folder.resolve("imports")),
                        () -> ocrWorks,
                        new BulkImport.Listener() {
                            @Override
                            public void ended(FileOutcome outcome) {
                                outcomes.add(outcome);
                            }

                            @Override
                            public void sent(long bytes) {}

                            @Override
                            public void note(String text) {
                                if (!away) {
                                    notes.add(text);
                                }
                            }

                            @Override
                            public void lastly(String text) {
                                last.add(text);
                            }
                        })
                .run(List.of(files), List.of());
    }

    private ImportFile file(String name) throws IOException {
        return file(name, Map.of());
    }

    private ImportFile file(String name, Map<String, String> metadata) throws IOException {
        Path file = Files.writeString(folder.resolve(name), name);
        return new ImportFile(file.toString(), name, file, metadata);
    }

    private static String sha256(String content) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    private void batch(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 200, Map.of("id", path.substring(path.lastIndexOf('/') + 1)));
            return;
        }
        atBatch.run();
        batches.add(JSON.readTree(exchange.getRequestBody()));
        answer(exchange, 201, Map.of("id", "batch-" + batches.size()));
    }

    /**
     * Every document waits for OCR, for ever; those that are named so are refused, or get their
     * answer when all is over: "late" ones are taken in, "slow" ones are not.
     */
    private void upload(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (away) {
            answer(exchange, 503, Map.of("detail", "the store is away"));
            return;
        }
        FILE_NAME.matcher(form).results().map(name -> name.group(1)).forEach(names::add);
        List<String> contents =
                form.lines().filter(line -> line.matches("[a-z0-9]+\\.pdf")).toList();
        forms.add(contents.size());
        List<Map<String, Object>> answers = new ArrayList<>();
        try {
            for (String content : contents) {
                if (content.startsWith("slow")) {
                    over.await();
                } else if (content.startsWith("late")) {
                    states.put(sha256(content), "OCR_QUEUED");
                    over.await();
                } else if (content.startsWith("refused")) {
                    answers.add(Map.of("code", "EMPTY", "detail", "The file is empty."));
                } else {
                    String hash = sha256(content);
                    states.put(hash, "OCR_QUEUED");
                    answers.add(Map.of("document", document(hash), "metadataDiffers", false));
                }
            }
            if (contents.size() > 1) {
                answer(exchange, 202, Map.of("files", answers));
            } else if (answers.getFirst().containsKey("code")) {
                answer(exchange, 422, answers.getFirst());
            } else {
                answer(exchange, 202, answers.getFirst());
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private void known(HttpExchange exchange) throws IOException {
        List<Object> known = new ArrayList<>();
        for (JsonNode hash : JSON.readTree(exchange.getRequestBody()).path("sha256").values()) {
            if (states.containsKey(hash.asString())) {
                known.add(document(hash.asString()));
            }
        }
        answer(exchange, 200, Map.of("known", known));
    }

    private Map<String, Object> document(String hash) {
        Map<String, Object> document = new HashMap<>();
        document.put("id", hash.substring(0, 32));
        document.put("sha256", hash);
        document.put("state", states.get(hash));
        document.put("given", given.get(hash));
        document.put("names", namesBefore);
        return document;
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
