package org.minutebook.search.alerts.matching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/** The words of one item after analysis, by field, and where they stand. For one thread. */
final class ItemWords {

    private static final int[] NOWHERE = {};

    private final IndexSearcher searcher;
    private final Map<String, Map<String, int[]>> places = new HashMap<>();
    private final Map<String, String[]> sorted = new HashMap<>();

    /**
     * @param searcher of an index with the item alone
     */
    ItemWords(IndexSearcher searcher) {
        this.searcher = searcher;
        try {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                read(leaf.reader());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    private void read(LeafReader reader) throws IOException {
        for (FieldInfo field : reader.getFieldInfos()) {
            Terms terms = reader.terms(field.name);
            if (terms == null) {
                continue;
            }
            Map<String, int[]> words = new HashMap<>();
            places.put(field.name, words);
            TermsEnum each = terms.iterator();
            PostingsEnum postings = null;
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                postings = each.postings(postings, PostingsEnum.POSITIONS);
                postings.nextDoc();
                int[] at = new int[postings.freq()];
                for (int i = 0; i < at.length; i++) {
                    at[i] = postings.nextPosition();
                }
                words.put(term.utf8ToString(), at);
            }
        }
    }

    boolean has(String field, String word) {
        Map<String, int[]> words = places.get(field);
        return words != null && words.containsKey(word);
    }

    /** Whether words stand in these places from each other. */
    boolean has(String field, List<String> words, List<Integer> from) {
        int[] starts = places(field, words.getFirst());
        for (int start : starts) {
            boolean all = true;
            for (int i = 1; i < words.size() && all; i++) {
                // Places are in order.
                int place = start + from.get(i) - from.getFirst();
                all = Arrays.binarySearch(places(field, words.get(i)), place) >= 0;
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private int[] places(String field, String word) {
        Map<String, int[]> words = places.get(field);
        return words == null ? NOWHERE : words.getOrDefault(word, NOWHERE);
    }

    boolean hasBeginning(String field, String beginning) {
        Map<String, int[]> words = places.get(field);
        if (words == null) {
            return false;
        }
        String[] inOrder =
                sorted.computeIfAbsent(
                        field,
                        f -> {
                            String[] all = words.keySet().toArray(String[]::new);
                            Arrays.sort(all);
                            return all;
                        });
        int at = Arrays.binarySearch(inOrder, beginning);
        int first = at >= 0 ? at : -at - 1;
        return first < inOrder.length && inOrder[first].startsWith(beginning);
    }

    boolean answers(Query query) {
        return Condition.answers(searcher, query);
    }
}
