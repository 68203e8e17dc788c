package org.minutebook.search.alerts.matching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;

/**
 * What a query asks of one item. Lucene prepares a query anew for each index it is run on, which
 * here is each item: that takes ten times as long as the look at the words, and the query a
 * kilobyte of memory. So this has only what is looked at.
 */
sealed interface Condition {

    /** What is so of no item. */
    Condition NEVER = new AnyOf(List.of());

    /** Whether it is so of an item. */
    boolean holds(ItemWords item);

    /** All of these; always, if there is none. */
    record AllOf(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(ItemWords item) {
            for (Condition part : parts) {
                if (!part.holds(item)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Any of these; never, if there is none. */
    record AnyOf(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(ItemWords item) {
            for (Condition part : parts) {
                if (part.holds(item)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Not this. */
    record Without(Condition part) implements Condition {
        @Override
        public boolean holds(ItemWords item) {
            return !part.holds(item);
        }
    }

    /** A word of a field, after analysis. */
    record HasWord(String field, String word) implements Condition {
        @Override
        public boolean holds(ItemWords item) {
            return item.has(field, word);
        }
    }

    /**
     * Words of a field in these places from each other.
     *
     * @param places as many as words
     */
    record HasPhrase(String field, List<String> words, List<Integer> places) implements Condition {
        @Override
        public boolean holds(ItemWords item) {
            return item.has(field, words, places);
        }
    }

    /** A word of a field that begins so. */
    record Begins(String field, String beginning) implements Condition {
        @Override
        public boolean holds(ItemWords item) {
            return item.hasBeginning(field, beginning);
        }
    }

    /**
     * Anything else that Lucene can ask.
     *
     * @param needed words without which it is never so
     */
    record Other(Query query, List<HasWord> needed) implements Condition {
        @Override
        public boolean holds(ItemWords item) {
            for (HasWord word : needed) {
                if (!word.holds(item)) {
                    return false;
                }
            }
            return item.answers(query);
        }
    }

    /** The same as a query. */
    static Condition of(Query query) {
        return switch (query) {
            case MatchAllDocsQuery all -> new AllOf(List.of());
            case MatchNoDocsQuery none -> NEVER;
            case TermQuery word -> word(word.getTerm());
            case PhraseQuery phrase when phrase.getSlop() == 0 -> phrase(phrase);
            case PrefixQuery prefix ->
                    new Begins(prefix.getField(), prefix.getPrefix().text().intern());
            case BooleanQuery all when all.getMinimumNumberShouldMatch() == 0 -> combined(all);
            default -> new Other(query, needed(query));
        };
    }

    private static HasWord word(Term term) {
        return new HasWord(term.field(), term.text().intern());
    }

    private static Condition phrase(PhraseQuery phrase) {
        List<String> words = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        int first = phrase.getPositions()[0];
        for (int i = 0; i < phrase.getTerms().length; i++) {
            words.add(phrase.getTerms()[i].text().intern());
            places.add(phrase.getPositions()[i] - first);
        }
        return new HasPhrase(phrase.getTerms()[0].field(), List.copyOf(words), List.copyOf(places));
    }

    private static Condition combined(BooleanQuery query) {
        List<Condition> all = new ArrayList<>();
        List<Condition> any = new ArrayList<>();
        for (BooleanClause clause : query) {
            Condition part = of(clause.query());
            switch (clause.occur()) {
                case MUST, FILTER -> {
                    if (part instanceof AllOf inside) {
                        all.addAll(inside.parts());
                    } else {
                        all.add(part);
                    }
                }
                case MUST_NOT -> all.add(new Without(part));
                case SHOULD -> any.add(part);
            }
        }
        boolean wanted =
                query.clauses().stream()
                        .anyMatch(c -> c.occur() == Occur.MUST || c.occur() == Occur.FILTER);
        if (!wanted) {
            // Also where there is nothing but exclusions: to Lucene that finds nothing.
            all.addFirst(any.size() == 1 ? any.getFirst() : new AnyOf(List.copyOf(any)));
        }
        return all.size() == 1 ? all.getFirst() : new AllOf(List.copyOf(all));
    }

    private static List<HasWord> needed(Query query) {
        List<HasWord> words = new ArrayList<>();
        query.visit(
                new QueryVisitor() {
                    @Override
                    public void consumeTerms(Query part, Term... terms) {
                        for (Term term : terms) {
                            words.add(word(term));
                        }
                    }

                    @Override
                    public QueryVisitor getSubVisitor(Occur occur, Query parent) {
                        return occur == Occur.MUST || occur == Occur.FILTER ? this : EMPTY_VISITOR;
                    }
                });
        return List.copyOf(words);
    }

    /** Whether an index of one document has it. */
    static boolean answers(IndexSearcher searcher, Query query) {
        try {
            return searcher.count(query) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }
}
