package org.minutebook.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.ContentHash;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CorpusGeneratorTest {

    private static final int MANY = 40;

    @Test
    void the_same_seed_gives_the_same_bytes() {
        assertThat(bytes(3)).containsExactlyElementsOf(bytes(3));
    }

    @Test
    void another_seed_gives_other_documents() {
        assertThat(bytes(3)).doesNotContainAnyElementsOf(bytes(4));
    }

    @Test
    void documents_differ_in_length_and_in_kind() throws IOException {
        List<Typesetter.Typeset> documents = generator(5).documents(MANY).toList();

        assertThat(documents.stream().map(document -> document.labels().kind()).distinct())
                .hasSize(2);
        assertThat(documents.stream().map(document -> document.labels().council()).distinct())
                .hasSizeGreaterThan(10);
        int most = 0;
        for (Typesetter.Typeset document : documents) {
            try (PDDocument pdf = Loader.loadPDF(document.pdf())) {
                most = Math.max(most, pdf.getNumberOfPages());
            }
        }
        assertThat(most).isGreaterThanOrEqualTo(3);
    }

    private static List<String> bytes(long seed) {
        return generator(seed)
                .documents(MANY)
                .map(document -> ContentHash.of(document.pdf()).hex())
                .toList();
    }

    private static CorpusGenerator generator(long seed) {
        return new CorpusGenerator(seed, BundledSamples.REFERENCE);
    }
}
