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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
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
import org.minutebook.contracts.Topic;
import org.minutebook.embedded.Launch;
import org.minutebook.embedded.ServerProcess;
import org.minutebook.embedded.ServerProcess.Lifetime;
import org.minutebook.local.client.Intake;
import org.minutebook.local.stack.ServicePrograms;
import org.minutebook.samples.TextPdf;
import tools.jackson.databind.json.JsonMapper;

/**
 * The jars as they are, against servers that ask for TLS and passwords, by settings alone; and
 * nowhere does a service tell what it was given. {@code docs/security.md} says which settings and
 * rights.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestMethodOrder(OrderAnnotation.class)
class SecuredServersIT {

    private static final List<String> SERVICES =
            List.of("ingest-service", "extract-service", "index-service", "search-api");

    /** Four services at once on two busy processors. */
    private static final Duration START = Duration.ofMinutes(4);

    /** Another number than the services take by themselves. */
    private static final int PARTITIONS = 5;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ServicePrograms PROGRAMS = new ServicePrograms(Project.ROOT);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private static Path folder;

    /** By what they are for: what nobody may read anywhere. */
    private static final Map<String, String> secrets = new LinkedHashMap<>();

    /** What services answered. */
    private static final List<String> answers = new ArrayList<>();

    private static final List<ServerProcess> services = new ArrayList<>();
    private static final Queue<String> calls = new ConcurrentLinkedQueue<>();

    private static int ports;
    private static SecuredServers servers;
    private static HttpServer webhook;

    @BeforeAll
    static void the_services_start_with_what_they_need_to_know() throws Exception {
        ports = FreePorts.first(16);
        PROGRAMS.prepareAll();
        servers = new SecuredServers(folder.resolve("servers"), ports);
        webhook = HttpServer.create(new InetSocketAddress("127.0.0.1", ports + 14), 0);
        webhook.createContext(
                "/",
                exchange -> {
                    calls.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        webhook.start();
        for (String service : SERVICES) {
            secrets.put("Kafka's password of " + service, servers.kafkaPassword(service));
        }
        secrets.put(
                "Elasticsearch's password of ingest-service",
                servers.elasticsearchPassword("ingest-service"));
        secrets.put(
                "Elasticsearch's password of index-service",
                servers.elasticsearchPassword("index-service"));
        secrets.put("Elasticsearch's key of search-api", servers.apiKey("minutebook_search"));
        secrets.put("key of the store", servers.secretKey());
        secrets.put("password of the mail server", SecuredServers.secret());
        secrets.put("secret that signs links", SecuredServers.secret() + SecuredServers.secret());
        secrets.put("upload key", SecuredServers.secret());
        createTopics();
        Map<String, ServerProcess> started = new LinkedHashMap<>();
        for (String service : SERVICES) {
            started.put(service, start(service, service, settings(service)));
        }
        started.forEach((service, process) ->
                process.awaitReady(() -> health(port(service)) == 200, START));
    }

    @AfterAll
    static void all_is_stopped() throws Exception {
        services.forEach(service -> service.stop(Duration.ofSeconds(20)));
        webhook.stop(0);
        servers.close();
    }

    private static int port(String name) {
        return ports
                + 6
                + SERVICES.indexOf(name.replace("wrong ", ""))
                + (name.startsWith("wrong") ? SERVICES.size() : 0);
    }

    /** The settings of {@code docs/security.md}. */
    private static Map<String, String> settings(String service) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "SPRING_SSL_BUNDLE_PEM_SERVERS_TRUSTSTORE_CERTIFICATE",
                servers.certificate().toUri().toString());
        settings.put("JAVA_TOOL_OPTIONS", String.join(" ", servers.trustStoreOptions()));
        settings.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers());
        settings.put("SPRING_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        settings.put("SPRING_KAFKA_SSL_BUNDLE", "servers");
        settings.put("SPRING_KAFKA_PROPERTIES_SASL_MECHANISM", "SCRAM-SHA-512");
        settings.put(
                "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                SecuredServers.jaas(service, servers.kafkaPassword(service)));
        settings.put("SPRING_ELASTICSEARCH_URIS", servers.elasticsearch().toString());
        settings.put("SPRING_ELASTICSEARCH_RESTCLIENT_SSL_BUNDLE", "servers");
        settings.put("MINUTEBOOK_STORE_S3_BUCKET", SecuredServers.BUCKET);
        settings.put("MINUTEBOOK_STORE_S3_ENDPOINT", servers.objects().toString());
        settings.put("MINUTEBOOK_STORE_S3_PATH_STYLE", "true");
        settings.put("AWS_ACCESS_KEY_ID", servers.accessKey());
        settings.put("AWS_SECRET_ACCESS_KEY", servers.secretKey());
        switch (service) {
            case "ingest-service" -> {
                settings.put("SPRING_ELASTICSEARCH_USERNAME", service);
                settings.put(
                        "SPRING_ELASTICSEARCH_PASSWORD", servers.elasticsearchPassword(service));
                settings.put("MINUTEBOOK_INGEST_KEY_HASHES", keyHash());
            }
            case "index-service" -> {
                // This one by a file.
                Path secret = Files.createDirectories(folder.resolve("secrets"));
                Files.writeString(secret.resolve("spring.elasticsearch.username"), service);
                Files.writeString(
                        secret.resolve("spring.elasticsearch.password"),
                        servers.elasticsearchPassword(service));
                settings.put("SPRING_CONFIG_IMPORT", "configtree:" + secret + "/");
            }
            case "search-api" -> {
                settings.put(
                        "SPRING_ELASTICSEARCH_API_KEY",
                        secrets.get("Elasticsearch's key of search-api"));
                settings.put("SPRING_MAIL_HOST", "localhost");
                settings.put("SPRING_MAIL_USERNAME", "alerts");
                settings.put("SPRING_MAIL_PASSWORD", secrets.get("password of the mail server"));
                settings.put("MINUTEBOOK_STORE_S3_PRESIGNED_DOWNLOADS", "true");
                settings.put("MINUTEBOOK_ALERTS_SECRET", secrets.get("secret that signs links"));
                settings.put("MINUTEBOOK_ALERTS_OPERATOR_KEY_HASHES", keyHash());
                settings.put("MINUTEBOOK_ALERTS_WEBHOOK_ALLOW", "127.0.0.1:" + (ports + 14));
            }
            default -> {}
        }
        return settings;
    }

    private static String keyHash() {
        return "test:" + ContentHash.of(secrets.get("upload key").getBytes(UTF_8)).hex();
    }

    private static ServerProcess start(String service, String name, Map<String, String> settings)
            throws IOException {
        Path home = Files.createDirectories(folder.resolve(name).resolve("tmp")).getParent();
        List<String> command = new ArrayList<>(PROGRAMS.command(service, settings.keySet()));
        command.add(1, "-Djava.io.tmpdir=" + home.resolve("tmp"));
        command.add("--server.port=" + port(name));
        ServerProcess process =
                ServerProcess.start(
                        new Launch(name, command, settings, home, log(name)),
                        Lifetime.WITH_THIS_PROCESS);
        services.add(process);
        return process;
    }

    /** Before any service, as the job does it where services find a cluster that exists. */
    private static void createTopics() throws Exception {
        Map<String, String> settings = settings("ingest-service");
        List<String> command =
                new ArrayList<>(PROGRAMS.command("ingest-service", settings.keySet()));
        command.addAll(List.of("topics", "--minutebook.topics.partitions=" + PARTITIONS));
        Path home = Files.createDirectories(folder.resolve("topics"));
        ServerProcess job =
                ServerProcess.start(
                        new Launch("topics", command, settings, home, log("topics")),
                        Lifetime.WITH_THIS_PROCESS);
        assertThat(job.handle().onExit().get(START.toSeconds(), TimeUnit.SECONDS).isAlive())
                .isFalse();
        List<String> said = Files.readAllLines(log("topics"));
        for (Topic<?> topic : Topic.ALL) {
            assertThat(said)
                    .contains(
                            topic.name() + ": " + PARTITIONS + " partitions, replication factor 1",
                            topic.deadLetters()
                                    + ": "
                                    + PARTITIONS
                                    + " partitions, replication factor 1");
        }
    }

    private static Path log(String name) {
        return folder.resolve("logs").resolve(name + ".log");
    }

    private static int health(int port) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(at(port, "/actuator/health/readiness")).build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
        answers.add(answer.uri() + " " + answer.headers().map() + " " + answer.body());
        return answer;
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return send(
                HttpRequest.newBuilder(at(port, path))
                        .header("Authorization", "Bearer " + secrets.get("upload key")));
    }

    @Test
    @Order(1)
    void a_document_is_found_and_told_of() throws Exception {
        HttpResponse<String> subscribed =
                send(
                        HttpRequest.newBuilder(at(port("search-api"), "/api/v1/subscriptions"))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + secrets.get("upload key"))
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"query\": \"goosander\", \"webhook\": \"http://127.0.0.1:%d/\"}"
                                                        .formatted(ports + 14))));
        assertThat(subscribed.statusCode()).as(subscribed.body()).isEqualTo(201);

        Path agenda = Files.write(folder.resolve("agenda.pdf"), agenda());
        new Intake(at(port("ingest-service"), ""), secrets.get("upload key"))
                .upload(agenda, "agenda.pdf", Map.of());

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        JSON.readTree(
                                                        get(
                                                                        port("search-api"),
                                                                        "/api/v1/items?q=goosander")
                                                                .body())
                                                .path("total")
                                                .asInt())
                                .isEqualTo(1));
        await().atMost(PATIENCE).until(() -> calls.size() == 1);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        get(
                                                        port("ingest-service"),
                                                        "/api/v1/documents?state=INDEXED")
                                                .body())
                                .contains("agenda.pdf"));
        assertThat(get(port("ingest-service"), "/api/v1/dead-letters").statusCode()).isEqualTo(200);

        DocumentId document = DocumentId.of(ContentHash.of(Files.readAllBytes(agenda)));
        HttpResponse<String> original =
                get(port("search-api"), "/api/v1/documents/" + document + "/file");
        assertThat(original.statusCode()).isEqualTo(302);
        URI address = URI.create(original.headers().firstValue("Location").orElseThrow());
        assertThat(address).hasAuthority(servers.objects().getAuthority());
        assertThat(servers.fetch(address).body()).isEqualTo(Files.readAllBytes(agenda));
    }

    /** An agenda of these days, which is news. */
    private static byte[] agenda() throws IOException {
        return TextPdf.of(
                List.of(
                        "Eldmarsh Borough Council",
                        "AGENDA of the meeting to be held on "
                                + LocalDate.now(ZoneOffset.UTC)
                                        .format(
                                                DateTimeFormatter.ofPattern(
                                                        "d MMMM uuuu", Locale.UK))
                                + " at 7.00 pm",
                        "1. Apologies for absence",
                        "2. Goosander pond",
                        "To decide about the pond.",
                        "3. Date of the next meeting"));
    }

    /** Each knows where the servers are, and none is let in; one not even to its documents. */
    @Test
    @Order(2)
    void with_wrong_passwords_each_says_so_and_goes_on_when_they_are_put_right() throws Exception {
        secrets.put("wrong key of the store", SecuredServers.secret());
        Map<String, String> noStore = settings("ingest-service");
        noStore.put("AWS_SECRET_ACCESS_KEY", secrets.get("wrong key of the store"));
        ServerProcess storeless = start("ingest-service", "no store", noStore);
        Map<String, ServerProcess> started = new LinkedHashMap<>();
        for (String service : SERVICES) {
            secrets.put("wrong password of " + service, SecuredServers.secret());
            String wrong = secrets.get("wrong password of " + service);
            Map<String, String> settings = settings(service);
            settings.put(
                    "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                    SecuredServers.jaas(service, wrong));
            settings.remove("SPRING_CONFIG_IMPORT");
            settings.remove("SPRING_ELASTICSEARCH_API_KEY");
            settings.put("SPRING_ELASTICSEARCH_USERNAME", service);
            settings.put("SPRING_ELASTICSEARCH_PASSWORD", wrong);
            started.put("wrong " + service, start(service, "wrong " + service, settings));
        }
        started.forEach(
                (name, process) -> process.awaitReady(() -> health(port(name)) == 200, START));

        for (String name : started.keySet()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(Project.read(log(name)))
                                    .contains(
                                            "invalid credentials with SASL mechanism SCRAM-SHA-512"));
        }
        assertThat(get(port("wrong search-api"), "/api/v1/items?q=goosander").statusCode())
                .isEqualTo(503);
        assertThat(get(port("wrong ingest-service"), "/api/v1/documents").statusCode())
                .isEqualTo(503);
        assertThat(get(port("wrong ingest-service"), "/api/v1/dead-letters").statusCode())
                .isEqualTo(503);
        assertThat(started.values()).allMatch(process -> process.handle().isAlive());

        Map<String, String> passwords = new LinkedHashMap<>();
        SERVICES.forEach(
                service -> passwords.put(service, secrets.get("wrong password of " + service)));
        servers.letIntoKafka(passwords);
        for (String name : List.of("wrong ingest-service", "wrong index-service")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(Project.read(log(name))).contains("partitions assigned"));
        }
        await().atMost(START).until(() -> !storeless.handle().isAlive());
        assertThat(Project.read(log("no store")))
                .contains("Cannot reach bucket " + SecuredServers.BUCKET);
    }

    @Test
    @Order(3)
    void no_secret_is_in_a_log_or_an_answer() throws Exception {
        for (int port = ports + 6; port < ports + 14; port++) {
            String index = get(port, "/actuator").body();
            for (var link : JSON.readTree(index).path("_links").values()) {
                String address = link.path("href").asString();
                if (!address.contains("{")) {
                    send(HttpRequest.newBuilder(URI.create(address)));
                }
            }
            for (String path : List.of("/actuator/env", "/actuator/configprops", "/no-such-page")) {
                assertThat(get(port, path).statusCode()).as(path).isEqualTo(404);
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (String answer : answers) {
            texts.put(answer.substring(0, answer.indexOf(' ')) + " " + texts.size(), answer);
        }
        try (var logs = Files.newDirectoryStream(folder.resolve("logs"))) {
            for (Path log : logs) {
                texts.put(log.getFileName().toString(), Files.readString(log));
            }
        }

        assertThat(texts).hasSizeGreaterThan(SERVICES.size() * 2 + 1 + 20);
        texts.forEach((name, text) ->
                secrets.forEach((what, secret) ->
                        assertThat(text).as("%s in %s", what, name).doesNotContain(secret)));
    }
}
