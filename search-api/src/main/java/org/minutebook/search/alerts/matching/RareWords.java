package org.minutebook.search.alerts.matching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BiPredicate;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.monitor.Presearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.minutebook.search.alerts.matching.Condition.AllOf;
import org.minutebook.search.alerts.matching.Condition.AnyOf;
import org.minutebook.search.alerts.matching.Condition.Begins;
import org.minutebook.search.alerts.matching.Condition.HasPhrase;
import org.minutebook.search.alerts.matching.Condition.HasWord;
import org.minutebook.search.alerts.matching.Condition.Other;
import org.minutebook.search.alerts.matching.Condition.Without;

/**
 * Leaves out most searches before an item is held against them: each is kept under one of the words
 * that it needs, the one that is least likely in an item, and is looked at only for items with that
 * word. Of words of which any will do it is kept under all; one that needs no word is always looked
 * at. How likely a word is in an item is judged by how many searches have it.
 *
 * <p>So a search for {@code Acre Lane} is kept under "acre", since every second search for a street
 * has "lane".
 */
final class RareWords extends Presearcher {

    private static final String KEYS = "keys";
    private static final String ALWAYS = "*";

    /** Between a field and a whole word. */
    private static final char WHOLE = '=';

    /** Between a field and the beginning of a word. */
    private static final char BEGINNING = '^';

    /** Longest and shortest beginning that a search is kept under, in characters. */
    private static final int LONGEST = 5;

    private static final int SHORTEST = 2;

    /** Fields of which an item has one value, and that a search may ask for one or some of. */
    private static final Set<String> FILTERS =
            Set.of(
                    ItemFields.COUNCIL_ID,
                    ItemFields.COMMITTEE_ID,
                    ItemFields.DECIDED,
                    ItemFields.KIND,
                    ItemFields.OUTCOME);

    /** How many times as many different words an item has as a search. */
    private static final double WORDS_OF_ITEM = 60;

    private static final int HASH_BITS = 18;

    /** Searches that have a key, of keys with the same hash: enough to tell 100,000 apart. */
    private final AtomicIntegerArray searches = new AtomicIntegerArray(1 << HASH_BITS);

    /** All searches, and by field those that are narrowed by it. */
    private final AtomicInteger all = new AtomicInteger();

    private final Map<String, AtomicInteger> narrowed = new ConcurrentHashMap<>();

    /**
     * Keys, any of which an item must have.
     *
     * @param likely how likely an item has one
     */
    private record Keys(List<String> keys, double likely) {

        static @Nullable Keys rarer(@Nullable Keys one, @Nullable Keys other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            return other.likely < one.likely ? other : one;
        }
    }

    @Override
    public Document indexQuery(Query query, Map<String, String> metadata) {
        Document document = new Document();
        Keys keys = query instanceof SavedSearch saved ? keys(saved.condition()) : null;
        if (keys == null) {
            document.add(new StringField(KEYS, ALWAYS, Store.NO));
        } else {
            for (String key : Set.copyOf(keys.keys())) {
                document.add(new StringField(KEYS, key, Store.NO));
            }
        }
        return document;
    }

    /** Null where an item may have any words. */
    private @Nullable Keys keys(Condition condition) {
        return switch (condition) {
            case AllOf all -> {
                Keys best = null;
                for (Condition part : all.parts()) {
                    best = Keys.rarer(best, keys(part));
                }
                yield best;
            }
            case AnyOf any -> {
                List<String> keys = new ArrayList<>();
                double likely = 0;
                for (Condition part : any.parts()) {
                    Keys own = keys(part);
                    if (own == null) {
                        yield null;
                    }
                    keys.addAll(own.keys());
                    likely += own.likely();
                }
                yield new Keys(keys, likely);
            }
            case HasWord word -> key(word.field(), WHOLE, word.word());
            case HasPhrase phrase -> {
                Keys best = null;
                for (String word : phrase.words()) {
                    best = Keys.rarer(best, key(phrase.field(), WHOLE, word));
                }
                yield best;
            }
            case Begins begins when begins.beginning().length() >= SHORTEST ->
                    key(begins.field(), BEGINNING, cut(begins.beginning(), LONGEST));
            case Begins begins -> null;
            case Other other -> keys(new AllOf(List.copyOf(other.needed())));
            case Without without -> null;
        };
    }

    private Keys key(String field, char kind, String text) {
        String key = field + kind + text;
        // Of words that no search has yet the longer one is likely the rarer.
        double with = searches.get(place(key)) + 1.0 / text.length();
        AtomicInteger ofField = narrowed.get(field);
        double likely =
                FILTERS.contains(field)
                        ? with / (ofField == null ? 1 : 1 + ofField.get())
                        : with * WORDS_OF_ITEM / (1 + all.get());
        return new Keys(List.of(key), likely);
    }

    /** Learns from searches how likely words are; before they are kept. */
    void learn(List<SavedSearch> some) {
        for (SavedSearch search : some) {
            all.incrementAndGet();
            learn(search.condition());
        }
    }

    private void learn(Condition condition) {
        switch (condition) {
            case AllOf several -> several.parts().forEach(this::learn);
            case AnyOf several -> several.parts().forEach(this::learn);
            case HasWord word -> learn(word.field(), WHOLE, word.word());
            case HasPhrase phrase ->
                    phrase.words().forEach(word -> learn(phrase.field(), WHOLE, word));
            case Begins begins ->
                    learn(begins.field(), BEGINNING, cut(begins.beginning(), LONGEST));
            case Other other -> other.needed().forEach(this::learn);
            case Without without -> {}
        }
    }

    private void learn(String field, char kind, String text) {
        searches.incrementAndGet(place(field + kind + text));
        if (FILTERS.contains(field)) {
            narrowed.computeIfAbsent(field, f -> new AtomicInteger()).incrementAndGet();
        }
    }

    private static int place(String key) {
        int hash = key.hashCode() * 0x9E3779B9; // its upper digits depend on all of the hash
        return hash >>> (Integer.SIZE - HASH_BITS);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    @Override
    public Query buildQuery(LeafReader reader, BiPredicate<String, BytesRef> isKept) {
        List<BytesRef> keys = new ArrayList<>();
        keys.add(new BytesRef(ALWAYS));
        try {
            for (FieldInfo field : reader.getFieldInfos()) {
                Terms terms = reader.terms(field.name);
                TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
                String beginning = "";
                for (BytesRef term = each.next(); term != null; term = each.next()) {
                    String word = term.utf8ToString();
                    add(keys, isKept, field.name + WHOLE + word);
                    String now = cut(word, LONGEST);
                    // Words come in order: one that begins like the last one adds nothing.
                    if (!now.equals(beginning)) {
                        for (int length = SHORTEST; length <= now.length(); length++) {
                            add(keys, isKept, field.name + BEGINNING + now.substring(0, length));
                        }
                        beginning = now;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return new TermInSetQuery(KEYS, keys);
    }

    private static void add(List<BytesRef> keys, BiPredicate<String, BytesRef> isKept, String key) {
        BytesRef bytes = new BytesRef(key);
        if (isKept.test(KEYS, bytes)) {
            keys.add(bytes);
        }
    }
}
