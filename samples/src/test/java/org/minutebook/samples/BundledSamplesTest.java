package org.minutebook.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minutebook.contracts.DocumentKind;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BundledSamplesTest {

    private static final Path ROOT = Path.of(System.getProperty("minutebook.root"));
    private static final Path COMMITTED = ROOT.resolve("deploy/local/samples");
    private static final Path LABELS = ROOT.resolve("samples/gold");

    /** A demonstration that takes longer to copy than to read would be a poor one. */
    private static final int LARGEST = 60_000;

    static List<LabelledDocument> bundled() {
        return BundledSamples.asOf(BundledSamples.REFERENCE);
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void the_committed_file_is_what_the_generator_makes(LabelledDocument document)
            throws IOException {
        Path pdf = COMMITTED.resolve(document.name() + ".pdf");
        Path labels = LABELS.resolve(document.name() + ".json");
        boolean same =
                Files.exists(pdf)
                        && Files.exists(labels)
                        && Arrays.equals(Files.readAllBytes(pdf), document.pdf())
                        && Arrays.equals(
                                Files.readAllBytes(labels), LabelledFolder.json(document.labels()));
        if (!same) {
            new LabelledFolder(COMMITTED, LABELS).write(document);
        }

        assertThat(same).as("%s was out of date; written anew, commit it", pdf).isTrue();
    }

    @Test
    void nothing_else_is_committed_beside_them() throws IOException {
        try (Stream<Path> files = Files.list(COMMITTED)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            bundled().stream().map(document -> document.name() + ".pdf").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void each_labelled_title_is_printed_on_its_page(LabelledDocument document) throws IOException {
        List<String> pages = pages(document);
        for (GoldLabels.Item item : document.labels().items()) {
            assertThat(pages.get(item.page() - 1)).contains(item.title());
        }
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void only_minutes_have_decisions(LabelledDocument document) {
        boolean decided =
                document.labels().items().stream().anyMatch(item -> !item.decisions().isEmpty());
        assertThat(decided).isEqualTo(document.labels().kind() == DocumentKind.MINUTES);
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void each_file_is_small(LabelledDocument document) {
        assertThat(document.pdf()).hasSizeLessThan(LARGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"planning application", "flood", "cycle lane", "allotments", "budget"})
    void a_matter_is_followed_over_three_documents_or_more(String words) throws IOException {
        int documents = 0;
        for (LabelledDocument document : bundled()) {
            String text = String.join(" ", pages(document)).toLowerCase(Locale.UK);
            documents += text.contains(words) ? 1 : 0;
        }
        assertThat(documents).isGreaterThanOrEqualTo(3);
    }

    @Test
    void dates_move_with_the_day_of_reference() {
        LocalDate later = BundledSamples.REFERENCE.plusWeeks(52);

        List<LabelledDocument> documents = BundledSamples.asOf(later);

        assertThat(documents)
                .zipSatisfy(
                        bundled(),
                        (moved, original) ->
                                assertThat(moved.labels().meetingDate())
                                        .isEqualTo(original.labels().meetingDate().plusWeeks(52)));
    }

    @Test
    void agenda_and_minutes_of_one_meeting_are_both_there() {
        long pairs =
                bundled().stream()
                        .map(document -> document.labels())
                        .map(labels -> Arrays.asList(labels.committee(), labels.meetingDate()))
                        .distinct()
                        .count();

        assertThat(pairs).isEqualTo(bundled().size() - 3);
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
}
