package org.minutebook.extract.metadata;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.text.Cues;

/**
 * Finds the committee or board whose meeting it is. A meeting of the council itself has none,
 * whatever kind of meeting it is, so that its agenda and its minutes are of one meeting; a meeting
 * of the residents, as the annual parish meeting, is named.
 */
final class Committees {

    private static final int TITLE_LINES = 16;

    private static final String WORD =
            "(?:\\p{Lu}[\\p{L}\\d’'.-]*|&|and|of|the|for|on|to|in|with),?";

    private static final Pattern NAMED =
            Pattern.compile(
                    "(?<name>(?:"
                            + WORD
                            + " ){0,9}(?:"
                            + WORD
                            + " )?(?i:sub-?\\s?committee|committee|commission|panel|cabinet|forum|working (?:group|party)|task (?:group|force|and finish group)|advisory (?:group|board|council)|partnership(?: board)?|review board|appeals board|adjustment|(?:trust|health|library|education|joint|planning|zoning|wellbeing|schools?|airport|harbou?r|cemetery|recreation|parks?|police|liquor|licensing|pension|pensions|local|community|development|improvement|heritage|housing|transport) board|area board|executive|overview and scrutiny))\\b(?! council| of (?:trustees|supervisors|selectmen|aldermen|commissioners))");

    private static final Cues CUES =
            new Cues(
                    "committee",
                    "commission",
                    "panel",
                    "cabinet",
                    "forum",
                    "working ",
                    "task ",
                    "advisory",
                    "partnership",
                    "board",
                    "adjustment",
                    "executive",
                    "scrutiny");

    private static final Pattern RESIDENTS =
            Pattern.compile(
                    "(?i)\\bannual (?:general )?(?:parish|town|township|town hall|community|electors)(?:['’]s?)? (?:meeting|assembly)\\b|\\bannual (?:parish|town) (?:meeting|assembly)\\b");

    private static final Pattern NO_COMMITTEE =
            Pattern.compile(
                    "(?i).*(?:^(?:(?:open|public|citizens?['’]?) forum|the |to |all |members? |meeting of the members)|\\bmembers of\\b|\\bstaff\\b|https?:|@|\\bclerk\\b|\\bchair\\b.*\\bof\\b|approv|minutes of the .* held .* approved|executive (?:director|order|officer|session|summary|assistant|manager)|chief executive|commissioner).*");

    private static final Pattern LEADING =
            Pattern.compile(
                    "(?i)^(?:(?:draft|approved|unapproved|minutes|agenda|notice|the|a|an|of|for|meeting|meetings|regular|ordinary|special|extraordinary|annual|public(?! (?:safety|works|health|protection|services|lands|utilities|arts?|transport|realm|rights))|and|to|held|at|on|in|full|joint meeting|virtual|hybrid)\\b[\\s:,–—-]*)+");

    private static final Pattern PLAIN_LINE = Pattern.compile("\\p{Lu}[\\p{L}’',&/ -]{5,80}");

    private static final Pattern NO_PLAIN =
            Pattern.compile(
                    "(?i).*\\b(?:minutes?|agenda|notice|meetings?|council|councill?ors?|hall|room|chamber|street|road|avenue|cent(?:re|er)|present|apologies|school|church|venue|draft|session|county|state|city|town|parish|township|village|municipality|mayor|clerk|date|time|location|page|tel|phone|confidential|pavilion|library|building|district|borough|public|summons|dear|zoom|video|virtual|monday|tuesday|wednesday|thursday|friday|saturday|sunday|annual|regular|special)\\b.*");

    private final Matter matter;
    private final @Nullable String council;

    Committees(Matter matter, @Nullable String council) {
        this.matter = matter;
        this.council = council;
    }

    /**
     * @param dateLine index of the line in the head that the date of the meeting stands on; -1
     *     where it does not stand there
     */
    @Nullable String find(int dateLine) {
        List<Line> head = matter.head();
        int lines = Math.min(TITLE_LINES, head.size());
        for (int i = 0; i < lines; i++) {
            String text = head.get(i).text();
            if (text.length() > 110) {
                continue;
            }
            Matcher residents = RESIDENTS.matcher(text);
            if (residents.find()) {
                return CouncilNames.shown(residents.group());
            }
            List<Line.Span> spans = head.get(i).spans();
            for (Line.Span span : spans.size() > 1 ? spans : List.<Line.Span>of()) {
                String named = named(span.text());
                if (named != null) {
                    return named;
                }
            }
            String named = named(text);
            if (named != null) {
                return named;
            }
        }
        return aboveDate(dateLine);
    }

    private @Nullable String named(String text) {
        if (!CUES.in(text) || NO_COMMITTEE.matcher(text).matches()) {
            return null;
        }
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            String name = LEADING.matcher(matcher.group("name")).replaceFirst("").strip();
            name = withoutCouncil(name);
            if (council != null && council.startsWith(CouncilNames.shown(name) + " ")) {
                continue; // "Harfield Local Board" of Education
            }
            if (name.indexOf(' ') > 0
                    || name.equalsIgnoreCase("cabinet")
                    || name.equalsIgnoreCase("executive")) {
                return CouncilNames.shown(name);
            }
        }
        return null;
    }

    private String withoutCouncil(String name) {
        for (CouncilNames.Name found : CouncilNames.in(name)) {
            boolean own =
                    council == null || CouncilId.of(found.text()).equals(CouncilId.of(council));
            if (own && found.start() == 0 && found.end() < name.length()) {
                return LEADING.matcher(
                                name.substring(found.end()).strip().replaceFirst("^[’']s ", ""))
                        .replaceFirst("")
                        .strip();
            }
        }
        return name;
    }

    /** A line of its own above the date that names no council: "Leisure and Community Services". */
    private @Nullable String aboveDate(int dateLine) {
        if (dateLine < 1 || dateLine > 3) {
            return null;
        }
        Line above = matter.head().get(dateLine - 1);
        String text = above.text();
        boolean plain =
                above.spans().getFirst().bold()
                        && PLAIN_LINE.matcher(text).matches()
                        && !NO_PLAIN.matcher(text).matches()
                        && (council == null
                                || !council.toLowerCase(Locale.ROOT)
                                        .contains(text.toLowerCase(Locale.ROOT)))
                        && text.indexOf(' ') > 0;
        return plain ? CouncilNames.shown(text) : null;
    }
}
