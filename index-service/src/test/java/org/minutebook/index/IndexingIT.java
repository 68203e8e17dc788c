package org.minutebook.index;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.DeadLetterHeaders;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.DocumentLifecycle;
import org.minutebook.contracts.DocumentState;
import org.minutebook.contracts.ItemsIndexed;
import org.minutebook.contracts.Topic;
import org.minutebook.testservers.Cable;
import org.minutebook.testservers.Records;
import org.minutebook.testservers.TestServers;

/** The service as it runs, with a real broker and a real Elasticsearch. */
class IndexingIT {

    @TempDir private static Path directory;
    private static Stack stack;

    @BeforeAll
    static void start() {
        stack = new Stack(directory);
        stack.start(TestServers.elasticsearch());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void items_can_be_found_once_the_document_is_said_to_be_indexed() {
        DocumentItems minutes = Messages.minutes("found", 10, "Parking in Quay Street", "Trees");
        stack.send(minutes);

        awaitState(minutes, DocumentState.INDEXED);

        assertThat(stack.find("all", "parked")).isEqualTo(List.of(idOf(minutes, 0)));
        assertThat(stack.find("all.exact", "parked")).isEmpty();
        assertThat(stack.find("all.exact", "parking")).isEqualTo(List.of(idOf(minutes, 0)));
    }

    @Test
    void the_indexed_event_tells_state_revision_and_number_of_items() {
        DocumentItems minutes = Messages.minutes("told", 10, "Apologies", "Accounts");
        stack.send(minutes);

        DocumentLifecycle event = awaitState(minutes, DocumentState.INDEXED);

        assertThat(event.revision()).isEqualTo(minutes.revision());
        assertThat(event.items()).isEqualTo(2);
        assertThat(event.read()).isEqualTo(minutes.read());
        assertThat(indexed(minutes))
                .containsExactly(
                        new ItemsIndexed(
                                minutes.revision(),
                                minutes.document(),
                                minutes.items().stream().map(AgendaItem::id).toList()));
    }

    @Test
    void a_document_without_items_is_indexed_too() {
        DocumentItems report = Messages.minutes("no items", 10);
        stack.send(report);

        assertThat(awaitState(report, DocumentState.INDEXED).items()).isZero();
        assertThat(indexed(report)).hasSize(1);
    }

    @Test
    void the_same_record_again_changes_nothing() {
        DocumentItems minutes = Messages.minutes("again", 10, "Budget", "Budget");
        stack.send(minutes);
        awaitState(minutes, DocumentState.INDEXED);
        List<String> first = stack.entriesOf(minutes.document().id());

        stack.send(minutes);
        await().atMost(30, SECONDS).until(() -> indexed(minutes).size() == 2);

        assertThat(stack.entriesOf(minutes.document().id()))
                .hasSize(3)
                .containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void items_that_a_newer_revision_lacks_are_taken_away() {
        DocumentItems first = Messages.minutes("stale", 10, "Apologies", "Misread", "Accounts");
        DocumentItems second = Messages.minutes("stale", 11, "Apologies");
        stack.send(first);
        awaitState(first, DocumentState.INDEXED);

        stack.send(second);
        awaitState(second, DocumentState.INDEXED);

        assertThat(stack.entriesOf(second.document().id()))
                .containsExactlyInAnyOrder(idOf(second, 0), second.document().id().value());
    }

    @Test
    void a_record_of_an_older_revision_is_dropped() {
        DocumentItems older = Messages.minutes("older", 10, "Old title");
        DocumentItems newer = Messages.minutes("older", 11, "New title");
        DocumentItems next = Messages.minutes("older", 12, "New title");
        stack.send(newer);
        awaitState(newer, DocumentState.INDEXED);

        stack.send(older);
        stack.send(next); // after it in the same partition
        awaitState(next, DocumentState.INDEXED);

        assertThat(stack.entriesOf(next.document().id()))
                .containsExactlyInAnyOrder(idOf(next, 0), next.document().id().value());
        assertThat(indexed(older))
                .extracting(ItemsIndexed::revision)
                .containsExactly(newer.revision(), next.revision());
    }

    @Test
    void a_deletion_takes_the_items_away_and_keeps_older_records_out() {
        DocumentItems minutes = Messages.minutes("deleted", 10, "Complaint of Mrs Smith");
        DocumentItems deletion = Messages.deletion("deleted", 11);
        stack.send(minutes);
        awaitState(minutes, DocumentState.INDEXED);

        stack.send(deletion);
        stack.send(minutes); // an extraction that was under way
        await().atMost(30, SECONDS).until(() -> indexed(deletion).size() == 2);
        DocumentItems later = Messages.minutes("later than the deletion", 10, "x");
        stack.send(later);
        awaitState(later, DocumentState.INDEXED);

        assertThat(stack.entriesOf(deletion.document().id()))
                .containsExactly(deletion.document().id().value());
        assertThat(stack.source(deletion.document().id())).doesNotContain("Eldmarsh", "planning");
    }

    @Test
    void a_document_that_is_refused_now_cannot_be_found_and_is_not_called_indexed() {
        DocumentItems minutes = Messages.minutes("refused now", 10, "Exempt yak matter");
        DocumentItems refusal = Messages.refusal("refused now", 11);
        stack.send(minutes);
        awaitState(minutes, DocumentState.INDEXED);

        stack.send(refusal);
        await().atMost(30, SECONDS).until(() -> indexed(refusal).size() == 2);

        assertThat(stack.find("all", "yak")).isEmpty();
        assertThat(stack.source(refusal.document().id())).doesNotContain("Eldmarsh", "planning");

        DocumentItems readAgain = Messages.minutes("refused now", 12, "Exempt yak matter");
        stack.send(readAgain);
        awaitState(readAgain, DocumentState.INDEXED);
        assertThat(stack.find("all", "yak")).hasSize(1);
        assertThat(Records.in(Topic.DOCUMENTS_LIFECYCLE.name(), idOf(refusal)))
                .extracting(record -> Stack.read(record, Topic.DOCUMENTS_LIFECYCLE).revision())
                .containsExactly(minutes.revision(), readAgain.revision());
    }

    @Test
    void a_hidden_item_cannot_be_found() {
        DocumentItems minutes = Messages.minutes("hidden", 10, "Exempt zebra matter", "Trees");
        stack.send(minutes);
        awaitState(minutes, DocumentState.INDEXED);
        assertThat(stack.find("all", "zebra")).hasSize(1);

        DocumentItems hiding = Messages.hiding(minutes, 11, minutes.items().getFirst().id());
        stack.send(hiding);
        awaitState(hiding, DocumentState.INDEXED);

        assertThat(stack.find("all", "zebra")).isEmpty();
    }

    @Test
    void a_message_too_large_for_the_broker_is_read_from_the_store() {
        DocumentItems minutes = Messages.minutes("large", 10, "Local plan");
        stack.sendThroughStore(minutes, "messages/large");

        awaitState(minutes, DocumentState.INDEXED);

        assertThat(stack.entriesOf(minutes.document().id())).hasSize(2);
    }

    @Test
    void a_document_of_more_items_than_one_event_can_name_is_told_in_several() {
        String[] titles =
                IntStream.range(0, 25_000).mapToObj(i -> "Line " + i).toArray(String[]::new);
        DocumentItems register = Messages.minutes("many items", 10, titles);
        stack.sendThroughStore(register, "messages/many");

        assertThat(awaitState(register, DocumentState.INDEXED).items()).isEqualTo(25_000);

        assertThat(indexed(register))
                .hasSizeGreaterThan(1)
                .allMatch(event -> event.revision().equals(register.revision()))
                .flatExtracting(ItemsIndexed::items)
                .containsExactlyElementsOf(register.items().stream().map(AgendaItem::id).toList());
        assertThat(Records.in(Topic.AGENDA_ITEMS_INDEXED.name(), idOf(register)))
                .extracting(record -> Stack.header(record, "ce_id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_record_that_makes_no_sense_goes_to_the_dead_letters_and_the_rest_goes_on() {
        DocumentItems stored = Messages.minutes("unreadable", 10, "x");
        DocumentId id = stored.document().id();
        stack.store(stored.document());
        byte[] nonsense = "{\"revision\": \"soon\"".getBytes(StandardCharsets.UTF_8);
        stack.sendRaw(id.value(), nonsense);
        DocumentItems next = Messages.minutes("after the unreadable one", 10, "y");
        stack.send(next);

        awaitState(next, DocumentState.INDEXED);
        DocumentLifecycle failure = awaitState(stored, DocumentState.FAILED);

        assertThat(failure.reason()).isEqualTo("RECORD_UNREADABLE");
        List<ConsumerRecord<String, byte[]>> letters =
                Records.in(Topic.AGENDA_ITEMS.deadLetters(), id.value());
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().value()).isEqualTo(nonsense);
        assertThat(Stack.header(letters.getFirst(), DeadLetterHeaders.CAUSE))
                .contains("not a message of agenda-items");
        assertThat(Stack.header(letters.getFirst(), "ce_type"))
                .isEqualTo(Topic.AGENDA_ITEMS.eventType());
    }

    @Test
    void a_record_of_a_document_that_is_damaged_in_the_store_holds_up_nothing() throws IOException {
        DocumentItems damaged = Messages.minutes("damaged", 10, "x");
        stack.store(damaged.document());
        stack.damageRecord(damaged.document().id());
        stack.sendRaw(idOf(damaged), "nonsense".getBytes(StandardCharsets.UTF_8));
        stack.sendWithoutBody(damaged, "messages/none");

        await().atMost(60, SECONDS)
                .until(() ->
                        Records.in(Topic.AGENDA_ITEMS.deadLetters(), idOf(damaged)).size() == 2);
    }

    @Test
    void an_item_that_elasticsearch_refuses_fails_its_document_and_stops_nothing() {
        // Lucene takes no keyword of more than 32,766 bytes.
        String number = "9".repeat(40_000);
        DocumentItems refused = Messages.withNumber(Messages.minutes("refused", 10, "x"), number);
        DocumentItems next = Messages.minutes("after the refused one", 10, "y");
        stack.send(refused);
        stack.send(next);

        awaitState(next, DocumentState.INDEXED);
        assertThat(awaitState(refused, DocumentState.FAILED).reason()).isEqualTo("INDEX_REJECTED");
        assertThat(Records.in(Topic.AGENDA_ITEMS.deadLetters(), idOf(refused))).hasSize(1);
    }

    @Test
    void with_elasticsearch_away_the_records_wait_and_nothing_is_given_up() {
        URI server = TestServers.elasticsearch();
        try (Cable cable = new Cable(server.getHost(), server.getPort());
                Stack apart = new Stack(directory.resolve("apart"))) {
            stack.stopInstances();
            apart.start(URI.create("http://127.0.0.1:" + cable.port()));
            DocumentItems minutes = Messages.minutes("away", 10, "Flood defences");
            apart.send(minutes);
            int before = cable.brokenOff();
            await().atMost(30, SECONDS).until(() -> cable.brokenOff() > before + 2);

            cable.plugIn();
            awaitState(minutes, DocumentState.INDEXED);

            cable.pullOut();
            DocumentItems again = Messages.minutes("away", 11, "Flood defences", "Bridges");
            apart.send(again);
            cable.plugIn();
            assertThat(awaitState(again, DocumentState.INDEXED).items()).isEqualTo(2);
            assertThat(Records.in(Topic.AGENDA_ITEMS.deadLetters(), idOf(again))).isEmpty();
        } finally {
            stack.start(TestServers.elasticsearch());
        }
    }

    @Test
    void two_instances_share_the_work_and_one_index() {
        stack.start(TestServers.elasticsearch());
        List<DocumentItems> all =
                IntStream.range(0, 40)
                        .mapToObj(i -> Messages.minutes("shared " + i, 10, "Interurban line " + i))
                        .toList();
        all.forEach(stack::send);

        await().atMost(60, SECONDS).until(() -> stack.find("all", "interurban").size() == 40);
        assertThat(stack.indices()).hasSize(1);
    }

    private static DocumentLifecycle awaitState(DocumentItems message, DocumentState state) {
        return await().atMost(120, SECONDS)
                .until(
                        () ->
                                Records.in(Topic.DOCUMENTS_LIFECYCLE.name(), idOf(message)).stream()
                                        .map(record ->
                                                Stack.read(record, Topic.DOCUMENTS_LIFECYCLE))
                                        .filter(event ->
                                                event.state() == state
                                                        && event.revision()
                                                                .equals(message.revision()))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static List<ItemsIndexed> indexed(DocumentItems message) {
        return Records.in(Topic.AGENDA_ITEMS_INDEXED.name(), idOf(message)).stream()
                .map(record -> Stack.read(record, Topic.AGENDA_ITEMS_INDEXED))
                .toList();
    }

    private static String idOf(DocumentItems message) {
        return message.document().id().value();
    }

    private static String idOf(DocumentItems message, int item) {
        return message.items().get(item).id().value();
    }
}
