package org.minutebook.local.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FolderWatchTest {

    @TempDir private Path folder;

    private FolderWatch watch;

    @BeforeEach
    void follow() {
        watch = new FolderWatch(folder);
    }

    @Test
    void a_file_is_told_once_it_stays_as_it_is_and_only_once() throws IOException {
        Path file = write("a.pdf", "half", 1);
        assertThat(watch.look()).isEmpty();

        write("a.pdf", "half and half", 2); // still being copied
        assertThat(watch.look()).isEmpty();

        assertThat(watch.look()).containsExactly(file);
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void a_file_that_comes_later_in_a_new_folder_is_told() throws IOException {
        watch.look();
        Path file = write("2026/march/b.pdf", "b", 1);
        watch.look();

        assertThat(watch.look()).containsExactly(file);
    }

    @Test
    void a_file_that_changes_is_told_again() throws IOException {
        Path file = write("a.pdf", "a", 1);
        settle();
        write("a.pdf", "b", 2);
        watch.look();

        assertThat(watch.look()).containsExactly(file);
    }

    @Test
    void a_file_whose_import_failed_is_told_again() throws IOException {
        Path file = write("a.pdf", "a", 1);
        settle();
        watch.again(List.of(file));

        assertThat(watch.look()).containsExactly(file);
    }

    @Test
    void a_file_that_went_and_came_back_is_told_again() throws IOException {
        Path file = write("a.pdf", "a", 1);
        settle();
        Files.delete(file);
        watch.look();
        write("a.pdf", "a", 1);
        watch.look();

        assertThat(watch.look()).containsExactly(file);
    }

    private void settle() throws IOException {
        watch.look();
        assertThat(watch.look()).isNotEmpty();
    }

    private Path write(String name, String text, int second) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
    }
}
