package org.minutebook.search.items;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.contracts.ItemId;
import org.minutebook.contracts.MeetingId;

/**
 * An item as a list shows it.
 *
 * @param id names the item
 * @param number as printed
 * @param title as printed
 * @param section title of the section it stands under
 * @param highlights where the words were found
 * @param decisions what was decided
 * @param page on which it starts, from 1
 * @param pageTo on which it ends
 * @param score how well it matches; null where sorted by date
 * @param document what it stands in
 */
public record FoundItem(
        ItemId id,
        @Nullable String number,
        String title,
        @Nullable String section,
        Highlights highlights,
        List<Decision> decisions,
        int page,
        int pageTo,
        @Nullable Double score,
        InDocument document) {

    public FoundItem {
        decisions = List.copyOf(decisions);
    }

    /**
     * Pieces of the item as HTML: what was found is between {@code <mark>} and {@code </mark>}, and
     * {@code & < > "} are written as entities, so they can stand in a page as they are.
     *
     * @param title the whole title; null where nothing of it was found
     * @param text pieces of the text; where nothing of it was found, its beginning
     * @param decisions pieces of the decisions
     */
    public record Highlights(@Nullable String title, List<String> text, List<String> decisions) {

        public Highlights {
            text = List.copyOf(text);
            decisions = List.copyOf(decisions);
        }
    }

    /**
     * The document that an item stands in.
     *
     * @param id names the document
     * @param council name of the council
     * @param councilId slug of the council
     * @param committee name of the committee; null for the council itself
     * @param committeeId slug of the committee
     * @param meetingId names the meeting
     * @param meetingDate local date
     * @param kind agenda, minutes or other
     * @param title of the document
     * @param sourceUrl where it was published
     */
    public record InDocument(
            DocumentId id,
            @Nullable String council,
            @Nullable String councilId,
            @Nullable String committee,
            @Nullable String committeeId,
            @Nullable MeetingId meetingId,
            @Nullable LocalDate meetingDate,
            @Nullable DocumentKind kind,
            @Nullable String title,
            @Nullable String sourceUrl) {}
}
