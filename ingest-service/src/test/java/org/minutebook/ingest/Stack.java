package org.minutebook.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.FileSystemDocumentStore;
import org.minutebook.testservers.Records;
import org.minutebook.testservers.TestServers;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The service with what is around it, seen from outside. */
final class Stack implements AutoCloseable {

    static final String KEY = "a key for tests";

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Path directory;
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

    Stack(Path directory) {
        this.directory = directory;
    }

    /** What came back. */
    record Answer(int status, HttpHeaders headers, JsonNode body, byte[] bytes) {
        String code() {
            return body.path("code").asString("");
        }
    }

    Stack start(String... settings) {
        return start(TestServers.kafka(), TestServers.elasticsearch(), settings);
    }

    /** Starts an instance; requests go to the newest. */
    Stack start(String kafka, URI elasticsearch, String... settings) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers=" + kafka,
                                "--spring.kafka.producer.properties.max.block.ms=3000",
                                "--spring.kafka.admin.operation-timeout=10s",
                                "--spring.elasticsearch.uris=" + elasticsearch,
                                "--minutebook.store.directory=" + directory));
        arguments.addAll(List.of(settings));
        if (arguments.stream().noneMatch(each -> each.contains("key-hashes"))) {
            arguments.add(
                    "--minutebook.ingest.key-hashes=tests:"
                            + ContentHash.of(KEY.getBytes(StandardCharsets.UTF_8)));
        }
        instances.add(
                new SpringApplicationBuilder(IngestService.class)
                        .run(arguments.toArray(String[]::new)));
        return this;
    }

    void stopInstances() {
        instances.forEach(ConfigurableApplicationContext::close);
        instances.clear();
    }

    @Override
    public void close() {
        stopInstances();
    }

    <T> T bean(String name, Class<T> type) {
        return instances.getLast().getBean(name, type);
    }

    URI base() {
        return URI.create(
                "http://127.0.0.1:"
                        + instances
                                .getLast()
                                .getEnvironment()
                                .getRequiredProperty("local.server.port"));
    }

    /** A multipart form; a value that is a {@link FilePart} is a file. */
    static final class Form {
        private final MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();

        static Form file(String name, byte[] content) {
            return new Form().and(name, content);
        }

        Form and(String name, byte[] content) {
            parts.add("file", new FilePart(name, content));
            return this;
        }

        Form manifest(String csv) {
            parts.add(
                    "manifest", new FilePart("manifest.csv", csv.getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        MultiValueMap<String, Object> parts() {
            return parts;
        }

        Form with(String field, String value) {
            parts.add(field, value);
            return this;
        }
    }

    private static final class FilePart extends ByteArrayResource {
        private final String name;

        FilePart(String name, byte[] content) {
            super(content);
            this.name = name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    Answer upload(Form form) {
        return send(HttpMethod.POST, "/api/v1/documents", KEY, form.parts);
    }

    Answer uploadWithKey(@Nullable String key, Form form) {
        return send(HttpMethod.POST, "/api/v1/documents", key, form.parts);
    }

    Answer get(String path) {
        return send(HttpMethod.GET, path, KEY, null);
    }

    Answer post(String path, Object body) {
        return send(HttpMethod.POST, path, KEY, body);
    }

    Answer state(DocumentId id) {
        return get("/api/v1/documents/" + id);
    }

    /** Sends a request; {@code body} is a form, something for JSON, or nothing. */
    Answer send(HttpMethod method, String path, @Nullable String key, @Nullable Object body) {
        return send(method, path, key, body, Map.of());
    }

    Answer send(
            HttpMethod method,
            String path,
            @Nullable String key,
            @Nullable Object body,
            Map<String, String> headers) {
        RestClient client =
                RestClient.builder()
                        .requestFactory(new JdkClientHttpRequestFactory())
                        .baseUrl(base())
                        .build();
        RestClient.RequestBodySpec request = client.method(method).uri(path);
        if (key != null) {
            request.header(HttpHeaders.AUTHORIZATION, "Bearer " + key);
        }
        headers.forEach(request::header);
        if (body instanceof MultiValueMap<?, ?>) {
            request.contentType(org.springframework.http.MediaType.MULTIPART_FORM_DATA).body(body);
        } else if (body != null) {
            request.contentType(org.springframework.http.MediaType.APPLICATION_JSON)
                    .body(JSON.writeValueAsString(body));
        }
        return request.exchange((_, response) -> {
            byte[] bytes = response.getBody().readAllBytes();
            String type = String.valueOf(response.getHeaders().getContentType());
            JsonNode json =
                    type.contains("json") ? JSON.readTree(bytes) : MissingNode.getInstance();
            return new Answer(response.getStatusCode().value(), response.getHeaders(), json, bytes);
        });
    }

    /** The record as it lies in the store. */
    Optional<StoredDocument> stored(DocumentId id) {
        try (FileSystemDocumentStore store = new FileSystemDocumentStore(directory)) {
            return store.record(id).map(Versioned::value);
        }
    }

    /** Puts something that is no record in the place of a document's, and returns that. */
    byte[] damageRecord(DocumentId id) throws IOException {
        byte[] record = Files.readAllBytes(recordOf(id));
        Files.writeString(recordOf(id), "{");
        return record;
    }

    void bringRecordBack(DocumentId id, byte[] record) throws IOException {
        Files.write(recordOf(id), record);
    }

    boolean hasUnannounced() {
        try (FileSystemDocumentStore store = new FileSystemDocumentStore(directory)) {
            return !store.unannounced(1).isEmpty();
        }
    }

    /** Marks the revision that a record says as to be announced, as whoever writes it does. */
    void markAsUnannounced(DocumentId id, byte[] record) throws IOException {
        Revision revision = JSON.readValue(record, StoredDocument.class).revision();
        Files.createFile(directory.resolve("unannounced").resolve(id + "." + revision));
    }

    private Path recordOf(DocumentId id) {
        String folder = id.value().substring(0, 2);
        return directory.resolve("documents").resolve(folder).resolve(id + ".json");
    }

    /** What a gauge says now. */
    double gauge(String name) {
        return instances.getLast().getBean(MeterRegistry.class).get(name).gauge().value();
    }

    /** The bytes as they lie in the store. */
    Optional<byte[]> storedBytes(ContentHash hash) throws Exception {
        try (FileSystemDocumentStore store = new FileSystemDocumentStore(directory)) {
            var bytes = store.open(hash);
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            try (var in = bytes.get()) {
                return Optional.of(in.readAllBytes());
            }
        }
    }

    /** Says that a document has reached a state, as the other services do. */
    static void say(DocumentLifecycle event) {
        say(event.document().id().value(), JSON.writeValueAsBytes(event));
    }

    /** Sends these bytes as an event. */
    static void say(String key, byte[] event) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.kafka()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(Topic.DOCUMENTS_LIFECYCLE.name(), key, event);
            record.headers()
                    .add(
                            CloudEventHeaders.TYPE,
                            Topic.DOCUMENTS_LIFECYCLE.eventType().getBytes(StandardCharsets.UTF_8));
            producer.send(record);
        }
    }

    /** What was announced about a document, oldest first. */
    static <T> List<T> announced(Topic<T> topic, DocumentId id) {
        return Records.in(topic.name(), id.value()).stream()
                .map(record -> JSON.readValue(record.value(), topic.type()))
                .toList();
    }
}
