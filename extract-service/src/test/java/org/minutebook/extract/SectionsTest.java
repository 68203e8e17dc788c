package org.minutebook.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;

class SectionsTest {

    private final Sections sections = new Sections();

    @Test
    void an_entry_stands_under_the_section_above_it() {
        assertThat(sections.of(entry("Consent calendar", 1, true))).isNull();
        assertThat(sections.of(entry("Minutes", 2, false))).isEqualTo("Consent calendar");
        assertThat(sections.of(entry("Warrants", 2, false))).isEqualTo("Consent calendar");
        assertThat(sections.of(entry("Adjournment", 1, false))).isNull();
    }

    @Test
    void an_item_with_entries_below_it_is_no_section() {
        assertThat(sections.of(entry("Planning", 1, false))).isNull();
        assertThat(sections.of(entry("Land at Saltby Road", 2, false))).isNull();
    }

    @Test
    void a_section_within_a_section_is_the_nearer_one() {
        sections.of(entry("Reports", 1, true));
        assertThat(sections.of(entry("Officers", 2, true))).isEqualTo("Reports");
        assertThat(sections.of(entry("Clerk", 3, false))).isEqualTo("Officers");
        assertThat(sections.of(entry("Committees", 2, true))).isEqualTo("Reports");
    }

    private static Entry entry(String title, int level, boolean grouping) {
        Line line =
                new Line(
                        1,
                        List.of(new Line.Span(title, 72, 100, 10, "Plain", false, false, false)),
                        72,
                        100,
                        100,
                        10,
                        null);
        return new Entry(
                null, title, level, grouping, null, List.of(line), List.of(), false, List.of());
    }
}
