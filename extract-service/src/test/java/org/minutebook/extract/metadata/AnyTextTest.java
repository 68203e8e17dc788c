package org.minutebook.extract.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.Metadata;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.Page;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.segmentation.Segmented;

/** Documents say anything: no reader throws, whatever stands on the page. */
class AnyTextTest {

    /** Words that the readers look for, torn apart and put together. */
    private static final List<String> WORDS =
            List.of(
                    "RESOLVED",
                    "resolved",
                    "that",
                    "(1)",
                    "(a)",
                    "Moved",
                    "seconded",
                    "by",
                    "Cllr",
                    "Hall",
                    "Carried.",
                    "Motion",
                    "agreed",
                    "to",
                    "Council",
                    "City",
                    "of",
                    "Parish",
                    "the",
                    "The",
                    "31",
                    "February",
                    "June",
                    "2023",
                    "12/13/2023",
                    "25:99",
                    "7.30pm",
                    "Next",
                    "meeting",
                    "Present:",
                    "Apologies",
                    "Attachments:",
                    "interest",
                    "in",
                    "item",
                    "4",
                    "(",
                    ")",
                    ":",
                    ";",
                    "–",
                    ".",
                    ",",
                    "'s",
                    "’s",
                    "&",
                    "view",
                    "full",
                    "minutes",
                    "Venue:",
                    "contact",
                    "a@b.c",
                    "www.",
                    "5-0",
                    "Approved.",
                    "All",
                    "in favour",
                    "WHEREAS",
                    "Dear",
                    "pdf icon PDF 1 KB",
                    "Minutes",
                    "Agenda",
                    "Committee",
                    "0",
                    "999999999999",
                    "$1");

    @Provide
    Arbitrary<List<String>> pages() {
        Arbitrary<String> words =
                Arbitraries.of(WORDS)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(9)
                        .map(list -> String.join(" ", list));
        Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(40);
        return Arbitraries.oneOf(words, words, any).list().ofMinSize(1).ofMaxSize(30);
    }

    @Property(tries = 400)
    void no_reader_throws(@ForAll("pages") List<String> texts) {
        List<Line> lines = new ArrayList<>();
        for (String text : texts) {
            if (!text.isBlank()) {
                lines.addAll(Sheet.lines(text));
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        Segmented cut =
                new Segmented(
                        lines,
                        List.of(
                                new Entry(
                                        "1",
                                        "Declarations of interest",
                                        1,
                                        false,
                                        null,
                                        lines.subList(0, 1),
                                        List.of(),
                                        false,
                                        lines)));
        assertThatCode(
                        () -> {
                            DocumentFacts facts =
                                    MetadataReading.read(
                                            List.of(
                                                    new Page(
                                                            1, 595, 842, lines, Page.Reading.TEXT)),
                                            cut,
                                            texts.getFirst());
                            Metadata asMinutes =
                                    new Metadata(null, null, DocumentKind.MINUTES, null, null, null)
                                            .orElse(facts.metadata());
                            List<ItemFacts> items =
                                    MetadataReading.items(
                                            new DocumentFacts(
                                                    asMinutes,
                                                    null,
                                                    null,
                                                    null,
                                                    facts.attendance(),
                                                    List.of()),
                                            cut.entries());
                            assertThat(items).hasSize(1);
                        })
                .doesNotThrowAnyException();
        assertThat(new Clauses(Set.of()).in(String.join(" ", texts))).isNotNull();
    }
}
