package org.minutebook.search.query;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Cuts what was typed into tokens. Takes any text. */
final class Lexer {

    private static final String QUOTATION_MARKS = "\"“”„‟«»＂";
    private static final Set<String> OPERATORS = Set.of("AND", "OR", "NOT");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String typed) {
        Lexer lexer = new Lexer(clean(typed));
        lexer.run();
        return lexer.tokens;
    }

    /** Without halves of characters, which cannot be sent, and without invisible ones. */
    private static String clean(String typed) {
        StringBuilder clean = new StringBuilder(typed.length());
        typed.codePoints()
                .forEach(character -> {
                    switch (Character.getType(character)) {
                        case Character.SURROGATE, Character.UNASSIGNED, Character.FORMAT -> {}
                        case Character.CONTROL -> clean.append(' ');
                        default -> clean.appendCodePoint(character);
                    }
                });
        return Normalizer.normalize(clean, Normalizer.Form.NFC);
    }

    private void run() {
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (isSpace(character)) {
                at += Character.charCount(character);
            } else if (isQuotationMark(character)) {
                quoted();
            } else if (character == '(' || character == ')') {
                tokens.add(character == '(' ? new Token.Open() : new Token.Close());
                at++;
            } else if (character == '-' && startsSomething(at + 1)) {
                tokens.add(new Token.Minus());
                at++;
            } else {
                plain();
            }
        }
    }

    /** Whether a minus before this place means "without". */
    private boolean startsSomething(int place) {
        if (place >= text.length()) {
            return false;
        }
        int character = text.codePointAt(place);
        return isWordCharacter(character) || isQuotationMark(character) || character == '(';
    }

    private void quoted() {
        at++;
        int start = at;
        while (at < text.length() && !isQuotationMark(text.charAt(at))) {
            at++;
        }
        String inside = text.substring(start, at).replaceAll("[\\s\\p{Z}]+", " ").strip();
        at = Math.min(at + 1, text.length());
        if (hasWordCharacter(inside)) {
            tokens.add(new Token.Quoted(inside));
        }
    }

    private void plain() {
        int start = at;
        while (at < text.length() && !endsWord(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        String run = text.substring(start, at);
        switch (run) {
            case "OR", "|", "||" -> tokens.add(new Token.Or());
            case "NOT" -> tokens.add(new Token.Minus());
            case "AND", "&", "&&" -> {}
            default -> word(run);
        }
    }

    private void word(String run) {
        String rest = withoutLeadingPunctuation(run);
        int colon = rest.indexOf(':');
        if (colon > 0) {
            Optional<Field> field = Field.named(rest.substring(0, colon));
            if (field.isPresent()) {
                tokens.add(new Token.In(field.get()));
                rest = withoutLeadingPunctuation(rest.substring(colon + 1));
            }
        }
        String word = withoutTrailingPunctuation(rest);
        if (word.isEmpty()) {
            return;
        }
        boolean open = rest.startsWith("*", word.length());
        tokens.add(
                new Token.Plain(
                        OPERATORS.contains(word) ? word.toLowerCase(Locale.ROOT) : word, open));
    }

    private static String withoutLeadingPunctuation(String text) {
        int start = 0;
        while (start < text.length() && !isWordCharacter(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start);
    }

    private static String withoutTrailingPunctuation(String text) {
        int end = text.length();
        while (end > 0 && !isWordCharacter(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    private static boolean endsWord(int character) {
        return isSpace(character)
                || isQuotationMark(character)
                || character == '('
                || character == ')';
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isQuotationMark(int character) {
        return QUOTATION_MARKS.indexOf(character) >= 0;
    }

    static boolean hasWordCharacter(String text) {
        return text.codePoints().anyMatch(Lexer::isWordCharacter);
    }

    private static boolean isWordCharacter(int character) {
        return Character.isLetterOrDigit(character)
                || Character.getType(character) == Character.NON_SPACING_MARK
                || Character.getType(character) == Character.COMBINING_SPACING_MARK;
    }
}
