package org.minutebook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.ContentHash;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract on a server that speaks the S3 protocol. */
class S3DocumentStoreTest extends DocumentStoreContract {

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
        return new S3DocumentStore(settings(bucket), staging, client());
    }

    private static StoreSettings.S3 settings(String bucket) {
        return new StoreSettings.S3(bucket, "town/", address(), "eu-west-2", true, null);
    }

    private static S3Client client() {
        return S3Client.builder()
                .endpointOverride(address())
                .region(Region.EU_WEST_2)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("id", "secret")))
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
        assertThatThrownBy(() -> new S3DocumentStore(settings("no-such-bucket"), staging, client()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("no-such-bucket");
    }
}
