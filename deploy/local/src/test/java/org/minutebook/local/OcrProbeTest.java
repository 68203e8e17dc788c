package org.minutebook.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OcrProbeTest {

    @TempDir private Path folder;

    @Test
    void a_program_that_knows_the_languages_reads_scans() throws IOException {
        OcrProbe probe = probe("echo 'List of available languages (2):'; echo eng; echo cym");

        assertThat(probe.obstacle()).isNull();
        assertThat(probe.getAsBoolean()).isTrue();
    }

    @Test
    void a_program_that_is_not_there_is_told() {
        OcrProbe probe = new OcrProbe("/no/such/tesseract", "eng");

        assertThat(probe.obstacle()).contains("/no/such/tesseract is not installed");
        assertThat(probe.getAsBoolean()).isFalse();
    }

    @Test
    void a_program_that_is_there_and_does_not_work_is_told_with_what_it_says() throws IOException {
        assertThat(probe("echo 'no libleptonica'; exit 127").obstacle())
                .contains("is there and fails: no libleptonica");
    }

    @Test
    void a_language_that_it_does_not_know_is_told() throws IOException {
        assertThat(probe("echo eng").obstacle()).contains("does not know the language 'cym'");
    }

    private OcrProbe probe(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("ocr"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new OcrProbe(program.toString(), "eng+cym");
    }
}
