package org.minutebook.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.minutebook.contracts.Topic;
import org.minutebook.embedded.EmbeddedElasticsearch;
import org.minutebook.embedded.EmbeddedKafka;
import org.minutebook.embedded.JavaProgram;
import org.minutebook.embedded.Launch;
import org.minutebook.embedded.ServerProcess;
import org.minutebook.embedded.ServerProcess.Lifetime;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * A broker, an Elasticsearch and an S3 server that nobody enters without TLS and a password or key.
 * Who may do what stands in {@code docs/security.md} and nowhere else.
 */
final class SecuredServers implements AutoCloseable {

    static final String BUCKET = "minutes";

    private static final String DOCUMENTATION = "docs/security.md";
    private static final String STORE_PASSWORD = "of a file that holds nothing but this test's";
    private static final String OPERATOR = "operator";
    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final int firstPort;
    private final Map<String, String> kafkaPasswords = new LinkedHashMap<>();
    private final Map<String, String> elasticsearchPasswords = new LinkedHashMap<>();
    private final String accessKey = secret();
    private final String secretKey = secret();
    private final List<ServerProcess> processes = new ArrayList<>();
    private final HttpClient http;
    private S3Proxy objects;

    /**
     * Starts them.
     *
     * @param folder for all that they write
     * @param firstPort first of six ports
     */
    SecuredServers(Path folder, int firstPort) throws Exception {
        this.folder = folder;
        this.firstPort = firstPort;
        makeCertificate();
        http = HttpClient.newBuilder().sslContext(trust()).build();
        ServerProcess kafka = startKafka();
        ServerProcess elasticsearch = startElasticsearch();
        startObjects();
        kafka.awaitReady(() -> Files.exists(folder.resolve("kafka/ready")), START);
        grantInKafka();
        elasticsearch.awaitReady(this::elasticsearchAnswers, START);
    }

    /** Something that no log contains by chance. */
    static String secret() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random).replace('-', 'x').replace('_', 'y');
    }

    /** The certificate to trust, in PEM. */
    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    /** The same as Java's own trust store takes it. */
    List<String> trustStoreOptions() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + folder.resolve("trusted.p12"),
                // Ours holds no secret; Java wants one all the same.
                "-Djavax.net.ssl.trustStorePassword=changeit");
    }

    String bootstrapServers() {
        return "localhost:" + (firstPort + 2);
    }

    /** How a user proves itself to the broker. */
    static String jaas(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, password);
    }

    String kafkaPassword(String service) {
        return kafkaPasswords.get(service);
    }

    URI elasticsearch() {
        return URI.create("https://localhost:" + (firstPort + 3));
    }

    String elasticsearchPassword(String service) {
        return elasticsearchPasswords.get(service);
    }

    URI objects() {
        return URI.create("https://localhost:" + (firstPort + 5));
    }

    String accessKey() {
        return accessKey;
    }

    String secretKey() {
        return secretKey;
    }

    /** A new key of Elasticsearch with a role, as clients send it. */
    String apiKey(String role) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(elasticsearch().resolve("/_security/api_key"))
                        .header("Authorization", basic(OPERATOR))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        JSON.writeValueAsBytes(
                                                Map.of(
                                                        "name",
                                                        role,
                                                        "role_descriptors",
                                                        Map.of(role, roles().get(role))))))
                        .build();
        String answer = http.send(request, BodyHandlers.ofString()).body();
        String key = JSON.readTree(answer).path("encoded").asString();
        if (key.isEmpty()) {
            throw new IllegalStateException(answer);
        }
        return key;
    }

    private String basic(String user) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (user + ":" + elasticsearchPasswords.get(user)).getBytes(UTF_8));
    }

    private boolean elasticsearchAnswers() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    elasticsearch()
                                            .resolve(
                                                    "/_cluster/health?wait_for_status=yellow&timeout=0s"))
                            .header("Authorization", basic(OPERATOR))
                            .timeout(Duration.ofSeconds(2))
                            .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void makeCertificate() throws Exception {
        Files.createDirectories(folder);
        Process keytool =
                new ProcessBuilder(
                                JavaProgram.home().resolve("bin/keytool").toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "RSA",
                                "-validity",
                                "2",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost,ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                "server.p12",
                                "-storepass",
                                STORE_PASSWORD)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.txt").toFile())
                        .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("keytool.txt")));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        String certificate = pem("CERTIFICATE", store.getCertificate("server").getEncoded());
        String key =
                pem(
                        "PRIVATE KEY",
                        store.getKey("server", STORE_PASSWORD.toCharArray()).getEncoded());
        Files.writeString(certificate(), certificate);
        Files.writeString(folder.resolve("key.pem"), key);
        Files.writeString(folder.resolve("both.pem"), key + certificate);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        try (var out = Files.newOutputStream(folder.resolve("trusted.p12"))) {
            trusted.store(out, "changeit".toCharArray());
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    }

    /** What anybody who trusts these servers gets at an address. */
    HttpResponse<byte[]> fetch(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
    }

    private SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("trusted.p12"))) {
            trusted.load(in, "changeit".toCharArray());
        }
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** Two entrances: for clients, and without a password for the broker itself and this test. */
    private ServerProcess startKafka() throws IOException {
        EmbeddedKafka kafka =
                new EmbeddedKafka(
                        folder.resolve("kafka"), firstPort, firstPort + 1, EmbeddedKafka.SMALL);
        Launch launch = kafka.prepare();
        Files.writeString(
                folder.resolve("kafka/server.properties"),
                """
                listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d,SASL_SSL://localhost:%3$d
                advertised.listeners=PLAINTEXT://localhost:%1$d,SASL_SSL://localhost:%3$d
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL
                sasl.enabled.mechanisms=SCRAM-SHA-512
                listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=\
                org.apache.kafka.common.security.scram.ScramLoginModule required;
                ssl.keystore.type=PEM
                ssl.keystore.location=%4$s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:ANONYMOUS
                allow.everyone.if.no.acl.found=false
                """
                        .formatted(
                                firstPort,
                                firstPort + 1,
                                firstPort + 2,
                                folder.resolve("both.pem")),
                StandardOpenOption.APPEND);
        return started(launch);
    }

    private ServerProcess started(Launch launch) {
        ServerProcess process = ServerProcess.start(launch, Lifetime.WITH_THIS_PROCESS);
        processes.add(process);
        return process;
    }

    /** Its users, and their rights as the documentation tells them. */
    private void grantInKafka() throws ExecutionException, InterruptedException {
        List<AclBinding> rights = rightsInKafka();
        rights.forEach(right ->
                kafkaPasswords.computeIfAbsent(
                        right.entry().principal().substring("User:".length()), user -> secret()));
        letIntoKafka(kafkaPasswords, rights);
    }

    /** From now on the broker knows these passwords. */
    void letIntoKafka(Map<String, String> passwords)
            throws ExecutionException, InterruptedException {
        letIntoKafka(passwords, List.of());
    }

    private void letIntoKafka(Map<String, String> passwords, List<AclBinding> rights)
            throws ExecutionException, InterruptedException {
        List<UserScramCredentialAlteration> users = new ArrayList<>();
        passwords.forEach((user, password) ->
                users.add(
                        new UserScramCredentialUpsertion(
                                user,
                                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                                password)));
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                "localhost:" + firstPort))) {
            admin.alterUserScramCredentials(users).all().get();
            admin.createAcls(rights).all().get();
        }
    }

    /** The rows of the table, as {@code | `service` | `Read` | topic | `name`, all `-dlt` |}. */
    private static List<AclBinding> rightsInKafka() {
        List<AclBinding> rights = new ArrayList<>();
        for (String line : documentation("### Rights in Kafka").lines().toList()) {
            if (!line.startsWith("| `")) {
                continue;
            }
            String[] cells = line.split("\\|");
            String user = words(cells[1]).getFirst();
            String resource = cells[3].strip();
            for (String name : names(cells[4])) {
                for (String operation : words(cells[2])) {
                    rights.add(
                            new AclBinding(
                                    new ResourcePattern(
                                            ResourceType.fromString(
                                                    resource.replaceAll(",.*", "")
                                                            .replace(' ', '_')),
                                            name,
                                            resource.endsWith("prefixed")
                                                    ? PatternType.PREFIXED
                                                    : PatternType.LITERAL),
                                    new AccessControlEntry(
                                            "User:" + user,
                                            "*",
                                            AclOperation.fromString(operation),
                                            AclPermissionType.ALLOW)));
                }
            }
        }
        return rights;
    }

    private static List<String> names(String cell) {
        List<String> topics = Topic.ALL.stream().map(Topic::name).toList();
        List<String> letters = Topic.ALL.stream().map(Topic::deadLetters).toList();
        if (cell.contains("all topics")) {
            return Stream.concat(topics.stream(), letters.stream()).toList();
        }
        return words(cell).stream()
                .flatMap(name -> name.equals("-dlt") ? letters.stream() : Stream.of(name))
                .toList();
    }

    private static List<String> words(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map((MatchResult word) -> word.group(1))
                .toList();
    }

    private static String documentation(String heading) {
        String page = Project.read(Project.ROOT.resolve(DOCUMENTATION));
        String section = page.substring(page.indexOf(heading) + heading.length());
        return section.substring(0, section.indexOf("\n##"));
    }

    private ServerProcess startElasticsearch() throws Exception {
        EmbeddedElasticsearch elasticsearch =
                new EmbeddedElasticsearch(
                        folder.resolve("elasticsearch"),
                        firstPort + 3,
                        firstPort + 4,
                        EmbeddedElasticsearch.SMALL);
        Launch launch = elasticsearch.prepare();
        Path config = folder.resolve("elasticsearch/config");
        Files.copy(certificate(), config.resolve("certificate.pem"));
        Files.copy(folder.resolve("key.pem"), config.resolve("key.pem"));
        Path settings = config.resolve("elasticsearch.yml");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replace(
                                "xpack.security.enabled: false",
                                """
                                xpack.security.enabled: true
                                xpack.security.http.ssl.enabled: true
                                xpack.security.http.ssl.certificate: certificate.pem
                                xpack.security.http.ssl.key: key.pem\
                                """));
        Files.writeString(config.resolve("roles.yml"), rolesYaml());
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put(OPERATOR, "superuser");
        roles.put("ingest-service", "minutebook_ingest");
        roles.put("index-service", "minutebook_index");
        StringBuilder users = new StringBuilder();
        StringBuilder members = new StringBuilder();
        for (Map.Entry<String, String> role : roles.entrySet()) {
            String password = secret();
            elasticsearchPasswords.put(role.getKey(), password);
            users.append(role.getKey()).append(':').append(hash(password)).append('\n');
            members.append(role.getValue()).append(':').append(role.getKey()).append('\n');
        }
        Files.writeString(config.resolve("users"), users);
        Files.writeString(config.resolve("users_roles"), members);
        return started(launch);
    }

    private static String rolesYaml() {
        String section = documentation("### Rights in Elasticsearch");
        String begin = "```yaml\n";
        int from = section.indexOf(begin) + begin.length();
        return section.substring(from, section.indexOf("```", from));
    }

    private static Map<String, Object> roles() {
        return new Yaml().load(rolesYaml());
    }

    /** As the server's file of users has it: saves the start of its tool for each of them. */
    private static String hash(String password) throws GeneralSecurityException {
        int rounds = 10_000;
        byte[] salt = new byte[32];
        new SecureRandom().nextBytes(salt);
        byte[] hash =
                SecretKeyFactory.getInstance("PBKDF2withHMACSHA512")
                        .generateSecret(
                                new PBEKeySpec(password.toCharArray(), salt, rounds, 32 * 8))
                        .getEncoded();
        Base64.Encoder base64 = Base64.getEncoder();
        return "{PBKDF2}%d$%s$%s"
                .formatted(rounds, base64.encodeToString(salt), base64.encodeToString(hash));
    }

    private void startObjects() throws Exception {
        TransientNio2BlobStore blobs = new TransientNio2BlobStore();
        blobs.createContainer(CreateBucketRequest.builder().bucket(BUCKET).build());
        objects =
                S3Proxy.builder()
                        .blobStore(blobs)
                        .secureEndpoint(objects())
                        .keyStore(folder.resolve("server.p12").toString(), STORE_PASSWORD)
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                        .build();
        objects.start();
    }

    @Override
    public void close() throws Exception {
        http.close();
        objects.stop();
        processes.reversed().forEach(process -> process.stop(STOP));
    }
}
