package org.minutebook.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.embedded.EmbeddedKafka;

class EmbeddedKafkaTest {

    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    @TempDir private Path folder;

    @Test
    void the_archive_of_other_classes_goes_away() throws IOException {
        Path stale = Files.createFile(folder.resolve("classes-00000000.jsa"));
        Path current = archive(folder);
        Files.createFile(current);

        assertThat(archive(folder)).isEqualTo(current).exists();
        assertThat(stale).doesNotExist();
    }

    @Test
    void there_is_no_archive_where_java_would_take_its_name_for_two() throws IOException {
        assertThat(options(folder.resolve("a:b"), true)).noneMatch(o -> o.startsWith(ARCHIVE));
    }

    @Test
    void a_broker_that_is_started_once_has_no_archive() throws IOException {
        assertThat(options(folder, false)).noneMatch(option -> option.startsWith(ARCHIVE));
    }

    private static Path archive(Path folder) throws IOException {
        return options(folder, true).stream()
                .filter(option -> option.startsWith(ARCHIVE))
                .map(option -> Path.of(option.substring(ARCHIVE.length())))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> options(Path folder, boolean keepsClasses) throws IOException {
        return new EmbeddedKafka(folder, 9092, 9093, EmbeddedKafka.SMALL, keepsClasses, List.of())
                .prepare()
                .command();
    }
}
