package org.minutebook.extract.metadata;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Decision.Votes;
import org.minutebook.extract.text.Cues;

/** Reads counts of votes: "(5 votes for, 0 against, 1 abstention)", "carried 5-0", "Ayes: 7". */
final class VoteCount {

    private static final String NUMBER =
            "(?<![\\d.,:£$€#/-])(?<%s>\\d{1,3}|nil|none|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";

    private static final Pattern FOR =
            Pattern.compile(
                    "(?i)\\b"
                            + NUMBER.formatted("before")
                            + "\\s+(?:(?:(?:votes?|members?|councill?ors?)\\s+)?(?:(?:voted?|voting)\\s+)?(?:in favou?r|ayes?|yeas?|yes)\\b|(?:votes?|members?|councill?ors?|voted|voting)(?: voted| voting)? for\\b|for(?=[,;).]|\\s*(?:$|and \\w+ (?:votes? )?against)))|\\b(?:for|in favou?r|ayes?|yeas?|yes)\\s*[:=(–—-]+\\s*"
                            + NUMBER.formatted("after"));

    private static final Pattern AGAINST =
            Pattern.compile(
                    "(?i)\\b"
                            + NUMBER.formatted("before")
                            + "\\s+(?:(?:votes?|members?|councill?ors?)\\s+)?(?:(?:voted?|voting)\\s+)?(?:against|opposed|nays?|noes|no)\\b|\\b(?:against|opposed|nays?|noes|no)\\s*[:=(–—-]+\\s*"
                            + NUMBER.formatted("after"));

    private static final Pattern ABSTAINED =
            Pattern.compile(
                    "(?i)\\b"
                            + NUMBER.formatted("before")
                            + "\\s+(?:(?:members?|councill?ors?)\\s+)?(?:abstentions?|abstain(?:ed|ing)?)\\b|\\b(?:abstentions?|abstain(?:ed|ing|s)?)\\s*[:=(–—-]+\\s*"
                            + NUMBER.formatted("after"));

    private static final Pattern SCORE =
            Pattern.compile(
                    "(?i)\\b(?:carried|passed|passes|carries|lost|defeated|failed|approved|adopted|vote|voted|by)\\b[\\w ,:]{0,40}?[\\s(:]+(?<for>\\d{1,2})\\s?(?:[-–/]|\\bto\\b|votes? to)\\s?(?<against>\\d{1,2})(?:\\s?[-–/]\\s?(?<abstained>\\d{1,2}))?(?![\\d/%-]|\\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))");

    /** "Trustee Reed – yes, Trustee Hall – no": a roll call. */
    private static final Pattern ROLL_YES = Pattern.compile("(?i)[–—:-]\\s?(?:yes|aye|yea)\\b");

    private static final Pattern ROLL_NO =
            Pattern.compile("(?i)[–—:-]\\s?(?:no|nay)\\b(?!\\s*[:.]?\\s*\\d)");

    private static final Cues CUES =
            new Cues(
                    "vote",
                    "aye",
                    "yea",
                    "yes",
                    "nay",
                    "noes",
                    "favo",
                    "against",
                    "abst",
                    "oppos",
                    "carr",
                    "pass",
                    "lost",
                    "defeat",
                    "fail",
                    "approved",
                    "adopted",
                    "for ",
                    "for:");

    private static final Cues ABSTAINED_CUES = new Cues("abst");

    private VoteCount() {}

    /** The count that a text prints; null where it prints none. */
    static @Nullable Votes in(String text) {
        if (!CUES.in(text)) {
            return null;
        }
        Integer ayes = first(FOR, text);
        Integer noes = first(AGAINST, text);
        Integer abstained = ABSTAINED_CUES.in(text) ? first(ABSTAINED, text) : null;
        if (ayes == null && noes == null) {
            Matcher score = SCORE.matcher(text);
            if (score.find()) {
                String third = score.group("abstained");
                return new Votes(
                        Integer.valueOf(score.group("for")),
                        Integer.valueOf(score.group("against")),
                        third == null ? abstained : Integer.valueOf(third));
            }
            long yes = ROLL_YES.matcher(text).results().count();
            if (yes >= 2) {
                return new Votes(
                        (int) yes, (int) ROLL_NO.matcher(text).results().count(), abstained);
            }
        }
        return ayes == null && noes == null && abstained == null
                ? null
                : new Votes(ayes, noes, abstained);
    }

    private static @Nullable Integer first(Pattern pattern, String text) {
        String number = number(pattern, text);
        if (number == null) {
            return null;
        }
        return switch (number.toLowerCase(java.util.Locale.ROOT)) {
            case "nil", "none", "no" -> 0;
            case "one" -> 1;
            case "two" -> 2;
            case "three" -> 3;
            case "four" -> 4;
            case "five" -> 5;
            case "six" -> 6;
            case "seven" -> 7;
            case "eight" -> 8;
            case "nine" -> 9;
            case "ten" -> 10;
            case "eleven" -> 11;
            case "twelve" -> 12;
            default -> Integer.valueOf(number);
        };
    }

    /** The first number after the label, else the first before it. */
    private static @Nullable String number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        String before = null;
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            if (matcher.group("after") != null) {
                return matcher.group("after");
            }
            if (before == null) {
                before = matcher.group("before");
            }
            // The label may be the end of what was found: in "For: 6 Against: 2" the number before
            // "Against" is another's.
            from = matcher.start() + 1;
        }
        return before;
    }
}
