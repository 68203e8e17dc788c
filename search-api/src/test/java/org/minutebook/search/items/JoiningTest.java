package org.minutebook.search.items;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.ItemId;
import org.minutebook.search.items.Meeting.Entry;
import org.minutebook.search.items.Meeting.Printed;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JoiningTest {

    private static final DocumentId AGENDA = new DocumentId("a".repeat(32));
    private static final DocumentId MINUTES = new DocumentId("b".repeat(32));

    private static Printed item(DocumentId document, @Nullable String number, String title) {
        return new Printed(
                ItemId.of(document, number, title, 0),
                document,
                number,
                title,
                false,
                1,
                1,
                List.of(),
                List.of());
    }

    private static Printed announced(@Nullable String number, String title) {
        return item(AGENDA, number, title);
    }

    private static Printed recorded(@Nullable String number, String title) {
        return item(MINUTES, number, title);
    }

    @Test
    void items_with_the_same_number_and_a_similar_title_are_one() {
        Printed one = announced("4", "Budget");
        Printed other = recorded("4.", "Budget 2026/27 and council tax");
        assertThat(Joining.join(List.of(one), List.of(other)))
                .containsExactly(new Entry(one, other));
    }

    @Test
    void the_same_number_alone_does_not_make_items_one() {
        Printed one = announced("4", "Budget");
        Printed other = recorded("4", "Signs on the quay");
        assertThat(Joining.join(List.of(one), List.of(other)))
                .containsExactlyInAnyOrder(new Entry(one, null), new Entry(null, other));
    }

    @Test
    void minutes_that_number_anew_are_joined_by_title() {
        Printed one = announced("4", "Tree preservation order: Priory Gardens");
        Printed other = recorded("25", "Tree Preservation Order – Priory Gardens");
        assertThat(Joining.join(List.of(one), List.of(other)))
                .containsExactly(new Entry(one, other));
    }

    @Test
    void what_only_the_agenda_has_stands_after_what_it_followed() {
        Printed first = announced("1", "Apologies");
        Printed dropped = announced("2", "Signs on the quay");
        Printed last = announced("3", "Allotment rents");
        Printed firstRecord = recorded("1", "Apologies");
        Printed added = recorded("2", "Urgent business");
        Printed lastRecord = recorded("3", "Allotment rents");
        assertThat(
                        Joining.join(
                                List.of(first, dropped, last),
                                List.of(firstRecord, added, lastRecord)))
                .containsExactly(
                        new Entry(first, firstRecord),
                        new Entry(dropped, null),
                        new Entry(null, added),
                        new Entry(last, lastRecord));
    }

    @Test
    void an_item_is_joined_once() {
        Printed one = announced("1", "Minutes");
        Printed two = announced("2", "Minutes");
        Printed record = recorded("7", "Minutes");
        assertThat(Joining.join(List.of(one, two), List.of(record)))
                .containsExactly(new Entry(one, record), new Entry(two, null));
    }
}
