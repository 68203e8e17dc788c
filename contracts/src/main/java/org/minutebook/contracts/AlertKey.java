package org.minutebook.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names what a subscriber is told once: the subscription, {@code .}, and 32 hex digits of a hash of
 * council, committee, meeting date, folded number and title, and decisions of the item. So the same
 * matter in a corrected document, or after it was read or indexed again, is not told twice, and a
 * decision that is new or changed is told.
 *
 * @param value as {@code <subscription id>.<32 hex digits>}
 */
public record AlertKey(@JsonValue String value) {

    private static final int ID = 32;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AlertKey {
        if (!HexForm.of(value, 32, '.', 32)) {
            throw new IllegalArgumentException(
                    "'"
                            + value
                            + "', expected a subscription id, '.' and 32 lower-case hex digits");
        }
    }

    /**
     * The key of an item for a subscription. Without a meeting date a document stands for the
     * meeting.
     *
     * @param origin the document, or the first of those that it corrects one after the other
     */
    public static AlertKey of(
            SubscriptionId subscription,
            IndexEntry.IndexedDocument document,
            DocumentId origin,
            AgendaItem item) {
        return document.meetingDate() == null
                ? withoutDate(subscription, document, origin, item)
                : key(subscription, document, document.meetingDate().toString(), item);
    }

    /**
     * The key that the item has, or had, as long as no meeting date is known.
     *
     * @param origin the document, or the first of those that it corrects one after the other
     */
    public static AlertKey withoutDate(
            SubscriptionId subscription,
            IndexEntry.IndexedDocument document,
            DocumentId origin,
            AgendaItem item) {
        return key(subscription, document, origin.value(), item);
    }

    private static AlertKey key(
            SubscriptionId subscription,
            IndexEntry.IndexedDocument document,
            String meeting,
            AgendaItem item) {
        StringBuilder name = new StringBuilder();
        part(name, document.councilId() == null ? null : document.councilId().value());
        part(name, document.committeeId());
        part(name, meeting);
        part(name, Folding.fold(item.number() == null ? "" : item.number()));
        part(name, Folding.fold(item.title()));
        decisions(name, item.decisions());
        String hash = ContentHash.of(name.toString().getBytes(StandardCharsets.UTF_8)).hex();
        return new AlertKey(subscription.value() + "." + hash.substring(0, ID));
    }

    private static void decisions(StringBuilder name, List<Decision> decisions) {
        for (Decision decision : decisions) {
            part(name, Folding.fold(decision.text()));
            part(name, decision.outcome().wireName());
        }
    }

    private static void part(StringBuilder name, @Nullable String part) {
        name.append(part == null ? "" : part).append('\n');
    }

    /** The subscription that it belongs to. */
    public SubscriptionId subscription() {
        return new SubscriptionId(value.substring(0, ID));
    }

    @Override
    public String toString() {
        return value;
    }
}
