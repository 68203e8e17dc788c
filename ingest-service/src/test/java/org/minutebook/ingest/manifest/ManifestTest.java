package org.minutebook.ingest.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.Metadata;

class ManifestTest {

    @Test
    void a_file_is_found_without_its_folders_unless_two_have_its_name() {
        Manifest manifest =
                read(
                        "file,title\na/one.pdf,One\na/two.pdf,Two\nb/two.pdf,Other\nc/two.pdf,Third\n");

        assertThat(manifest.of("one.pdf").title()).isEqualTo("One");
        assertThat(manifest.of("a\\one.pdf".replace('\\', '/')).title()).isEqualTo("One");
        assertThat(manifest.of("two.pdf")).isEqualTo(Metadata.NONE);
        assertThat(manifest.of("b/two.pdf").title()).isEqualTo("Other");
    }

    @Test
    void files_that_did_not_come_are_told() {
        Manifest manifest = read("file\na.pdf\nfolder/b.pdf\nc.pdf\n");

        assertThat(manifest.missing(Set.of("a.pdf", "x/b.pdf"))).containsExactly("c.pdf");
    }

    private static Manifest read(String text) {
        return Manifest.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
