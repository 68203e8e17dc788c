package org.minutebook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.samples.Corpus;
import org.minutebook.samples.LabelledDocument;
import org.minutebook.samples.TextPdf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole product in containers, from {@code deploy/compose} and with images made without any
 * registry: Kafka, Elasticsearch, a store that speaks S3, a mail server, Prometheus and the four
 * services. Skipped, aloud, where no engine answers.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestMethodOrder(OrderAnnotation.class)
class ComposeIT {

    private static final List<String> SERVICES =
            List.of("ingest-service", "extract-service", "index-service", "search-api");
    private static final Path SAMPLES = Project.ROOT.resolve("deploy/local/samples");
    private static final Path REAL_DOCUMENTS = Project.ROOT.resolve("../shared/corpus").normalize();
    private static final int GENERATED_DOCUMENTS = 150;
    private static final String KEY = "a key of this test alone";
    private static final Pattern METRIC =
            Pattern.compile(
                    "\\b((?:up|minutebook|kafka|http|jvm|process|spring|executor)[a-z_]*)\\b");

    private static final String SUBSCRIBER = "bird@example.org";
    private static final Pattern CONFIRM =
            Pattern.compile(
                    "(http://127\\.0\\.0\\.1:\\d+/subscriptions/confirm)\\?(token=[\\w.-]+)");
    private static final String DAY_OF_MEETING =
            LocalDate.now(ZoneOffset.UTC)
                    .format(DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private static Path folder;

    private static ContainerEngine engine;
    private static CommandLine minutebook;

    @BeforeAll
    static void the_stack_comes_up() throws Exception {
        Optional<String> obstacle = ContainerEngine.obstacle();
        obstacle.ifPresent(
                why -> System.err.printf("SKIPPED: the product in containers, because %s%n", why));
        assumeTrue(obstacle.isEmpty(), obstacle.orElse(""));

        ContainerEngine.buildImages(folder.resolve("images.log"));
        int port = FreePorts.first(10);
        engine =
                new ContainerEngine(
                        ContainerEngine.composeTool(),
                        "minutebook-test-" + port,
                        settings(port),
                        List.of(
                                Project.ROOT.resolve("deploy/compose/compose.yaml"),
                                Project.ROOT.resolve(
                                        "deploy/compose/compose.without-registry.yaml"),
                                Path.of(ComposeIT.class.getResource("/compose.test.yaml").toURI())),
                        folder.resolve("compose.log"));
        minutebook =
                new CommandLine(
                        folder.resolve("data"),
                        port,
                        Files.createDirectories(folder.resolve("outputs")),
                        Map.of(
                                "MINUTEBOOK_UPLOAD_ADDRESS",
                                "http://127.0.0.1:" + (port + 1),
                                "MINUTEBOOK_SEARCH_ADDRESS",
                                "http://127.0.0.1:" + port,
                                "MINUTEBOOK_UPLOAD_KEY",
                                KEY));
        engine.compose("up", "-d");
        SERVICES.forEach(ComposeIT::awaitHealthy);
    }

    @AfterAll
    static void the_stack_goes_down() throws Exception {
        if (engine != null) {
            engine.compose("down", "--volumes", "--timeout", "10");
        }
    }

    private static Path settings(int port) throws Exception {
        ContentHash hash = ContentHash.of(KEY.getBytes(StandardCharsets.UTF_8));
        return Files.write(
                folder.resolve("settings.env"),
                List.of(
                        "UPLOAD_KEY_HASHES=test:" + hash,
                        "S3_ACCESS_KEY=minutebook",
                        "S3_SECRET_KEY=" + "s3".repeat(10),
                        "GRAFANA_PASSWORD=unused",
                        "SEARCH_PORT=" + port,
                        "SEARCH_ADDRESS=http://127.0.0.1:" + port,
                        "UPLOAD_PORT=" + (port + 1),
                        "MAIL_WEB_PORT=" + (port + 2),
                        "PROMETHEUS_PORT=" + (port + 3),
                        "GRAFANA_PORT=" + (port + 4),
                        "ELASTICSEARCH_PORT=" + (port + 6), // where StackContents looks
                        "TAG=local"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest-service", "extract-service", "index-service", "search-api"})
    @Order(1)
    void a_service_is_nobody_in_particular_and_cannot_write_into_its_image(String service)
            throws Exception {
        assertThat(engine.inspect(service, "{{.Config.User}}")).isEqualTo("10001:10001");
        assertThat(engine.inspect(service, "{{.HostConfig.ReadonlyRootfs}}")).isEqualTo("true");
        assertThat(engine.inspect(service, "{{.HostConfig.CapDrop}}")).isEqualTo("[ALL]");
        assertThat(engine.executeAsRoot(service, "touch", "/app/app.jar")).contains("Read-only");
    }

    @Test
    @Order(2)
    void nothing_is_lost_while_the_services_are_replaced_one_by_one() throws Exception {
        List<String> command = new ArrayList<>(List.of("import", SAMPLES.toString()));
        command.add(generated().toString());
        if (Files.isDirectory(REAL_DOCUMENTS)) {
            command.add(REAL_DOCUMENTS.toString());
        } else {
            System.err.println("SKIPPED: documents of real councils in containers; none are there");
        }
        command.addAll(List.of("--wait", "--json"));
        CommandLine.Running importing = minutebook.start(command.toArray(String[]::new));

        for (String service : SERVICES) {
            assertThat(importing.process().isAlive()).as("before " + service).isTrue();
            String before = engine.inspect(service, "{{.Id}}");
            engine.compose("up", "-d", "--force-recreate", "--no-deps", service);
            awaitHealthy(service);
            assertThat(engine.inspect(service, "{{.Id}}")).isNotEqualTo(before);
        }

        CommandLine.Result result = importing.await().succeeded();
        JsonNode summary = result.summary();
        assertThat(summary.path("indexed").asInt())
                .isEqualTo(summary.path("files").asInt())
                .isGreaterThan(GENERATED_DOCUMENTS);
        Map<String, Integer> said =
                result.json().stream()
                        .filter(line -> line.path("items").asInt() > 0)
                        .collect(
                                Collectors.toMap(
                                        line -> line.path("id").asString(),
                                        line -> line.path("items").asInt(),
                                        (one, same) -> one));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(indexedItems()).containsAllEntriesOf(said));
    }

    @Test
    @Order(3)
    void what_was_imported_is_found() {
        JsonNode found =
                minutebook
                        .run("search", "flood gates", "--council", "Eldmarsh", "--json")
                        .succeeded()
                        .summary();

        assertThat(found.path("total").asInt()).isPositive();
        if (Files.isDirectory(REAL_DOCUMENTS)) {
            JsonNode real = minutebook.run("search", "distillery", "--json").succeeded().summary();
            assertThat(real.path("total").asInt()).isPositive();
        }
    }

    @Test
    @Order(4)
    void who_subscribes_and_confirms_is_written_an_alert() throws Exception {
        minutebook.run("subscribe", "goosander", "--email", SUBSCRIBER).succeeded();
        confirm(awaitMail("/subscriptions/confirm"));

        minutebook
                .run("import", agendaAboutGoosanders().toString(), "--wait", "--json")
                .succeeded();

        assertThat(awaitMail("A new item matches")).contains("The goosander pond", DAY_OF_MEETING);
    }

    /** An alert rule or a panel about a metric that nobody has would stay silent for ever. */
    @Test
    @Order(5)
    void the_alert_rules_and_the_dashboard_are_about_metrics_that_are_there() throws Exception {
        Set<String> metrics = new TreeSet<>();
        Project.read(Project.ROOT.resolve("deploy/grafana/alerts.yaml"))
                .lines()
                .filter(line -> line.strip().startsWith("expr:"))
                .map(line -> line.replaceAll("\\{[^}]*}|by \\([^)]*\\)", ""))
                .forEach(line ->
                        METRIC.matcher(line).results().forEach(m -> metrics.add(m.group(1))));
        assertThat(metrics).contains("up", "minutebook_dead_letters");
        List<String> panels =
                JSON.readTree(Project.read(Project.ROOT.resolve("deploy/grafana/minutebook.json")))
                        .findValuesAsString("expr");
        assertThat(panels).hasSizeGreaterThan(10);

        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    for (String service : SERVICES) {
                        assertThat(
                                        query(
                                                        "up{job=\"minutebook\", service=\"%s\"} == 1"
                                                                .formatted(service))
                                                .values())
                                .as(service)
                                .hasSize(1);
                    }
                    for (String metric : metrics) {
                        assertThat(query(metric).values()).as(metric).isNotEmpty();
                    }
                    for (String panel : panels) {
                        assertThat(query(panel).values()).as(panel).isNotEmpty();
                    }
                    assertThat(get(3, "/api/v1/rules").at("/data/groups").findValues("health"))
                            .hasSizeGreaterThan(8)
                            .extracting(JsonNode::asString)
                            .containsOnly("ok");
                });
    }

    /** The document of which a subscriber was told: search-api has no step of others. */
    @Test
    @Order(6)
    void every_service_logs_json_that_names_the_document() throws Exception {
        String document =
                DocumentId.of(ContentHash.of(Files.readAllBytes(folder.resolve("goosanders.pdf"))))
                        .value();
        for (String service : SERVICES) {
            await(service)
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(
                                            engine.logOf(service)
                                                    .filter(line -> line.startsWith("{"))
                                                    .map(JSON::readTree))
                                    .anySatisfy(line -> {
                                        assertThat(line.at("/service/name").asString())
                                                .isEqualTo(service);
                                        assertThat(line.at("/trace/id").asString())
                                                .isEqualTo(document);
                                        assertThat(line.at("/minutebook/document").asString())
                                                .isEqualTo(document);
                                    }));
        }
    }

    /** The first mail to the subscriber that says this, as it was sent, its lines whole. */
    private static String awaitMail(String saying) {
        return await(saying)
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions() // until the first mail the server knows no such user
                .until(
                        () ->
                                get(2, "/api/user/%s/messages/".formatted(SUBSCRIBER))
                                        .findValuesAsString("mimeMessage")
                                        .stream()
                                        .map(sent ->
                                                sent.replaceAll("=\\R", "").replace("=3D", "="))
                                        .filter(text -> text.contains(saying))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Presses the button of the page that the mail's link leads to. */
    private static void confirm(String mail) throws Exception {
        Matcher link = CONFIRM.matcher(mail);
        assertThat(link.find()).as(mail).isTrue();
        HttpRequest press =
                HttpRequest.newBuilder(URI.create(link.group(1)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(link.group(2)))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(press, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static JsonNode query(String expression) throws Exception {
        return get(
                        3,
                        "/api/v1/query?query="
                                + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .at("/data/result");
    }

    private static JsonNode get(int offset, String path) throws Exception {
        URI address =
                URI.create("http://127.0.0.1:%d%s".formatted(minutebook.port() + offset, path));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JSON.readTree(
                    http.send(
                                    HttpRequest.newBuilder(address).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    private static void awaitHealthy(String service) {
        await(service)
                .atMost(Duration.ofMinutes(4))
                .until(() -> engine.inspect(service, "{{.State.Health.Status}}").equals("healthy"));
    }

    private static Map<String, Integer> indexedItems() throws Exception {
        return StackContents.of(minutebook).items().keySet().stream()
                .filter(id -> id.contains("-")) // the others are of documents as a whole
                .collect(
                        Collectors.toMap(
                                id -> id.substring(0, id.lastIndexOf('-')), id -> 1, Integer::sum));
    }

    private static Path generated() throws Exception {
        Path into = Files.createDirectories(folder.resolve("generated"));
        Corpus corpus = new Corpus(21, Corpus.of(21).reference(), 0, 0);
        for (LabelledDocument document : corpus.documents(GENERATED_DOCUMENTS).toList()) {
            Files.write(into.resolve(document.name() + ".pdf"), document.pdf());
        }
        return into;
    }

    private static Path agendaAboutGoosanders() throws Exception {
        return Files.write(
                folder.resolve("goosanders.pdf"),
                TextPdf.of(
                        List.of(
                                "Eldmarsh Borough Council",
                                "AGENDA of the meeting to be held on "
                                        + DAY_OF_MEETING
                                        + " at 7.00 pm",
                                "1. Apologies for absence",
                                "2. The goosander pond",
                                "3. Date of the next meeting")));
    }
}
