package org.minutebook.search.alerts.matching;

import java.io.IOException;
import java.util.Map;
import org.apache.lucene.monitor.CandidateMatcher;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.minutebook.contracts.Subscription;

/** What a subscription looks for, as a query of the monitor. */
final class SavedSearch extends Query {

    private final Subscription subscription;
    private final Condition condition;

    SavedSearch(Subscription subscription, Condition condition) {
        this.subscription = subscription;
        this.condition = condition;
    }

    Subscription subscription() {
        return subscription;
    }

    /** Whether there could be an item for it. */
    boolean findsAnything() {
        return !condition.equals(Condition.NEVER);
    }

    Condition condition() {
        return condition;
    }

    /** A subscription that an item is for. */
    static final class Found extends QueryMatch {

        private final Subscription subscription;

        Found(String name, Subscription subscription) {
            super(name);
            this.subscription = subscription;
        }

        Subscription subscription() {
            return subscription;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Found found && super.equals(found);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    /** Looks which of the monitor's candidates an item is for. */
    static final class Finder extends CandidateMatcher<Found> {

        private final ItemWords words;

        Finder(IndexSearcher searcher) {
            super(searcher);
            words = new ItemWords(searcher);
        }

        @Override
        public void matchQuery(String id, Query query, Map<String, String> metadata)
                throws IOException {
            if (query instanceof SavedSearch saved && saved.condition.holds(words)) {
                addMatch(new Found(id, saved.subscription), 0);
            }
        }

        @Override
        public Found resolve(Found one, Found other) {
            return one;
        }
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "subscription " + subscription.id();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SavedSearch saved
                && saved.subscription.equals(subscription)
                && saved.condition.equals(condition);
    }

    @Override
    public int hashCode() {
        return subscription.id().hashCode();
    }
}
