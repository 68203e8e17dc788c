package org.minutebook.extract.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minutebook.extract.kafka.Broker.PATIENCE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.DocumentUploaded;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.contracts.Topic;
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

/**
 * The lane of scanned documents on the real broker. A program of the test stands in for Tesseract,
 * so that a test can hold it, break it and count its pages.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScannedDocumentsIT {

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private static final int PARTITIONS = 4;

    /** What the program reads on every page. */
    private static final List<String> AGENDA =
            List.of(
                    "AGENDA of the meeting on Monday 6 July 2026",
                    "1. Apologies for absence",
                    "2. Minutes of the last meeting",
                    "3. Planning applications",
                    "4. Repair of the bridge",
                    "5. Date of the next meeting");

    @TempDir private Path directory;

    private final Broker broker = new Broker();
    private @Nullable DocumentStore openStore;
    private @Nullable ConfigurableApplicationContext service;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(stage("page.hocr"), hocr(AGENDA));
        openStore = new FileSystemDocumentStore(directory.resolve("store"));
        startService();
    }

    @AfterEach
    void stop() {
        stopService();
        store().close();
        broker.close();
    }

    @Test
    void a_scan_waits_for_OCR_and_is_then_extracted() throws IOException {
        install();
        StoredDocument document = uploadScan(1);

        DocumentItems items = items(document);
        assertThat(items.items())
                .extracting(AgendaItem::title)
                .contains("Planning applications", "Repair of the bridge");
        assertThat(items.items()).allSatisfy(item -> assertThat(item.scanned()).isTrue());
        assertThat(items.items())
                .allSatisfy(item -> assertThat(item.confidence()).isBetween(0.89, 0.91));
        assertThat(states(document))
                .containsExactly(DocumentState.OCR_QUEUED, DocumentState.EXTRACTED);
        assertThat(lifecycle(document).getLast().read().pagesScanned()).isEqualTo(1);
        await().atMost(PATIENCE)
                .until(() -> of(Topic.DOCUMENTS_SCANNED, document).getLast().value() == null);
    }

    @Test
    void a_scan_that_was_read_goes_back_to_where_its_document_is_announced() throws IOException {
        install();
        // By their ids they would lie in all partitions, but belong in the last one.
        List<StoredDocument> scans = List.of(uploadScan(1), uploadScan(1), uploadScan(1));

        for (StoredDocument scan : scans) {
            items(scan);
            assertThat(of(Topic.DOCUMENTS_UPLOADED, scan))
                    .extracting(ConsumerRecord::partition)
                    .containsExactly(PARTITIONS - 1, PARTITIONS - 1);
        }
    }

    @Test
    void without_Tesseract_a_scan_waits_and_goes_on_by_itself_once_it_is_there()
            throws IOException {
        StoredDocument document = uploadScan(1);
        await().atMost(PATIENCE)
                .until(() -> states(document).equals(List.of(DocumentState.OCR_QUEUED)));
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> of(Topic.AGENDA_ITEMS, document).isEmpty());
        install();
        assertThat(items(document).items()).isNotEmpty();
    }

    @Test
    void scans_do_not_hold_up_documents_with_text() throws IOException {
        install();
        Files.createFile(stage("hold-1"));
        StoredDocument scan = uploadScan(1);
        await().atMost(PATIENCE).until(() -> pagesBegun() == 1);
        StoredDocument text = upload(Pdf.agenda("Text"));

        assertThat(items(text).items()).isNotEmpty();
        assertThat(of(Topic.AGENDA_ITEMS, scan)).isEmpty();
        Files.delete(stage("hold-1"));
        assertThat(items(scan).items()).isNotEmpty();
    }

    @Test
    void pages_read_before_a_stop_are_not_read_again() throws IOException {
        install();
        Files.createFile(stage("hold-3"));
        StoredDocument document = uploadScan(4);
        await().atMost(PATIENCE).until(() -> pagesBegun() == 3);
        stopService();
        Files.delete(stage("hold-3"));
        startService();

        assertThat(items(document).read().pagesScanned()).isEqualTo(4);
        assertThat(pagesBegun()).isEqualTo(5); // the third twice
    }

    @Test
    void a_document_read_in_part_says_so() throws IOException {
        install();
        Files.createFile(stage("break-1"));
        Files.createFile(stage("break-2")); // each page is tried twice
        StoredDocument document = uploadScan(2);

        DocumentItems items = items(document);
        assertThat(items.read().pagesPrinted()).isEqualTo(2);
        assertThat(items.read().pagesRead()).isEqualTo(1);
        assertThat(items.items()).allSatisfy(item -> assertThat(item.page()).isEqualTo(2));
    }

    @Test
    void of_a_document_deleted_under_OCR_nothing_stays() throws IOException {
        install();
        Files.createFile(stage("hold-2"));
        StoredDocument document = uploadScan(3);
        await().atMost(PATIENCE).until(() -> pagesBegun() == 2);
        StoredDocument deleted = delete(document);
        assertThat(items(deleted).document().deleted()).isTrue();
        Files.delete(stage("hold-2"));

        StoredDocument next = uploadScan(1); // the lane is through with the other when it is here
        assertThat(items(next).items()).isNotEmpty();
        assertThat(pagesBegun()).isEqualTo(3);
        assertThat(directory.resolve("store"))
                .isDirectoryNotContaining("glob:**/ocr/" + document.id() + "/*");
        assertThat(store().openDerived("ocr/" + document.id() + "/1.json")).isEmpty();
        assertThat(store().openDerived("ocr/" + document.id() + "/2.json")).isEmpty();
        assertThat(of(Topic.AGENDA_ITEMS, document)).hasSize(1);
    }

    private void startService() {
        service =
                new SpringApplicationBuilder(ExtractService.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                "--spring.kafka.bootstrap-servers=" + TestServers.kafka(),
                                "--minutebook.store.directory=" + directory.resolve("store"),
                                "--minutebook.extract.instance=flow-test",
                                // The program of the test writes down what it does.
                                "--minutebook.extract.worker.confinement=network",
                                "--minutebook.extract.ocr.command=" + stage("tesseract"),
                                "--minutebook.extract.ocr.dpi=100",
                                "--minutebook.extract.ocr.workers=1",
                                "--minutebook.extract.ocr.look-again=100ms");
    }

    private void stopService() {
        if (service != null) {
            service.close();
        }
    }

    private DocumentStore store() {
        return Objects.requireNonNull(openStore);
    }

    private Path stage(String name) {
        return directory.resolve(name);
    }

    /** Puts the program in its place, whole: a half-written one would fail and count as absent. */
    private void install() throws IOException {
        Path draft = stage("draft");
        Files.writeString(
                draft,
                """
                #!/bin/sh
                if [ "$1" = --list-langs ]; then echo eng; exit 0; fi
                while read picture; do
                  echo >> %1$s/begun
                  n=$(wc -l < %1$s/begun)
                  while [ -e %1$s/hold-$n ]; do sleep 0.05; done
                  if [ -e %1$s/break-$n ]; then exit 1; fi
                  cat %1$s/page.hocr
                done
                """
                        .formatted(directory));
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
        Files.move(draft, stage("tesseract"), StandardCopyOption.ATOMIC_MOVE);
    }

    private long pagesBegun() throws IOException {
        return Files.exists(stage("begun")) ? Files.readAllLines(stage("begun")).size() : 0;
    }

    /** What Tesseract writes of a page at 100 dots an inch. */
    private static String hocr(List<String> lines) {
        StringBuilder html = new StringBuilder("  <div class='ocr_page'>");
        int top = 100;
        for (String line : lines) {
            StringBuilder words = new StringBuilder();
            int left = 100;
            for (String word : line.split(" ", -1)) {
                int right = left + 7 * word.length();
                words.append(
                        "<span class='ocrx_word' title='bbox %d %d %d %d; x_wconf 90'>%s</span> "
                                .formatted(left, top, right, top + 12, word));
                left = right + 5;
            }
            html.append(
                    "<span class='ocr_line' title='bbox 100 %d %d %d; baseline 0 -2; x_size 15'>%s</span>"
                            .formatted(top, left, top + 12, words));
            top += 40;
        }
        return html.append("\n  </div>\n").toString();
    }

    private StoredDocument uploadScan(int pages) {
        // Each is another document: the bytes say so.
        String unlike = UUID.randomUUID().toString();
        return upload(
                Pdf.scans(
                        IntStream.range(0, pages).mapToObj(i -> List.of(unlike, "" + i)).toList(),
                        0));
    }

    private StoredDocument upload(byte[] bytes) {
        ContentHash hash = store().put(new ByteArrayInputStream(bytes), Long.MAX_VALUE).hash();
        StoredDocument document =
                document(hash, bytes.length, new Revision(System.currentTimeMillis()), false);
        assertThat(store().putRecord(document, Versioned.ABSENT)).isPresent();
        announce(document);
        return document;
    }

    private StoredDocument delete(StoredDocument document) {
        StoredDocument deleted =
                document(
                        document.sha256(),
                        document.size(),
                        new Revision(document.revision().value() + 1),
                        true);
        String version = store().record(document.id()).orElseThrow().version();
        assertThat(store().putRecord(deleted, version)).isPresent();
        store().delete(document.sha256());
        announce(deleted);
        return deleted;
    }

    private static StoredDocument document(
            ContentHash hash, long size, Revision revision, boolean deleted) {
        return new StoredDocument(
                DocumentId.of(hash),
                hash,
                size,
                revision,
                Metadata.NONE,
                List.of("scan.pdf"),
                List.of(),
                Instant.EPOCH,
                null,
                deleted,
                Set.of());
    }

    private void announce(StoredDocument document) {
        DocumentUploaded uploaded = new DocumentUploaded(document);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topic.DOCUMENTS_UPLOADED.name(),
                        uploaded.partition(PARTITIONS),
                        document.id().value(),
                        JSON.writeValueAsBytes(uploaded));
        record.headers()
                .add(
                        CloudEventHeaders.TYPE,
                        Topic.DOCUMENTS_UPLOADED.eventType().getBytes(StandardCharsets.UTF_8));
        broker.send(record);
    }

    private DocumentItems items(StoredDocument document) {
        await().atMost(PATIENCE).until(() -> !of(Topic.AGENDA_ITEMS, document).isEmpty());
        ConsumerRecord<String, byte[]> record = of(Topic.AGENDA_ITEMS, document).getLast();
        return JSON.readValue(record.value(), DocumentItems.class);
    }

    private List<DocumentLifecycle> lifecycle(StoredDocument document) {
        return of(Topic.DOCUMENTS_LIFECYCLE, document).stream()
                .map(record -> JSON.readValue(record.value(), DocumentLifecycle.class))
                .toList();
    }

    private List<DocumentState> states(StoredDocument document) {
        return lifecycle(document).stream().map(DocumentLifecycle::state).toList();
    }

    private List<ConsumerRecord<String, byte[]>> of(Topic<?> topic, StoredDocument document) {
        return broker.committed(topic.name()).stream()
                .filter(record -> document.id().value().equals(record.key()))
                .toList();
    }
}
