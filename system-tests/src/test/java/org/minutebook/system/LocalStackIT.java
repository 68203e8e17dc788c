package org.minutebook.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.samples.Corpus;
import org.minutebook.samples.GoldLabels;
import org.minutebook.samples.LabelledDocument;
import org.minutebook.samples.Samples;
import org.minutebook.samples.TextPdf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole product as {@code ./minutebook} runs it: processes of their own, files, ports. One
 * stack for all tests, because starting it is what takes the time; they are told in the order in
 * which a person would do things.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestMethodOrder(OrderAnnotation.class)
class LocalStackIT {

    private static final Path SAMPLES = Project.ROOT.resolve("deploy/local/samples");
    private static final int SAMPLE_DOCUMENTS = 13;
    private static final int GENERATED_DOCUMENTS = 30;
    private static final int BULK_DOCUMENTS = 150;
    private static final List<String> PARTS =
            List.of(
                    "ingest-service",
                    "extract-service",
                    "index-service",
                    "search-api",
                    "kafka",
                    "elasticsearch");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private static Path folder;

    private static CommandLine minutebook;
    private static TraceReceiver traces;

    @BeforeAll
    static void the_stack_comes_up() throws IOException {
        Path outputs = Files.createDirectories(folder.resolve("outputs"));
        traces = new TraceReceiver();
        minutebook =
                new CommandLine(
                        folder.resolve("a stack"),
                        FreePorts.first(10),
                        outputs,
                        Map.of("MINUTEBOOK_TRACES_ENDPOINT", traces.address()));
        minutebook.run("up", "--detach").succeeded();
    }

    @AfterAll
    static void the_stack_goes_down() {
        minutebook.run("down").succeeded();
        traces.close();
        assertThat(minutebook.status().path("parts").values())
                .allSatisfy(part -> assertThat(part.path("state").asString()).isEqualTo("STOPPED"));
    }

    @Test
    @Order(1)
    void status_tells_each_parts_state_address_version_and_memory() {
        JsonNode status = minutebook.status();

        assertThat(status.path("ready").asBoolean()).isTrue();
        assertThat(status.path("search").asString())
                .isEqualTo("http://127.0.0.1:" + minutebook.port());
        assertThat(status.path("upload").asString())
                .isEqualTo("http://127.0.0.1:" + (minutebook.port() + 1));
        assertThat(status.path("parts").values())
                .extracting(part -> part.path("name").asString())
                .containsExactlyInAnyOrderElementsOf(PARTS);
        assertThat(status.path("parts").values())
                .allSatisfy(part -> {
                    assertThat(part.path("state").asString()).isEqualTo("READY");
                    assertThat(part.path("address").asString()).isNotBlank();
                    assertThat(part.path("version").asString()).matches("[0-9].*");
                    assertThat(part.path("memoryBytes").asLong()).isPositive();
                });
    }

    @Test
    @Order(1)
    void status_tells_what_waits_in_front_of_each_service() throws Exception {
        Map<String, String> topics =
                Map.of(
                        "extract-service", "documents.uploaded",
                        "index-service", "agenda-items",
                        "search-api", "agenda-items.indexed");
        for (Map.Entry<String, String> read : topics.entrySet()) {
            // Micrometer looks at a Kafka client's metrics when the client is made, before it has
            // partitions, and then once a minute: two looks must fit.
            await().atMost(Duration.ofMinutes(3))
                    .until(
                            () -> metrics(read.getKey()),
                            metrics ->
                                    metrics.lines()
                                            .filter(line -> line.contains("_records_lag{"))
                                            .anyMatch(line -> line.contains(read.getValue())));
        }
        JsonNode status = minutebook.status();
        assertThat(Stream.of("waiting", "done").flatMap(part -> status.path(part).propertyStream()))
                .hasSize(5 + 6)
                .allSatisfy(entry ->
                        assertThat(entry.getValue().isIntegralNumber())
                                .as(entry.getKey())
                                .isTrue());
    }

    private static String metrics(String service) throws Exception {
        for (JsonNode part : minutebook.status().path("parts")) {
            if (part.path("name").asString().equals(service)) {
                URI metrics = URI.create(part.path("address").asString() + "/actuator/prometheus");
                try (HttpClient http = HttpClient.newHttpClient()) {
                    return http.send(
                                    HttpRequest.newBuilder(metrics).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
                }
            }
        }
        throw new AssertionError("no part " + service);
    }

    @Test
    @Order(2)
    void samples_become_searchable_and_a_second_import_uploads_nothing() {
        JsonNode first = importing(SAMPLES).summary();

        assertThat(first.path("uploaded").asInt()).isEqualTo(SAMPLE_DOCUMENTS);
        assertThat(first.path("indexed").asInt()).isEqualTo(SAMPLE_DOCUMENTS);

        JsonNode second = importing(SAMPLES).summary();

        assertThat(second.path("uploaded").asInt()).isZero();
        assertThat(second.path("known").asInt()).isEqualTo(SAMPLE_DOCUMENTS);
        assertThat(second.path("indexed").asInt()).isEqualTo(SAMPLE_DOCUMENTS);
    }

    @Test
    @Order(3)
    void a_search_finds_an_item_with_its_place() {
        CommandLine.Result result =
                minutebook.run("search", "flood gates", "--council", "Eldmarsh", "--json");

        assertThat(result.succeeded().summary().path("total").asInt()).isPositive();
        JsonNode item = result.json().getFirst();
        assertThat(item.path("title").asString()).containsIgnoringCase("flood gates");
        assertThat(item.path("page").asInt()).isPositive();
        assertThat(item.path("document").path("council").asString()).contains("Eldmarsh");
        assertThat(item.path("highlights").toString()).contains("<mark>");
    }

    @Test
    @Order(4)
    void files_that_nobody_can_read_are_refused_with_a_reason_and_stop_nothing()
            throws IOException {
        Path broken = folder.resolve("broken");
        BrokenDocuments.write(broken, SAMPLES.resolve("council-1-minutes.pdf"));

        CommandLine.Result result = importing(broken);

        assertThat(result.summary().path("refused").asInt()).isEqualTo(5);
        Map<String, String> reasons = new HashMap<>();
        for (JsonNode line : result.json()) {
            if (line.has("file")) {
                String file = line.path("file").asString();
                assertThat(line.path("state").asString()).as(file).isEqualTo("REFUSED");
                reasons.put(
                        file.substring(file.lastIndexOf('/') + 1), line.path("reason").asString());
            }
        }
        assertThat(reasons)
                .containsEntry("text.pdf", "WRONG_TYPE")
                .containsEntry("encrypted.pdf", "ENCRYPTED")
                .containsEntry("empty.pdf", "EMPTY")
                .containsEntry("truncated.pdf", "DAMAGED")
                .containsEntry("no-pages.pdf", "NO_PAGES");
    }

    @Test
    @Order(5)
    void a_file_that_is_not_there_fails_the_import() {
        CommandLine.Result result =
                minutebook.run("import", folder.resolve("nowhere.pdf").toString(), "--json");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.summary().path("failed").asInt()).isEqualTo(1);
    }

    @Test
    @Order(5)
    void letters_of_arguments_and_names_arrive_where_the_locale_has_none() throws Exception {
        Path file = folder.resolve("Cofnodion Môn.txt");
        Files.writeString(file, "Cofnodion " + Instant.now());
        CommandLine ascii =
                new CommandLine(
                        minutebook.data(),
                        minutebook.port(),
                        minutebook.outputs(),
                        Map.of("LC_ALL", "POSIX"));

        CommandLine.Result result =
                ascii.run("import", file.toString(), "--council", "Ynys Môn", "--json").succeeded();

        JsonNode document =
                intake("/api/v1/documents/" + result.json().getFirst().path("id").asString());
        assertThat(document.at("/given/council").asString()).isEqualTo("Ynys Môn");
        assertThat(document.at("/names/0").asString()).isEqualTo("Cofnodion Môn.txt");
    }

    @Test
    @Order(5)
    void an_import_with_other_details_says_that_those_that_are_there_were_kept() throws Exception {
        Path file = folder.resolve("details.txt");
        Files.writeString(file, "Details " + Instant.now());
        String[] command = {"import", file.toString(), "--json", "--council", "Eldmarsh"};

        CommandLine.Result first = minutebook.run(command).succeeded();
        CommandLine.Result same = minutebook.run(command).succeeded();
        command[command.length - 1] = "Wend Valley";
        CommandLine.Result other = minutebook.run(command).succeeded();

        assertThat(Stream.of(first, same, other))
                .extracting(result -> result.summary().path("otherDetails").asInt(-1))
                .containsExactly(0, 0, 1);
        assertThat(same.errors()).doesNotContain("other details");
        assertThat(other.errors()).contains("1 files are here with other details");
    }

    @Test
    @Order(6)
    void whatever_is_killed_comes_back_and_every_document_ends_once() throws Exception {
        Path corpus = folder.resolve("corpus");
        Samples.main(new String[] {"corpus", corpus.toString(), "" + GENERATED_DOCUMENTS, "3"});
        Path documents = folder.resolve("documents");
        movePdfs(corpus, documents);
        CommandLine.Running importing =
                minutebook.start("import", documents.toString(), "--wait", "--json");

        for (String part : PARTS) {
            kill(part);
            minutebook.run("up", "--detach").succeeded();
        }

        CommandLine.Result result = importing.await().succeeded();
        assertThat(result.summary().path("indexed").asInt()).isEqualTo(GENERATED_DOCUMENTS);
        Map<String, Integer> said =
                result.json().stream()
                        .filter(line -> line.has("file"))
                        .collect(
                                Collectors.toMap(
                                        line -> line.path("id").asString(),
                                        line -> line.path("items").asInt()));
        assertThat(said).hasSize(GENERATED_DOCUMENTS);
        said.values().removeIf(items -> items == 0); // of those the index has nothing to count
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(indexedItems()).containsAllEntriesOf(said));
    }

    /**
     * The command and the intake die in the middle of it; the command is repeated, and goes on in
     * the same batch.
     */
    @Test
    @Order(7)
    void a_bulk_import_that_broke_off_goes_on_where_it_was_when_it_is_repeated() throws Exception {
        Map<String, GoldLabels> truth = write(corpus(7), BULK_DOCUMENTS, folder.resolve("bulk"));
        String[] command = {
            "import",
            folder.resolve("bulk").toString(),
            "--folders",
            "{council}/{committee}",
            "--wait",
            "--json"
        };
        CommandLine.Running broken = minutebook.start(command);
        await().atMost(Duration.ofMinutes(3)).until(() -> batches().size() > 0);
        await().atMost(Duration.ofMinutes(3))
                .until(() -> documents(batches().getFirst()).size() > BULK_DOCUMENTS / 4);

        broken.process().destroyForcibly();
        kill("ingest-service");
        CommandLine.Running repeated = minutebook.start(command);
        minutebook.run("up", "--detach").succeeded();

        CommandLine.Result result = repeated.await().succeeded();
        JsonNode summary = result.summary();
        assertThat(summary.path("indexed").asInt()).isEqualTo(BULK_DOCUMENTS);
        assertThat(summary.path("uploaded").asInt()).isLessThan(BULK_DOCUMENTS * 3 / 4);
        assertThat(summary.path("uploaded").asInt() + summary.path("known").asInt())
                .isEqualTo(BULK_DOCUMENTS);
        // The counts are those of a search, which sees what was entered a moment later.
        String path = "/api/v1/batches/" + summary.path("batch").asString() + "?size=0";
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(intake(path).path("states").toString())
                                .isEqualTo("{\"INDEXED\":" + BULK_DOCUMENTS + "}"));
        JsonNode batch = intake(path);
        assertThat(batch.path("files").asInt()).isEqualTo(BULK_DOCUMENTS);
        assertThat(batch.path("accepted").asInt()).isEqualTo(BULK_DOCUMENTS);
        assertThat(batch.path("finished").asBoolean()).isTrue();
        int items = 0;
        int labelled = 0;
        for (JsonNode document : documents(summary.path("batch").asString())) {
            GoldLabels labels = truth.get(document.path("id").asString());
            assertThat(document.at("/given/council").asString()).isEqualTo(labels.council());
            items += document.path("items").asInt();
            labelled += labels.items().size();
        }
        assertThat((double) items / labelled).isBetween(0.95, 1.05);
    }

    @Test
    @Order(8)
    void a_single_document_does_not_wait_behind_a_bulk_import() throws Exception {
        write(corpus(8), BULK_DOCUMENTS, folder.resolve("many"));
        write(corpus(9), 1, folder.resolve("single"));
        kill("extract-service");
        JsonNode bulk =
                minutebook
                        .run("import", folder.resolve("many").toString(), "--json")
                        .succeeded()
                        .summary();
        JsonNode single =
                minutebook
                        .run("import", folder.resolve("single").toString(), "--json")
                        .succeeded()
                        .summary();
        minutebook.run("up", "--detach").succeeded();
        importing(folder.resolve("many"));

        Instant searchable =
                Instant.parse(
                        documents(single.path("batch").asString())
                                .getFirst()
                                .path("at")
                                .asString());
        long later =
                documents(bulk.path("batch").asString()).stream()
                        .filter(document ->
                                Instant.parse(document.path("at").asString()).isAfter(searchable))
                        .count();
        assertThat(later).isGreaterThan(BULK_DOCUMENTS / 2);
    }

    @Test
    @Order(8)
    void waiting_in_vain_ends_with_status_1_and_says_what_waits() throws Exception {
        Path waiting = folder.resolve("waiting");
        write(corpus(12), 1, waiting);
        kill("extract-service");

        CommandLine.Result result =
                minutebook.run("import", waiting.toString(), "--wait", "--patience", "0", "--json");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.summary().path("unfinished").asInt()).isEqualTo(1);
        assertThat(result.errors()).contains("Nothing has moved", "1 files are UPLOADED");
        minutebook.run("up", "--detach").succeeded();
        assertThat(importing(waiting).summary().path("indexed").asInt()).isEqualTo(1);
    }

    @Test
    @Order(9)
    void a_folder_that_is_followed_is_imported_as_it_fills() throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        CommandLine.Running following =
                minutebook.start("import", inbox.toString(), "--watch", "--wait", "--json");
        try {
            write(corpus(10), 1, inbox);
            awaitIndexed(following, 1);

            write(corpus(11), 2, inbox);
            awaitIndexed(following, 3);
        } finally {
            following.process().destroy();
        }
    }

    private static void awaitIndexed(CommandLine.Running importing, int files) {
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() ->
                        assertThat(Files.readAllLines(importing.out()))
                                .filteredOn(line -> line.contains("\"state\":\"INDEXED\""))
                                .hasSize(files));
    }

    @Test
    @Order(10)
    void down_and_up_keep_everything() throws Exception {
        Map<String, Integer> before = indexedItems();

        minutebook.run("down").succeeded();
        minutebook.run("up", "--detach").succeeded();

        assertThat(indexedItems()).isEqualTo(before);
        assertThat(importing(SAMPLES).summary().path("indexed").asInt())
                .isEqualTo(SAMPLE_DOCUMENTS);
    }

    @Test
    @Order(11)
    void a_second_stack_on_the_same_ports_says_who_has_them_and_how_to_move() {
        CommandLine other =
                new CommandLine(folder.resolve("other"), minutebook.port(), minutebook.outputs());

        CommandLine.Result result = other.run("up", "--detach");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors())
                .contains("port " + minutebook.port(), "for search-api", "--port");
    }

    @Test
    @Order(12)
    void wrong_usage_ends_with_status_2() {
        assertThat(minutebook.runPlain("up", "--no-such-option").status()).isEqualTo(2);
        assertThat(minutebook.runPlain("import").status()).isEqualTo(2);
        assertThat(minutebook.runPlain("no-such-verb").status()).isEqualTo(2);
    }

    /**
     * The drill of docs/operations.md: what Kafka and Elasticsearch kept is thrown away, and
     * everything comes back from the store and the exports.
     */
    @Test
    @Order(13)
    void from_the_store_alone_the_whole_index_and_registry_come_back() throws Exception {
        Queue<String> calls = new ConcurrentLinkedQueue<>();
        HttpServer webhook = webhook(calls);
        try {
            minutebook.run("subscribe", "goosander", "--webhook", webhookAddress()).succeeded();
            JsonNode told = importing(agenda("told", "Goosander pond")).json().getFirst();
            await().atMost(Duration.ofMinutes(1)).until(() -> calls.size() == 1);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> exported("--log").contains("\"sent\""));
            changeSamples();
            StackContents before = StackContents.of(minutebook);
            Path subscriptions = folder.resolve("subscriptions.ndjson");
            Files.writeString(subscriptions, exported());
            Path log = folder.resolve("log.ndjson");
            Files.writeString(log, exported("--log"));

            minutebook.run("down").succeeded();
            delete(minutebook.data().resolve("kafka"));
            delete(minutebook.data().resolve("elasticsearch"));
            JsonNode rebuilt = minutebook.run("rebuild", "--json").succeeded().summary();

            assertThat(rebuilt.path("documents").asInt()).isEqualTo(before.documents().size());
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> {
                        StackContents after = StackContents.of(minutebook);
                        assertThat(after.documents()).isEqualTo(before.documents());
                        assertThat(after.items()).isEqualTo(before.items());
                    });

            JsonNode imported =
                    minutebook
                            .run(
                                    "subscriptions",
                                    "import",
                                    subscriptions.toString(),
                                    "--log",
                                    log.toString(),
                                    "--json")
                            .succeeded()
                            .summary();
            assertThat(imported.path("subscriptions").asInt())
                    .isEqualTo((int) Files.readString(subscriptions).lines().count());
            assertThat(imported.path("deliveries").asInt()).isEqualTo(1);
            minutebook.run("reprocess", "--document", told.path("id").asString()).succeeded();
            importing(agenda("new", "Goosander island"));
            await().atMost(Duration.ofMinutes(1)).until(() -> calls.size() == 2);
            assertThat(calls).filteredOn(call -> call.contains("Goosander pond")).hasSize(1);
        } finally {
            webhook.stop(0);
        }
    }

    @Test
    @Order(14)
    void one_trace_shows_the_way_of_a_document_from_upload_to_alert() throws Exception {
        HttpServer webhook = webhook(new ConcurrentLinkedQueue<>());
        try {
            minutebook.run("subscribe", "smew", "--webhook", webhookAddress()).succeeded();
            String document =
                    importing(agenda("traced", "Smew pond"))
                            .json()
                            .getFirst()
                            .path("id")
                            .asString();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(traces.of(document))
                                    .extracting(step -> step.service() + " " + step.name())
                                    .containsExactlyInAnyOrder(
                                            "ingest-service upload",
                                            "extract-service extract",
                                            "index-service index",
                                            "search-api match",
                                            "search-api alert"));
            Map<String, TraceReceiver.Told> steps =
                    traces.of(document).stream()
                            .collect(Collectors.toMap(TraceReceiver.Told::name, step -> step));
            assertThat(steps.get("upload").parent()).isEmpty();
            assertThat(steps.get("extract").parent()).isEqualTo(steps.get("upload").id());
            assertThat(steps.get("index").parent()).isEqualTo(steps.get("extract").id());
            assertThat(steps.get("match").parent()).isEqualTo(steps.get("index").id());
            assertThat(steps.get("alert").parent()).isEqualTo(steps.get("upload").id());
            assertThat(steps.values())
                    .allSatisfy(step -> assertThat(step.nanoseconds()).isPositive());
        } finally {
            webhook.stop(0);
        }
    }

    /** Takes every call. */
    private static HttpServer webhook(Queue<String> calls) throws IOException {
        HttpServer webhook =
                HttpServer.create(new InetSocketAddress("127.0.0.1", minutebook.port() + 8), 0);
        webhook.createContext(
                "/",
                exchange -> {
                    calls.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        webhook.start();
        return webhook;
    }

    private static String webhookAddress() {
        return "http://127.0.0.1:%d/".formatted(minutebook.port() + 8);
    }

    /** One is corrected, one has a hidden item, one is deleted; returns when that is all done. */
    private static void changeSamples() throws Exception {
        List<JsonNode> samples =
                importing(SAMPLES).json().stream()
                        .filter(line -> line.path("items").asInt() > 2)
                        .toList();
        String corrected = samples.get(0).path("id").asString();
        String hiding = samples.get(1).path("id").asString();
        String deleted = samples.get(2).path("id").asString();
        String item =
                StackContents.of(minutebook).items().keySet().stream()
                        .filter(id -> id.startsWith(hiding + "-"))
                        .findFirst()
                        .orElseThrow();
        intake(
                "PATCH",
                "/api/v1/documents/" + corrected,
                "{\"committee\": \"Corrected Committee\", \"title\": \"Corrected\"}");
        intake("PUT", "/api/v1/documents/%s/hidden/%s".formatted(hiding, item), "");
        intake("DELETE", "/api/v1/documents/" + deleted, "");
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> {
                    Map<String, String> items = StackContents.of(minutebook).items();
                    assertThat(items.get(corrected)).contains("Corrected Committee");
                    assertThat(items).doesNotContainKey(item);
                    assertThat(items.get(deleted)).contains("\"deleted\":true");
                });
        // Their states are told after they are in the index.
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        intake("/api/v1/documents?state=UPLOADED,OCR_QUEUED,EXTRACTED")
                                        .path("total")
                                        .asInt()
                                == 0);
    }

    private static String exported(String... more) {
        List<String> command = new ArrayList<>(List.of("subscriptions", "export"));
        command.addAll(List.of(more));
        return String.join("\n", minutebook.run(command.toArray(String[]::new)).succeeded().out());
    }

    /** An agenda of these days, which is news. */
    private static Path agenda(String name, String title) throws IOException {
        Path file = folder.resolve(name + ".pdf");
        Files.write(
                file,
                TextPdf.of(
                        List.of(
                                "Eldmarsh Borough Council",
                                "AGENDA of the meeting to be held on "
                                        + LocalDate.now(ZoneOffset.UTC)
                                                .format(
                                                        DateTimeFormatter.ofPattern(
                                                                "d MMMM uuuu", Locale.UK))
                                        + " at 7.00 pm",
                                "1. Apologies for absence",
                                "2. Minutes of the last meeting",
                                "3. " + title,
                                "To decide about the %s.".formatted(name),
                                "4. Date of the next meeting")));
        return file;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static CommandLine.Result importing(Path path) {
        return minutebook.run("import", path.toString(), "--wait", "--json").succeeded();
    }

    private static Corpus corpus(long seed) {
        return new Corpus(seed, Corpus.of(seed).reference(), 0, 0);
    }

    /** What is in each document, by its id. */
    private static Map<String, GoldLabels> write(Corpus corpus, int count, Path into)
            throws IOException {
        Map<String, GoldLabels> truth = new HashMap<>();
        for (LabelledDocument document : corpus.documents(count).toList()) {
            String committee = document.labels().committee();
            Path place =
                    into.resolve(document.labels().council())
                            .resolve(committee == null ? "Council" : committee);
            Files.write(
                    Files.createDirectories(place).resolve(document.name() + ".pdf"),
                    document.pdf());
            truth.put(DocumentId.of(ContentHash.of(document.pdf())).value(), document.labels());
        }
        return truth;
    }

    /** Batches of imports that are not done, as the command remembers them. */
    private static List<String> batches() throws IOException {
        Path imports = minutebook.data().resolve("imports");
        if (!Files.isDirectory(imports)) {
            return List.of();
        }
        List<String> batches = new ArrayList<>();
        try (Stream<Path> files = Files.list(imports)) {
            for (Path file : files.toList()) {
                batches.add(Files.readString(file).strip());
            }
        }
        return batches;
    }

    private static List<JsonNode> documents(String batch) throws Exception {
        return List.copyOf(
                intake("/api/v1/documents?size=1000&batch=" + batch).path("documents").values());
    }

    private static JsonNode intake(String path) throws Exception {
        return intake("GET", path, "");
    }

    private static JsonNode intake(String method, String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + (minutebook.port() + 1) + path))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + Files.readString(minutebook.data().resolve("upload.key"))
                                                .strip())
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    private static void movePdfs(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pdf")).toList()) {
                Files.move(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** The hard way, as a lack of memory does it. */
    private static void kill(String part) {
        long pid =
                minutebook.status().path("parts").values().stream()
                        .filter(one -> one.path("name").asString().equals(part))
                        .findFirst()
                        .orElseThrow()
                        .path("pid")
                        .asLong();
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** How many items of each document the index holds. */
    private static Map<String, Integer> indexedItems() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/agenda-items/_search"
                                                .formatted(minutebook.port() + 6)))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        """
                                        {"size": 0, "query": {"terms": {"role": ["item", "section"]}}, "aggs": {"documents":
                                          {"terms": {"field": "document.id", "size": 1000}}}}
                                        """))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Map<String, Integer> items = new HashMap<>();
            for (JsonNode bucket :
                    JSON.readTree(answer)
                            .path("aggregations")
                            .path("documents")
                            .path("buckets")
                            .values()) {
                items.put(bucket.path("key").asString(), bucket.path("doc_count").asInt());
            }
            return items;
        }
    }
}
