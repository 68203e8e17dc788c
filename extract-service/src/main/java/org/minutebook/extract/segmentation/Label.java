package org.minutebook.extract.segmentation;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.text.Cues;

/**
 * The number that a line begins with, of whatever kind: {@code 4}, {@code 4.1}, {@code 4.A}, {@code
 * 18.07.3}, {@code R2023-069}, {@code C.14/23}, {@code IV}, {@code IV.B}, {@code b)}, {@code
 * (iii)}.
 *
 * @param printed as printed, without brackets and closing punctuation
 * @param shape what it has in common with the other numbers of its kind: {@code N.N}, {@code (a)}
 * @param values what its parts count to, the first part first; at least one
 * @param end where it ends in the text of the line, closing punctuation and blanks included
 * @param closed whether closing punctuation follows it
 */
record Label(String printed, String shape, List<Integer> values, int end, boolean closed) {

    private static final String TIMED = "time";

    /** A word that may stand before a number: "Item 4", "Resolution No. 2023-14", "No. 4", "#4". */
    private static final String WORD =
            "(?:(?:(?:agenda\\s+)?item|eitem|min(?:ute)?\\.?|motion|resolution)\\s*(?:no[.:]{0,2}|number)?\\s*#?|(?:no\\.|#)\\s*(?=\\d{1,3}(?![\\d/-])))\\s*";

    /** What {@link #WORD} begins with, in both cases. */
    private static final String FIRST_OF_WORD = "aAeEiImMnNrR";

    private static final String ROMAN_LETTERS = "ivxl";

    /** Letters of a council or a committee before a number. */
    private static final String INITIALS = "(?:(?:[A-Z]{1,4}|[A-Z]{1,2}&[A-Z]{1,3})[ ./-]?)?";

    /** A part in brackets behind a number: 5(a), 5 (ii), 24/51(b). */
    private static final String BRACKETED = "\\((?<part>[a-z]|[ivx]{2,5})\\)[.:]?\\s+";

    private static final Pattern IN_BRACKETS = Pattern.compile(BRACKETED);

    /** A part of a number: 24/51a, A.1.a. */
    private static final String LETTERED = "(?:\\.?[a-z](?![A-Za-z]))?";

    private static final Pattern FORM =
            Pattern.compile(
                    "(?<word>(?i:"
                            + WORD
                            // not the last letter of "Minutes:"
                            + ")(?<![A-Za-z]))?(?:(?<open>[(\\[])\\*?\\s?)?(?<body>"
                            // R2023-069, C.14/23, FC24/05, PC 2024/05/01, C/102/23, P&R/24/51a,
                            // 04/24.6.1
                            + INITIALS
                            + "\\d{2,4}(?:[-/]\\d{1,4}){1,3}(?:\\.\\d{1,3}){0,3}"
                            + LETTERED
                            // 1/24, 1/05/24: the first minutes of a year; 5/24.1: of a month
                            + "|"
                            + INITIALS
                            + "\\d(?:/\\d{1,2})?/(?:20)?\\d{2}(?:\\.\\d{1,3})?(?![\\d/])"
                            // 24/FC/051, 2024-P12
                            + "|\\d{2,4}[-/.][A-Z]{1,4}[-/.]?\\d{1,4}"
                            // PC.23.045, FC 24.51
                            + "|[A-Z]{1,4}\\.\\d{2,4}\\.\\d{1,4}"
                            + "|[A-Z]{1,4}\\d{2,4}\\.\\d{1,4}|[A-Z]{2,4} \\d{2}\\.\\d{1,4}"
                            // CAB.14, P.112, LPC/7, F&GP 31: a committee's own count
                            + "|[A-Z]{1,4}[./]\\d{1,3}|[A-Z][A-Z&]{1,4} \\d{1,3}(?=\\s|$)|[A-Z]{2,4}\\d{1,4}(?=\\s|$)"
                            // 4, 4.1, 4.A, 4.A.1, 4A, 4-A, 18.07.3
                            + "|\\d{1,4}(?:\\.\\d{1,3}){0,3}(?:[.-]?[A-Za-z](?:\\.\\d{1,2})?(?![A-Za-z]))?"
                            // D1, A-1, A.1, A.1.2, A.1.a
                            + "|[A-Z][.-]?\\d{1,2}(?:\\.\\d{1,2})?"
                            + LETTERED
                            // IV.B, IV.B.1
                            + "|[IVXL]{1,6}[.-][A-Z](?:\\.\\d{1,2})?(?![A-Za-z])"
                            + "|[IVXL]{1,6}|[ivxl]{1,6}|[A-Za-z]"
                            + ")(?<close>\\s?[.):\\]]{1,2}(?:[-–—](?=\\s))?|\\s?[-–—](?=\\s)|/(?=\\s))?"
                            // "1.Apologies": a space may be too narrow to be read as one
                            + "(?<after>\\s+|$|(?<=\\d[.)])(?=\\p{Lu}(?:\\p{Ll}{2}|\\p{Lu}{3}))|(?<=[IVXL]{2}[.)])(?=\\p{Lu}\\p{Ll}{2})|(?<=[\\d.])(?="
                            + BRACKETED
                            + "))");

    /** 045/23, 046/23, 46.23, 01/1220: the count and the year, or the month with it. */
    private static final Pattern YEAR_LAST =
            Pattern.compile(
                    INITIALS
                            + "\\d{1,4}(?:[-/](?:\\d{2}|20\\d{2}|(?:0[1-9]|1[0-2])[12]\\d)|\\.(?:1[5-9]|2\\d|3[0-5]))");

    /** 145/05/24, 145.05.24: the minute, the month and the year; 56/2024/25: the municipal year. */
    private static final Pattern MONTH_LAST =
            Pattern.compile(
                    INITIALS
                            + "\\d{1,4}(?:([./])(?:0?[1-9]|1[0-2])\\1(?:20)?\\d{2}|/20\\d{2}[-/]\\d{2}|/\\d{2}-\\d{2})");

    /** IV.B, IV.B.1, IV.2: parts of an entry that has a Roman number. */
    private static final Pattern UNDER_ROMAN =
            Pattern.compile(
                    "(?<roman>[IVXL]{1,6})(?<sign>[.-])(?:(?<letter>[A-Z])(?:\\.(?<part>\\d{1,2}))?|(?<number>\\d{1,2}))");

    /** Place on the agenda behind the number of a minute: "24/048 1. Apologies". */
    private static final Pattern PLACE = Pattern.compile("\\d{1,3}[.)]\\s+(?=\\p{L})");

    /** Entries taken together: "10 & 11. Vacancies", "1. & 2. Welcome", "5/6 Annual return". */
    private static final Pattern TOGETHER =
            Pattern.compile(
                    "(?<printed>(?<from>\\d{1,3})(?:[.)]?\\s?&\\s?|[.)]?\\sand\\s(?=\\d{1,3}[.)])|/)(?<to>\\d{1,3}))[.):]?\\s+(?=\\p{Lu})");

    /** Most entries that are taken together under one heading. */
    private static final int MOST_TOGETHER = 4;

    private static final Pattern WHOLE =
            Pattern.compile("(?:\\d{2,4}[-/]\\d{1,4}\\.)?\\d{1,3}\\.0");

    private static final Pattern PART = Pattern.compile("\\d+|[A-Za-z]+|[^A-Za-z0-9]+");

    private static final Pattern ROMAN =
            Pattern.compile("X{0,4}(?:IX|IV|V?I{0,3})|X?L(?:IX|IV|V?I{0,3})");

    private static final Pattern ROMAN_CELL = Pattern.compile("[IVXL]{1,6}");

    Label {
        values = List.copyOf(values);
    }

    /**
     * A clock time as a number: entries that are timed and not numbered go on by ascending times.
     */
    static Label ofTime(LocalTime time) {
        return new Label("", TIMED, List.of(time.toSecondOfDay() / 60), 0, true);
    }

    /** A Roman number that a column of its own sets off from the title: "VII | Chief's Report". */
    static List<Label> ofCell(String cell) {
        Integer roman = ROMAN_CELL.matcher(cell).matches() ? roman(cell) : null;
        return roman == null
                ? List.of()
                : List.of(new Label(cell, "I", List.of(roman), cell.length() + 1, true));
    }

    boolean isTime() {
        return shape.equals(TIMED);
    }

    int last() {
        return values.getLast();
    }

    int depth() {
        return values.size();
    }

    /** Whether all parts but the last are the same. */
    boolean sameBranch(Label other) {
        return depth() == other.depth()
                && values.subList(0, depth() - 1).equals(other.values.subList(0, depth() - 1));
    }

    /** Whether this is the other's number with one more part: 4.1 under 4. */
    boolean under(Label parent) {
        return depth() == parent.depth() + 1
                && values.subList(0, parent.depth()).equals(parent.values);
    }

    /**
     * Whether a text begins with a word that neither is a number nor may stand before one, as most
     * lines do: by its first letters, which costs a hundredth of trying all forms.
     */
    private static boolean opensWithOtherWord(String text) {
        if (text.length() < 2) {
            return false;
        }
        char first = text.charAt(0);
        char second = text.charAt(1);
        return Cues.isLetter(first)
                && FIRST_OF_WORD.indexOf(first) < 0
                && second >= 'a'
                && second <= 'z'
                && ROMAN_LETTERS.indexOf(second) < 0;
    }

    /** The readings of the number that a text begins with; none where it begins with no number. */
    static List<Label> read(String text) {
        if (opensWithOtherWord(text)) {
            return List.of();
        }
        Label together = together(text);
        if (together != null) {
            return List.of(together);
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.lookingAt()) {
            return List.of();
        }
        String body = matcher.group("body");
        String open = matcher.group("open");
        String close = matcher.group("close");
        String word = matcher.group("word");
        // "No. 5" may be the end of "Ordinance No. 5", too.
        boolean wordless = word == null || word.regionMatches(true, 0, "no.", 0, 3);
        boolean closed = close != null || !wordless;
        boolean bracket = close != null && close.contains(")");
        if (open != null && !bracket && !"]".equals(close)) {
            return List.of();
        }
        boolean digits = body.chars().anyMatch(Character::isDigit);
        String frame = open != null ? "()" : bracket ? ")" : "";
        Label underRoman = underRoman(body, frame, matcher.end(), closed);
        if (!digits
                && underRoman == null
                && close == null
                && (wordless || !Character.isUpperCase(body.charAt(0)))) {
            return List.of();
        }
        if (wordless && close == null && looksLikeQuantity(text, matcher.end(), body)) {
            return List.of();
        }
        List<Label> labels = new ArrayList<>(2);
        if (!digits) {
            Integer roman = roman(body);
            if (body.length() == 1) {
                labels.add(
                        new Label(
                                body,
                                (Character.isUpperCase(body.charAt(0)) ? "A" : "a") + frame,
                                List.of(letter(body)),
                                matcher.end(),
                                true));
            }
            if (roman != null) {
                labels.add(
                        new Label(
                                body,
                                (Character.isUpperCase(body.charAt(0)) ? "I" : "i") + frame,
                                List.of(roman),
                                matcher.end(),
                                true));
            }
            if (underRoman != null) {
                labels.add(underRoman);
            }
            return labels;
        }
        Label label = numbered(body, frame, matcher.end(), closed);
        Matcher place = PLACE.matcher(text).region(matcher.end(), text.length());
        if (label != null && body.indexOf('/') > 0 && place.lookingAt()) {
            label = new Label(body, label.shape(), label.values(), place.end(), closed);
        }
        Matcher part = IN_BRACKETS.matcher(text).region(matcher.end(), text.length());
        if (label != null && part.lookingAt()) {
            String printed = text.substring(matcher.start("body"), part.end("part") + 1);
            addBracketed(labels, label, printed, part);
            if (!matcher.group("after").isEmpty()) {
                // "5 (a) Accounts", then "(b) Budget": it may be the fifth entry, too
                labels.add(label);
            }
        } else if (label != null) {
            labels.add(label);
            int dated = dated(body);
            if (dated > 0) {
                labels.add(
                        new Label(
                                label.printed(),
                                label.shape() + "~",
                                countLast(label.values(), dated),
                                label.end(),
                                closed));
            }
        }
        if (underRoman != null) {
            labels.add(underRoman);
        }
        return labels;
    }

    /**
     * Several numbers that go on from each other before one title; null where it is something else.
     */
    private static @Nullable Label together(String text) {
        Matcher matcher = TOGETHER.matcher(text);
        if (!matcher.lookingAt()) {
            return null;
        }
        int from = Integer.parseInt(matcher.group("from"));
        int more = Integer.parseInt(matcher.group("to")) - from;
        if (more < 1 || more > MOST_TOGETHER) {
            return null;
        }
        return new Label(matcher.group("printed"), "N", List.of(from), matcher.end(), true);
    }

    /** 5(i): a letter or a Roman number; the rows around it tell. */
    private static void addBracketed(
            List<Label> labels, Label label, String printed, Matcher bracket) {
        String part = bracket.group("part");
        Integer roman = roman(part);
        if (part.length() == 1) {
            labels.add(label.with(printed, "(a)", letter(part), bracket.end()));
        }
        if (roman != null) {
            labels.add(label.with(printed, "(i)", roman, bracket.end()));
        }
    }

    private Label with(String printed, String shape, int value, int end) {
        List<Integer> values = new ArrayList<>(this.values);
        values.add(value);
        return new Label(printed, this.shape + shape, values, end, true);
    }

    private static @Nullable Label underRoman(String body, String frame, int end, boolean closed) {
        Matcher parts = UNDER_ROMAN.matcher(body);
        if (!parts.matches()) {
            return null;
        }
        Integer roman = roman(parts.group("roman"));
        if (roman == null) {
            return null;
        }
        StringBuilder shape = new StringBuilder("I").append(parts.group("sign"));
        List<Integer> values = new ArrayList<>(List.of(roman));
        if (parts.group("number") != null) {
            shape.append('N');
            values.add(Integer.valueOf(parts.group("number")));
        } else {
            shape.append('A');
            values.add(letter(parts.group("letter")));
            if (parts.group("part") != null) {
                shape.append(".N");
                values.add(Integer.valueOf(parts.group("part")));
            }
        }
        return new Label(body, shape + frame, values, end, closed);
    }

    /** How many parts a number has of which the first counts and the last is a year; else 0. */
    private static int dated(String body) {
        if (YEAR_LAST.matcher(body).matches()) {
            return 2;
        }
        return MONTH_LAST.matcher(body).matches() ? 3 : 0;
    }

    /**
     * With the first of so many at the end behind the others; what stands before them, as the
     * letter of a council, stays.
     */
    private static List<Integer> countLast(List<Integer> values, int many) {
        List<Integer> changed = new ArrayList<>(values);
        changed.add(changed.remove(changed.size() - many));
        return changed;
    }

    private static @Nullable Label numbered(String body, String frame, int end, boolean closed) {
        if (WHOLE.matcher(body).matches()) {
            // 6.0, over 6.1
            Label whole = numbered(body.substring(0, body.length() - 2), frame, end, true);
            return whole == null ? null : new Label(body, whole.shape(), whole.values(), end, true);
        }
        StringBuilder shape = new StringBuilder();
        List<Integer> values = new ArrayList<>();
        int from = 0;
        if (body.indexOf('&') > 0) {
            // F&GP 31: the letters before the count are one name
            while (!Character.isDigit(body.charAt(from))) {
                from++;
            }
            shape.append(body, 0, from);
        }
        Matcher part = PART.matcher(body).region(from, body.length());
        while (part.find()) {
            String text = part.group();
            char first = text.charAt(0);
            if (Character.isDigit(first)) {
                if (text.length() > 6) {
                    return null;
                }
                shape.append('N');
                values.add(Integer.parseInt(text));
            } else if (Character.isLetter(first)) {
                if (text.length() > 1) {
                    // the letters of a reference number do not count
                    shape.append(text);
                } else {
                    shape.append(Character.isUpperCase(first) ? 'A' : 'a');
                    values.add(letter(text));
                }
            } else {
                shape.append(text);
            }
        }
        return new Label(body, shape + frame, values, end, closed);
    }

    /** "12 Mill Lane", "2019 was", "5 May", "3 years": figures that open running text. */
    private static boolean looksLikeQuantity(String text, int end, String body) {
        if (YEAR.matcher(body).matches()) {
            return true;
        }
        String rest = text.substring(end);
        if (rest.isEmpty()) {
            return false;
        }
        char first = rest.charAt(0);
        return Character.isLowerCase(first) || MONTH.matcher(rest).lookingAt();
    }

    private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d{2}");

    private static final Pattern MONTH =
            Pattern.compile(
                    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?(?:\\s+\\d|\\s*$|,)");

    private static int letter(String text) {
        return Character.toLowerCase(text.charAt(0)) - 'a' + 1;
    }

    private static @Nullable Integer roman(String text) {
        String upper = text.toUpperCase(java.util.Locale.ROOT);
        if (!ROMAN.matcher(upper).matches()) {
            return null;
        }
        int total = 0;
        int before = 0;
        for (int i = upper.length() - 1; i >= 0; i--) {
            int value =
                    switch (upper.charAt(i)) {
                        case 'I' -> 1;
                        case 'V' -> 5;
                        case 'X' -> 10;
                        default -> 50;
                    };
            total += value < before ? -value : value;
            before = Math.max(before, value);
        }
        return total == 0 ? null : total;
    }
}
