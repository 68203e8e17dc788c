package org.minutebook.search.items;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Box;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.ItemId;

/**
 * An item with everything that is known of it.
 *
 * @param id names the item
 * @param number as printed
 * @param title as printed
 * @param section title of the section it stands under
 * @param level 1 for a top entry
 * @param text paragraphs separated by a blank line, lines of a list by a line break
 * @param decisions what was decided
 * @param time local time printed with it
 * @param page on which it starts, from 1
 * @param pageTo on which it ends
 * @param boxes its place on its pages
 * @param pictured whether there is a picture of its place on its pages
 * @param attachments papers named as attached
 * @param interests declarations of interest that point to it
 * @param continuedElsewhere the mark that says that the text goes on elsewhere
 * @param scanned whether any of it was read by OCR
 * @param confidence mean OCR confidence, 0 to 1
 * @param document what it stands in
 * @param previous the item before it in the document; null for the first
 * @param next the item after it; null for the last
 * @param indexedAt since when this reading of it can be found
 */
public record ItemInFull(
        ItemId id,
        @Nullable String number,
        String title,
        @Nullable String section,
        int level,
        String text,
        List<Decision> decisions,
        @Nullable LocalTime time,
        int page,
        int pageTo,
        List<Box> boxes,
        boolean pictured,
        List<String> attachments,
        List<String> interests,
        @Nullable String continuedElsewhere,
        boolean scanned,
        @Nullable Double confidence,
        FoundItem.InDocument document,
        @Nullable Neighbour previous,
        @Nullable Neighbour next,
        Instant indexedAt) {

    /**
     * An item beside another.
     *
     * @param id names the item
     * @param number as printed
     * @param title as printed
     */
    public record Neighbour(ItemId id, @Nullable String number, String title) {}
}
