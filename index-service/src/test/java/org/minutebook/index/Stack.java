package org.minutebook.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.util.ObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.FileSystemDocumentStore;
import org.minutebook.testservers.TestServers;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Instances of the service with what is around them, seen from outside. */
final class Stack implements AutoCloseable {

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /** As the documents on security name it. */
    private static final String UNFINISHED = "agenda-items-unfinished";

    private final Path directory;
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();
    private final KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(
                    Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.kafka()),
                    new StringSerializer(),
                    new ByteArraySerializer());

    Stack(Path directory) {
        this.directory = directory;
    }

    /** Starts one more instance. */
    ConfigurableApplicationContext start(URI elasticsearch, String... more) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers=" + TestServers.kafka(),
                                "--spring.elasticsearch.uris=" + elasticsearch,
                                "--minutebook.store.directory=" + directory));
        settings.addAll(List.of(more));
        ConfigurableApplicationContext instance =
                new SpringApplicationBuilder(IndexService.class)
                        .run(settings.toArray(String[]::new));
        instances.add(instance);
        return instance;
    }

    void stopInstances() {
        instances.forEach(ConfigurableApplicationContext::close);
        instances.clear();
    }

    @Override
    public void close() {
        stopInstances();
        producer.close();
    }

    void send(DocumentItems message) {
        sendRaw(message.document().id().value(), JSON.writeValueAsBytes(message));
    }

    void sendRaw(String key, byte[] value) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topic.AGENDA_ITEMS.name(), key, value);
        record.headers()
                .add(
                        CloudEventHeaders.TYPE,
                        Topic.AGENDA_ITEMS.eventType().getBytes(StandardCharsets.UTF_8));
        producer.send(record);
        producer.flush();
    }

    void sendThroughStore(DocumentItems message, String key) {
        try (FileSystemDocumentStore store = new FileSystemDocumentStore(directory)) {
            store.putDerived(key, JSON.writeValueAsBytes(message));
        }
        sendWithoutBody(message, key);
    }

    void sendWithoutBody(DocumentItems message, String key) {
        send(
                new DocumentItems(
                        message.revision(), message.document(), message.read(), List.of(), key));
    }

    void store(StoredDocument document) {
        try (FileSystemDocumentStore store = new FileSystemDocumentStore(directory)) {
            store.putRecord(document, Versioned.ABSENT);
        }
    }

    /** Puts something that is no record in the place of a document's. */
    void damageRecord(DocumentId id) throws IOException {
        String folder = id.value().substring(0, 2);
        Files.writeString(
                directory.resolve("documents").resolve(folder).resolve(id + ".json"), "{");
    }

    static <T> T read(ConsumerRecord<String, byte[]> record, Topic<T> topic) {
        return JSON.readValue(record.value(), topic.type());
    }

    static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Ids of the items in whose field a word is found. */
    List<String> find(String field, String word) {
        return ids(search -> search.match(m -> m.field(field).query(word)));
    }

    /** Ids of all entries of a document, its own among them. */
    List<String> entriesOf(DocumentId document) {
        return ids(search -> search.term(t -> t.field("document.id").value(document.value())));
    }

    private List<String> ids(Function<Query.Builder, ObjectBuilder<Query>> query) {
        try {
            return elasticsearch()
                    .search(
                            search -> search.index(IndexEntry.ALIAS).query(query).size(1000),
                            Void.class)
                    .hits()
                    .hits()
                    .stream()
                    .map(Hit::id)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document's own entry as it stands in the index. */
    String source(DocumentId document) {
        try {
            return String.valueOf(
                    elasticsearch()
                            .get(
                                    g -> g.index(IndexEntry.ALIAS).id(document.value()),
                                    JsonNode.class)
                            .source());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the indices behind the alias. */
    Set<String> indices() {
        try {
            return elasticsearch()
                    .indices()
                    .getAlias(a -> a.name(IndexEntry.ALIAS))
                    .aliases()
                    .keySet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of all item indices, also of those that no alias names. */
    Set<String> all() {
        try {
            return elasticsearch()
                    .indices()
                    .get(g -> g.index(IndexEntry.ALIAS + "-v*"))
                    .indices()
                    .keySet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts an index with a mapping of another version behind the alias, as an upgrade finds it. */
    void outdate() {
        String before = indices().iterator().next();
        String old = IndexEntry.ALIAS + "-v0-" + System.nanoTime();
        try {
            elasticsearch().indices().create(c -> c.index(old));
            elasticsearch()
                    .indices()
                    .updateAliases(update ->
                            update.actions(a -> a.removeIndex(r -> r.index(before)))
                                    .actions(a ->
                                            a.add(add ->
                                                    add.index(old)
                                                            .alias(IndexEntry.ALIAS)
                                                            .isWriteIndex(true))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Leaves behind what a process does that put a new index into the place of the old one, and
     * died before it wrote what the old one was given last; here that is everything.
     */
    void leaveUnfinished() {
        Set<String> before = indices();
        String unfinished =
                "%s-v%d-%d"
                        .formatted(IndexEntry.ALIAS, IndexEntry.MAPPING_VERSION, System.nanoTime());
        try (InputStream mapping =
                Objects.requireNonNull(
                        IndexEntry.class.getResourceAsStream(IndexEntry.MAPPING_RESOURCE))) {
            elasticsearch().indices().create(c -> c.withJson(mapping).index(unfinished));
            elasticsearch()
                    .indices()
                    .updateAliases(update ->
                            update.actions(a ->
                                            a.remove(r ->
                                                    r.indices(List.copyOf(before))
                                                            .alias(IndexEntry.ALIAS)))
                                    .actions(a ->
                                            a.add(add ->
                                                    add.index(unfinished)
                                                            .alias(IndexEntry.ALIAS)
                                                            .isWriteIndex(true)))
                                    .actions(a ->
                                            a.add(add -> add.index(unfinished).alias(UNFINISHED))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether an index is marked as in use and not complete. */
    boolean isUnfinished() {
        try {
            return elasticsearch().indices().existsAlias(a -> a.name(UNFINISHED)).value();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ElasticsearchClient elasticsearch() {
        return instances.getFirst().getBean(ElasticsearchClient.class);
    }
}
