package org.minutebook.search.alerts.matching;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.AlertKey;
import org.minutebook.contracts.AlertMatched;
import org.minutebook.contracts.AlertMatched.Excerpt;
import org.minutebook.contracts.DocumentId;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.IndexEntry.IndexedDocument;
import org.minutebook.contracts.Subscription;
import org.minutebook.search.alerts.WithAlerts;
import org.minutebook.search.query.QueryParser;
import org.springframework.stereotype.Component;

/** Makes the records that say that an item is for a subscription. */
@WithAlerts
@Component
public class Finds {

    private final QueryParser parser;
    private final Corrections corrections;
    private final Clock clock;

    Finds(QueryParser parser, Corrections corrections, Clock clock) {
        this.parser = parser;
        this.corrections = corrections;
        this.clock = clock;
    }

    /** A find of the daily sweep. */
    public AlertMatched late(Subscription subscription, IndexEntry entry) {
        AgendaItem item = Objects.requireNonNull(entry.item());
        return matched(subscription, entry, new Excerpts(item).of(subscription, parser), true);
    }

    AlertMatched matched(
            Subscription subscription, IndexEntry entry, List<Excerpt> excerpts, boolean late) {
        AgendaItem item = Objects.requireNonNull(entry.item());
        IndexedDocument document = entry.document();
        DocumentId origin = corrections.origin(document);
        return new AlertMatched(
                AlertKey.of(subscription.id(), document, origin, item),
                document.meetingDate() == null
                        ? null
                        : AlertKey.withoutDate(subscription.id(), document, origin, item),
                subscription.id(),
                entry.revision(),
                new AlertMatched.InDocument(
                        document.id(),
                        document.council(),
                        document.committee(),
                        document.meetingDate(),
                        document.kind(),
                        document.title(),
                        document.sourceUrl(),
                        document.uploadedAt(),
                        document.replaces() != null),
                new AlertMatched.MatchedItem(
                        item.id(),
                        item.number(),
                        item.section(),
                        item.title(),
                        item.decisions(),
                        item.page(),
                        item.pageTo()),
                excerpts,
                late,
                clock.instant());
    }
}
