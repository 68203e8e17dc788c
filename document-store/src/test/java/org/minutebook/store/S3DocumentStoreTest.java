package org.minutebook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The contract on a server that speaks the S3 protocol. */
class S3DocumentStoreTest extends DocumentStoreContract {

    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));

    private static S3Proxy server;

    @TempDir private Path staging;

    private final String bucket = "bucket-" + UUID.randomUUID();

    @BeforeAll
    static void startServer() throws Exception {
        server =
                S3Proxy.builder()
                        .blobStore(new TransientNio2BlobStore())
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "id", "secret")
                        .build();
        server.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.stop();
    }

    @BeforeEach
    @Override
    void open() {
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(bucket));
        }
        super.open();
    }

    @Override
    protected DocumentStore openStore() {
        return new S3DocumentStore(settings(bucket, null, false), staging, CREDENTIALS, List.of());
    }

    @Override
    protected void overwriteRecord(DocumentId id, byte[] bytes) {
        String key = "town/documents/" + id.value().substring(0, 2) + "/" + id + ".json";
        try (S3Client client = client()) {
            client.headObject(request -> request.bucket(bucket).key(key));
            client.putObject(
                    request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
        }
    }

    private static StoreSettings.S3 settings(
            String bucket, @Nullable String encryption, boolean presigned) {
        return new StoreSettings.S3(
                bucket, "town/", address(), "eu-west-2", true, encryption, presigned);
    }

    private static S3Client client() {
        return S3Client.builder()
                .endpointOverride(address())
                .region(Region.EU_WEST_2)
                .forcePathStyle(true)
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Test
    void content_of_several_parts_is_kept_whole() throws IOException {
        byte[] large = new byte[20_000_001];
        new Random(1).nextBytes(large);
        ContentHash hash = store.put(new ByteArrayInputStream(large), Long.MAX_VALUE).hash();

        try (DocumentStore.LocalCopy copy = store.local(hash).orElseThrow()) {
            assertThat(Files.readAllBytes(copy.path())).isEqualTo(large);
        }
    }

    @Test
    void of_two_that_send_the_same_parts_one_is_the_first() throws Exception {
        byte[] large = new byte[10_000_000];
        new Random(2).nextBytes(large);
        Callable<Boolean> sending =
                () -> store.put(new ByteArrayInputStream(large), Long.MAX_VALUE).created();
        try (ExecutorService senders = Executors.newFixedThreadPool(2)) {
            List<Boolean> created = new ArrayList<>();
            for (Future<Boolean> each : senders.invokeAll(List.of(sending, sending))) {
                created.add(each.get());
            }
            assertThat(created).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void anybody_fetches_a_document_by_its_signed_address_as_it_is_to_be_handed_out()
            throws Exception {
        byte[] bytes = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);
        try (DocumentStore presigning =
                        new S3DocumentStore(
                                settings(bucket, null, true), staging, CREDENTIALS, List.of());
                HttpClient http = HttpClient.newHttpClient()) {
            ContentHash hash =
                    presigning.put(new ByteArrayInputStream(bytes), Long.MAX_VALUE).hash();
            URI address =
                    presigning
                            .address(
                                    hash,
                                    new DocumentStore.Handout(
                                            "application/pdf", "inline; filename=\"a.pdf\""),
                                    Duration.ofMinutes(5))
                            .orElseThrow();

            HttpResponse<byte[]> answer =
                    http.send(
                            HttpRequest.newBuilder(address).build(),
                            HttpResponse.BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(bytes);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .contains("inline; filename=\"a.pdf\"");
            assertThat(address.getQuery()).contains("X-Amz-Expires=300").doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10_000_000})
    void the_server_is_asked_to_encrypt(int size) {
        List<SdkRequest> requests = new CopyOnWriteArrayList<>();
        ExecutionInterceptor watching =
                new ExecutionInterceptor() {
                    @Override
                    public void beforeExecution(
                            Context.BeforeExecution context, ExecutionAttributes attributes) {
                        requests.add(context.request());
                    }
                };
        try (DocumentStore encrypting =
                new S3DocumentStore(
                        settings(bucket, "AES256", false),
                        staging,
                        CREDENTIALS,
                        List.of(watching))) {
            requests.clear();
            encrypting.put(new ByteArrayInputStream(new byte[size]), Long.MAX_VALUE);
        }
        assertThat(requests)
                .map(request ->
                        request instanceof PutObjectRequest put
                                ? put.serverSideEncryptionAsString()
                                : request instanceof CreateMultipartUploadRequest parts
                                        ? parts.serverSideEncryptionAsString()
                                        : null)
                .containsOnlyOnce("AES256");
    }

    @Test
    void there_is_no_address_unless_it_is_set() {
        ContentHash hash =
                store.put(new ByteArrayInputStream(new byte[] {1}), Long.MAX_VALUE).hash();

        assertThat(
                        store.address(
                                hash,
                                new DocumentStore.Handout("application/pdf", "inline"),
                                Duration.ofMinutes(5)))
                .isEmpty();
    }

    @Test
    void nothing_stays_in_the_staging_folder() throws IOException {
        ContentHash hash =
                store.put(new ByteArrayInputStream(new byte[] {1, 2, 3}), Long.MAX_VALUE).hash();
        store.local(hash).orElseThrow().close();

        try (Stream<Path> files = Files.list(staging)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void what_a_dead_process_was_sending_is_removed_a_day_later() throws IOException {
        Path abandoned = Files.writeString(staging.resolve("half-sent"), "%PDF-1.7");
        Path recent = Files.writeString(staging.resolve("being-sent"), "%PDF-1.7");
        Files.setLastModifiedTime(
                abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

        openStore().close();

        assertThat(abandoned).doesNotExist();
        assertThat(recent).exists();
    }

    @Test
    void a_bucket_that_is_not_there_is_said_at_once() {
        StoreSettings.S3 settings = settings("no-such-bucket", null, false);
        assertThatThrownBy(() -> new S3DocumentStore(settings, staging, CREDENTIALS, List.of()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("no-such-bucket");
    }

    @Test
    void a_server_that_overwrites_in_spite_of_conditions_is_said_at_once() throws IOException {
        assertRefused(List.of(), "overwrites objects in spite of If-None-Match");
    }

    @Test
    void so_is_one_that_overwrites_only_where_another_tag_is_there() throws IOException {
        assertRefused(List.of("If-None-Match"), "overwrites objects in spite of If-Match");
    }

    @Test
    void so_is_one_that_never_overwrites_on_a_condition() throws IOException {
        assertRefused(List.of("If-None-Match", "If-Match"), "does not replace an object");
    }

    /** Tries a server that refuses to write a key again on these conditions, whatever they say. */
    private void assertRefused(List<String> conditions, String sentence) throws IOException {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        HttpServer careless =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        careless.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    boolean refused =
                            exchange.getRequestMethod().equals("PUT")
                                    && !keys.add(exchange.getRequestURI().getPath())
                                    && conditions.stream()
                                            .anyMatch(exchange.getRequestHeaders()::containsKey);
                    exchange.getResponseHeaders().add("ETag", "\"" + "1".repeat(32) + "\"");
                    exchange.sendResponseHeaders(refused ? 412 : 200, -1);
                    exchange.close();
                });
        careless.start();
        try {
            StoreSettings.S3 settings =
                    new StoreSettings.S3(
                            bucket,
                            "",
                            URI.create("http://127.0.0.1:" + careless.getAddress().getPort()),
                            "eu-west-2",
                            true,
                            null,
                            false);
            assertThatThrownBy(() -> new S3DocumentStore(settings, staging, CREDENTIALS, List.of()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(sentence);
        } finally {
            careless.stop(0);
        }
    }
}
