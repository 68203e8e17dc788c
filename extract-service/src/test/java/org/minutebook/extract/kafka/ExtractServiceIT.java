package org.minutebook.extract.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minutebook.extract.kafka.Broker.PATIENCE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DeadLetterHeaders;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.DocumentUploaded;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
import org.minutebook.contracts.TraceContext;
import org.minutebook.extract.ExtractService;
import org.minutebook.extract.Pdf;
import org.minutebook.store.DocumentStore;
import org.minutebook.store.DocumentStore.Versioned;
import org.minutebook.store.FileSystemDocumentStore;
import org.minutebook.testservers.TestServers;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the service makes of an uploaded document, on the real broker. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExtractServiceIT {

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    @TempDir private static Path directory;

    private static Broker broker;
    private static DocumentStore store;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        broker = new Broker();
        store = new FileSystemDocumentStore(directory);
        service =
                new SpringApplicationBuilder(ExtractService.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                "--spring.kafka.bootstrap-servers=" + TestServers.kafka(),
                                "--minutebook.store.directory=" + directory,
                                "--minutebook.extract.instance=flow-test");
    }

    @AfterAll
    static void stop() {
        service.close();
        store.close();
        broker.close();
    }

    @Test
    void a_document_becomes_one_record_of_its_items_and_is_extracted() {
        StoredDocument document =
                upload(Pdf.agenda("Planning applications", "Repair of the bridge"));
        announce(document);

        DocumentItems items = items(document);
        assertThat(items.items())
                .extracting(AgendaItem::title)
                .containsExactly(
                        "Apologies for absence",
                        "Minutes of the last meeting",
                        "Planning applications",
                        "Repair of the bridge");
        assertThat(items.revision()).isEqualTo(document.revision());
        assertThat(items.document()).isEqualTo(document);
        assertThat(items.read()).isNotNull();

        DocumentLifecycle event = lifecycle(document);
        assertThat(event.state()).isEqualTo(DocumentState.EXTRACTED);
        assertThat(event.items()).isEqualTo(items.items().size());
        assertThat(event.read()).isEqualTo(items.read());
    }

    @Test
    void messages_are_cloud_events_that_carry_the_trace_on() {
        StoredDocument document = upload(Pdf.agenda("Traced"));
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        ProducerRecord<String, byte[]> announcement = announcement(document);
        announcement.headers().add("traceparent", trace.getBytes(StandardCharsets.UTF_8));
        broker.send(announcement);

        ConsumerRecord<String, byte[]> record = single(Topic.AGENDA_ITEMS, document);
        assertThat(Broker.header(record, CloudEventHeaders.TYPE))
                .isEqualTo(Topic.AGENDA_ITEMS.eventType());
        assertThat(Broker.header(record, CloudEventHeaders.SOURCE))
                .isEqualTo("/minutebook/extract-service");
        assertThat(Broker.header(record, CloudEventHeaders.ID))
                .isEqualTo(document.id() + "." + document.revision() + ".items");
        assertThat(Broker.header(record, "traceparent"))
                .isEqualTo(TraceContext.parse(trace).orElseThrow().next("extract").header());
    }

    @Test
    void
            a_document_behind_a_password_is_refused_with_its_reason_and_nothing_of_it_is_to_be_found() {
        StoredDocument document = upload(Pdf.encrypted(Pdf.agendaLines("Secret")));
        announce(document);

        DocumentLifecycle event = lifecycle(document);
        assertThat(event.state()).isEqualTo(DocumentState.REFUSED);
        assertThat(event.reason()).isEqualTo("ENCRYPTED");
        assertThat(event.detail()).isNotBlank();
        DocumentItems nothing = items(document);
        assertThat(nothing.revision()).isEqualTo(document.revision());
        assertThat(nothing.read()).isNull();
        assertThat(nothing.items()).isEmpty();
    }

    @Test
    void a_deletion_goes_on_and_takes_along_what_was_made_from_the_document() {
        StoredDocument document = upload(Pdf.agenda("To be deleted"));
        announce(document);
        items(document);
        store.putDerived("ocr/" + document.id() + "/1.json", new byte[] {1});

        StoredDocument deleted = change(document, true);
        store.delete(document.sha256());
        announce(deleted);

        await().atMost(PATIENCE).until(() -> of(Topic.AGENDA_ITEMS, document).size() == 2);
        DocumentItems last = read(Topic.AGENDA_ITEMS, of(Topic.AGENDA_ITEMS, document).getLast());
        assertThat(last.document().deleted()).isTrue();
        assertThat(last.revision()).isEqualTo(deleted.revision());
        assertThat(last.items()).isEmpty();
        assertThat(last.read()).isNull();
        assertThat(store.openDerived("ocr/" + document.id() + "/1.json")).isEmpty();
    }

    @Test
    void an_announcement_older_than_the_document_is_dropped() {
        StoredDocument old = upload(Pdf.agenda("Changed soon after"));
        StoredDocument current = change(old, false);
        announce(old);
        announce(current);

        assertThat(items(current).revision()).isEqualTo(current.revision());
        assertThat(lifecycle(current).revision()).isEqualTo(current.revision());
    }

    @Test
    void items_too_large_for_a_message_lie_in_the_store() throws IOException {
        List<String> page = Collections.nCopies(50, "as read by nobody ".repeat(5));
        StoredDocument document =
                upload(
                        Pdf.pages(
                                IntStream.range(0, 260)
                                        .mapToObj(i -> i == 0 ? Pdf.agendaLines("Long") : page)
                                        .toList()));
        announce(document);

        DocumentItems message = items(document);
        assertThat(message.items()).isEmpty();
        assertThat(message.read()).isNotNull();
        assertThat(message.bodyKey()).isNotNull();
        byte[] body;
        try (var bytes = store.openDerived(message.bodyKey()).orElseThrow()) {
            body = bytes.readAllBytes();
        }
        assertThat(body.length).isGreaterThan(900_000);
        DocumentItems whole = JSON.readValue(body, DocumentItems.class);
        assertThat(whole.items()).hasSize(lifecycle(document).items());
        assertThat(whole.read()).isEqualTo(message.read());
    }

    @Test
    void a_record_that_cannot_be_read_is_kept_and_its_document_has_failed() {
        StoredDocument document = upload(Pdf.agenda("Announced in a tongue of the future"));
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topic.DOCUMENTS_UPLOADED.name(),
                        document.id().value(),
                        "{\"document\": 42".getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add(
                        CloudEventHeaders.TYPE,
                        Topic.DOCUMENTS_UPLOADED.eventType().getBytes(StandardCharsets.UTF_8));
        broker.send(record);

        DocumentLifecycle event = lifecycle(document);
        assertThat(event.state()).isEqualTo(DocumentState.FAILED);
        assertThat(event.reason()).isEqualTo("UnreadableException");
        ConsumerRecord<String, byte[]> letter =
                broker.committed(Topic.DOCUMENTS_UPLOADED.deadLetters()).stream()
                        .filter(r -> document.id().value().equals(r.key()))
                        .findFirst()
                        .orElseThrow();
        assertThat(Broker.text(letter)).isEqualTo("{\"document\": 42");
        assertThat(Broker.header(letter, DeadLetterHeaders.TOPIC))
                .isEqualTo(Topic.DOCUMENTS_UPLOADED.name());
        assertThat(Broker.header(letter, DeadLetterHeaders.CAUSE)).contains("not a ");
    }

    @Test
    void a_document_whose_record_is_damaged_goes_to_the_dead_letters_and_the_rest_goes_on()
            throws IOException {
        StoredDocument damaged = upload(Pdf.agenda("Bad sectors"));
        Files.writeString(
                directory
                        .resolve("documents")
                        .resolve(damaged.id().value().substring(0, 2))
                        .resolve(damaged.id() + ".json"),
                "{");
        announce(damaged);
        StoredDocument next = upload(Pdf.agenda("Behind it"));
        announce(next);

        DocumentLifecycle event = lifecycle(damaged);
        assertThat(event.state()).isEqualTo(DocumentState.FAILED);
        assertThat(event.reason()).isEqualTo("RecordUnreadableException");
        assertThat(event.detail()).contains("Bring it back from a copy");
        assertThat(broker.committed(Topic.DOCUMENTS_UPLOADED.deadLetters()))
                .extracting(ConsumerRecord::key)
                .contains(damaged.id().value());
        assertThat(lifecycle(next).state()).isEqualTo(DocumentState.EXTRACTED);
    }

    @Test
    void a_store_that_is_away_is_waited_for_and_no_document_is_lost() throws IOException {
        StoredDocument document = upload(Pdf.agenda("Patience"));
        Path aside = directory.resolve("aside");
        Files.move(directory.resolve("documents"), aside);
        announce(document);
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> of(Topic.DOCUMENTS_LIFECYCLE, document).isEmpty());
        Files.move(aside, directory.resolve("documents"));

        assertThat(items(document).items()).isNotEmpty();
        assertThat(lifecycle(document).state()).isEqualTo(DocumentState.EXTRACTED);
    }

    @Test
    void many_documents_each_come_out_once() {
        List<StoredDocument> documents =
                IntStream.range(0, 60).mapToObj(i -> upload(Pdf.agenda("Item of " + i))).toList();
        documents.forEach(ExtractServiceIT::announce);
        assertThat(documents)
                .allSatisfy(document ->
                        assertThat(items(document).items()).hasSize(Pdf.OPENING_ITEMS + 1));
    }

    private static StoredDocument upload(byte[] bytes) {
        ContentHash hash = store.put(new ByteArrayInputStream(bytes), Long.MAX_VALUE).hash();
        StoredDocument document =
                document(hash, bytes.length, new Revision(System.currentTimeMillis()), false);
        assertThat(store.putRecord(document, Versioned.ABSENT)).isPresent();
        return document;
    }

    private static StoredDocument change(StoredDocument before, boolean deleted) {
        StoredDocument after =
                document(
                        before.sha256(),
                        before.size(),
                        new Revision(before.revision().value() + 1),
                        deleted);
        String version = store.record(before.id()).orElseThrow().version();
        assertThat(store.putRecord(after, version)).isPresent();
        return after;
    }

    private static StoredDocument document(
            ContentHash hash, long size, Revision revision, boolean deleted) {
        return new StoredDocument(
                DocumentId.of(hash),
                hash,
                size,
                revision,
                Metadata.NONE,
                List.of("agenda.pdf"),
                List.of(),
                Instant.EPOCH,
                null,
                deleted,
                Set.of());
    }

    private static void announce(StoredDocument document) {
        broker.send(announcement(document));
    }

    private static ProducerRecord<String, byte[]> announcement(StoredDocument document) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topic.DOCUMENTS_UPLOADED.name(),
                        document.id().value(),
                        JSON.writeValueAsBytes(new DocumentUploaded(document)));
        record.headers()
                .add(
                        CloudEventHeaders.TYPE,
                        Topic.DOCUMENTS_UPLOADED.eventType().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static DocumentItems items(StoredDocument document) {
        return read(Topic.AGENDA_ITEMS, single(Topic.AGENDA_ITEMS, document));
    }

    private static DocumentLifecycle lifecycle(StoredDocument document) {
        return read(Topic.DOCUMENTS_LIFECYCLE, single(Topic.DOCUMENTS_LIFECYCLE, document));
    }

    private static ConsumerRecord<String, byte[]> single(Topic<?> topic, StoredDocument document) {
        await().atMost(PATIENCE).until(() -> !of(topic, document).isEmpty());
        List<ConsumerRecord<String, byte[]>> records = of(topic, document);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static List<ConsumerRecord<String, byte[]>> of(
            Topic<?> topic, StoredDocument document) {
        return broker.committed(topic.name()).stream()
                .filter(record -> document.id().value().equals(record.key()))
                .toList();
    }

    private static <T> T read(Topic<T> topic, ConsumerRecord<String, byte[]> record) {
        return JSON.readValue(record.value(), topic.type());
    }
}
