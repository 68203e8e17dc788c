package org.minutebook.index.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.CloudEventHeaders;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.index.Messages;
import org.minutebook.index.kafka.ItemsReader.Read;
import org.minutebook.index.kafka.ItemsReader.Unreadable;
import org.minutebook.store.FileSystemDocumentStore;
import tools.jackson.databind.json.JsonMapper;

class ItemsReaderTest {

    private static final int HALF = (int) (ItemsReader.SLICE / 2);

    private final JsonMapper json = JsonMapper.shared();
    private final List<List<String>> slices = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    @TempDir private Path folder;
    private FileSystemDocumentStore store;
    private long offset;

    @BeforeEach
    void open() {
        store = new FileSystemDocumentStore(folder);
    }

    @Test
    void small_documents_are_one_slice() {
        read(
                inline(Messages.minutes("a", 1, "Parking")),
                inline(Messages.minutes("b", 1, "Trees")),
                inline(Messages.minutes("c", 1, "Bins")));

        assertThat(slices).containsExactly(List.of("Parking", "Trees", "Bins"));
    }

    @Test
    void bodies_from_the_store_end_a_slice_as_soon_as_they_fill_it() {
        read(
                inStore(Messages.withText(Messages.minutes("a", 1, "Parking"), HALF)),
                inStore(Messages.withText(Messages.minutes("b", 1, "Trees"), HALF)),
                inStore(Messages.withText(Messages.minutes("c", 1, "Bins"), 3 * HALF)),
                inline(Messages.minutes("d", 1, "Roads")));

        assertThat(slices)
                .containsExactly(List.of("Parking", "Trees"), List.of("Bins"), List.of("Roads"));
    }

    @Test
    void the_newest_of_a_slice_counts() {
        read(
                inline(Messages.minutes("a", 2, "Newer")),
                inline(Messages.minutes("b", 1, "Trees")),
                inline(Messages.minutes("a", 1, "Older")));

        assertThat(slices).containsExactly(List.of("Newer", "Trees"));
    }

    @Test
    void a_record_that_makes_no_sense_does_not_keep_the_others_back() {
        ConsumerRecord<String, byte[]> broken = record("0".repeat(32), bytes("{"));
        read(broken, inline(Messages.minutes("b", 1, "Trees")));

        assertThat(slices).containsExactly(List.of("Trees"));
        assertThat(unreadable).extracting(Unreadable::record).containsExactly(broken);
    }

    @Test
    void a_body_that_is_cut_off_makes_no_sense() {
        DocumentItems message = Messages.minutes("a", 1, "Parking");
        byte[] body = json.writeValueAsBytes(message);
        ConsumerRecord<String, byte[]> cutOff = stored(message, Arrays.copyOf(body, 99));
        read(cutOff);

        assertThat(slices).isEmpty();
        assertThat(unreadable).extracting(Unreadable::record).containsExactly(cutOff);
    }

    @SafeVarargs
    private void read(ConsumerRecord<String, byte[]>... records) {
        new ItemsReader(json, store)
                .read(
                        List.of(records),
                        slice ->
                                slices.add(
                                        slice.stream().map(ItemsReaderTest::firstTitle).toList()),
                        unreadable::add);
    }

    private static String firstTitle(Read read) {
        return read.message().items().getFirst().title();
    }

    private ConsumerRecord<String, byte[]> inline(DocumentItems message) {
        return record(message.document().id().value(), json.writeValueAsBytes(message));
    }

    private ConsumerRecord<String, byte[]> inStore(DocumentItems message) {
        return stored(message, json.writeValueAsBytes(message));
    }

    private ConsumerRecord<String, byte[]> stored(DocumentItems message, byte[] body) {
        String id = message.document().id().value();
        store.putDerived(id + "/items.json", body);
        return record(
                id,
                json.writeValueAsBytes(
                        new DocumentItems(
                                message.revision(),
                                message.document(),
                                message.read(),
                                List.of(),
                                id + "/items.json")));
    }

    private ConsumerRecord<String, byte[]> record(String key, byte[] value) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(ItemsReader.TOPIC.name(), 0, offset++, key, value);
        record.headers().add(CloudEventHeaders.TYPE, bytes(ItemsReader.TOPIC.eventType()));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
