package org.minutebook.local.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ParcelTest {

    private static final Map<String, String> ELDMARSH = Map.of("council", "Eldmarsh");
    private static final Map<String, String> WEND = Map.of("council", "Wend Valley");
    private static final int AT_ONCE = 4;
    private static final int MANY = 320;

    @TempDir private Path folder;

    private final List<Map.Entry<String, List<ImportFile>>> documents = new ArrayList<>();

    @Test
    void many_small_documents_share_forms_and_none_is_lost() throws IOException {
        many();

        List<Parcel> parcels = Parcel.of(documents, AT_ONCE);

        assertThat(parcels).allSatisfy(parcel -> assertThat(parcel.documents()).hasSize(16));
        assertThat(parcels.stream().flatMap(parcel -> parcel.documents().keySet().stream()))
                .containsExactlyElementsOf(documents.stream().map(Map.Entry::getKey).toList());
    }

    @Test
    void few_documents_are_sent_one_by_one() throws IOException {
        for (int i = 0; i < 20; i++) {
            add("few-%d.pdf".formatted(i), 10, ELDMARSH);
        }

        assertThat(Parcel.of(documents, AT_ONCE))
                .hasSize(20)
                .allSatisfy(parcel -> assertThat(parcel.documents()).hasSize(1));
    }

    @Test
    void documents_of_other_councils_do_not_share_a_form() throws IOException {
        for (int i = 0; i < MANY; i++) {
            add("%d.pdf".formatted(i), 10, i % 2 == 0 ? ELDMARSH : WEND);
        }

        assertThat(Parcel.of(documents, AT_ONCE))
                .hasSize(20)
                .allSatisfy(parcel ->
                        assertThat(parcel.documents().values())
                                .allSatisfy(files ->
                                        assertThat(files.getFirst().metadata())
                                                .isEqualTo(parcel.metadata())));
    }

    @Test
    void a_form_stays_below_a_size_and_has_each_name_once_and_no_archive() throws IOException {
        add("first.pdf", 600_000, ELDMARSH);
        add("large.pdf", 600_000, ELDMARSH);
        add("archive.tar.gz", 10, ELDMARSH);
        add("same.pdf", 10, ELDMARSH);
        add("same.pdf", 11, ELDMARSH);
        many();

        List<List<String>> names =
                Parcel.of(documents, AT_ONCE).stream()
                        .map(parcel ->
                                parcel.documents().values().stream()
                                        .map(files -> files.getFirst().fileName())
                                        .toList())
                        .toList();

        assertThat(names.subList(0, 4))
                .containsExactly(
                        List.of("first.pdf"),
                        List.of("large.pdf"),
                        List.of("archive.tar.gz"),
                        List.of("same.pdf"));
        assertThat(names.get(4)).startsWith("same.pdf", "many-0.pdf").hasSize(16);
    }

    private void many() throws IOException {
        for (int i = 0; i < MANY; i++) {
            add("many-%d.pdf".formatted(i), 10, ELDMARSH);
        }
    }

    private void add(String name, int bytes, Map<String, String> metadata) throws IOException {
        Path file = Files.createTempFile(folder, "document", null);
        Files.write(file, new byte[bytes]);
        documents.add(
                Map.entry(
                        "hash-" + documents.size(),
                        List.of(new ImportFile(name, name, file, metadata))));
    }
}
