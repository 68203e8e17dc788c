package org.minutebook.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.DocumentItems;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.contracts.IndexEntry.Role;
import org.minutebook.index.elasticsearch.IndexEntries;

class IndexEntriesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:06Z");

    private final DocumentItems minutes =
            Messages.withSection(
                    Messages.minutes("entries", 5, "Parking in Quay Street", "Trees"), "Reports");

    @Test
    void items_are_followed_by_the_section_and_the_document_itself() {
        assertThat(IndexEntries.of(minutes, NOW).entries())
                .extracting(IndexEntry::role)
                .containsExactly(Role.ITEM, Role.ITEM, Role.SECTION, Role.DOCUMENT);
    }

    @Test
    void each_entry_tells_council_committee_meeting_and_date() {
        IndexedDocument document = IndexEntries.of(minutes, NOW).entries().getFirst().document();
        assertThat(document.councilId()).hasToString("eldmarsh");
        assertThat(document.committeeId()).isEqualTo("planning-committee");
        assertThat(document.meetingId()).hasToString("eldmarsh/planning-committee/2026-09-16");
        assertThat(document.itemCount()).isEqualTo(3);
    }

    @Test
    void attendance_and_next_meetings_stand_only_on_the_documents_own_entry() {
        IndexEntries entries = IndexEntries.of(minutes, NOW);
        assertThat(entries.entries().getFirst().document().attendance()).isNull();
        assertThat(entries.entries().getFirst().document().nextMeetings()).isEmpty();
        assertThat(entries.entries().getLast().document().attendance()).isNotNull();
        assertThat(entries.entries().getLast().document().nextMeetings()).hasSize(1);
    }

    @Test
    void a_section_is_not_a_hit() {
        assertThat(IndexEntries.of(minutes, NOW).hits())
                .containsExactlyElementsOf(
                        minutes.items().stream()
                                .filter(item -> !item.grouping())
                                .map(AgendaItem::id)
                                .toList());
    }

    @Test
    void a_hidden_item_is_left_out() {
        AgendaItem exempt = minutes.items().getFirst();
        IndexEntries entries = IndexEntries.of(Messages.hiding(minutes, 6, exempt.id()), NOW);
        assertThat(entries.itemCount()).isEqualTo(2);
        assertThat(entries.hits()).doesNotContain(exempt.id());
    }

    @Test
    void a_deleted_document_leaves_nothing_but_its_revision() {
        IndexEntries entries = IndexEntries.of(Messages.deletion("entries", 7), NOW);
        assertThat(entries.entries()).hasSize(1);
        IndexedDocument tombstone = entries.entries().getFirst().document();
        assertThat(tombstone.deleted()).isTrue();
        assertThat(tombstone.name()).isEqualTo(tombstone.id().value());
        assertThat(tombstone.council()).isNull();
    }
}
