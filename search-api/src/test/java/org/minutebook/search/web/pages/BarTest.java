package org.minutebook.search.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.search.items.Facets;
import org.minutebook.search.items.Facets.Count;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BarTest {

    private static Facets months(Count... months) {
        return new Facets(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(months));
    }

    @Test
    void months_without_items_are_gaps() {
        List<Bar> bars = Bar.of(months(new Count("2026-01", "", 4), new Count("2026-03", "", 2)));
        assertThat(bars).extracting(Bar::period).containsExactly("2026-01", "2026-02", "2026-03");
        assertThat(bars).extracting(Bar::height).containsExactly(30.0, 0.0, 15.0);
    }

    @Test
    void many_months_become_years() {
        List<Bar> bars =
                Bar.of(
                        months(
                                new Count("2020-01", "", 4),
                                new Count("2020-03", "", 2),
                                new Count("2023-12", "", 3)));
        assertThat(bars)
                .extracting(Bar::label)
                .containsExactly("2020: 6", "2021: 0", "2022: 0", "2023: 3");
    }

    @Test
    void one_month_needs_no_picture() {
        assertThat(Bar.of(months(new Count("2026-01", "", 4)))).isEmpty();
    }
}
