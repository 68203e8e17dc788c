package org.minutebook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minutebook.contracts.DocumentId;

class FileSystemDocumentStoreTest extends DocumentStoreContract {

    @TempDir private Path directory;

    @Override
    protected DocumentStore openStore() {
        return new FileSystemDocumentStore(directory);
    }

    @Override
    protected void overwriteRecord(DocumentId id, byte[] bytes) {
        Path record =
                directory.resolve("documents/" + id.value().substring(0, 2) + "/" + id + ".json");
        try {
            Files.write(record, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_a_dead_process_was_writing_is_removed_at_the_next_start() throws IOException {
        Path abandoned = Files.createDirectories(directory.resolve("staging/of-a-dead-process"));
        Files.writeString(abandoned.resolve("lock"), "");
        Files.writeString(abandoned.resolve("half-written"), "%PDF-1.7");

        openStore().close();

        assertThat(abandoned).doesNotExist();
    }

    @Test
    void what_a_living_process_is_writing_stays() throws IOException {
        try (Stream<Path> before = Files.list(directory.resolve("staging"))) {
            Path living = before.findFirst().orElseThrow();
            openStore().close();
            assertThat(living).exists();
        }
    }

    @Test
    void nothing_is_left_in_staging_after_writing() throws IOException {
        store.put(new ByteArrayInputStream(new byte[100_000]), Long.MAX_VALUE);
        store.putRecord(document(1), DocumentStore.Versioned.ABSENT);

        try (Stream<Path> files = Files.walk(directory.resolve("staging"))) {
            assertThat(
                            files.filter(Files::isRegularFile)
                                    .map(file -> file.getFileName().toString()))
                    .containsExactly("lock");
        }
    }

    @Test
    void a_folder_that_vanished_is_a_store_that_is_away_not_one_without_documents()
            throws IOException {
        Files.move(directory.resolve("documents"), directory.resolve("elsewhere"));

        assertThatThrownBy(() -> store.record(document(1).id()))
                .isInstanceOf(StoreUnavailableException.class);

        Files.move(directory.resolve("elsewhere"), directory.resolve("documents"));
    }

    @Test
    void where_none_is_to_be_made_a_folder_without_a_store_is_a_disk_that_is_not_mounted()
            throws IOException {
        Path mountPoint = Files.createDirectory(directory.resolve("mount-point"));

        assertThatThrownBy(() -> new FileSystemDocumentStore(mountPoint, false))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("mounted");
        assertThat(mountPoint).isEmptyDirectory();

        new FileSystemDocumentStore(directory, false).close();
    }

    @Test
    void a_folder_that_cannot_be_used_says_so() throws IOException {
        Path file = Files.writeString(directory.resolve("a-file"), "");

        assertThatThrownBy(() -> new FileSystemDocumentStore(file))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("a-file");
    }
}
