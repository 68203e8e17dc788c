package org.minutebook.search.query;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What an item must be like. Texts are as typed: analysing them (case, accents, stems) is left to
 * whoever runs the expression, with the analysis of the item index.
 */
public sealed interface Expression {

    /** As a person could type it; parsing that gives an equal expression. */
    String render();

    /** Every item. */
    record Everything() implements Expression {
        @Override
        public String render() {
            return "";
        }
    }

    /** No item: something was typed, and no word was in it. */
    record Nothing() implements Expression {
        @Override
        public String render() {
            return "\"\"";
        }
    }

    /** All of two or more. */
    record All(List<Expression> parts) implements Expression {
        public All {
            parts = several(parts);
        }

        @Override
        public String render() {
            return parts.stream().map(Expression::bracketed).collect(Collectors.joining(" "));
        }
    }

    /** Any of two or more. */
    record Any(List<Expression> parts) implements Expression {
        public Any {
            parts = several(parts);
        }

        @Override
        public String render() {
            return parts.stream().map(Expression::bracketed).collect(Collectors.joining(" OR "));
        }
    }

    /** What the part does not find. */
    record Not(Expression part) implements Expression {
        @Override
        public String render() {
            return "-" + bracketed(part);
        }
    }

    /**
     * A word, in any of its forms (stemmed). A text of several words, as "e-mail" or a phrase of
     * the thesaurus, means all of them one after the other, also in any form.
     *
     * @param field where
     * @param text has a letter or digit
     */
    record Word(Field field, String text) implements Expression {
        @Override
        public String render() {
            return prefix(field) + text;
        }
    }

    /**
     * Words exactly as typed but for case and accents, one after the other; also a single one. A
     * reference such as {@code 22/01234/FUL} is one.
     *
     * @param field where
     * @param text has a letter or digit, and no quotation mark
     */
    record Phrase(Field field, String text) implements Expression {
        @Override
        public String render() {
            return prefix(field) + '"' + text + '"';
        }
    }

    /**
     * Words that begin so, unstemmed.
     *
     * @param field where
     * @param text has two letters or digits or more
     */
    record Prefix(Field field, String text) implements Expression {
        @Override
        public String render() {
            return prefix(field) + text + '*';
        }
    }

    /**
     * What was typed, or what others call it; the latter weighs less.
     *
     * @param typed as typed
     * @param others what the thesaurus adds
     */
    record Widened(Expression typed, List<Word> others) implements Expression {
        public Widened {
            others = List.copyOf(others);
        }

        @Override
        public String render() {
            return typed.render();
        }
    }

    private static List<Expression> several(List<Expression> parts) {
        if (parts.size() < 2) {
            throw new IllegalArgumentException(parts.size() + " parts, expected 2 or more");
        }
        return List.copyOf(parts);
    }

    private static String bracketed(Expression part) {
        Expression typed = part instanceof Widened widened ? widened.typed() : part;
        return typed instanceof All || typed instanceof Any
                ? "(" + typed.render() + ")"
                : typed.render();
    }

    private static String prefix(Field field) {
        return field == Field.ANYWHERE ? "" : field.word() + ":";
    }
}
