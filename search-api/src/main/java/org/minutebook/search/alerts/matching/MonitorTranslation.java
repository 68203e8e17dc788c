package org.minutebook.search.alerts.matching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.queries.intervals.IntervalsSource;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.Subscription;
import org.minutebook.search.query.Expression;
import org.minutebook.search.query.Expression.All;
import org.minutebook.search.query.Expression.Any;
import org.minutebook.search.query.Expression.Everything;
import org.minutebook.search.query.Expression.Not;
import org.minutebook.search.query.Expression.Nothing;
import org.minutebook.search.query.Expression.Phrase;
import org.minutebook.search.query.Expression.Prefix;
import org.minutebook.search.query.Expression.Widened;
import org.minutebook.search.query.Expression.Word;
import org.minutebook.search.query.Field;

/**
 * What a person typed, as a query of the monitor: it finds an item exactly where the search does.
 * What only ranks is left out.
 */
final class MonitorTranslation {

    /** Beginnings of one item's words, Lucene's most; the search looks at 50 of the whole index. */
    private static final int MOST_BEGINNINGS = 1024;

    private static final Analyzer ANALYSIS = new ItemAnalysis();
    private static final QueryBuilder PHRASES = new QueryBuilder(ANALYSIS);
    private static final Query NONE = new MatchNoDocsQuery();
    private static final Query EVERYTHING = new MatchAllDocsQuery();

    private MonitorTranslation() {}

    /** Items that the expression finds, narrowed by the filters. */
    static Query query(Expression expression, Subscription.Filters filters) {
        BooleanQuery.Builder narrowed = new BooleanQuery.Builder();
        narrowed.add(query(expression), Occur.MUST);
        narrow(narrowed, ItemFields.COUNCIL_ID, filters.councils());
        narrow(narrowed, ItemFields.COMMITTEE_ID, filters.committees());
        if (filters.kind() != null) {
            narrow(narrowed, ItemFields.KIND, List.of(filters.kind().wireName()));
        }
        if (filters.decided() != null) {
            narrow(narrowed, ItemFields.DECIDED, List.of(filters.decided().toString()));
        }
        if (filters.outcome() != null) {
            narrow(narrowed, ItemFields.OUTCOME, List.of(filters.outcome().wireName()));
        }
        return narrowed.build();
    }

    private static void narrow(BooleanQuery.Builder query, String field, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        query.add(anyOf(values.stream().map(value -> term(field, value)).toList()), Occur.FILTER);
    }

    private static Query term(String field, String value) {
        return new TermQuery(new Term(field, value));
    }

    private static Query anyOf(List<Query> queries) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        queries.forEach(query -> any.add(query, Occur.SHOULD));
        return any.build();
    }

    private static Query query(Expression expression) {
        return switch (expression) {
            case Everything everything -> EVERYTHING;
            case Nothing nothing -> NONE;
            case All all -> all(all.parts());
            case Any any -> anyOf(any.parts().stream().map(MonitorTranslation::query).toList());
            case Not not -> all(List.of(not));
            case Word word -> word(word);
            case Phrase phrase -> phrase(phrase);
            case Prefix prefix -> prefix(prefix);
            case Widened widened -> {
                List<Query> ways = new ArrayList<>();
                ways.add(query(widened.typed()));
                widened.others().forEach(other -> ways.add(query(other)));
                yield anyOf(ways);
            }
        };
    }

    private static Query all(List<Expression> parts) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        boolean anyWanted = false;
        for (Expression part : parts) {
            if (part instanceof Not not) {
                all.add(query(not.part()), Occur.MUST_NOT);
            } else {
                all.add(query(part), Occur.MUST);
                anyWanted = true;
            }
        }
        if (!anyWanted) {
            // To Lucene nothing but exclusions finds nothing; to Elasticsearch all the rest.
            all.add(EVERYTHING, Occur.MUST);
        }
        return all.build();
    }

    private static Query word(Word word) {
        String text = word.text();
        return switch (word.field()) {
            case ANYWHERE -> together(ItemFields.ALL, text);
            case TITLE -> together(ItemFields.TITLE, text);
            case DECISION -> together(ItemFields.DECISIONS, text);
            case COMMITTEE -> together(ItemFields.COMMITTEE, text);
            case COUNCIL -> council(text);
            case NUMBER -> together(ItemFields.NUMBER, text);
        };
    }

    private static Query phrase(Phrase phrase) {
        String text = phrase.text();
        return switch (phrase.field()) {
            case ANYWHERE -> together(ItemFields.exact(ItemFields.ALL), text);
            case TITLE -> together(ItemFields.exact(ItemFields.TITLE), text);
            case DECISION -> together(ItemFields.exact(ItemFields.DECISIONS), text);
            case COMMITTEE -> together(ItemFields.COMMITTEE, text);
            case COUNCIL -> council(text);
            case NUMBER -> together(ItemFields.NUMBER, text);
        };
    }

    private static Query council(String text) {
        return anyOf(
                List.of(
                        together(ItemFields.COUNCIL, text),
                        term(ItemFields.COUNCIL_ID, CouncilId.of(text).value())));
    }

    private static Query prefix(Prefix prefix) {
        String text = prefix.text();
        return switch (prefix.field()) {
            case ANYWHERE -> beginning(ItemFields.exact(ItemFields.ALL), text);
            case TITLE -> beginning(ItemFields.exact(ItemFields.TITLE), text);
            case DECISION -> beginning(ItemFields.exact(ItemFields.DECISIONS), text);
            case COMMITTEE -> beginning(ItemFields.COMMITTEE, text);
            case COUNCIL -> beginning(ItemFields.COUNCIL, text);
            case NUMBER ->
                    new PrefixQuery(
                            new Term(
                                    ItemFields.NUMBER,
                                    ANALYSIS.normalize(
                                            ItemFields.NUMBER, text.toLowerCase(Locale.ROOT))));
        };
    }

    /** One word is a term, several are a phrase, none finds nothing. */
    private static Query together(String field, String text) {
        Query query = PHRASES.createPhraseQuery(field, text);
        return query == null ? NONE : query;
    }

    private static Query beginning(String field, String text) {
        return beginning(field, text, ANALYSIS);
    }

    /** Words of which the last one is a beginning. */
    private static Query beginning(String field, String text, Analyzer analysis) {
        List<Token> tokens = tokens(field, text, analysis);
        if (tokens.isEmpty()) {
            return NONE;
        }
        Query last = new PrefixQuery(new Term(field, tokens.getLast().term()));
        if (tokens.size() == 1) {
            return last;
        }
        if (text.codePoints().allMatch(Character::isLetterOrDigit)) {
            // Scripts without spaces: the search takes any of what the word is cut into.
            List<Query> any = new ArrayList<>();
            tokens.subList(0, tokens.size() - 1)
                    .forEach(token -> any.add(term(field, token.term())));
            any.add(last);
            return anyOf(any);
        }
        List<IntervalsSource> sources = new ArrayList<>();
        for (Token token : tokens.subList(0, tokens.size() - 1)) {
            sources.add(after(token, Intervals.term(token.term())));
        }
        sources.add(
                after(
                        tokens.getLast(),
                        Intervals.prefix(new BytesRef(tokens.getLast().term()), MOST_BEGINNINGS)));
        return new IntervalQuery(field, Intervals.phrase(sources.toArray(IntervalsSource[]::new)));
    }

    private static IntervalsSource after(Token token, IntervalsSource source) {
        return token.gap() == 0 ? source : Intervals.extend(source, token.gap(), 0);
    }

    /**
     * A word after analysis.
     *
     * @param gap how many words were left out before it; 0 for the first
     */
    private record Token(String term, int gap) {}

    private static List<Token> tokens(String field, String text, Analyzer analysis) {
        List<Token> tokens = new ArrayList<>();
        try (TokenStream stream = analysis.tokenStream(field, text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute step = stream.addAttribute(PositionIncrementAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                int gap = tokens.isEmpty() ? 0 : step.getPositionIncrement() - 1;
                tokens.add(new Token(term.toString(), gap));
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens;
    }

    /**
     * What of an expression is to be marked in a piece of an item; each leaf by itself, on the
     * fields {@link Excerpts#WORDS} and {@link Excerpts#EXACT}.
     *
     * @param own the field word that means this piece; {@link Field#ANYWHERE} for the text
     */
    static List<Query> marks(Expression expression, Field own) {
        List<Query> marks = new ArrayList<>();
        collect(expression, own, marks);
        return marks;
    }

    private static void collect(Expression expression, Field own, List<Query> marks) {
        switch (expression) {
            case All all -> all.parts().forEach(part -> collect(part, own, marks));
            case Any any -> any.parts().forEach(part -> collect(part, own, marks));
            case Widened widened -> {
                collect(widened.typed(), own, marks);
                widened.others().forEach(other -> collect(other, own, marks));
            }
            case Word word when isFor(word.field(), own) ->
                    mark(marks, Excerpts.PHRASES.createPhraseQuery(Excerpts.WORDS, word.text()));
            case Phrase phrase when isFor(phrase.field(), own) ->
                    mark(marks, Excerpts.PHRASES.createPhraseQuery(Excerpts.EXACT, phrase.text()));
            case Prefix prefix when isFor(prefix.field(), own) ->
                    mark(marks, beginning(Excerpts.EXACT, prefix.text(), Excerpts.ANALYSIS));
            case Word word -> {}
            case Phrase phrase -> {}
            case Prefix prefix -> {}
            case Not not -> {}
            case Everything everything -> {}
            case Nothing nothing -> {}
        }
    }

    private static boolean isFor(Field field, Field own) {
        return field == Field.ANYWHERE || field == own;
    }

    private static void mark(List<Query> marks, @org.jspecify.annotations.Nullable Query query) {
        if (query != null) {
            marks.add(query);
        }
    }
}
