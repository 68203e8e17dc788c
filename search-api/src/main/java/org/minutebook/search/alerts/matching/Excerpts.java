package org.minutebook.search.alerts.matching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.QueryBuilder;
import org.minutebook.contracts.AgendaItem;
import org.minutebook.contracts.AlertMatched.Excerpt;
import org.minutebook.contracts.AlertMatched.Mark;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.Subscription;
import org.minutebook.search.query.Expression;
import org.minutebook.search.query.Field;
import org.minutebook.search.query.QueryParser;
import org.minutebook.traces.AboutDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sentences of one item in which what was looked for stands. Made once an item, when first asked.
 */
final class Excerpts {

    private static final Logger log = LoggerFactory.getLogger(Excerpts.class);

    static final String WORDS = "words";
    static final String EXACT = "exact";

    static final Analyzer ANALYSIS =
            new DelegatingAnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
                @Override
                protected Analyzer getWrappedAnalyzer(String field) {
                    return field.equals(EXACT) ? ItemAnalysis.EXACT : ItemAnalysis.TEXT;
                }
            };
    static final QueryBuilder PHRASES = new QueryBuilder(ANALYSIS);

    /** Most sentences of one item; more do not say more why it was found. */
    private static final int MOST = 3;

    /** Longest excerpt in characters: three lines of an e-mail. */
    private static final int LONGEST = 240;

    private final AgendaItem item;
    private final List<Piece> pieces = new ArrayList<>();

    Excerpts(AgendaItem item) {
        this.item = item;
    }

    private record Piece(String text, Field own, IndexSearcher searcher) {}

    private record Sentence(Excerpt excerpt, long telling) {}

    /**
     * The sentences that tell most to a subscription. None where they cannot be picked: a find
     * without them is better than none, and none for all the others.
     */
    List<Excerpt> of(Subscription subscription, QueryParser parser) {
        try {
            return of(parser.parse(subscription.query()).expression());
        } catch (RuntimeException e) {
            try (AboutDocument _ = AboutDocument.of(item.id().document())) {
                log.error(
                        "subscription {} is told of item {} without its sentences",
                        subscription.id(),
                        item.id(),
                        e);
            }
            return List.of();
        }
    }

    /** The sentences that tell most, in the order of the item. */
    private List<Excerpt> of(Expression expression) {
        try {
            List<Sentence> sentences = new ArrayList<>();
            for (Piece piece : pieces()) {
                List<List<Mark>> marks = marks(piece, expression);
                if (!marks.isEmpty()) {
                    cut(piece.text(), marks, sentences);
                }
            }
            List<Sentence> best =
                    sentences.stream()
                            .sorted(Comparator.comparingLong(Sentence::telling).reversed())
                            .limit(MOST)
                            .toList();
            return sentences.stream().filter(best::contains).map(Sentence::excerpt).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Piece> pieces() {
        if (pieces.isEmpty()) {
            add(item.title(), Field.TITLE);
            add(item.text(), Field.ANYWHERE);
            for (Decision decision : item.decisions()) {
                if (!item.text().contains(decision.text())) {
                    add(decision.text(), Field.DECISION);
                }
            }
        }
        return pieces;
    }

    private void add(String text, Field own) {
        MemoryIndex index = new MemoryIndex(true);
        index.addField(WORDS, text, ANALYSIS);
        index.addField(EXACT, text, ANALYSIS);
        pieces.add(new Piece(text, own, index.createSearcher()));
    }

    /** Places of each leaf of the expression that is in the piece. */
    private static List<List<Mark>> marks(Piece piece, Expression expression) throws IOException {
        List<List<Mark>> found = new ArrayList<>();
        IndexSearcher searcher = piece.searcher();
        var leaf = searcher.getIndexReader().leaves().getFirst();
        for (Query query : MonitorTranslation.marks(expression, piece.own())) {
            Matches matches =
                    searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1)
                            .matches(leaf, 0);
            List<Mark> marks = new ArrayList<>();
            for (String field : matches == null ? List.<String>of() : matches) {
                MatchesIterator places = matches.getMatches(field);
                while (places.next()) {
                    if (places.startOffset() >= 0) {
                        marks.add(new Mark(places.startOffset(), places.endOffset()));
                    }
                }
            }
            if (!marks.isEmpty()) {
                found.add(marks);
            }
        }
        return found;
    }

    private static void cut(String text, List<List<Mark>> marks, List<Sentence> sentences) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.UK);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            int from = start;
            int to = end;
            List<Mark> inside =
                    merged(marks.stream().flatMap(List::stream).filter(m -> in(m, from, to)));
            if (!inside.isEmpty()) {
                long telling =
                        marks.stream()
                                .filter(one -> one.stream().anyMatch(m -> in(m, from, to)))
                                .count();
                sentences.add(new Sentence(excerpt(text, from, to, inside), telling));
            }
        }
    }

    private static boolean in(Mark mark, int from, int to) {
        return mark.from() >= from && mark.to() <= to;
    }

    private static List<Mark> merged(Stream<Mark> marks) {
        List<Mark> merged = new ArrayList<>();
        for (Mark mark : marks.sorted(Comparator.comparingInt(Mark::from)).toList()) {
            Mark last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && mark.from() <= last.to()) {
                merged.set(
                        merged.size() - 1, new Mark(last.from(), Math.max(last.to(), mark.to())));
            } else {
                merged.add(mark);
            }
        }
        return merged;
    }

    /**
     * The sentence without white space at its ends; of a long one the part around the first mark.
     */
    private static Excerpt excerpt(String text, int from, int to, List<Mark> marks) {
        int begin = from;
        int end = to;
        if (end - begin > LONGEST) {
            begin = wordStart(text, Math.max(from, marks.getFirst().from() - LONGEST / 3), from);
            end = wordEnd(text, Math.min(to, begin + LONGEST), to);
        }
        while (begin < end && Character.isWhitespace(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        String before = begin > from && !text.substring(from, begin).isBlank() ? "… " : "";
        String after = end < to && !text.substring(end, to).isBlank() ? " …" : "";
        // One character for one, so that marks keep their places.
        String shown = text.substring(begin, end).replaceAll("\\s", " ");
        List<Mark> shifted = new ArrayList<>();
        for (Mark mark : marks) {
            if (mark.from() >= begin && mark.to() <= end) {
                int shift = before.length() - begin;
                shifted.add(new Mark(mark.from() + shift, mark.to() + shift));
            }
        }
        return new Excerpt(before + shown + after, shifted);
    }

    private static int wordStart(String text, int place, int least) {
        int start = place;
        while (start > least && !Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int wordEnd(String text, int place, int most) {
        int end = place;
        while (end < most && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
