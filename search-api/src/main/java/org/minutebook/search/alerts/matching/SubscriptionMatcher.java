package org.minutebook.search.alerts.matching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.MultipassTermFilteredPresearcher;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.monitor.TermWeightor;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.AlertMatched.Excerpt;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.query.Expression;
import org.minutebook.search.query.QueryParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All active subscriptions in memory, and which of them an item is for. Safe for use by several
 * threads.
 */
public final class SubscriptionMatcher implements AutoCloseable {

    /** How many words of a query an item must have before the query is run. */
    private static final int PASSES = 2;

    /** Least weight of a term for choosing by it; Lucene's default. */
    private static final float LEAST_WEIGHT = 0.0f;

    /** Fields that filters ask: their few values say little about which items a query is for. */
    private static final Set<String> FILTERED =
            Set.of(
                    ItemFields.DECIDED,
                    ItemFields.KIND,
                    ItemFields.OUTCOME,
                    ItemFields.COUNCIL_ID,
                    ItemFields.COMMITTEE_ID);

    private static final float FILTER_WEIGHT = 0.01f;

    /**
     * Registrations that go into the monitor at once: each time costs it milliseconds, and each one
     * some 100 kB until then.
     */
    private static final int BATCH = 500;

    private static final Logger log = LoggerFactory.getLogger(SubscriptionMatcher.class);

    private final QueryParser parser;
    private final Monitor monitor;
    private final Map<SubscriptionId, Subscription> known = new ConcurrentHashMap<>();

    /**
     * @param parser as the search uses it
     */
    public SubscriptionMatcher(QueryParser parser) {
        this.parser = parser;
        TermWeightor byField = TermWeightor.fieldWeightor(FILTER_WEIGHT, FILTERED);
        TermWeightor weightor = TermWeightor.combine(byField, TermWeightor.lengthWeightor(3, 0.3f));
        try {
            monitor =
                    new Monitor(
                            new ItemAnalysis(),
                            new MultipassTermFilteredPresearcher(
                                    PASSES, LEAST_WEIGHT, weightor, List.of(), Set.of()),
                            new MonitorConfiguration().setQueryUpdateBufferSize(BATCH));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A subscription that an item is for.
     *
     * @param subscription as it is now
     * @param excerpts sentences of the item with what it looks for
     */
    public record Find(Subscription subscription, List<Excerpt> excerpts) {}

    /** Takes subscriptions in, in their newest form, and out, in one go. */
    public void change(Collection<Subscription> changed, Collection<SubscriptionId> ended) {
        List<MonitorQuery> queries = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (SubscriptionId id : ended) {
            known.remove(id);
            gone.add(id.value());
        }
        for (Subscription subscription : changed) {
            Expression expression = parser.parse(subscription.query()).expression();
            if (subscription.active() && !(expression instanceof Expression.Nothing)) {
                known.put(subscription.id(), subscription);
                queries.add(
                        new MonitorQuery(
                                subscription.id().value(),
                                MonitorTranslation.query(expression, subscription.filters())));
                if (queries.size() == BATCH) {
                    register(queries);
                    queries.clear();
                }
            } else {
                known.remove(subscription.id());
                gone.add(subscription.id().value());
            }
        }
        register(queries);
        try {
            if (!gone.isEmpty()) {
                monitor.deleteById(gone);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void register(List<MonitorQuery> queries) {
        try {
            if (!queries.isEmpty()) {
                monitor.register(queries);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ids of the subscriptions that an item is for; none for a section or a document. */
    public List<SubscriptionId> ids(IndexEntry entry) {
        AgendaItem item = entry.item();
        if (entry.role() != IndexEntry.Role.ITEM || item == null) {
            return List.of();
        }
        Document fields = ItemFields.of(entry, item);
        try {
            MatchingQueries<QueryMatch> matches = monitor.match(fields, QueryMatch.SIMPLE_MATCHER);
            // One that cannot be run must not keep the others from their alerts; what it missed
            // the daily sweep finds.
            matches.getErrors()
                    .forEach((id, failure) ->
                            log.error(
                                    "subscription {} cannot be matched with item {}",
                                    id,
                                    item.id(),
                                    failure));
            return matches.getMatches().stream()
                    .map(match -> new SubscriptionId(match.getQueryId()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The subscriptions that an item is for, and why. */
    public List<Find> match(IndexEntry entry) {
        List<SubscriptionId> ids = ids(entry);
        AgendaItem item = entry.item();
        if (ids.isEmpty() || item == null) {
            return List.of();
        }
        Excerpts excerpts = new Excerpts(item);
        List<Find> finds = new ArrayList<>();
        for (SubscriptionId id : ids) {
            Subscription found = known.get(id);
            if (found != null) {
                Expression expression = parser.parse(found.query()).expression();
                finds.add(new Find(found, excerpts.of(expression)));
            }
        }
        return finds;
    }

    /** Why an item is for a subscription. */
    public List<Excerpt> excerpts(Subscription subscription, AgendaItem item) {
        return new Excerpts(item).of(parser.parse(subscription.query()).expression());
    }

    /** How many subscriptions items are matched against. */
    public int size() {
        return known.size();
    }

    @Override
    public void close() {
        try {
            monitor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
