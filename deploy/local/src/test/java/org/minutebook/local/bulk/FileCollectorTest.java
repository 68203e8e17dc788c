package org.minutebook.local.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FileCollectorTest {

    @TempDir private Path folder;

    private FileCollector collector() {
        return new FileCollector(Map.of(), FolderPattern.none(), Manifest.none());
    }

    @Test
    void folders_are_searched_for_documents_and_the_rest_is_counted() throws IOException {
        Files.createDirectories(folder.resolve("2026"));
        Files.writeString(folder.resolve("2026/minutes.PDF"), "m");
        Files.writeString(folder.resolve("agenda.docx"), "a");
        Files.writeString(folder.resolve("logo.png"), "l");

        try (FileCollector collector = collector()) {
            collector.add(folder);

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("2026/minutes.PDF", "agenda.docx");
            assertThat(collector.leftOut()).isEqualTo(1);
        }
    }

    @Test
    void a_folder_behind_a_link_is_searched_and_so_are_links_in_it() throws IOException {
        Files.createDirectories(folder.resolve("disk/2025"));
        Files.createDirectories(folder.resolve("minutes"));
        Files.writeString(folder.resolve("disk/2025/a.pdf"), "a");
        Files.writeString(folder.resolve("minutes/b.pdf"), "b");
        Files.createSymbolicLink(folder.resolve("minutes/2025"), folder.resolve("disk/2025"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("minutes"));

        try (FileCollector collector = collector()) {
            collector.add(link);

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("2025/a.pdf", "b.pdf");
            assertThat(collector.damaged()).isEmpty();
        }
    }

    @Test
    void a_link_that_leads_back_is_searched_once() throws IOException {
        Files.createDirectories(folder.resolve("2026"));
        Files.writeString(folder.resolve("2026/a.pdf"), "a");
        Files.createSymbolicLink(folder.resolve("2026/all"), folder);

        try (FileCollector collector = collector()) {
            collector.add(folder);

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("2026/a.pdf");
            assertThat(collector.damaged()).isEmpty();
        }
    }

    @Test
    void links_that_lead_nowhere_or_to_each_other_are_told_and_the_rest_goes_on()
            throws IOException {
        Files.createSymbolicLink(folder.resolve("2024"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("2025"), folder.resolve("2026"));
        Files.createSymbolicLink(folder.resolve("2026"), folder.resolve("2025"));
        Files.writeString(folder.resolve("z.pdf"), "z");

        try (FileCollector collector = collector()) {
            collector.add(folder);

            assertThat(collector.files()).extracting(ImportFile::fileName).containsExactly("z.pdf");
            assertThat(collector.damaged())
                    .extracting(FileOutcome::file, FileOutcome::state, FileOutcome::reason)
                    .containsExactly(
                            tuple(folder.resolve("2024").toString(), "FAILED", "UNREADABLE"),
                            tuple(folder.resolve("2025").toString(), "FAILED", "UNREADABLE"),
                            tuple(folder.resolve("2026").toString(), "FAILED", "UNREADABLE"));
        }
    }

    @Test
    void a_folder_that_this_user_may_not_read_is_told_and_the_rest_goes_on() throws IOException {
        Path closed = Files.createDirectories(folder.resolve("lost+found"));
        Files.writeString(folder.resolve("z.pdf"), "z");
        Files.setPosixFilePermissions(closed, Set.of());
        assumeThat(Files.isReadable(closed)).as("this user may read everything").isFalse();

        try (FileCollector collector = collector()) {
            collector.add(folder);

            assertThat(collector.files()).extracting(ImportFile::fileName).containsExactly("z.pdf");
            assertThat(collector.damaged())
                    .singleElement()
                    .extracting(FileOutcome::state, FileOutcome::reason)
                    .containsExactly("FAILED", "UNREADABLE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "IBM437"})
    void names_in_zips_are_read_whether_or_not_their_encoding_is_told(String encoding)
            throws IOException {
        Path archive = folder.resolve("minutes.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
            zip.setEncoding(encoding);
            zip.setUseLanguageEncodingFlag(false);
            zip.putArchiveEntry(new ZipArchiveEntry("Réunion.pdf"));
            zip.write("minutes".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }

        try (FileCollector collector = collector()) {
            collector.add(archive);

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("Réunion.pdf");
        }
    }

    @Test
    void what_systems_put_beside_peoples_files_is_no_document() throws IOException {
        Path archive = folder.resolve("minutes.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
            for (String name : List.of("2026/a.pdf", "__MACOSX/2026/._a.pdf", "2026/.DS_Store")) {
                zip.putArchiveEntry(new ZipArchiveEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        Files.writeString(folder.resolve("._b.pdf"), "b");

        try (FileCollector collector = collector()) {
            collector.add(folder);

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("2026/a.pdf");
            assertThat(collector.leftOut()).isZero();
        }
    }

    @Test
    void a_file_that_is_named_is_taken_whatever_it_is_called() throws IOException {
        Path file = Files.writeString(folder.resolve("minutes.bin"), "m");

        try (FileCollector collector = collector()) {
            collector.add(file);

            assertThat(collector.files()).hasSize(1);
        }
    }

    @Test
    void a_file_that_is_named_twice_is_imported_once() throws IOException {
        Files.writeString(folder.resolve("a.pdf"), "a");

        try (FileCollector collector = collector()) {
            collector.add(folder.resolve("a.pdf"));
            collector.add(folder);

            assertThat(collector.files()).hasSize(1);
        }
    }

    @Test
    void documents_of_a_zip_file_are_unpacked_beside_nothing_and_removed_after()
            throws IOException {
        Path zip = folder.resolve("march.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : new String[] {"../../escaped.pdf", "in/minutes.pdf", "readme.md"}) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }

        Path copy;
        try (FileCollector collector = collector()) {
            collector.add(zip);

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("escaped.pdf", "in/minutes.pdf");
            copy = collector.files().getFirst().path();
            assertThat(copy).hasContent("../../escaped.pdf");
            assertThat(folder.resolve("../../escaped.pdf")).doesNotExist();
        }
        assertThat(copy).doesNotExist();
    }

    @Test
    void documents_of_a_tar_are_unpacked_and_links_are_not_followed() throws IOException {
        Path tar = folder.resolve("march.tar.gz");
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(
                        new GZIPOutputStream(Files.newOutputStream(tar)), "UTF-8")) {
            put(out, "in/minutes.pdf", "minutes");
            TarArchiveEntry link = new TarArchiveEntry("link.pdf", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            out.putArchiveEntry(link);
            out.closeArchiveEntry();
        }

        try (FileCollector collector = collector()) {
            collector.add(tar);

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("in/minutes.pdf");
            assertThat(collector.files().getFirst().path()).hasContent("minutes");
        }
    }

    @Test
    void after_an_archive_that_breaks_off_the_next_one_is_unpacked() throws IOException {
        tar(folder.resolve("a.tar"), "one.pdf", "two.pdf", "three.pdf");
        byte[] whole = Files.readAllBytes(folder.resolve("a.tar"));
        Files.write(folder.resolve("a.tar"), Arrays.copyOf(whole, 2 * 1024 + 512 + 3));
        tar(folder.resolve("b.tar"), "four.pdf", "five.pdf");

        try (FileCollector collector = collector()) {
            collector.add(folder);

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("four.pdf", "five.pdf");
            assertThat(collector.files().getFirst().path()).hasContent("four.pdf");
            assertThat(collector.damaged())
                    .extracting(FileOutcome::file)
                    .containsExactly(folder.resolve("a.tar").toString());
        }
    }

    /**
     * Each entry with its name for content: a block of 512 bytes for its header and one for that.
     */
    private static void tar(Path file, String... names) throws IOException {
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(Files.newOutputStream(file), "UTF-8")) {
            for (String name : names) {
                put(out, name, name);
            }
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, String text)
            throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    @Test
    void an_archive_that_is_damaged_is_refused_and_the_rest_goes_on() throws IOException {
        Files.writeString(folder.resolve("a.zip"), "PK, and nothing else");
        Files.writeString(folder.resolve("b.tgz"), "nothing at all");
        Files.writeString(folder.resolve("c.pdf"), "c");

        try (FileCollector collector = collector()) {
            collector.add(folder);

            assertThat(collector.files()).extracting(ImportFile::fileName).containsExactly("c.pdf");
            assertThat(collector.damaged())
                    .extracting(FileOutcome::reason)
                    .containsExactly("DAMAGED_ARCHIVE", "DAMAGED_ARCHIVE");
        }
    }

    @Test
    void nothing_stays_of_an_archive_that_breaks_off() throws IOException {
        tar(folder.resolve("a.tar"), "one.pdf", "two.pdf");
        byte[] whole = Files.readAllBytes(folder.resolve("a.tar"));
        Files.write(folder.resolve("a.tar"), Arrays.copyOf(whole, 2 * 512 + 512 + 3));

        try (FileCollector collector = collector(ArchiveLimits.OF_INTAKE, 0)) {
            collector.add(folder.resolve("a.tar"));

            assertThat(reasons(collector)).containsExactly("REFUSED DAMAGED_ARCHIVE");
            assertThat(copies()).isEmpty();
        }
    }

    @Test
    void an_archive_that_unpacks_to_many_times_its_size_is_refused_whole() throws IOException {
        byte[] blanks = new byte[20 * 1024 * 1024];
        try (ZipOutputStream out =
                new ZipOutputStream(Files.newOutputStream(folder.resolve("a.zip")))) {
            out.putNextEntry(new ZipEntry("a.pdf"));
            out.write("a".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("b.pdf"));
            out.write(blanks);
        }
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(
                        new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.tgz"))))) {
            put(out, "a.pdf", "a");
            put(out, "no document", new String(blanks, StandardCharsets.UTF_8));
        }

        try (FileCollector collector = collector(ArchiveLimits.OF_INTAKE, 0)) {
            collector.add(folder.resolve("a.zip"));
            collector.add(folder.resolve("b.tgz"));

            assertThat(collector.files()).isEmpty();
            assertThat(reasons(collector))
                    .containsExactly("REFUSED TOO_MUCH_CONTENT", "REFUSED TOO_MUCH_CONTENT");
            assertThat(collector.damaged().getFirst().detail())
                    .contains("more than 100 times its size");
            assertThat(copies()).isEmpty();
        }
    }

    @Test
    void an_archive_past_the_limits_of_entries_or_content_is_refused_whole() throws IOException {
        tar(folder.resolve("a.tar"), "one.pdf", "two.md", "three.md");
        tar(folder.resolve("b.tar"), "longer.pdf", "name.pdf");
        tar(folder.resolve("c.tar"), "six.pdf");

        try (FileCollector collector = collector(new ArchiveLimits(2, 16, 100), 0)) {
            for (String name : new String[] {"a.tar", "b.tar", "c.tar"}) {
                collector.add(folder.resolve(name));
            }

            assertThat(collector.files())
                    .extracting(ImportFile::fileName)
                    .containsExactly("six.pdf");
            assertThat(reasons(collector))
                    .containsExactly("REFUSED TOO_MANY_ENTRIES", "REFUSED TOO_MUCH_CONTENT");
            assertThat(copies()).hasSize(1);
        }
    }

    @Test
    void an_archive_for_which_there_is_no_room_has_failed_and_is_not_damaged() throws IOException {
        tar(folder.resolve("a.tar"), "one.pdf");
        Files.writeString(folder.resolve("b.pdf"), "b");

        try (FileCollector collector = collector(ArchiveLimits.OF_INTAKE, Long.MAX_VALUE)) {
            collector.add(folder.resolve("a.tar"));
            collector.add(folder.resolve("b.pdf"));

            assertThat(collector.files()).extracting(ImportFile::fileName).containsExactly("b.pdf");
            assertThat(reasons(collector)).containsExactly("FAILED NO_ROOM");
            assertThat(collector.damaged().getFirst().detail()).contains("Make room");
        }
    }

    /** Unpacks beside the files, where it can be seen what stays. */
    private FileCollector collector(ArchiveLimits limits, long reserve) {
        return new FileCollector(
                Map.of(),
                FolderPattern.none(),
                Manifest.none(),
                limits,
                new UnpackedCopies(folder, reserve));
    }

    private static List<String> reasons(FileCollector collector) {
        return collector.damaged().stream()
                .map(outcome -> outcome.state() + " " + outcome.reason())
                .toList();
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("[0-9]+")).toList();
        }
    }

    @Test
    void folders_say_what_a_file_is_and_a_manifest_knows_better() throws IOException {
        Files.createDirectories(folder.resolve("Eldmarsh/Planning/2021"));
        Path file = Files.writeString(folder.resolve("Eldmarsh/Planning/2021/a.pdf"), "a");
        Path table =
                Files.writeString(
                        folder.resolve("manifest.csv"),
                        "file,committee\n" + file.toAbsolutePath() + ",Licensing\n");

        try (FileCollector collector =
                new FileCollector(
                        Map.of("council", "Nowhere"),
                        FolderPattern.of("{council}/{committee}"),
                        Manifest.read(table))) {
            collector.add(folder);

            assertThat(collector.files().getFirst().metadata())
                    .isEqualTo(Map.of("council", "Eldmarsh", "committee", "Licensing"));
        }
    }
}
