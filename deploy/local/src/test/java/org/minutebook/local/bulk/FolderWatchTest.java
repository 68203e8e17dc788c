package org.minutebook.local.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
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

    @Test
    void a_folder_that_is_away_is_noted_once_and_its_file_told_when_it_is_back()
            throws IOException {
        Path watched = folder.resolve("scans");
        watch = new FolderWatch(watched);
        write("scans/a.pdf", "a", 1);
        settle();
        Path away = Files.move(watched, folder.resolve("away"));

        assertThat(watch.look()).isEmpty();
        assertThat(watch.notes()).singleElement().asString().startsWith(watched + ": ");
        assertThat(watch.look()).isEmpty();
        assertThat(watch.notes()).isEmpty();

        Files.move(away, watched);
        assertThat(watch.look()).isEmpty();
        assertThat(watch.look()).containsExactly(watched.resolve("a.pdf"));
    }

    @Test
    void a_folder_behind_a_link_is_followed() throws IOException {
        write("scans/a.pdf", "a", 1);
        watch =
                new FolderWatch(
                        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("scans")));
        watch.look();

        assertThat(watch.look()).containsExactly(folder.resolve("link/a.pdf"));
    }

    @Test
    void a_link_that_leads_nowhere_is_noted_and_the_rest_is_told() throws IOException {
        Path file = write("a.pdf", "a", 1);
        Path link = Files.createSymbolicLink(folder.resolve("2025"), folder.resolve("nowhere"));

        watch.look();
        assertThat(watch.notes()).singleElement().asString().contains(link.toString(), "nowhere");
        assertThat(watch.look()).containsExactly(file);
    }

    @Test
    void files_of_a_folder_that_cannot_be_read_for_a_moment_are_not_told_again()
            throws IOException {
        write("2026/a.pdf", "a", 1);
        settle();
        Path year = folder.resolve("2026");
        Files.setPosixFilePermissions(year, Set.of());
        assumeThat(Files.isReadable(year)).as("this user may read everything").isFalse();

        assertThat(watch.look()).isEmpty();
        assertThat(watch.notes()).singleElement().asString().contains("may not read");

        Files.setPosixFilePermissions(year, PosixFilePermissions.fromString("rwx------"));
        watch.look();
        assertThat(watch.look()).isEmpty();
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
