package org.minutebook.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Topic {@code alerts.matched}, keyed by alert key, in the partition of the subscription: an item
 * is what a subscription looks for. It has all that the alert says, so that sending needs nothing
 * else.
 *
 * @param key what the subscriber is told once
 * @param formerly the key that it had as long as no meeting date was known: what was told under it
 *     is not told again. Null where none is known
 * @param subscription whose find it is
 * @param revision of the document
 * @param document what the item stands in
 * @param item the item
 * @param excerpts sentences with the words that were looked for; empty where the query has none
 * @param late whether the daily sweep found it, and not the matching as it came in
 * @param matchedAt when it was found
 */
public record AlertMatched(
        AlertKey key,
        @Nullable AlertKey formerly,
        SubscriptionId subscription,
        Revision revision,
        InDocument document,
        MatchedItem item,
        List<Excerpt> excerpts,
        boolean late,
        Instant matchedAt) {

    public AlertMatched {
        excerpts = Lists.copy(excerpts);
    }

    /**
     * The document as an alert shows it.
     *
     * @param id names the document
     * @param council name of the council
     * @param committee name of the committee; null for the council itself
     * @param meetingDate local date
     * @param kind agenda, minutes or other
     * @param title of the document
     * @param sourceUrl where it was published
     * @param uploadedAt when it came in
     * @param corrects whether it replaces an earlier one
     */
    public record InDocument(
            DocumentId id,
            @Nullable String council,
            @Nullable String committee,
            @Nullable LocalDate meetingDate,
            @Nullable DocumentKind kind,
            @Nullable String title,
            @Nullable String sourceUrl,
            Instant uploadedAt,
            boolean corrects) {}

    /**
     * The item as an alert shows it.
     *
     * @param id names the item
     * @param number as printed
     * @param section title of the section it stands under
     * @param title as printed
     * @param decisions what was decided
     * @param page on which it starts, from 1
     * @param pageTo on which it ends
     */
    public record MatchedItem(
            ItemId id,
            @Nullable String number,
            @Nullable String section,
            String title,
            List<Decision> decisions,
            int page,
            int pageTo) {

        public MatchedItem {
            decisions = Lists.copy(decisions);
        }
    }

    /**
     * A sentence in which words were found.
     *
     * @param text the sentence, or a piece of a long one
     * @param marks where in it the words stand, in order, not overlapping
     */
    public record Excerpt(String text, List<Mark> marks) {

        public Excerpt {
            marks = Lists.copy(marks);
        }
    }

    /**
     * Characters of an excerpt.
     *
     * @param from first, from 0
     * @param to one after the last
     */
    public record Mark(int from, int to) {}
}
