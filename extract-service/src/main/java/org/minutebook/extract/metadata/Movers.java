package org.minutebook.extract.metadata;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.text.Cues;

/**
 * Who moved and who seconded a motion, as printed.
 *
 * @param mover null where the text does not say
 * @param seconder null where the text does not say
 */
record Movers(@Nullable String mover, @Nullable String seconder) {

    static final Movers NONE = new Movers(null, null);

    private static final String TITLE =
            "(?:(?i:(?:the )?(?:deputy |vice[- ])?(?:cllrs?|councill?ors?|crs?|cr|mayor(?: pro tem)?|trustee|commissioner|supervisor|alderman|alderwoman|alderperson|council ?m[ae]mber|council ?(?:wo)?man|selectman|selectwoman|reeve|warden|member|chair(?:man|person|woman)?|vice[- ]chair(?:man|person)?|director|president|mr|mrs|ms|miss|dr|sir|hon))\\.? )";

    private static final String WORD =
            "(?:(?:[Dd]e|[Vv]an|[Vv]on|der|le|St\\.?) |(?!(?i:seconded|second|moved|motion|that|and|carried|be|it|in|to|the|resolved|lost|council|by|all|so|against|for)\\b)\\p{Lu}[\\p{L}’'-]*\\.?(?![\\p{L}\\d]))";

    private static final String NAME =
            "(?:" + TITLE + "*" + WORD + "(?: ?" + WORD + "){0,3}|(?i:a|another) resident)";

    private static final Pattern BY =
            Pattern.compile(
                    "(?:(?i:\\b(?:(?:moved|proposed|mover|proposer)\\b(?: by)?|(?:proposal|motion) of\\b|motion(?: was)?(?: made)?(?: by\\b|\\s*\\())[\\s:(]*))(?<name>"
                            + NAME
                            + ")");

    private static final Pattern LATER_BY =
            Pattern.compile(
                    "\\b(?:made )?by (?<name>" + NAME + "),?(?: and)?(?i: (?:and )?second)");

    private static final Pattern WHO_MOVED =
            Pattern.compile(
                    "(?<name>"
                            + NAME
                            + "),? (?i:moved|proposed|made (?:a|the) motion|motioned|so moved)\\b");

    private static final Pattern SECONDED_BY =
            Pattern.compile(
                    "(?i:\\b(?:second(?:ed|er)?)(?: was made)?(?: by)?[\\s:]+)(?<name>"
                            + NAME
                            + ")");

    private static final Pattern WHO_SECONDED =
            Pattern.compile("(?<name>" + NAME + "),? (?i:seconded|second)\\b(?! by)");

    private static final Pattern PAIR =
            Pattern.compile(
                    "\\((?i:moved:? |proposed:? )?(?<mover>"
                            + NAME
                            + ") ?/ ?(?i:seconded:? )?(?<seconder>"
                            + NAME
                            + ")\\)");

    /** "R2023-069 D. Yemm, T. Butler:" */
    private static final Pattern HEADED =
            Pattern.compile(
                    "^\\S*\\d\\S*\\s+(?<mover>"
                            + NAME
                            + ") ?[,/] ?(?<seconder>"
                            + NAME
                            + ") ?[:;]");

    private static final Pattern NO_NAME =
            Pattern.compile(
                    "(?i)(?:that|the|to|by|and|motion|carried|approve|approval|adopt|cr|cllr|councill?or)");

    private static final Cues SECONDED_CUES = new Cues("second");

    private static final Cues MOVED_CUES = new Cues("move", "propos", "motion");

    private static final Cues CUES = new Cues("mov", "propos", "second", "motion");

    static Movers in(String text) {
        if (!CUES.in(text)) {
            return NONE;
        }
        if (text.indexOf('/') >= 0) {
            Matcher pair = PAIR.matcher(text);
            if (pair.find()) {
                return new Movers(pair.group("mover"), pair.group("seconder"));
            }
        }
        String seconder = null;
        if (SECONDED_CUES.in(text)) {
            seconder = name(SECONDED_BY, text);
            if (seconder == null) {
                seconder = name(WHO_SECONDED, text);
            }
        }
        String mover = null;
        if (MOVED_CUES.in(text)) {
            mover = name(BY, text);
            if (mover == null) {
                mover = name(WHO_MOVED, text);
            }
        }
        if (mover == null && seconder != null) {
            mover = name(LATER_BY, text);
        }
        return new Movers(mover, seconder);
    }

    /** The two names of a heading that is a resolution's number and who moved it. */
    static Movers inHeading(String text) {
        Matcher matcher = HEADED.matcher(text);
        return matcher.lookingAt()
                ? new Movers(matcher.group("mover"), matcher.group("seconder"))
                : NONE;
    }

    Movers orElse(Movers other) {
        return new Movers(
                mover != null ? mover : other.mover, seconder != null ? seconder : other.seconder);
    }

    boolean both() {
        return mover != null && seconder != null;
    }

    private static @Nullable String name(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String name = matcher.group("name").strip();
            // "Moved That the report …"
            if (!NO_NAME.matcher(name).matches()) {
                return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            }
        }
        return null;
    }
}
