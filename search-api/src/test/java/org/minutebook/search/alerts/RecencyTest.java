package org.minutebook.search.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecencyTest {

    private static final Instant NOW = Instant.parse("2026-11-03T10:00:00Z");

    private final Recency recency =
            new Recency(
                    new Binder(
                                    new MapConfigurationPropertySource(
                                            Map.of("minutebook.alerts.newest-meetings", "60d")))
                            .bind("minutebook.alerts", AlertSettings.class)
                            .get(),
                    Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void a_meeting_of_long_ago_is_no_news_however_late_its_minutes_come() {
        assertThat(recency.isNews(document("2026-09-03", "2026-11-03T09:00:00Z"))).isFalse();
        assertThat(recency.isNews(document("2026-09-04", "2026-11-03T09:00:00Z"))).isTrue();
        assertThat(recency.isNews(document("2026-12-24", "2026-11-03T09:00:00Z"))).isTrue();
    }

    @Test
    void without_a_date_the_upload_counts() {
        assertThat(recency.isNews(document(null, "2026-11-03T09:00:00Z"))).isTrue();
        assertThat(recency.isNews(document(null, "2026-08-03T09:00:00Z"))).isFalse();
    }

    private static IndexedDocument document(@Nullable String day, String uploaded) {
        return new IndexedDocument(
                new DocumentId("0".repeat(32)),
                "a.pdf",
                null,
                null,
                null,
                null,
                null,
                day == null ? null : LocalDate.parse(day),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                1,
                1,
                0,
                1,
                Instant.parse(uploaded),
                null,
                false);
    }
}
