package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minutebook.extract.text.Cues;

/**
 * Finds names of councils in a line, in the two ways in which they are made: {@code Harfield Town
 * Council} and {@code Town of Harfield}, in English-speaking countries. The place before or after
 * the word that says what it is must be written with capitals.
 */
final class CouncilNames {

    /**
     * A name.
     *
     * @param text as it should be shown, in mixed case
     * @param start where it starts in the line
     * @param end where it ends
     * @param tier what weight the kind of body has: below 1 for what encloses a council as a state
     *     or county does
     */
    record Name(String text, int start, int end, double tier) {}

    private static final String KIND =
            "(?:city|town|village|(?:charter |civil )?township|(?:metropolitan |county |royal |london )?borough|county(?: borough)?|municipality|district(?: municipality)?"
                    + "|parish|community|shire|regional|rural|unitary|islands?|burgh|city and county|royal burgh|metropolitan district|municipal|neighbourhood)";

    /** {@code Harfield Town Council}, {@code Harfield Township Board of Trustees}. */
    private static final Pattern AFTER_PLACE =
            Pattern.compile(
                    "(?i)\\b(?:"
                            + KIND
                            + " (?:council|board of (?:trustees|supervisors|selectmen|select board|aldermen|(?:county )?commissioners|education|directors|health)|(?:select )?board|commission|commissioners|commissioners' court|court|meeting)"
                            + "|council|select ?board|board of (?:trustees|supervisors|selectmen|aldermen|commissioners|county commissioners)"
                            + "|combined authority|national park authority|fire and rescue authority|(?:internal )?drainage board|(?:charter )?township|(?:unified |independent |community |local |city |central |consolidated |area |public )*school district|(?:local |city |central )?board of education|(?:hospital|library|sanitary|sewer|utility|irrigation|cemetery|recreation|parks? and recreation|public utility|community services|water(?: and sewer)?|fire (?:protection )?|park) ?district|improvement district|regional district"
                            // "Harfield City Planning Commission" is one of Harfield City
                            + "|(?:city|town|township|village|county)(?= (?:planning|zoning|library|parks?|conservation|historic)\\b[^.,;]{0,40}\\b(?:commission|board|committee))"
                            + ")\\b");

    /** {@code Town of Harfield}, {@code The Corporation of the Municipality of North Harfield}. */
    private static final Pattern BEFORE_PLACE =
            Pattern.compile(
                    "(?i)\\b(?:(?<kind>(?:the )?(?:corporation of )?(?:the )?(?:regional |rural |district |resort |summer |northern |charter |consolidated |united |specialized |municipal |metropolitan |london |royal )*"
                            + "(?:city and county|city|town|village|township|borough|municipality|district|county|counties|shire|parish|hamlet|island)) of (?:the )?)(?=\\p{L})");

    /** Words that end a place's name, where all of a line is in capitals. */
    private static final Set<String> NO_PLACE =
            words(
                    "council councils meeting meetings agenda agendas minutes regular special ordinary annual extraordinary emergency full draft notice notices public board committee commission"
                            + " planning session study work workshop budget monthly organizational hearing page department office mayor clerk hall centre center building chambers chamber community"
                            + " monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december"
                            + " a approval sponsored approve statutory summons members member councillor councillors cllr cllrs mr mrs ms dr trustee trustees supervisor president chairman chair from for by to at on in is as it if or an with within between when where this that these those all any our your its their each every whether under after before during"
                            + " commissioner commissioners minutes: agenda: re: subject: venue: location: report reports adopted approved confirmed item held local former dear new: closed open executive standing virtual joint unofficial official final revised amended proceedings action summary resolution ordinance ordinances bylaw by-law website www present welcome state county city town village township municipality clerk's press government");

    /** Bodies that call themselves councils and are none. */
    private static final Set<String> NO_COUNCIL =
            words(
                    "youth common hybrid arts art national school student privy research bar health faith works trades advisory management security sports church world european labour labor research housing legal safety science skills british medical county's city's town's village's education families family");

    /** "County of Harfield No. 4". */
    private static final Pattern NUMBER = Pattern.compile("(?i) no\\.?$");

    private static final Pattern CORPORATION =
            Pattern.compile("(?i)^(?:the )?(?:corporation of )?(?:the )?");

    private static final Set<String> SMALL =
            words("of and the upon on in le de next under with y du la les");

    /** A line without these words has no name of a council. */
    private static final Cues CUES =
            new Cues(
                    "council",
                    " of ",
                    "board",
                    "township",
                    "commission",
                    "district",
                    "authority",
                    "court");

    private static final Cues BEFORE_CUES =
            new Cues(
                    "city of ",
                    "town of ",
                    "village of ",
                    "township of ",
                    "borough of ",
                    "municipality of ",
                    "district of ",
                    "county of ",
                    "counties of ",
                    "shire of ",
                    "parish of ",
                    "hamlet of ",
                    "island of ");

    private static final Cues AFTER_CUES =
            new Cues(
                    "council",
                    "board",
                    "township",
                    "commission",
                    "district",
                    "authority",
                    "court",
                    "city meeting",
                    "town meeting",
                    "village meeting",
                    "borough meeting",
                    "county meeting",
                    "municipality meeting",
                    "parish meeting",
                    "community meeting",
                    "shire meeting",
                    "regional meeting",
                    "rural meeting",
                    "unitary meeting",
                    "island meeting",
                    "islands meeting",
                    "burgh meeting",
                    "municipal meeting",
                    "neighbourhood meeting");

    private CouncilNames() {}

    private static Set<String> words(String list) {
        return Set.copyOf(Arrays.asList(list.split(" ")));
    }

    static List<Name> in(String line) {
        List<Name> names = new ArrayList<>();
        if (!CUES.in(line)) {
            return names;
        }
        if (BEFORE_CUES.in(line)) {
            beforePlace(line, names);
        }
        if (AFTER_CUES.in(line)) {
            afterPlace(line, names);
        }
        return names;
    }

    private static void beforePlace(String line, List<Name> names) {
        Matcher before = BEFORE_PLACE.matcher(line);
        while (before.find()) {
            if (Character.isLowerCase(line.charAt(before.start("kind")))
                    && !line.startsWith("the ", before.start("kind"))) {
                continue;
            }
            int end = placeAfter(line, before.end());
            if (end > before.end()) {
                String kind = before.group("kind").toLowerCase(Locale.ROOT);
                double tier = kind.endsWith("county") && !kind.contains("city") ? 0.3 : 1;
                int start = before.start();
                names.add(new Name(shown(line.substring(start, end)), start, end, tier));
            }
        }
    }

    private static void afterPlace(String line, List<Name> names) {
        Matcher after = AFTER_PLACE.matcher(line);
        int from = 0;
        while (after.find(from)) {
            from = after.end();
            int begin = after.start();
            if (Character.isLowerCase(line.charAt(begin))
                    || begin > 0 && line.charAt(begin - 1) == '/'
                    || names.stream().anyMatch(n -> begin < n.end() && after.end() > n.start())) {
                continue;
            }
            int start = placeBefore(line, begin);
            if (start < begin
                    && names.stream().noneMatch(n -> start < n.end() && begin > n.start())) {
                String kind = after.group().toLowerCase(Locale.ROOT);
                double tier = kind.equals("township") ? 0.7 : kind.endsWith("district") ? 0.5 : 1;
                names.add(
                        new Name(
                                shown(line.substring(start, after.end())),
                                start,
                                after.end(),
                                tier));
            }
        }
    }

    /** Where the place's name ends that begins here; where it begins if there is none. */
    private static int placeAfter(String line, int begin) {
        int end = begin;
        int at = begin;
        int count = 0;
        while (at < line.length() && count < 6) {
            int wordEnd = wordEnd(line, at);
            String word = line.substring(at, wordEnd);
            String bare = bare(word);
            String folded = bare.toLowerCase(Locale.ROOT);
            boolean joining = SMALL.contains(folded) || folded.equals("&");
            if (!joining
                    && (!isName(bare) || NO_PLACE.contains(folded) || KINDS.contains(folded))) {
                break;
            }
            if (joining
                    && (count == 0
                            || folded.equals("on")
                            || folded.equals("in")
                            || folded.equals("by"))) {
                break;
            }
            count++;
            if (!joining) {
                end = at + bareEnd(word);
            }
            if (!word.isEmpty() && ",;:.()–—|".indexOf(word.charAt(word.length() - 1)) >= 0) {
                break;
            }
            at = wordEnd + 1;
        }
        return end;
    }

    /** Where the place's name begins that ends before here; {@code end} if there is none. */
    private static int placeBefore(String line, int end) {
        int start = end;
        int at = end - 1;
        int count = 0;
        while (at > 0 && count < 7) {
            int wordStart = line.lastIndexOf(' ', at - 1) + 1;
            String word = line.substring(wordStart, at);
            String bare = bare(word);
            String folded = bare.toLowerCase(Locale.ROOT);
            boolean joining = SMALL.contains(folded) || folded.equals("&");
            if (word.isEmpty() || ",;:.()–—|-".indexOf(word.charAt(word.length() - 1)) >= 0) {
                break;
            }
            // "Harfield County Fire Protection District"
            boolean enclosing = count == 0 && folded.equals("county");
            if (!joining && !enclosing && (!isName(bare) || NO_PLACE.contains(folded))) {
                break;
            }
            if (count == 0 && NO_COUNCIL.contains(folded)) {
                return end;
            }
            count++;
            boolean opened = "(“\"‘".indexOf(word.charAt(0)) >= 0;
            if (!joining) {
                start = opened ? wordStart + 1 : wordStart;
            }
            if (opened) {
                break;
            }
            at = wordStart - 1;
        }
        return start;
    }

    private static final Set<String> KINDS =
            words(
                    "council city town village township borough county municipality district parish shire");

    private static boolean isName(String word) {
        return !word.isEmpty()
                && Character.isUpperCase(word.charAt(0))
                && word.chars().noneMatch(Character::isDigit);
    }

    private static int wordEnd(String line, int at) {
        int space = line.indexOf(' ', at);
        return space < 0 ? line.length() : space;
    }

    private static String bare(String word) {
        int from = 0;
        while (from < word.length()
                && !Character.isLetterOrDigit(word.charAt(from))
                && word.charAt(from) != '&') {
            from++;
        }
        int to = bareEnd(word);
        return from < to ? word.substring(from, to) : "";
    }

    private static int bareEnd(String word) {
        int to = word.length();
        while (to > 0
                && !Character.isLetterOrDigit(word.charAt(to - 1))
                && word.charAt(to - 1) != '&') {
            to--;
        }
        if (word.startsWith("’s", Math.max(0, to - 2))
                || word.startsWith("'s", Math.max(0, to - 2))) {
            to = Math.max(0, to - 2);
        }
        return to;
    }

    /** Mixed case for a name in capitals, so that it reads alike on every page. */
    static String shown(String name) {
        String folded = name.strip().replaceAll("\\s+", " ");
        boolean caps = folded.equals(folded.toUpperCase(Locale.ROOT));
        StringBuilder shown = new StringBuilder();
        for (String word : folded.split(" ")) {
            if (!shown.isEmpty()) {
                shown.append(' ');
            }
            String lower = word.toLowerCase(Locale.ROOT);
            if (!shown.isEmpty() && SMALL.contains(lower)) {
                shown.append(lower);
            } else if (caps) {
                shown.append(capitalised(lower));
            } else {
                shown.append(word);
            }
        }
        String text = shown.toString();
        // "The Corporation of the Township of Harfield" is the Township of Harfield.
        return NUMBER.matcher(CORPORATION.matcher(text).replaceFirst("")).replaceFirst("");
    }

    private static String capitalised(String lower) {
        StringBuilder word = new StringBuilder(lower);
        boolean first = true;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (first && Character.isLetter(c)) {
                word.setCharAt(i, Character.toUpperCase(c));
                first = false;
            } else if (c == '-' || c == '/' || c == '(') {
                first = true;
            } else if (lower.startsWith("mc") && i == 2) {
                word.setCharAt(i, Character.toUpperCase(c));
            }
        }
        return word.toString();
    }
}
