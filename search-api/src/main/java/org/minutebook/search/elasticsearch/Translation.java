package org.minutebook.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.DecayPlacement;
import co.elastic.clients.elasticsearch._types.query_dsl.FunctionBoostMode;
import co.elastic.clients.elasticsearch._types.query_dsl.FunctionScore;
import co.elastic.clients.elasticsearch._types.query_dsl.FunctionScoreMode;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.minutebook.contracts.CouncilId;
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
 * What a person typed, as a query of the item index.
 *
 * <p>Which items are found and how high they score are said apart: a filter for the first, which
 * looks at the field of everything and computes no scores, and for the second one flat list of what
 * adds to the score, the word in the field of everything, in the title, in a decision. Lucene goes
 * through a flat list about twice as fast as through the same clauses nested in those that must
 * match. Weights were chosen by hand and are held by the judged queries of the tests.
 */
final class Translation {

    private static final float TITLE_WEIGHT = 2.5f;
    private static final float DECISION_WEIGHT = 0.6f;
    private static final float TITLE_PHRASE_WEIGHT = 3f;
    private static final float TEXT_PHRASE_WEIGHT = 1.5f;

    /** What the thesaurus adds weighs less than what was typed. */
    private static final float OTHERS_WEIGHT = 0.4f;

    /** A meeting of today counts this much more than one long ago. */
    private static final double RECENT_WEIGHT = 0.25;

    /** Age at which half of that is lost. */
    private static final String RECENT_SCALE = "1460d";

    private static final String ALL = "all";
    private static final String EXACT = ".exact";
    private static final String TITLE = "item.title";
    private static final String DECISIONS = "item.decisions.text";
    private static final String NUMBER = "item.number";
    private static final String COUNCIL = "document.council.words";
    private static final String COMMITTEE = "document.committee.words";

    private Translation() {}

    /**
     * What is looked for.
     *
     * @param found which items are found; it says the same on every day
     * @param scored the same, scored, recent meetings a little higher
     */
    record Ranked(Query found, Query scored) {}

    /** Items that the expression finds. */
    static Ranked ranked(Expression expression, LocalDate today) {
        Query found = query(expression);
        return expression instanceof Everything
                ? new Ranked(found, found)
                : ranked(found, expression, today);
    }

    /** Items that have most of the words; empty where all are needed anyway. */
    static Optional<Ranked> relaxed(Expression expression, LocalDate today) {
        List<Expression> parts = expression instanceof All all ? all.parts() : List.of(expression);
        List<Expression> loose = new ArrayList<>();
        BoolQuery.Builder relaxed = new BoolQuery.Builder();
        for (Expression part : parts) {
            if (part instanceof Not not) {
                relaxed.mustNot(query(not.part()));
            } else if (isLoose(part)) {
                loose.addAll(words(part));
            } else {
                relaxed.must(query(part));
            }
        }
        if (loose.size() < 2) {
            return Optional.empty();
        }
        loose.forEach(word -> relaxed.should(query(word)));
        relaxed.minimumShouldMatch(Integer.toString(enough(loose.size())));
        return Optional.of(ranked(relaxed.build()._toQuery(), expression, today));
    }

    private static Ranked ranked(Query found, Expression expression, LocalDate today) {
        return new Ranked(
                found,
                recentHigher(
                        Query.of(q ->
                                q.bool(b ->
                                        b.filter(found)
                                                .should(scores(expression))
                                                .should(phrases(expression))
                                                .minimumShouldMatch("0"))),
                        today));
    }

    /** What adds to the score of an item that the expression finds. */
    private static List<Query> scores(Expression expression) {
        return switch (expression) {
            case All all -> all.parts().stream().flatMap(part -> scores(part).stream()).toList();
            case Any any -> any.parts().stream().flatMap(part -> scores(part).stream()).toList();
            case Not not -> List.of();
            case Everything everything -> List.of();
            case Nothing nothing -> List.of();
            case Word word when word.field() == Field.ANYWHERE ->
                    List.of(
                            query(word),
                            together(TITLE, word.text(), TITLE_WEIGHT),
                            together(DECISIONS, word.text(), DECISION_WEIGHT));
            case Phrase phrase when phrase.field() == Field.ANYWHERE ->
                    List.of(
                            query(phrase),
                            together(TITLE + EXACT, phrase.text(), TITLE_WEIGHT),
                            together(DECISIONS + EXACT, phrase.text(), DECISION_WEIGHT));
            case Prefix prefix when prefix.field() == Field.ANYWHERE ->
                    List.of(query(prefix), beginning(TITLE + EXACT, prefix.text()));
            case Word word -> List.of(query(word));
            case Phrase phrase -> List.of(query(phrase));
            case Prefix prefix -> List.of(query(prefix));
            case Widened widened -> {
                List<Query> ways = new ArrayList<>();
                ways.add(anyOf(scores(widened.typed()), 1));
                for (Word other : widened.others()) {
                    ways.add(anyOf(scores(other), OTHERS_WEIGHT));
                }
                yield List.of(Query.of(q -> q.disMax(best -> best.queries(ways))));
            }
        };
    }

    private static Query anyOf(List<Query> scores, float weight) {
        return Query.of(q -> q.bool(b -> b.should(scores).boost(weight)));
    }

    /** How many of so many words make an item one of the nearest: half of them, rounded up. */
    private static int enough(int words) {
        return (words + 1) / 2;
    }

    private static boolean isLoose(Expression part) {
        return switch (part) {
            case Word word -> word.field() == Field.ANYWHERE;
            case Widened widened -> true;
            case All all -> false;
            case Any any -> false;
            case Not not -> false;
            case Phrase phrase -> false;
            case Prefix prefix -> false;
            case Everything everything -> false;
            case Nothing nothing -> false;
        };
    }

    private static List<Expression> words(Expression part) {
        return part instanceof Widened(All typed, var others) ? typed.parts() : List.of(part);
    }

    private static Query recentHigher(Query query, LocalDate today) {
        FunctionScore always = FunctionScore.of(f -> f.weight(1.0));
        DecayPlacement<String, Time> place =
                DecayPlacement.of(p ->
                        p.origin(today.toString())
                                .scale(Time.of(t -> t.time(RECENT_SCALE)))
                                .decay(0.5));
        FunctionScore recent =
                FunctionScore.of(f ->
                        f.exp(decay ->
                                        decay.date(d ->
                                                d.field("document.meetingDate").placement(place)))
                                .weight(RECENT_WEIGHT));
        return Query.of(q ->
                q.functionScore(score ->
                        score.query(query)
                                .functions(always, recent)
                                .scoreMode(FunctionScoreMode.Sum)
                                .boostMode(FunctionBoostMode.Multiply)));
    }

    /** Where the words typed stand beside each other, the item is more likely the one meant. */
    private static List<Query> phrases(Expression expression) {
        String together =
                expression instanceof All all
                        ? String.join(" ", all.parts().stream().map(Translation::typed).toList())
                        : "";
        if (together.isBlank()) {
            return List.of();
        }
        return List.of(
                Query.of(q ->
                        q.matchPhrase(m ->
                                m.field(TITLE).query(together).slop(2).boost(TITLE_PHRASE_WEIGHT))),
                Query.of(q ->
                        q.matchPhrase(m ->
                                m.field(ALL).query(together).slop(4).boost(TEXT_PHRASE_WEIGHT))));
    }

    private static String typed(Expression part) {
        return switch (part) {
            case Word word when word.field() == Field.ANYWHERE -> word.text();
            case Widened(Word word, var others) -> word.text();
            case Widened(All all, var others) ->
                    String.join(" ", all.parts().stream().map(Translation::typed).toList());
            default -> "";
        };
    }

    /** Items that the expression finds. */
    static Query query(Expression expression) {
        return switch (expression) {
            case Everything everything -> Query.of(q -> q.matchAll(m -> m));
            case Nothing nothing -> Query.of(q -> q.matchNone(m -> m));
            case All all -> {
                BoolQuery.Builder bool = new BoolQuery.Builder();
                for (Expression part : all.parts()) {
                    if (part instanceof Not not) {
                        bool.mustNot(query(not.part()));
                    } else {
                        bool.must(query(part));
                    }
                }
                yield bool.build()._toQuery();
            }
            case Any any -> {
                BoolQuery.Builder bool = new BoolQuery.Builder().minimumShouldMatch("1");
                any.parts().forEach(part -> bool.should(query(part)));
                yield bool.build()._toQuery();
            }
            case Not not -> Query.of(q -> q.bool(b -> b.mustNot(query(not.part()))));
            case Word word -> word(word);
            case Phrase phrase -> phrase(phrase);
            case Prefix prefix -> prefix(prefix);
            case Widened widened -> {
                List<Query> ways = new ArrayList<>();
                ways.add(query(widened.typed()));
                widened.others().forEach(other -> ways.add(query(other)));
                yield Entries.anyOf(ways);
            }
        };
    }

    private static Query word(Word word) {
        String text = word.text();
        return switch (word.field()) {
            case ANYWHERE -> together(ALL, text, 1);
            case TITLE -> together(TITLE, text, TITLE_WEIGHT);
            case DECISION -> together(DECISIONS, text, 1);
            case COMMITTEE -> together(COMMITTEE, text, 1);
            case COUNCIL -> council(text, together(COUNCIL, text, 1));
            case NUMBER -> Query.of(q -> q.term(t -> t.field(NUMBER).value(text)));
        };
    }

    /** Also by its slug, as it stands in addresses. */
    private static Query council(String text, Query byName) {
        String id = CouncilId.of(text).value();
        return Query.of(q ->
                q.bool(b ->
                        b.should(byName)
                                .should(s -> s.term(t -> t.field("document.councilId").value(id)))
                                .minimumShouldMatch("1")));
    }

    private static Query phrase(Phrase phrase) {
        String text = phrase.text();
        return switch (phrase.field()) {
            case ANYWHERE -> together(ALL + EXACT, text, 1);
            case TITLE -> together(TITLE + EXACT, text, TITLE_WEIGHT);
            case DECISION -> together(DECISIONS + EXACT, text, 1);
            case COMMITTEE -> together(COMMITTEE, text, 1);
            case COUNCIL -> council(text, together(COUNCIL, text, 1));
            case NUMBER -> Query.of(q -> q.term(t -> t.field(NUMBER).value(text)));
        };
    }

    private static Query prefix(Prefix prefix) {
        String text = prefix.text();
        return switch (prefix.field()) {
            case ANYWHERE -> beginning(ALL + EXACT, text);
            case TITLE -> beginning(TITLE + EXACT, text);
            case DECISION -> beginning(DECISIONS + EXACT, text);
            case COMMITTEE -> beginning(COMMITTEE, text);
            case COUNCIL -> beginning(COUNCIL, text);
            case NUMBER ->
                    Query.of(q ->
                            q.prefix(p -> p.field(NUMBER).value(text.toLowerCase(Locale.ROOT))));
        };
    }

    /** One word is a term to Elasticsearch, several are a phrase. */
    private static Query together(String field, String text, float weight) {
        return Query.of(q -> q.matchPhrase(m -> m.field(field).query(text).boost(weight)));
    }

    private static Query beginning(String field, String text) {
        boolean oneWord = text.codePoints().allMatch(Character::isLetterOrDigit);
        return oneWord
                ? Query.of(q -> q.matchBoolPrefix(m -> m.field(field).query(text)))
                : Query.of(q -> q.matchPhrasePrefix(m -> m.field(field).query(text)));
    }

    /** What is to be marked in the title. */
    static Query marksInTitle(Expression expression) {
        return marks(expression, TITLE, Field.TITLE);
    }

    /**
     * What is to be marked in the text. The text has no index of its own, only its words in the
     * field of everything: what is found there is marked wherever the text has the same words.
     */
    static Query marksInText(Expression expression) {
        return marks(expression, ALL, Field.ANYWHERE);
    }

    /** What is to be marked in the decisions. */
    static Query marksInDecisions(Expression expression) {
        return marks(expression, DECISIONS, Field.DECISION);
    }

    private static Query marks(Expression expression, String field, Field own) {
        List<Query> marks = new ArrayList<>();
        collect(expression, field, own, marks);
        return marks.isEmpty()
                ? Query.of(q -> q.matchNone(m -> m))
                : Query.of(q -> q.bool(b -> b.should(marks)));
    }

    private static void collect(Expression expression, String field, Field own, List<Query> marks) {
        switch (expression) {
            case All all -> all.parts().forEach(part -> collect(part, field, own, marks));
            case Any any -> any.parts().forEach(part -> collect(part, field, own, marks));
            case Widened widened -> {
                collect(widened.typed(), field, own, marks);
                widened.others().forEach(other -> collect(other, field, own, marks));
            }
            case Word word when word.field() == Field.ANYWHERE || word.field() == own ->
                    marks.add(together(field, word.text(), 1));
            case Phrase phrase when phrase.field() == Field.ANYWHERE || phrase.field() == own ->
                    marks.add(together(field, phrase.text(), 1));
            case Prefix prefix when prefix.field() == Field.ANYWHERE || prefix.field() == own ->
                    marks.add(beginning(field, prefix.text().toLowerCase(Locale.ROOT)));
            case Word word -> {}
            case Phrase phrase -> {}
            case Prefix prefix -> {}
            case Not not -> {}
            case Everything everything -> {}
            case Nothing nothing -> {}
        }
    }
}
