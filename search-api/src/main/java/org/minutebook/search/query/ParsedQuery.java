package org.minutebook.search.query;

import java.util.ArrayList;
import java.util.List;
import org.minutebook.search.query.Expression.All;
import org.minutebook.search.query.Expression.Any;
import org.minutebook.search.query.Expression.Everything;
import org.minutebook.search.query.Expression.Not;
import org.minutebook.search.query.Expression.Nothing;
import org.minutebook.search.query.Expression.Phrase;
import org.minutebook.search.query.Expression.Prefix;
import org.minutebook.search.query.Expression.Widened;
import org.minutebook.search.query.Expression.Word;

/**
 * What a person typed, understood.
 *
 * @param text as typed
 * @param expression what it means
 * @param parser that read it
 */
public record ParsedQuery(String text, Expression expression, QueryParser parser) {

    /** Another text, read in the same way. */
    public ParsedQuery reworded(String other) {
        return parser.parse(other);
    }

    /** Whether it says nothing about what is looked for. */
    public boolean isEverything() {
        return expression instanceof Everything;
    }

    /** What else is searched because of the thesaurus, each text once, in the order typed. */
    public List<String> alsoSearched() {
        List<String> also = new ArrayList<>();
        for (Widened widened : widened(expression)) {
            for (Word other : widened.others()) {
                if (!also.contains(other.text())) {
                    also.add(other.text());
                }
            }
        }
        return also;
    }

    private static List<Widened> widened(Expression expression) {
        return switch (expression) {
            case Widened widened -> List.of(widened);
            case All all -> all.parts().stream().flatMap(part -> widened(part).stream()).toList();
            case Any any -> any.parts().stream().flatMap(part -> widened(part).stream()).toList();
            case Not not -> List.of();
            case Everything e -> List.of();
            case Nothing n -> List.of();
            case Word w -> List.of();
            case Phrase p -> List.of();
            case Prefix p -> List.of();
        };
    }
}
