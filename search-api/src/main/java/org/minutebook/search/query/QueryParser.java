package org.minutebook.search.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
 * Reads what a person types into a search box. There is no wrong input: what makes no sense as an
 * operator is a word, or is passed over.
 *
 * <pre>
 * planning application     both words, in any form
 * "planning application"   exactly so
 * -parking, NOT parking    without it
 * bins OR refuse           one of the two neighbours; binds closer than two words beside each other
 * (…)                      a group
 * park*                    words that begin so
 * title:bridge             field words: title, decision, committee, council, number
 * 22/01234/FUL             a reference, found whole
 * </pre>
 *
 * <p>Words such as "the" and "who" are left out beside others. Words and terms that the thesaurus
 * knows also find what it says; phrases and field words do not.
 */
public final class QueryParser {

    /** Most words and phrases that are read; what comes after is passed over. */
    private static final int MOST_LEAVES = 50;

    /**
     * Deepest group that is read as one; brackets further inside are passed over. Each takes up to
     * three of the 30 levels to which Elasticsearch reads a query, {@code a OR -(…)} beside another
     * word; nine more are taken by what stands around the first and in the last.
     */
    private static final int DEEPEST = 6;

    /** Beginnings of a word that are shorter are taken as the word. */
    private static final int SHORTEST_PREFIX = 2;

    /** Letters and digits with a digit among them, in parts: 22/01234/FUL, R2023-069, 18.07.3. */
    private static final Pattern REFERENCE =
            Pattern.compile("(?=.*\\p{N})[\\p{L}\\p{N}]+([/._-][\\p{L}\\p{N}]+)+");

    private final Supplier<Thesaurus> vocabulary;

    /** A parser with a thesaurus that stays the same. */
    public QueryParser(Thesaurus thesaurus) {
        this(() -> thesaurus);
    }

    /** A parser with a thesaurus that may be another for every query. */
    public QueryParser(Supplier<Thesaurus> vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** The words that it knows now; another one once they have changed. */
    public Thesaurus thesaurus() {
        return vocabulary.get();
    }

    /** What a text means; also of any text that is none. */
    public ParsedQuery parse(String text) {
        return new ParsedQuery(text, expression(text), this);
    }

    private Expression expression(String text) {
        if (text.isBlank()) {
            return new Everything();
        }
        List<Token> tokens = Lexer.tokens(text);
        Thesaurus thesaurus = vocabulary.get();
        Expression expression = new Reading(tokens, thesaurus, false).all();
        if (expression == null) {
            // Nothing but small words: then they are what is meant.
            expression = new Reading(tokens, thesaurus, true).all();
        }
        return expression == null ? new Nothing() : expression;
    }

    /** One pass over the tokens. */
    private static final class Reading {

        private final List<Token> tokens;
        private final Thesaurus thesaurus;
        private final boolean keepSmallWords;
        private int at;
        private int leaves;
        private int depth;
        private int negations;

        Reading(List<Token> tokens, Thesaurus thesaurus, boolean keepSmallWords) {
            this.tokens = tokens;
            this.thesaurus = thesaurus;
            this.keepSmallWords = keepSmallWords;
        }

        @Nullable Expression all() {
            List<Expression> parts = new ArrayList<>();
            while (at < tokens.size()) {
                Expression part = group(Field.ANYWHERE);
                if (part != null) {
                    parts.add(part);
                }
                // A bracket that closes nothing.
                at++;
            }
            return combined(parts);
        }

        /** Up to the closing bracket or the end; null where nothing is in it. */
        private @Nullable Expression group(Field field) {
            List<List<Expression>> choices = new ArrayList<>();
            boolean afterOr = false;
            while (at < tokens.size() && !(tokens.get(at) instanceof Token.Close)) {
                if (tokens.get(at) instanceof Token.Or) {
                    at++;
                    afterOr = !choices.isEmpty();
                    continue;
                }
                Expression part = operand(field);
                if (part == null) {
                    continue;
                }
                if (!afterOr) {
                    choices.add(new ArrayList<>());
                }
                choices.getLast().add(part);
                afterOr = false;
            }
            return combined(together(choices));
        }

        private @Nullable Expression operand(Field field) {
            Token token = tokens.get(at);
            at++;
            return switch (token) {
                case Token.Minus minus -> without(field);
                case Token.In in -> at < tokens.size() ? within(in.field()) : null;
                case Token.Open open -> bracket(field);
                case Token.Quoted quoted -> leaf(new Phrase(field, quoted.text()));
                case Token.Plain plain -> leaf(word(field, plain));
                case Token.Close close -> null;
                case Token.Or or -> null;
            };
        }

        /** What a field word stands before; it does not reach past a bracket or an operator. */
        private @Nullable Expression within(Field field) {
            return switch (tokens.get(at)) {
                case Token.Open open -> operand(field);
                case Token.Quoted quoted -> operand(field);
                case Token.Plain plain -> operand(field);
                case Token.In in -> operand(field);
                case Token.Close close -> null;
                case Token.Or or -> null;
                case Token.Minus minus -> null;
            };
        }

        private @Nullable Expression without(Field field) {
            if (at >= tokens.size() || tokens.get(at) instanceof Token.Close) {
                return null;
            }
            negations++;
            Expression part = operand(field);
            negations--;
            if (part == null || isSmall(part)) {
                return null;
            }
            return part instanceof Not not ? not.part() : new Not(part);
        }

        private @Nullable Expression bracket(Field field) {
            if (depth >= DEEPEST) {
                return null;
            }
            depth++;
            Expression inside = group(field);
            depth--;
            at++;
            return inside;
        }

        private @Nullable Expression leaf(Expression expression) {
            leaves++;
            return leaves <= MOST_LEAVES ? expression : null;
        }

        private Expression word(Field field, Token.Plain plain) {
            String text = plain.text();
            if (plain.open() && text.codePointCount(0, text.length()) >= SHORTEST_PREFIX) {
                return new Prefix(field, text);
            }
            if (REFERENCE.matcher(text).matches() && field != Field.NUMBER) {
                return new Phrase(field, text);
            }
            return keepSmallWords && SmallWords.contains(text)
                    ? new Phrase(field, text)
                    : new Word(field, text);
        }

        /** Choices as expressions, with what the thesaurus adds, without small words. */
        private List<Expression> together(List<List<Expression>> choices) {
            List<Expression> parts = new ArrayList<>();
            int i = 0;
            while (i < choices.size()) {
                int length = negations == 0 ? termAt(choices, i) : 0;
                if (length > 0) {
                    parts.add(widened(choices.subList(i, i + length)));
                    i += length;
                    continue;
                }
                List<Expression> kept = new ArrayList<>();
                for (Expression part : choices.get(i)) {
                    if (!isSmall(part)) {
                        kept.add(choices.get(i).size() > 1 ? widened(part) : part);
                    }
                }
                if (kept.size() == 1) {
                    parts.add(kept.getFirst());
                } else if (!kept.isEmpty()) {
                    parts.add(new Any(kept));
                }
                i++;
            }
            return parts;
        }

        /** How many words from here on are a term of the thesaurus, at most; 0 for none. */
        private int termAt(List<List<Expression>> choices, int start) {
            List<String> words = new ArrayList<>();
            int length = 0;
            for (int i = start; i < choices.size() && words.size() < thesaurus.longest(); i++) {
                if (choices.get(i).size() != 1
                        || !(choices.get(i).getFirst() instanceof Word(Field field, String text))
                        || field != Field.ANYWHERE) {
                    break;
                }
                words.add(text);
                boolean saysSomething = words.size() > 1 || !SmallWords.contains(text);
                if (saysSomething && thesaurus.others(words).isPresent()) {
                    length = words.size();
                }
            }
            return length;
        }

        private Expression widened(List<List<Expression>> term) {
            List<Expression> typed = new ArrayList<>();
            List<String> words = new ArrayList<>();
            for (List<Expression> choice : term) {
                Word word = (Word) choice.getFirst();
                words.add(word.text());
                if (!isSmall(word)) {
                    typed.add(word);
                }
            }
            Expression all =
                    Objects.requireNonNullElse(combined(typed), term.getFirst().getFirst());
            return new Widened(all, others(words));
        }

        private Expression widened(Expression part) {
            return negations == 0
                            && part instanceof Word(Field field, String text)
                            && field == Field.ANYWHERE
                            && thesaurus.others(List.of(text)).isPresent()
                    ? new Widened(part, others(List.of(text)))
                    : part;
        }

        private List<Word> others(List<String> words) {
            return thesaurus.others(words).orElse(List.of()).stream()
                    .map(other -> new Word(Field.ANYWHERE, other))
                    .toList();
        }

        private static boolean isSmall(Expression part) {
            return part instanceof Word word && SmallWords.contains(word.text());
        }

        private static @Nullable Expression combined(List<Expression> parts) {
            return switch (parts.size()) {
                case 0 -> null;
                case 1 -> parts.getFirst();
                default -> new All(parts);
            };
        }
    }
}
