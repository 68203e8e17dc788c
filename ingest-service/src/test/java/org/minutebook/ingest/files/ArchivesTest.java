package org.minutebook.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ArchivesTest {

    private static final ArchiveLimits LIMITS =
            new ArchiveLimits(100, DataSize.ofMegabytes(60), 100);

    private static final int MEGABYTE = 1024 * 1024;

    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, FileRefusal> refusals = new LinkedHashMap<>();

    @Test
    void the_files_of_a_zip_are_unpacked_with_their_folders() throws IOException {
        unpack("all.zip", zip("2026/minutes.pdf", "minutes", "2026/agenda.pdf", "agenda"));

        assertThat(files)
                .containsEntry("2026/minutes.pdf", "minutes")
                .containsEntry("2026/agenda.pdf", "agenda")
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all.tar.gz", "ALL.TGZ", "all.tar"})
    void the_files_of_a_tar_are_unpacked(String name) throws IOException {
        byte[] tar = tar(entry("2026/minutes.pdf"), "minutes");

        unpack(name, name.endsWith(".tar") ? tar : gzip(tar));

        assertThat(files).containsExactly(Map.entry("2026/minutes.pdf", "minutes"));
    }

    @Test
    void what_systems_put_beside_the_files_is_left_out() throws IOException {
        unpack(
                "all.zip",
                zip("a.pdf", "a", "__MACOSX/._a.pdf", "x", ".DS_Store", "x", "Thumbs.db", "x"));

        assertThat(files).containsOnlyKeys("a.pdf");
        assertThat(refusals).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../etc/passwd.pdf",
                "a/../../b.pdf",
                "/etc/passwd.pdf",
                "C:\\boot.pdf",
                "..\\up.pdf",
                "a\u0000.pdf",
                "a\nb.pdf",
                "exe\u202Efdp.pdf"
            })
    void a_name_that_leads_out_or_deceives_is_refused_and_the_rest_taken(String name)
            throws IOException {
        unpack("all.zip", zip(name, "bad", "good.pdf", "good"));

        assertThat(refusals.values()).containsExactly(FileRefusal.UNSAFE_NAME);
        assertThat(files).containsOnlyKeys("good.pdf");
    }

    @Test
    void a_name_that_is_too_long_is_refused() throws IOException {
        unpack("all.zip", zip("x".repeat(256) + ".pdf", "a", "d/".repeat(600) + "b.pdf", "b"));

        assertThat(refusals.values()).containsOnly(FileRefusal.NAME_TOO_LONG).hasSize(2);
    }

    @Test
    void a_second_file_of_one_name_is_refused_however_it_is_written() throws IOException {
        unpack("all.tar", tar(entry("a.pdf"), "first", entry("./a.pdf"), "second"));

        assertThat(files).containsExactly(Map.entry("a.pdf", "first"));
        assertThat(refusals.values()).containsExactly(FileRefusal.DUPLICATE_NAME);
    }

    @Test
    void links_and_devices_are_not_followed() throws IOException {
        TarArchiveEntry symbolic = new TarArchiveEntry("sym.pdf", TarConstants.LF_SYMLINK);
        symbolic.setLinkName("/etc/passwd");
        TarArchiveEntry hard = new TarArchiveEntry("hard.pdf", TarConstants.LF_LINK);
        hard.setLinkName("a.pdf");
        TarArchiveEntry device = new TarArchiveEntry("dev.pdf", TarConstants.LF_CHR);

        unpack("all.tar", tar(entry("a.pdf"), "a", symbolic, "", hard, "", device, ""));

        assertThat(files).containsOnlyKeys("a.pdf");
        assertThat(refusals)
                .containsOnlyKeys("sym.pdf", "hard.pdf", "dev.pdf")
                .containsValue(FileRefusal.LINK);
    }

    @Test
    void a_link_in_a_zip_is_no_more_than_its_text() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry link = new ZipArchiveEntry("sym.pdf");
            link.setUnixMode(0120777);
            zip.putArchiveEntry(link);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }

        unpack("all.zip", bytes.toByteArray());

        assertThat(files).containsExactly(Map.entry("sym.pdf", "/etc/passwd"));
    }

    @Test
    void archives_in_archives_are_not_unpacked() throws IOException {
        unpack("all.zip", zip("in.zip", "x", "in.tar.gz", "x", "in.7z", "x", "a.pdf", "a"));

        assertThat(refusals.values()).containsOnly(FileRefusal.NESTED_ARCHIVE).hasSize(3);
        assertThat(files).containsOnlyKeys("a.pdf");
    }

    @Test
    void a_zip_that_unpacks_to_very_much_more_is_refused_whole() throws IOException {
        byte[] bomb = bomb(40);

        assertThat(bomb.length).isLessThan(100_000);
        assertThat(reasonOf("bomb.zip", bomb)).isEqualTo(FileRefusal.TOO_MUCH_CONTENT);
    }

    @Test
    void a_bomb_that_nobody_reads_is_refused_too() throws IOException {
        RefusedFileException refusal =
                catchThrowableOfType(
                        RefusedFileException.class,
                        () ->
                                archives()
                                        .unpack(
                                                "bomb.zip",
                                                new ByteArrayInputStream(bomb(40)),
                                                new Archives.Sink() {
                                                    @Override
                                                    public void file(
                                                            FileName name, InputStream content) {}

                                                    @Override
                                                    public void refused(
                                                            String name, RefusedFileException e) {}
                                                }));

        assertThat(refusal.reason()).isEqualTo(FileRefusal.TOO_MUCH_CONTENT);
    }

    @Test
    void an_archive_of_more_content_than_the_limit_is_refused_whole() throws IOException {
        byte[] large = new byte[61 * 1024 * 1024];
        new java.util.Random(1).nextBytes(large);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry("large.pdf"));
            zip.write(large);
        }

        assertThat(reasonOf("large.zip", bytes.toByteArray()))
                .isEqualTo(FileRefusal.TOO_MUCH_CONTENT);
    }

    @Test
    void an_archive_of_more_entries_than_the_limit_is_refused_whole() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 101; i++) {
                zip.putNextEntry(new ZipEntry(i + ".pdf"));
            }
        }

        assertThat(reasonOf("many.zip", bytes.toByteArray()))
                .isEqualTo(FileRefusal.TOO_MANY_ENTRIES);
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_GNUTYPE_LONGLINK})
    void a_tar_with_a_name_of_megabytes_is_refused_whole(byte kind) throws IOException {
        String name = "x".repeat(2 * MEGABYTE);
        byte[] tar = tar(new TarArchiveEntry("long", kind), name, entry("a.pdf"), "a");

        assertThat(reasonOf("all.tar", tar)).isEqualTo(FileRefusal.DAMAGED_ARCHIVE);
        assertThat(reasonOf("all.tar.gz", gzip(tar))).isEqualTo(FileRefusal.DAMAGED_ARCHIVE);
    }

    @Test
    void a_tar_with_a_pax_record_of_megabytes_is_refused_whole() throws IOException {
        TarArchiveEntry more = new TarArchiveEntry("more", TarConstants.LF_PAX_EXTENDED_HEADER_LC);

        assertThat(
                        reasonOf(
                                "all.tar",
                                tar(more, pax("comment", 2 * MEGABYTE), entry("a.pdf"), "a")))
                .isEqualTo(FileRefusal.DAMAGED_ARCHIVE);
    }

    @Test
    void a_tar_whose_global_pax_records_come_to_megabytes_is_refused_whole() throws IOException {
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            entries.add(global("comment" + i, MEGABYTE / 2));
            entries.add("");
            entries.add(entry(i + ".pdf"));
            entries.add("a");
        }

        assertThat(reasonOf("all.tar", tar(entries.toArray())))
                .isEqualTo(FileRefusal.DAMAGED_ARCHIVE);
    }

    @Test
    void a_tar_with_hundreds_of_names_for_one_file_is_refused_whole() throws IOException {
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            entries.add(new TarArchiveEntry("long", TarConstants.LF_GNUTYPE_LONGNAME));
            entries.add("x");
        }
        entries.addAll(List.of(entry("a.pdf"), "a"));

        assertThat(reasonOf("all.tar", tar(entries.toArray())))
                .isEqualTo(FileRefusal.DAMAGED_ARCHIVE);
    }

    @Test
    void names_and_records_of_ordinary_length_are_read_and_content_is_no_header()
            throws IOException {
        String name = "d/".repeat(100) + "a.pdf";
        String content = "x".repeat(3 * MEGABYTE);

        unpack(
                "all.tar",
                tar(
                        global("comment", 1000),
                        "",
                        new TarArchiveEntry("more", TarConstants.LF_PAX_EXTENDED_HEADER_LC),
                        pax("comment", 100_000),
                        new TarArchiveEntry("long", TarConstants.LF_GNUTYPE_LONGNAME),
                        name + "\0",
                        entry("a.pdf"),
                        content,
                        entry("b.pdf"),
                        content));

        assertThat(files).containsOnly(Map.entry(name, content), Map.entry("b.pdf", content));
    }

    @Test
    void what_is_no_archive_or_was_cut_off_is_refused_whole() throws IOException {
        byte[] zip = zip("a.pdf", "x".repeat(5000) + Math.random());
        byte[] text = "not an archive at all".repeat(100).getBytes(StandardCharsets.UTF_8);

        assertThat(reasonOf("text.zip", text)).isEqualTo(FileRefusal.DAMAGED_ARCHIVE);
        assertThat(reasonOf("text.tar", text)).isEqualTo(FileRefusal.DAMAGED_ARCHIVE);
        assertThat(reasonOf("text.tar.gz", text)).isEqualTo(FileRefusal.DAMAGED_ARCHIVE);
        assertThat(reasonOf("empty.zip", new byte[0])).isEqualTo(FileRefusal.DAMAGED_ARCHIVE);
        assertThat(reasonOf("cut.zip", Arrays.copyOf(zip, 50)))
                .isEqualTo(FileRefusal.DAMAGED_ARCHIVE);
    }

    @Test
    void a_sender_who_breaks_off_is_told_from_a_damaged_archive() throws IOException {
        InputStream broken =
                new FilterInputStream(new ByteArrayInputStream(zip("a.pdf", "a"))) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        int read = super.read(buffer, offset, Math.min(length, 20));
                        if (available() == 0) {
                            throw new IOException("connection reset");
                        }
                        return read;
                    }
                };

        assertThatThrownBy(() -> archives().unpack("a.zip", broken, collecting()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("connection reset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "IBM437"})
    void names_in_the_encodings_of_zip_programs_are_read(String encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.setEncoding(encoding);
            zip.setUseLanguageEncodingFlag(false);
            zip.putArchiveEntry(new ZipArchiveEntry("Übersicht.pdf"));
            zip.closeArchiveEntry();
        }

        unpack("a.zip", bytes.toByteArray());

        assertThat(files).containsOnlyKeys("Übersicht.pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252"})
    void names_in_the_encodings_of_tar_are_read(String encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, encoding)) {
            tar.putArchiveEntry(new TarArchiveEntry("Übersicht.pdf"));
            tar.closeArchiveEntry();
        }

        unpack("a.tar", bytes.toByteArray());

        assertThat(files).containsOnlyKeys("Übersicht.pdf");
    }

    @Test
    void a_name_is_the_same_whether_its_accents_are_composed_or_not() {
        assertThat(FileName.of("Re\u0301sume\u0301.pdf")).isEqualTo(FileName.of("Résumé.pdf"));
    }

    private FileRefusal reasonOf(String name, byte[] archive) {
        RefusedFileException refusal =
                catchThrowableOfType(RefusedFileException.class, () -> unpack(name, archive));
        assertThat(refusal).as(name + " should be refused").isNotNull();
        return refusal.reason();
    }

    private void unpack(String name, byte[] archive) {
        archives().unpack(name, new ByteArrayInputStream(archive), collecting());
    }

    private static Archives archives() {
        return new Archives(LIMITS);
    }

    private Archives.Sink collecting() {
        return new Archives.Sink() {
            @Override
            public void file(FileName name, InputStream content) {
                try {
                    files.put(
                            name.value(),
                            new String(content.readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void refused(String name, RefusedFileException refusal) {
                refusals.put(name, refusal.reason());
            }
        };
    }

    private static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                ZipArchiveEntry entry = new ZipArchiveEntry(namesAndContents[i]);
                zip.putArchiveEntry(entry);
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** A zip of blanks. */
    private static byte[] bomb(int megabytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bomb.pdf"));
            write(zip, megabytes);
        }
        return bytes.toByteArray();
    }

    private static void write(OutputStream out, int megabytes) throws IOException {
        byte[] blanks = new byte[1024 * 1024];
        for (int i = 0; i < megabytes; i++) {
            out.write(blanks);
        }
    }

    /** A record of PAX: its length in all, a key and a value. */
    private static String pax(String key, int length) {
        String rest = " " + key + "=" + "x".repeat(length) + "\n";
        int digits = String.valueOf(rest.length()).length();
        int whole = rest.length() + digits;
        return (String.valueOf(whole).length() == digits ? whole : whole + 1) + rest;
    }

    private static TarArchiveEntry global(String key, int length) {
        TarArchiveEntry entry =
                new TarArchiveEntry("all", TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER);
        entry.addPaxHeader(key, "x".repeat(length));
        return entry;
    }

    private static TarArchiveEntry entry(String name) {
        return new TarArchiveEntry(name);
    }

    private static byte[] tar(Object... entriesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < entriesAndContents.length; i += 2) {
                TarArchiveEntry entry = (TarArchiveEntry) entriesAndContents[i];
                if (entry.isGlobalPaxHeader()) {
                    tar.putArchiveEntry(entry); // writes its records itself
                    continue;
                }
                byte[] content =
                        ((String) entriesAndContents[i + 1]).getBytes(StandardCharsets.UTF_8);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
