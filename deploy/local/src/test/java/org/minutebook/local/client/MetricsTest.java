package org.minutebook.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MetricsTest {

    private static final String TEXT =
            """
            # HELP minutebook_dead_letters records that were given up
            # TYPE minutebook_dead_letters gauge
            minutebook_dead_letters 3.0
            kafka_consumer_fetch_manager_records_lag{client_id="a",partition="0",topic="documents.uploaded"} 12.0
            kafka_consumer_fetch_manager_records_lag{client_id="a",partition="1",topic="documents.uploaded"} 30.0
            kafka_consumer_fetch_manager_records_lag{client_id="a",partition="2",topic="documents.uploaded"} NaN
            kafka_consumer_fetch_manager_records_lag{client_id="b",partition="0",topic="documents.scanned"} 5.0
            http_server_requests_seconds_sum{uri="a path } 9 with {odd} signs",} 1.5E1
            minutebook_documents_total{reason="",state="INDEXED"} 7.0
            minutebook_documents_total{reason="ENCRYPTED",state="FAILED"} 2.0
            minutebook_documents_total{reason="NO_TEXT",state="FAILED"} 1.0
            minutebook_index_bulk_seconds_count 4
            minutebook_index_bulk_seconds_sum 0.5
            not a metric
            """;

    private final Metrics.Reading reading = Metrics.Reading.of(TEXT);

    @Test
    void what_waits_in_a_topic_is_the_sum_of_its_partitions() {
        assertThat(reading.waiting("documents.uploaded")).isEqualTo(42);
        assertThat(reading.waiting("documents.scanned")).isEqualTo(5);
    }

    @Test
    void a_number_without_labels_is_read() {
        assertThat(reading.sum("minutebook_dead_letters")).isEqualTo(3);
    }

    @Test
    void documents_of_a_state_are_counted_whatever_the_reason() {
        assertThat(reading.documents("INDEXED")).isEqualTo(7);
        assertThat(reading.documents("FAILED")).isEqualTo(3);
    }

    @Test
    void a_timer_tells_how_long_one_took() {
        assertThat(reading.meanMillis("minutebook_index_bulk")).isEqualTo(125);
        assertThat(reading.meanMillis("something_else")).isZero();
    }

    @Test
    void signs_in_a_label_end_nothing() {
        assertThat(reading.sum("http_server_requests_seconds_sum")).isEqualTo(15);
    }

    @Test
    void of_what_is_not_told_there_is_nothing() {
        assertThat(reading.sum("something_else")).isZero();
        assertThat(reading.waiting("agenda-items")).isZero();
    }
}
