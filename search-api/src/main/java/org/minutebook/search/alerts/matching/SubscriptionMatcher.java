package org.minutebook.search.alerts.matching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import org.apache.lucene.document.Document;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.AlertMatched.Excerpt;
import org.minutebook.contracts.IndexEntry;
import org.minutebook.contracts.Subscription;
import org.minutebook.contracts.SubscriptionId;
import org.minutebook.search.query.Expression;
import org.minutebook.search.query.QueryParser;
import org.minutebook.search.query.Thesaurus;
import org.minutebook.traces.AboutDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All active subscriptions in memory, and which of them an item is for. Safe for use by several
 * threads.
 */
public final class SubscriptionMatcher implements AutoCloseable {

    /**
     * Registrations that go into the monitor at once: each time costs it milliseconds, and each one
     * some kilobytes until then.
     */
    private static final int BATCH = 10_000;

    /** Digits of the monitor's names for searches: enough for 60 million. */
    private static final int DIGITS = 5;

    private static final Logger log = LoggerFactory.getLogger(SubscriptionMatcher.class);

    private final QueryParser parser;
    private final RareWords rareWords = new RareWords();
    private final Monitor monitor;

    /**
     * Those that the monitor has. It calls them by numbers, since it looks names up for each
     * candidate, and names that are short and rise take a tenth of the time of random ones.
     */
    private final Map<SubscriptionId, Kept> kept = new ConcurrentHashMap<>();

    private Thesaurus readWith;

    private int lastName;

    /**
     * @param parser as the search uses it
     */
    public SubscriptionMatcher(QueryParser parser) {
        this.parser = parser;
        readWith = parser.thesaurus();
        try {
            // It forgets replaced queries by walking over all of them, and few are replaced.
            monitor =
                    new Monitor(
                            new ItemAnalysis(),
                            rareWords,
                            new MonitorConfiguration()
                                    .setQueryUpdateBufferSize(BATCH)
                                    .setPurgeFrequency(1, TimeUnit.HOURS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Kept(String name, SavedSearch search) {}

    /**
     * A subscription that an item is for.
     *
     * @param subscription as it is now
     * @param excerpts sentences of the item with what it looks for
     */
    public record Find(Subscription subscription, List<Excerpt> excerpts) {}

    /** Takes subscriptions in, in their newest form, and out, in one go. */
    public synchronized void change(
            Collection<Subscription> changed, Collection<SubscriptionId> ended) {
        List<String> gone = new ArrayList<>();
        ended.forEach(id -> remove(id, gone));
        for (List<Subscription> batch : batches(changed)) {
            // Reading them takes longer than to take them in.
            List<SavedSearch> searches =
                    (batch.size() == BATCH ? batch.parallelStream() : batch.stream())
                            .map(this::search)
                            .toList();
            rareWords.learn(searches);
            List<MonitorQuery> queries = new ArrayList<>();
            for (SavedSearch search : searches) {
                SubscriptionId id = search.subscription().id();
                if (search.subscription().active() && search.findsAnything()) {
                    Kept before = kept.get(id);
                    Kept now = new Kept(before == null ? name() : before.name(), search);
                    kept.put(id, now);
                    queries.add(new MonitorQuery(now.name(), search));
                } else {
                    remove(id, gone);
                }
            }
            register(queries);
        }
        try {
            if (!gone.isEmpty()) {
                monitor.deleteById(gone);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads those anew whose words mean something else since the vocabulary changed. */
    public synchronized void reread() {
        Thesaurus now = parser.thesaurus();
        if (now != readWith) {
            readWith = now;
            List<Subscription> changed =
                    kept.values().parallelStream()
                            .map(Kept::search)
                            .filter(search -> !search.equals(search(search.subscription())))
                            .map(SavedSearch::subscription)
                            .toList();
            change(changed, List.of());
        }
    }

    private static List<List<Subscription>> batches(Collection<Subscription> all) {
        return all.stream().gather(Gatherers.windowFixed(BATCH)).toList();
    }

    private void remove(SubscriptionId id, List<String> gone) {
        Kept ended = kept.remove(id);
        if (ended != null) {
            gone.add(ended.name());
        }
    }

    private String name() {
        lastName++;
        String digits = Integer.toString(lastName, Character.MAX_RADIX);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    private SavedSearch search(Subscription subscription) {
        Expression expression = parser.parse(subscription.query()).expression();
        return new SavedSearch(
                subscription,
                expression instanceof Expression.Nothing
                        ? Condition.NEVER
                        : Condition.of(
                                MonitorTranslation.query(expression, subscription.filters())));
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

    /** The subscriptions that an item is for; none for a section or a document. */
    public List<Subscription> subscriptions(IndexEntry entry) {
        AgendaItem item = entry.item();
        if (entry.role() != IndexEntry.Role.ITEM || item == null) {
            return List.of();
        }
        Document fields = ItemFields.of(entry, item);
        try {
            MatchingQueries<SavedSearch.Found> matches =
                    monitor.match(fields, SavedSearch.Finder::new);
            // One that cannot be run must not keep the others from their alerts; what it missed
            // the daily sweep finds.
            matches.getErrors()
                    .forEach((name, failure) -> {
                        try (AboutDocument _ = AboutDocument.of(item.id().document())) {
                            log.error(
                                    "search {} cannot be matched with item {}",
                                    name,
                                    item.id(),
                                    failure);
                        }
                    });
            return matches.getMatches().stream().map(SavedSearch.Found::subscription).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The subscriptions that an item is for, and why. */
    public List<Find> match(IndexEntry entry) {
        List<Subscription> found = subscriptions(entry);
        AgendaItem item = entry.item();
        if (found.isEmpty() || item == null) {
            return List.of();
        }
        Excerpts excerpts = new Excerpts(item);
        Map<String, List<Excerpt>> byQuery = new HashMap<>();
        List<Find> finds = new ArrayList<>();
        for (Subscription subscription : found) {
            List<Excerpt> why =
                    byQuery.computeIfAbsent(
                            subscription.query(), _ -> excerpts.of(subscription, parser));
            finds.add(new Find(subscription, why));
        }
        return finds;
    }

    /** How many subscriptions items are matched against. */
    public int size() {
        return kept.size();
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
