package org.minutebook.contracts;

import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the agenda that the meeting takes by itself.
 *
 * @param id lasting name
 * @param order place in the document, from 0
 * @param number as printed without closing punctuation ({@code 4}, {@code 18.07.3}, {@code
 *     R2023-069}); null where there is none
 * @param section title of the section that the item stands under; null where it stands under none
 * @param title heading as printed, white space folded
 * @param level 1 for a top entry, 2 for an entry under a numbered or headed section
 * @param grouping whether the item only groups the items below it: kept for the meeting's page,
 *     never a hit or an alert
 * @param text everything after the title, on the heading's line or below it, up to where the next
 *     item of any level starts; paragraphs are separated by a blank line, lines of a list by a line
 *     break
 * @param decisions what was decided, in order; empty in an agenda
 * @param time local time printed as part of the entry; null where there is none
 * @param page page on which the item starts, from 1
 * @param pageTo page on which it ends
 * @param boxes its place on its pages, one or more a page; empty for formats without pages
 * @param attachments names of papers that the item names as attached
 * @param interests declarations of interest elsewhere in the document that point to this item, as
 *     printed
 * @param continuedElsewhere the mark that says the text goes on in another document ("view the full
 *     minutes text for item 4"); null where there is none
 * @param scanned whether any of it was read by OCR
 * @param confidence mean OCR confidence from 0 to 1; null where nothing was read by OCR
 */
public record AgendaItem(
        ItemId id,
        int order,
        @Nullable String number,
        @Nullable String section,
        String title,
        int level,
        boolean grouping,
        String text,
        List<Decision> decisions,
        @Nullable LocalTime time,
        int page,
        int pageTo,
        List<Box> boxes,
        List<String> attachments,
        List<String> interests,
        @Nullable String continuedElsewhere,
        boolean scanned,
        @Nullable Double confidence) {

    public AgendaItem {
        decisions = Lists.copy(decisions);
        boxes = Lists.copy(boxes);
        attachments = Lists.copy(attachments);
        interests = Lists.copy(interests);
        if (page < 1 || pageTo < page) {
            throw new IllegalArgumentException(
                    "pages " + page + " to " + pageTo + ", expected 1 or more, ascending");
        }
        if (level < 1) {
            throw new IllegalArgumentException("level " + level + ", expected 1 or more");
        }
    }
}
