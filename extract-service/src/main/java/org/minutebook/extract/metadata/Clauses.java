package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Outcome;
import org.minutebook.extract.text.Cues;

/**
 * Finds deciding clauses in a sentence: a deciding word whose subject is the meeting ("Councillors
 * agreed to monitor", "it was resolved that …", "Agreed to buy new pads"). What a person agreed to
 * do, what another body decided and what had been decided before are none.
 */
final class Clauses {

    /**
     * @param start where the clause starts, subject included
     * @param outcome what its deciding word says
     */
    record Clause(int start, Outcome outcome) {}

    private static final String BODY =
            "(?:(?:the|this|your|our) )?(?:(?:parish|town|city|county|borough|district|community|village|shire|township|full|whole|sub|municipal|management|planning|finance)[- ])*(?:council|committee|board|cabinet|commission|panel|meeting|members|councill?ors|trustees|directors|commissioners|supervisors|selectmen|executive|authority|assembly|forum|working (?:group|party)|sub-?committee|electors|residents present|those present|council ?members|governors|cllrs|crs)(?: (?:members|present|of (?:trustees|supervisors|directors)|in attendance))?(?:,? (?:having|after|following|noting|on)[^,.;]{3,80},)?";

    private static final String ADVERBS =
            "(?:(?:also|then|therefore|thus|further|subsequently|unanimously|duly|hereby|accordingly|all|formally|provisionally|were|was|is|have|by (?:a )?(?:majority|consensus|general consent|acclamation)|in principle)[, ]+)*";

    private static final Pattern WORD =
            Pattern.compile(
                    "(?i)\\b(?<word>resolved|resolves|resolve|agreed|agrees|decided|decides|determined|voted|approved|approves|accepted|adopted|endorsed|authori[sz]ed|ratified|granted)\\b");

    private static final Pattern BODY_BEFORE =
            Pattern.compile(
                    "(?i)(?:^|.*?[\\s,;:(–—-])(?<body>"
                            + BODY
                            + ")(?:,? \\w+(?: \\w+)?,? and)? "
                            + ADVERBS
                            + "$");

    private static final Pattern IT_BEFORE =
            Pattern.compile(
                    "(?i)(?:^|.*\\b)(?<it>(?:(?:it|is|and|there|after discussion|discussion)[, ]+)(?:(?:was|is|were|being|has been)\\s+)(?:\\w+,? and )?"
                            + ADVERBS
                            + ")$");

    private static final Pattern ALL_BEFORE =
            Pattern.compile(
                    "(?i)(?:^|.*?[\\s,;:.(–—-])(?<all>(?:all|everyone)(?: (?:present|members|councill?ors|in attendance|were))*\\s+"
                            + ADVERBS
                            + ")$");

    private static final Pattern BARE_BEFORE =
            Pattern.compile(
                    "(?i)(?:^|.*[,;:.)(–—-])\\s*(?:(?:and|it was|was|\\(?[a-z0-9]{1,3}[.)]|\\d{1,3}\\.\\d{1,2}[.)]?)\\s+)?"
                            + ADVERBS
                            + "$");

    /** Perfect tenses, and deciding words that are none: "as agreed", "previously approved". */
    private static final Pattern NOT_NOW =
            Pattern.compile(
                    "(?i).*\\b(?:has|have|had|having|not yet|to be|be|been|previously|already|as|when|if|once|until|unless|before|an|any|recently|newly|duly|would|will|should|could|not|were not|was not|being|until|where|whether)\\s+(?:been\\s+|be\\s+|was\\s+|were\\s+|it\\s+(?:was|is)\\s+)?(?:\\w+ly\\s+)?$");

    private static final Pattern BE_RESOLVED =
            Pattern.compile(
                    "(?i).*\\bbe it (?:hereby |further |also |therefore |and it is hereby )*$");

    private static final Pattern PASSIVE =
            Pattern.compile("(?i).*\\b(?:was|were)\\s+(?:\\w+(?:,? (?:and\\s+)?)){0,3}$");

    private static final Pattern RELATIVE =
            Pattern.compile(
                    "(?i).*\\b(?:which|who|that|what)\\s+(?:was|were|the \\w+|had|is|are)\\s*(?:\\w+\\s+)?$");

    private static final Pattern REPORTED =
            Pattern.compile(
                    "(?i).*\\b(?:report(?:ed|s)?|advised|informed|stated|said|explained|confirmed|mentioned|heard|understood|announced|commented|asked|hoped|requested|suggested|replied|answered|reminded|noted|told|written|wrote)\\b(?:\\s+(?:\\w+\\s+){0,4})?(?:that|if|whether|how|why)\\s+(?:\\S+\\s+){0,4}$");

    private static final Pattern GOES_ON =
            Pattern.compile(
                    "(?i)^\\s*(?:\\(?\\d+\\s?(?:-|–|to)\\s?\\d+(?:\\s?(?:-|–|to)\\s?\\d+)?\\)?,?\\s)?(?:to\\b|that\\b|unanimously\\b|by a\\b|:|,|–|—|-|\\(|$|\\.|that:|as follows|with\\b|not to\\b|all\\b|this\\b|the\\b|and\\b|an?\\b|both\\b|in\\b|on\\b)");

    private static final Pattern STRICT_GOES_ON =
            Pattern.compile(
                    "(?i)^\\s*(?:to\\b|that\\b|unanimously\\b|by (?:a majority|members|the (?:committee|council|board)|all)\\b|:|–|—|-|\\(|not to\\b|as follows)");

    private static final Pattern BY_ANOTHER =
            Pattern.compile(
                    "(?i)^\\s*(?:\\w+\\s+)?by (?!(?:the )?(?:parish |town |city |full |county |borough |district )?(?:council|committee|board|members|all|meeting|councill?ors|trustees|a majority|a show|email|unanimous|consensus|motion|resolution|cllr|\\d))");

    /** "Circulated and accepted in April": at another meeting than this. */
    private static final Pattern ELSEWHEN =
            Pattern.compile(
                    "(?i)^\\s*(?:\\w+\\s+){0,6}?(?:in (?:january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\\d\\d)\\b|(?:at|by) (?:the|a|its) (?:last|previous|earlier|\\w+ (?:meeting|agm)\\b)|last (?:year|month|week)\\b).*");

    private static final Set<String> NO_OWNER =
            Set.of(
                    "the",
                    "this",
                    "therefore",
                    "full",
                    "that",
                    "accordingly",
                    "and",
                    "following",
                    "after",
                    "all",
                    "resolved",
                    "agreed",
                    "however",
                    "consequently",
                    "parish",
                    "town",
                    "city",
                    "your",
                    "our",
                    "it",
                    "finally",
                    "then",
                    "so",
                    "discussion",
                    "members",
                    "planning");

    private static final Pattern LABEL =
            Pattern.compile("\\s*(?:\\([^)]{1,60}\\)\\s*)?[:–—-]\\s*\\S");

    private static final Cues CUES =
            new Cues(
                    "resolve",
                    "agree",
                    "decide",
                    "determined",
                    "voted",
                    "approve",
                    "accepted",
                    "adopted",
                    "endorsed",
                    "authori",
                    "ratified",
                    "granted");

    private final Set<String> ownWords;

    /**
     * @param ownWords words of the names of the council and committee whose meeting it is, in lower
     *     case; a body with another name before it is another body
     */
    Clauses(Set<String> ownWords) {
        this.ownWords = ownWords;
    }

    List<Clause> in(String sentence) {
        List<Clause> clauses = new ArrayList<>();
        if (!CUES.in(sentence)) {
            return clauses;
        }
        Matcher matcher = WORD.matcher(sentence);
        int from = 0;
        while (matcher.find()) {
            Clause clause =
                    clause(
                            sentence.substring(from, matcher.start()),
                            matcher.group("word"),
                            sentence.substring(matcher.end()),
                            from,
                            !clauses.isEmpty());
            if (clause != null) {
                clauses.add(clause);
                if (LABEL.matcher(sentence.substring(matcher.end())).lookingAt()) {
                    // "Resolved: The board endorsed the update": what follows is what was resolved.
                    break;
                }
                from = matcher.end();
            }
        }
        return clauses;
    }

    private @Nullable Clause clause(
            String left, String word, String right, int offset, boolean later) {
        String folded = word.toLowerCase(Locale.ROOT);
        Outcome outcome =
                switch (folded) {
                    case "agreed", "agrees" -> Outcome.AGREED;
                    case "voted" -> Outcome.CARRIED;
                    case "approved",
                            "approves",
                            "accepted",
                            "adopted",
                            "endorsed",
                            "ratified",
                            "authorised",
                            "authorized",
                            "granted" ->
                            Outcome.APPROVED;
                    default -> Outcome.RESOLVED;
                };
        boolean capitals = word.equals(word.toUpperCase(Locale.ROOT));
        boolean opening = left.isBlank();
        boolean present = folded.equals("resolve") || folded.endsWith("s");
        boolean resolving = folded.startsWith("resolve");
        if (NOT_NOW.matcher(left).matches()
                && !IT_BEFORE.matcher(left).matches()
                && !BE_RESOLVED.matcher(left).matches()) {
            return null;
        }
        if (RELATIVE.matcher(left).matches() && !resolving) {
            return null;
        }
        Matcher body = BODY_BEFORE.matcher(left);
        if (body.matches()) {
            int start = body.start("body");
            if (isAnother(left.substring(0, start), body.group("body"))
                    || REPORTED.matcher(left.substring(0, start)).matches()) {
                return null;
            }
            return new Clause(offset + start, outcome);
        }
        if (present) {
            return null;
        }
        boolean strong = resolving || outcome == Outcome.AGREED || folded.equals("decided");
        Matcher it = IT_BEFORE.matcher(left);
        if (it.matches() && strong) {
            return new Clause(offset + it.start("it"), outcome);
        }
        Matcher all = ALL_BEFORE.matcher(left);
        if (all.matches() && (strong || outcome == Outcome.APPROVED)) {
            return new Clause(offset + all.start("all"), outcome);
        }
        if (capitals && strong) {
            return new Clause(offset + left.length(), outcome);
        }
        boolean bare = opening || BARE_BEFORE.matcher(left).matches();
        if (strong && !later) {
            if (bare && (opening ? GOES_ON : STRICT_GOES_ON).matcher(right).lookingAt()) {
                return new Clause(offset + left.length() - trailing(left), outcome);
            }
            if (resolving
                    && right.matches("(?is)\\s+(?:to|that|unanimously)\\b.*")
                    && !REPORTED.matcher(left).matches()) {
                return new Clause(offset + left.length(), outcome);
            }
            if (left.matches(
                    "(?is).*\\b(?:seconded|proposed|moved)\\b.*\\band\\s+(?:\\w+ly\\s+)?")) {
                return new Clause(offset + left.length(), outcome);
            }
        }
        if (later || REPORTED.matcher(left).matches()) {
            return null;
        }
        boolean decides =
                outcome == Outcome.AGREED
                        || folded.equals("approved")
                        || folded.equals("accepted")
                        || folded.equals("adopted")
                        || folded.equals("ratified");
        if (decides
                && PASSIVE.matcher(left).matches()
                && !BY_ANOTHER.matcher(right).lookingAt()
                && !ELSEWHEN.matcher(right).matches()) {
            return new Clause(offset, outcome);
        }
        boolean sentence =
                Character.isUpperCase(word.charAt(0))
                        && right.matches(
                                "(?s) (?:the|an?|all|checks?|payments?|bills|claims|warrants?|resolution|ordinance) .*");
        if (opening && decides && (sentence || right.matches("(?s)\\s*(?:[:.–—-].*|)"))) {
            return new Clause(offset, outcome);
        }
        return null;
    }

    /** Adverbs before a bare deciding word belong to it: "unanimously agreed". */
    private static int trailing(String left) {
        Matcher matcher = Pattern.compile("(?i)(?:unanimously|it was|was)\\s+$").matcher(left);
        return matcher.find() ? matcher.group().length() : 0;
    }

    /** Whether a body is not the one that meets: a name that is not its own stands before it. */
    private boolean isAnother(String before, String body) {
        String[] words = before.strip().split("\\s+");
        String last = words[words.length - 1];
        if (body.regionMatches(true, 0, "the ", 0, 4) || before.isBlank()) {
            return body.matches("(?i)the (?:county|district|borough) (?:council|councill?ors)")
                    && !ownWords.contains(body.split(" ")[1].toLowerCase(Locale.ROOT));
        }
        String bare = last.replaceAll("[^\\p{L}’'-]", "");
        if (bare.isEmpty() || !Character.isUpperCase(bare.charAt(0)) || last.matches(".*[.,;:]")) {
            return false;
        }
        String folded = bare.toLowerCase(Locale.ROOT);
        return !ownWords.contains(folded) && !NO_OWNER.contains(folded);
    }
}
