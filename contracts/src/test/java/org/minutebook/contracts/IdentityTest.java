package org.minutebook.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of documents, items, councils and meetings, and the order of what is said about them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class IdentityTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final Clock AT_NOON = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final DocumentId DOCUMENT = new DocumentId("b94d27b9934d3e08a52e52d7da7dabfa");

    @Test
    void a_document_is_named_by_the_first_32_hex_digits_of_its_hash() {
        ContentHash hash = ContentHash.of("hello world".getBytes(StandardCharsets.UTF_8));
        // Source: sha256sum of the same bytes.
        assertThat(hash.hex())
                .isEqualTo("b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
        assertThat(DocumentId.of(hash)).isEqualTo(DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "B94D27B9934D3E08A52E52D7DA7DABFA", "b94d27b9934d3e08a52e52d7da7dabf"})
    void what_has_not_the_form_is_no_document_id(String text) {
        assertThat(DocumentId.isValid(text)).isFalse();
        assertThatThrownBy(() -> new DocumentId(text)).hasMessageContaining("expected 32");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    # number, title,                      other number, other title,         same
                      4.,     Apologies,                  4,            'APOLOGIES ',        true
                      4,      Café – outdoor seating,     4,            cafe outdoor seating, true
                      4,      Apologies,                  5,            Apologies,           false
                      4,      Apologies,                  ,             Apologies,           false
                      4,      Apologies,                  4,            Apologies received,  false
                    """)
    void an_item_is_named_by_its_folded_number_and_title(
            @Nullable String number,
            String title,
            @Nullable String otherNumber,
            String otherTitle,
            boolean same) {
        assertThat(
                        ItemId.of(DOCUMENT, number, title, 0)
                                .equals(ItemId.of(DOCUMENT, otherNumber, otherTitle, 0)))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b94d27b9934d3e08a52e52d7da7dabfa",
                "b94d27b9934d3e08a52e52d7da7dabfa-0123456",
                "b94d27b9934d3e08a52e52d7da7dabfa-012345678",
                "b94d27b9934d3e08a52e52d7da7dabfa-0123456G",
                "b94d27b9934d3e08a52e52d7da7dabfA-01234567",
                "b94d27b9934d3e08a52e52d7da7dabfa.01234567",
                "b94d27b9934d3e08a52e52d7da7dabf-a01234567"
            })
    void what_has_not_the_form_is_no_item_id(String text) {
        assertThat(ItemId.isValid(text)).isFalse();
        assertThatThrownBy(() -> new ItemId(text)).hasMessageContaining("expected a document id");
    }

    @Test
    void of_several_items_alike_each_has_its_own_name() {
        assertThat(ItemId.of(DOCUMENT, null, "Motion", 0))
                .isNotEqualTo(ItemId.of(DOCUMENT, null, "Motion", 1));
    }

    @Test
    void an_item_id_tells_its_document() {
        ItemId id = ItemId.of(DOCUMENT, "4", "Apologies", 0);
        assertThat(id.value()).startsWith(DOCUMENT + "-").hasSize(41);
        assertThat(id.document()).isEqualTo(DOCUMENT);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    City Council of the City of Mountain View, mountain-view
                    Mountain View City Council,                mountain-view
                    City of San José,                          san-jose
                    Royal Town Council of Sutton Coldfield,    sutton-coldfield
                    Milburn Parish Council,                    milburn
                    The Parish Council,                        the-parish-council
                    —,                                         unknown
                    """)
    void a_council_is_named_by_the_words_that_tell_it_from_others(String name, String id) {
        assertThat(CouncilId.of(name).value()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    Wirral Council,    Children's Trust Board, 2012-07-17, wirral/children-s-trust-board/2012-07-17
                    Milburn Parish Council, ,                  2018-07-03, milburn/council/2018-07-03
                    Milburn Parish Council, —,                 2018-07-03, milburn/council/2018-07-03
                    Milburn Parish Council, ,                  ,
                    ,                  Planning,               2018-07-03,
                    """)
    void a_meeting_is_named_by_council_committee_and_date(
            @Nullable String council,
            @Nullable String committee,
            @Nullable LocalDate date,
            @Nullable String id) {
        MeetingId meeting = MeetingId.of(new Metadata(council, committee, null, date, null, null));
        assertThat(meeting == null ? null : meeting.value()).isEqualTo(id);
    }

    @Test
    void a_revision_grows_even_where_the_clock_steps_back() {
        Revision first = Revision.first(AT_NOON);
        assertThat(first.value()).isEqualTo(NOON.toEpochMilli());
        Clock earlier = Clock.offset(AT_NOON, Duration.ofHours(-1));
        assertThat(first.next(earlier).value()).isEqualTo(NOON.toEpochMilli() + 1);
        Clock later = Clock.offset(AT_NOON, Duration.ofHours(1));
        assertThat(first.next(later).value())
                .isEqualTo(NOON.plus(Duration.ofHours(1)).toEpochMilli());
    }

    @Test
    void the_version_of_an_event_grows_with_the_revision_and_within_one_with_the_state() {
        Revision first = Revision.first(AT_NOON);
        List<Long> versions =
                List.of(
                        event(first, DocumentState.UPLOADED).version(),
                        event(first, DocumentState.EXTRACTED).version(),
                        event(first, DocumentState.INDEXED).version(),
                        event(first, DocumentState.DELETED).version(),
                        event(first.next(AT_NOON), DocumentState.UPLOADED).version());
        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void metadata_given_wins_over_metadata_read() {
        Metadata given = new Metadata("Given Council", null, null, null, null, null);
        Metadata read =
                new Metadata("Read Council", "Planning", DocumentKind.AGENDA, null, null, null);
        assertThat(given.orElse(read))
                .isEqualTo(
                        new Metadata(
                                "Given Council",
                                "Planning",
                                DocumentKind.AGENDA,
                                null,
                                null,
                                null));
    }

    private static DocumentLifecycle event(Revision revision, DocumentState state) {
        StoredDocument document =
                new StoredDocument(
                        DOCUMENT,
                        ContentHash.of("hello world".getBytes(StandardCharsets.UTF_8)),
                        11,
                        revision,
                        Metadata.NONE,
                        List.of(),
                        List.of(),
                        NOON,
                        null,
                        false,
                        Set.of());
        return new DocumentLifecycle(revision, document, state, null, null, null, null, NOON);
    }
}
