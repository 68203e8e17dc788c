package org.minutebook.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.Topic;
import org.minutebook.ingest.Stack.Answer;
import org.minutebook.ingest.Stack.Form;
import org.minutebook.testservers.Records;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaTemplate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Two instances of the service on one bucket. */
class SeveralInstancesIT {

    private static final int DOCUMENTS = 60;
    private static final String KEY_ID = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";

    @TempDir private static Path directory;
    private static S3Proxy server;

    private final String bucket = "bucket-" + UUID.randomUUID();

    @BeforeAll
    static void startServer() throws Exception {
        System.setProperty(KEY_ID, "id");
        System.setProperty(SECRET, "secret");
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
        System.clearProperty(KEY_ID);
        System.clearProperty(SECRET);
    }

    @Test
    void they_share_the_work_of_announcing_and_one_takes_over_when_the_other_ends() {
        makeBucket();
        try (Stack one = instance("one");
                Stack other = instance("other")) {
            await().atMost(120, SECONDS).until(() -> partitions(one) > 0 && partitions(other) > 0);
            double sentBefore = sent(one) + sent(other);

            List<DocumentId> ids = upload(List.of(one, other), "shared ");
            awaitAnnounced(ids);

            assertThat(sent(one)).isGreaterThan(DOCUMENTS / 4.0);
            assertThat(sent(other)).isGreaterThan(DOCUMENTS / 4.0);
            // An announcement and a lifecycle event each, and none twice.
            assertThat(sent(one) + sent(other) - sentBefore).isEqualTo(2.0 * DOCUMENTS);

            other.stopInstances();
            awaitAnnounced(upload(List.of(one), "alone "));
        }
    }

    @Test
    void who_signed_in_at_one_is_signed_in_at_the_other_until_the_key_is_revoked() {
        makeBucket();
        try (Stack one = instance("sign in here");
                Stack other = instance("and go on there")) {
            Answer made =
                    one.post(
                            "/api/v1/keys",
                            Map.of("name", "Clerk", "rights", List.of("upload", "manage")));

            Answer signedIn = signIn(one, made.body().get("key").asString());

            assertThat(signedIn.headers().get(HttpHeaders.SET_COOKIE))
                    .singleElement()
                    .asString()
                    .matches(
                            "minutebook=[0-9a-f]{64}\\.[0-9]{10}\\.[A-Za-z0-9_-]{43};"
                                    + " Path=/; HttpOnly; SameSite=Strict");
            String cookie = cookie(signedIn);
            await().atMost(120, SECONDS)
                    .untilAsserted(() -> assertThat(statusOfUpload(other, cookie)).isEqualTo(200));
            assertThat(statusOfUpload(one, cookie)).isEqualTo(200);
            String[] parts = cookie.split("\\.");
            for (String forged :
                    List.of(
                            parts[0] + "." + (Long.parseLong(parts[1]) + 1) + "." + parts[2],
                            parts[0] + "." + parts[1] + "." + "A".repeat(43),
                            "minutebook="
                                    + ContentHash.of(new byte[0])
                                    + "."
                                    + parts[1]
                                    + "."
                                    + parts[2],
                            parts[0] + "." + parts[1],
                            parts[0])) {
                assertThat(statusOfUpload(one, forged)).as(forged).isEqualTo(302);
                assertThat(statusOfUpload(other, forged)).as(forged).isEqualTo(302);
            }

            one.send(HttpMethod.DELETE, "/api/v1/keys/Clerk", Stack.KEY, null);

            assertThat(statusOfUpload(one, cookie)).isEqualTo(302);
            await().atMost(120, SECONDS)
                    .untilAsserted(() -> assertThat(statusOfUpload(other, cookie)).isEqualTo(302));
        }
    }

    @Test
    void who_signed_in_stays_so_when_an_instance_starts_again() {
        makeBucket();
        String cookie;
        try (Stack before = instance("before")) {
            cookie = cookie(signIn(before, Stack.KEY));
        }
        try (Stack after = instance("after")) {
            assertThat(statusOfUpload(after, cookie)).isEqualTo(200);

            Answer signedOut =
                    after.send(
                            HttpMethod.POST,
                            "/sign-out",
                            null,
                            null,
                            Map.of(HttpHeaders.COOKIE, cookie));

            assertThat(signedOut.headers().getFirst(HttpHeaders.SET_COOKIE))
                    .startsWith("minutebook=; Path=/; Max-Age=0;");
        }
    }

    private static Answer signIn(Stack instance, String key) {
        Answer answer = instance.send(HttpMethod.POST, "/sign-in?key=" + key, null, null);
        assertThat(answer.status()).isEqualTo(302);
        return answer;
    }

    private static String cookie(Answer signedIn) {
        String set = String.valueOf(signedIn.headers().getFirst(HttpHeaders.SET_COOKIE));
        return set.substring(0, set.indexOf(';'));
    }

    private static int statusOfUpload(Stack instance, String cookie) {
        return instance.send(
                        HttpMethod.GET, "/upload", null, null, Map.of(HttpHeaders.COOKIE, cookie))
                .status();
    }

    private static List<DocumentId> upload(List<Stack> instances, String text) {
        List<DocumentId> ids = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] content = ("%PDF-1.7\n" + text + i).getBytes(StandardCharsets.UTF_8);
            Stack instance = instances.get(i % instances.size());
            assertThat(instance.upload(Form.file(i + ".pdf", content)).status()).isEqualTo(202);
            ids.add(DocumentId.of(ContentHash.of(content)));
        }
        return ids;
    }

    private static void awaitAnnounced(List<DocumentId> ids) {
        List<String> keys = ids.stream().map(DocumentId::value).toList();
        await().atMost(120, SECONDS)
                .untilAsserted(() ->
                        assertThat(Records.in(Topic.DOCUMENTS_UPLOADED.name()))
                                .extracting(ConsumerRecord::key)
                                .containsAll(keys));
    }

    private Stack instance(String name) {
        return new Stack(directory.resolve(name))
                .start(
                        "--minutebook.store.s3.bucket=" + bucket,
                        "--minutebook.store.s3.endpoint=http://127.0.0.1:" + server.getPort(),
                        "--minutebook.store.s3.region=eu-west-2",
                        "--minutebook.store.s3.path-style=true");
    }

    private void makeBucket() {
        try (S3Client client =
                S3Client.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:" + server.getPort()))
                        .region(Region.EU_WEST_2)
                        .forcePathStyle(true)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("id", "secret")))
                        .build()) {
            client.createBucket(request -> request.bucket(bucket));
        }
    }

    private static int partitions(Stack instance) {
        var listener =
                instance.bean(
                                "org.springframework.kafka.config.internalKafkaListenerEndpointRegistry",
                                KafkaListenerEndpointRegistry.class)
                        .getListenerContainer("registry");
        var assigned = listener == null ? null : listener.getAssignedPartitions();
        return assigned == null ? 0 : assigned.size();
    }

    /** Records that an instance has sent. */
    private static double sent(Stack instance) {
        Map<MetricName, ? extends Metric> metrics =
                instance.bean("kafkaTemplate", KafkaTemplate.class).metrics();
        return metrics.values().stream()
                .filter(metric ->
                        metric.metricName().name().equals("record-send-total")
                                && metric.metricName().group().equals("producer-metrics"))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .sum();
    }
}
