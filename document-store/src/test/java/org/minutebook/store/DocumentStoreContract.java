package org.minutebook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.Metadata;
import org.minutebook.contracts.Revision;
import org.minutebook.contracts.StoredDocument;
import org.minutebook.store.DocumentStore.StoredContent;
import org.minutebook.store.DocumentStore.Unannounced;
import org.minutebook.store.DocumentStore.Versioned;

/** What every document store promises. An implementation's test only says how to open one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class DocumentStoreContract {

    private static final byte[] MINUTES = "Minutes of the meeting".getBytes(StandardCharsets.UTF_8);
    private static final long NO_LIMIT = Long.MAX_VALUE;

    protected DocumentStore store;

    /**
     * Opens a store on the test's own, at first empty, place. A second call opens another on the
     * same place.
     */
    protected abstract DocumentStore openStore();

    /** Puts these bytes in the place of a document's record, past the store. */
    protected abstract void overwriteRecord(DocumentId id, byte[] bytes);

    @BeforeEach
    void open() {
        store = openStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void bytes_put_can_be_read_again_by_their_hash() throws IOException {
        StoredContent content = store.put(new ByteArrayInputStream(MINUTES), NO_LIMIT);

        assertThat(content)
                .isEqualTo(new StoredContent(ContentHash.of(MINUTES), MINUTES.length, true));
        assertThat(read(store.open(content.hash()))).contains(MINUTES);
    }

    @Test
    void bytes_are_held_until_they_are_deleted() {
        ContentHash hash = store.put(new ByteArrayInputStream(MINUTES), NO_LIMIT).hash();
        assertThat(store.holds(hash)).isTrue();

        store.delete(hash);

        assertThat(store.holds(hash)).isFalse();
    }

    @Test
    void the_same_bytes_put_again_are_known() {
        store.put(new ByteArrayInputStream(MINUTES), NO_LIMIT);

        assertThat(store.put(new ByteArrayInputStream(MINUTES), NO_LIMIT).created()).isFalse();
    }

    @Test
    void bytes_put_are_there_after_reopening() throws IOException {
        ContentHash hash = store.put(new ByteArrayInputStream(MINUTES), NO_LIMIT).hash();
        store.close();
        store = openStore();

        assertThat(read(store.open(hash))).contains(MINUTES);
    }

    @Test
    void what_was_never_put_is_not_there() {
        ContentHash hash = ContentHash.of(MINUTES);

        assertThat(store.open(hash)).isEmpty();
        assertThat(store.holds(hash)).isFalse();
        assertThat(store.local(hash)).isEmpty();
        assertThat(store.record(DocumentId.of(hash))).isEmpty();
        assertThat(store.openDerived("ocr/page-1")).isEmpty();
    }

    @Test
    void bytes_past_the_limit_are_refused_and_not_kept() {
        assertThatThrownBy(() -> store.put(new ByteArrayInputStream(MINUTES), MINUTES.length - 1))
                .isInstanceOf(ContentTooLargeException.class);
        assertThat(store.open(ContentHash.of(MINUTES))).isEmpty();
    }

    @Test
    void bytes_just_within_the_limit_are_kept() {
        assertThat(store.put(new ByteArrayInputStream(MINUTES), MINUTES.length).created()).isTrue();
    }

    @Test
    void a_sender_that_fails_half_way_leaves_nothing() {
        InputStream broken =
                new SequenceInputStream(
                        new ByteArrayInputStream(MINUTES),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("connection reset");
                            }
                        });

        assertThatThrownBy(() -> store.put(broken, NO_LIMIT))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(store.open(ContentHash.of(MINUTES))).isEmpty();
    }

    @Test
    void large_content_is_kept_whole() throws IOException {
        byte[] large = new byte[5_000_001];
        new Random(1).nextBytes(large);
        StoredContent content = store.put(new ByteArrayInputStream(large), NO_LIMIT);

        assertThat(content.hash()).isEqualTo(ContentHash.of(large));
        try (DocumentStore.LocalCopy copy = store.local(content.hash()).orElseThrow()) {
            assertThat(Files.readAllBytes(copy.path())).isEqualTo(large);
        }
    }

    @Test
    void the_same_bytes_from_several_senders_at_once_are_kept_once() throws Exception {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<StoredContent>> puts =
                    IntStream.range(0, 16)
                            .<Callable<StoredContent>>mapToObj(i ->
                                    () -> store.put(new ByteArrayInputStream(MINUTES), NO_LIMIT))
                            .toList();
            for (var put : senders.invokeAll(puts)) {
                assertThat(put.get().hash()).isEqualTo(ContentHash.of(MINUTES));
            }
        }
        assertThat(read(store.open(ContentHash.of(MINUTES)))).contains(MINUTES);
    }

    @Test
    void deleted_bytes_are_gone_and_deleting_again_is_harmless() {
        ContentHash hash = store.put(new ByteArrayInputStream(MINUTES), NO_LIMIT).hash();

        store.delete(hash);
        store.delete(hash);

        assertThat(store.open(hash)).isEmpty();
    }

    @Test
    void a_record_is_read_as_it_was_written() {
        StoredDocument document = document(1);
        String version = store.putRecord(document, Versioned.ABSENT).orElseThrow();

        assertThat(store.record(document.id())).contains(new Versioned<>(document, version));
    }

    @Test
    void a_record_is_replaced_by_who_read_it() {
        String first = store.putRecord(document(1), Versioned.ABSENT).orElseThrow();
        String second = store.putRecord(document(2), first).orElseThrow();

        assertThat(second).isNotEqualTo(first);
        assertThat(store.record(document(2).id()).orElseThrow().value()).isEqualTo(document(2));
    }

    @Test
    void a_record_that_somebody_else_wrote_since_is_not_replaced() {
        String first = store.putRecord(document(1), Versioned.ABSENT).orElseThrow();
        var unused = store.putRecord(document(2), first).orElseThrow();

        assertThat(store.putRecord(document(3), first)).isEmpty();
        assertThat(store.putRecord(document(3), Versioned.ABSENT)).isEmpty();
        assertThat(store.record(document(1).id()).orElseThrow().value()).isEqualTo(document(2));
    }

    @Test
    void of_several_writers_at_once_one_wins() throws Exception {
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<String>>> writes =
                    IntStream.rangeClosed(1, 16)
                            .<Callable<Optional<String>>>mapToObj(
                                    i -> () -> store.putRecord(document(i), Versioned.ABSENT))
                            .toList();
            int winners = 0;
            for (var write : writers.invokeAll(writes)) {
                winners += write.get().isPresent() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"id\": \"0", "null", "{}"})
    void a_record_that_is_damaged_is_not_a_store_that_is_away(String damaged) {
        StoredDocument document = document(1);
        store.putRecord(document, Versioned.ABSENT);
        overwriteRecord(document.id(), damaged.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> store.record(document.id()))
                .isInstanceOf(RecordUnreadableException.class)
                .hasMessageContaining(document.id().value());
    }

    @Test
    void records_lists_every_document_once() {
        store.putRecord(document(1), Versioned.ABSENT);
        StoredDocument other = document("another".getBytes(StandardCharsets.UTF_8), 1);
        store.putRecord(other, Versioned.ABSENT);

        try (Stream<DocumentId> records = store.records()) {
            assertThat(records).containsExactlyInAnyOrder(document(1).id(), other.id());
        }
    }

    @Test
    void a_written_revision_is_to_be_announced_until_it_was_also_after_reopening() {
        store.putRecord(document(1), Versioned.ABSENT);
        store.close();
        store = openStore();
        assertThat(store.unannounced(10)).containsExactly(mark(1));

        store.announced(document(1).id(), new Revision(1));
        assertThat(store.unannounced(10)).isEmpty();
    }

    @Test
    void announcing_one_revision_leaves_the_next_to_be_announced() {
        String first = store.putRecord(document(1), Versioned.ABSENT).orElseThrow();
        store.putRecord(document(2), first);

        store.announced(document(1).id(), new Revision(1));

        assertThat(store.unannounced(10)).containsExactly(mark(2));
    }

    @Test
    void the_oldest_revisions_are_listed_first_up_to_the_limit() {
        String version = Versioned.ABSENT;
        for (int revision = 1; revision <= 3; revision++) {
            version = store.putRecord(document(revision), version).orElseThrow();
        }
        assertThat(store.unannounced(2)).containsExactly(mark(1), mark(2));
    }

    @Test
    void derived_bytes_are_replaced_and_removed_with_all_below_their_key() throws IOException {
        store.putDerived("ocr/abc/page-1", "old".getBytes(StandardCharsets.UTF_8));
        store.putDerived("ocr/abc/page-1", "new".getBytes(StandardCharsets.UTF_8));
        store.putDerived("ocr/abd/page-1", "other".getBytes(StandardCharsets.UTF_8));
        assertThat(read(store.openDerived("ocr/abc/page-1")))
                .contains("new".getBytes(StandardCharsets.UTF_8));

        store.deleteDerived("ocr/abc");

        assertThat(store.openDerived("ocr/abc/page-1")).isEmpty();
        assertThat(store.openDerived("ocr/abd/page-1")).isPresent();
    }

    @Test
    void of_several_who_keep_derived_bytes_if_there_are_none_one_does() throws Exception {
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> writes =
                    IntStream.range(0, 16)
                            .<Callable<Boolean>>mapToObj(i ->
                                    () ->
                                            store.putDerivedIfAbsent(
                                                    "access/secret", new byte[] {(byte) i}))
                            .toList();
            List<Integer> winners = new ArrayList<>();
            List<Future<Boolean>> outcomes = writers.invokeAll(writes);
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).get()) {
                    winners.add(i);
                }
            }

            assertThat(winners).hasSize(1);
            byte[] first = {winners.getFirst().byteValue()};
            assertThat(store.putDerivedIfAbsent("access/secret", new byte[] {99})).isFalse();
            assertThat(read(store.openDerived("access/secret"))).contains(first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "../secret",
                "a/../../b",
                "a//b",
                ".hidden",
                "a/.b",
                "a\\b",
                "a/"
            })
    void a_key_that_leads_elsewhere_is_refused(String key) {
        assertThatThrownBy(() -> store.putDerived(key, MINUTES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.putDerivedIfAbsent(key, MINUTES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.openDerived(key))
                .isInstanceOf(IllegalArgumentException.class);
    }

    protected static StoredDocument document(long revision) {
        return document(MINUTES, revision);
    }

    private static StoredDocument document(byte[] bytes, long revision) {
        ContentHash hash = ContentHash.of(bytes);
        return new StoredDocument(
                DocumentId.of(hash),
                hash,
                bytes.length,
                new Revision(revision),
                Metadata.NONE,
                List.of("minutes.pdf"),
                List.of(),
                Instant.parse("2026-01-01T00:00:00Z"),
                null,
                false,
                Set.of());
    }

    private static Unannounced mark(long revision) {
        return new Unannounced(document(revision).id(), new Revision(revision));
    }

    private static Optional<byte[]> read(Optional<InputStream> stream) throws IOException {
        if (stream.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream open = stream.get()) {
            return Optional.of(open.readAllBytes());
        }
    }
}
