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
import org.minutebook.ingest.Stack.Form;
import org.minutebook.testservers.Records;
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
