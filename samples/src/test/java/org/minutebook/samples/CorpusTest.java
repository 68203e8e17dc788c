package org.minutebook.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minutebook.samples.Corpus.MOST_PACK_PAGES;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentKind;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CorpusTest {

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
    void any_one_can_be_made_without_the_others() {
        assertThat(Corpus.of(3).document(7).pdf())
                .isEqualTo(Corpus.of(3).documents(MANY).toList().get(7).pdf());
    }

    @Test
    void documents_differ_in_length_kind_and_council_and_none_is_too_long() throws IOException {
        Set<Integer> pages = new TreeSet<>();
        Set<DocumentKind> kinds = new HashSet<>();
        Set<String> councils = new HashSet<>();
        for (LabelledDocument document : Corpus.of(5).documents(200).toList()) {
            try (PDDocument pdf = Loader.loadPDF(document.pdf())) {
                assertThat(pdf.getNumberOfPages()).isEqualTo(document.pages());
            }
            pages.add(document.pages());
            kinds.add(document.labels().kind());
            councils.add(document.labels().council());
        }

        assertThat(pages).contains(1, 2, 3, 4, 5, 6).allMatch(count -> count <= MOST_PACK_PAGES);
        assertThat(pages.size()).isGreaterThan(10); // packs among them
        assertThat(kinds).hasSize(2);
        assertThat(councils).hasSizeGreaterThan(50);
    }

    @Test
    void every_labelled_title_is_printed_on_its_page() throws IOException {
        for (LabelledDocument document : packs().documents(MANY).toList()) {
            List<String> pages = pages(document);
            for (GoldLabels.Item item : document.labels().items()) {
                assertThat(pages.get(item.page() - 1)).contains(item.title());
            }
        }
    }

    @Test
    void a_pack_has_pages_of_reports_behind_its_items() throws IOException {
        int behind = 0;
        for (LabelledDocument document : packs().documents(MANY).toList()) {
            behind += pages(document).getLast().contains("Recommendation") ? 1 : 0;
            assertThat(document.labels().kind()).isEqualTo(DocumentKind.AGENDA);
        }
        assertThat(behind).isGreaterThan(MANY / 2);
    }

    @Test
    void a_scan_is_a_picture_without_text_and_the_same_every_time() throws IOException {
        Corpus scans = new Corpus(4, BundledSamples.REFERENCE, 0, 100);
        for (int i = 0; i < 3; i++) {
            LabelledDocument document = scans.document(i);

            assertThat(pages(document)).allSatisfy(page -> assertThat(page).isBlank());
            assertThat(document.labels().items()).isNotEmpty();
            assertThat(scans.document(i).pdf()).isEqualTo(document.pdf());
        }
    }

    private static Corpus packs() {
        return new Corpus(6, BundledSamples.REFERENCE, 100, 0);
    }

    /** Text of each page, lines joined. */
    private static List<String> pages(LabelledDocument document) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(document.pdf())) {
            PDFTextStripper stripper = new PDFTextStripper();
            List<String> pages = new ArrayList<>();
            for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                pages.add(stripper.getText(pdf).replaceAll("\\s+", " "));
            }
            return pages;
        }
    }

    private static List<String> bytes(long seed) {
        return Corpus.of(seed)
                .documents(MANY)
                .map(document -> ContentHash.of(document.pdf()).hex())
                .toList();
    }
}
