package org.minutebook.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Which documents wait for which. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PartitionsTest {

    @Test
    void documents_that_came_by_themselves_or_with_a_few_have_the_last_partition() {
        assertThat(partition("alone", 4)).isEqualTo(3);
        assertThat(partition("few", 4, DocumentUploaded.FEW + "1", "2026")).isEqualTo(3);
    }

    @Test
    void a_bulk_import_has_all_the_others() {
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            used.add(partition("bulk " + i, 4, "2026"));
        }
        assertThat(used).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void a_topic_of_one_partition_has_room_for_all() {
        assertThat(partition("alone", 1)).isZero();
        assertThat(partition("bulk", 1, "2026")).isZero();
    }

    private static int partition(String content, int partitions, String... batches) {
        ContentHash hash = ContentHash.of(content.getBytes(StandardCharsets.UTF_8));
        StoredDocument document =
                new StoredDocument(
                        DocumentId.of(hash),
                        hash,
                        content.length(),
                        new Revision(1),
                        Metadata.NONE,
                        List.of(),
                        List.of(batches),
                        Instant.EPOCH,
                        null,
                        false,
                        Set.of());
        return new DocumentUploaded(document).partition(partitions);
    }
}
