package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.text.Cues;

/**
 * Finds which council a document is of. Its name stands in the head, in running headers or in the
 * text; where it is only part of a picture, the addresses of its web pages and e-mail and the name
 * of its hall are left to tell.
 */
final class Councils {

    static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}’'-]+");

    /** Least evidence that makes a name the document's council: two mentions in the text. */
    private static final double ENOUGH = 1.5;

    /** A line of the head with nothing but the name. */
    private static final double CLEAR = 11;

    private static final Pattern BARE =
            Pattern.compile(
                    "(?i)\\b(?:town|city|parish|borough|county|district|village|community|shire|township) council\\b|\\b(?:town|village|county) board\\b|\\bboard of (?:trustees|supervisors|selectmen|aldermen|commissioners)\\b|\\bselect board\\b");

    private static final Cues BARE_CUES = new Cues(" council", " board", "board of ");

    /** Points of a name that takes two lines of the head, or one of its own. */
    private static final double SET_APART = 6;

    private static final int COUNTY_LINES = 4;

    private static final Pattern COUNTY =
            Pattern.compile("(?:\\p{Lu}[\\p{L}’'.-]+ ){1,3}(?:COUNTY|County)");

    private static final Pattern HALL =
            Pattern.compile(
                    "\\b(?<place>\\p{Lu}[\\p{L}’'-]+(?: (?:\\p{Lu}[\\p{L}’'-]+|of|on|upon|le|under|in|the|and)){0,4}) (?i:town hall|city hall|village hall|civic cent(?:re|er)|guildhall)\\b");

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?i)(?:@|https?://|\\bwww\\.|\\b(?=[\\w.-]+\\.(?:gov|org|com|net|us|ca|uk|au|nz|ie)\\b))(?<host>[a-z0-9-]+(?:\\.[a-z0-9-]+)+)");

    /** Parts of addresses that say nothing of a place. */
    private static final Pattern NO_PLACE_IN_HOST =
            Pattern.compile(
                    "(?i)(?:www\\d?|mail|e?mail|gov|org|com|net|co|uk|us|ca|au|nz|ie|info|eu|nsw|vic|qld|tas|govt|ac|edu|cloud|app|zoom|youtube|facebook|twitter|gmail|hotmail|outlook|btinternet|yahoo|aol|live|icloud|google|teams|microsoft|webex|gotomeeting|joinwebinar|legistar|granicus|civicweb|civicclerk|civicplus|moderngov|democracy|escribemeetings|pub|iqm2|novusagenda|primegov|boarddocs|municode|box|dropbox|bit|goo|tinyurl|instagram|linkedin|vimeo|eventbrite|surveymonkey|planning|meetings?|agendas?|councilmeetings)");

    private static final Pattern PART_OF_HOST =
            Pattern.compile(
                    "(?i)^(?:the)?(?:cityof|townof|villageof|townshipof|countyof|municipalityof|districtof)|(?:-?(?:parish|town|city|borough|county|district|community|village|shire|township)?-?(?:council|pc|tc|bc|cc|dc)|(?:city|town|township|village|county|gov|tx|ny|nj|ma|nh|vt|wi|mn|il|mi|oh|pa|wa|or|co|fl|va|sc|nc|ks|mo))$");

    /** Who somebody present comes from: "Mr S Ames (Great Harfield Borough Council)". */
    private static final Pattern AFFILIATION =
            Pattern.compile(
                    "(?:.*\\s)?(?!(?i:committee|board|panel|forum|cabinet|meeting|commission|group|agenda|minutes|clerk|chamber|hall|office|centre)\\b)\\p{Lu}[\\p{L}’'-]+\\s?\\(");

    private final Matter matter;

    Councils(Matter matter) {
        this.matter = matter;
    }

    private static final class Candidate {
        double score;
        double bestShown = -1;
        String shown = "";
    }

    @Nullable String find() {
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        Map<String, Integer> bare = new TreeMap<>();
        List<Line> head = matter.head();
        for (int i = 0; i < head.size(); i++) {
            double place = i < 6 ? 8 : i < 14 ? 4 : 1;
            for (String text : cells(head.get(i))) {
                mentions(text, text.length() > 110 ? Math.min(2, place) : place, candidates, bare);
            }
        }
        for (int i = 0; i + 1 < Math.min(12, head.size()); i++) {
            overTwoLines(
                    cells(head.get(i)).getFirst(), cells(head.get(i + 1)).getFirst(), candidates);
        }
        county(head, candidates);
        for (Line line : matter.edges()) {
            mentions(line.text(), 3, candidates, bare);
        }
        String clear = clear(candidates);
        if (clear != null) {
            return clear;
        }
        for (Line line : matter.opening()) {
            mentions(line.text(), 0.8, candidates, bare);
        }
        for (Line line : matter.ending()) {
            mentions(line.text(), 0.5, candidates, bare);
        }
        if (matter.fileTitle() != null) {
            mentions(matter.fileTitle(), 1, candidates, bare);
        }
        List<String> hosts = hosts();
        Candidate best = null;
        for (Map.Entry<String, Candidate> entry : candidates.entrySet()) {
            Candidate candidate = entry.getValue();
            String together = entry.getKey().replace("-", "");
            if (hosts.stream().anyMatch(host -> host.contains(together))) {
                candidate.score += 5;
            }
            if (best == null || candidate.score > best.score) {
                best = candidate;
            }
        }
        if (best != null && best.score >= 6) {
            return best.shown;
        }
        String guessed = fromAddress(hosts, bare);
        if (guessed == null) {
            guessed = fromHall(bare);
        }
        if (guessed != null) {
            return guessed;
        }
        return best != null && best.score + spoken(best.shown) >= ENOUGH ? best.shown : null;
    }

    /** The name that the head says so plainly that the rest need not be read. */
    private static @Nullable String clear(Map<String, Candidate> candidates) {
        Candidate best = null;
        double second = 0;
        for (Candidate candidate : candidates.values()) {
            if (best == null || candidate.score > best.score) {
                second = best == null ? 0 : best.score;
                best = candidate;
            } else {
                second = Math.max(second, candidate.score);
            }
        }
        return best != null && best.score >= CLEAR && second < best.score / 2 ? best.shown : null;
    }

    /** The parts of a line that stand apart: a letterhead and an address beside it. */
    private static List<String> cells(Line line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        for (Line.Span span : line.spans()) {
            if (span.gapBefore() && !cell.isEmpty()) {
                cells.add(cell.toString());
                cell.setLength(0);
            }
            cell.append(cell.isEmpty() ? "" : " ").append(span.text());
        }
        cells.add(cell.toString());
        return cells;
    }

    /** "HARFIELD COUNTY" on a line of its own: the county whose council or board meets. */
    private static void county(List<Line> head, Map<String, Candidate> candidates) {
        for (int i = 0; i < Math.min(COUNTY_LINES, head.size()); i++) {
            String cell = cells(head.get(i)).getFirst().strip();
            if (COUNTY.matcher(cell).matches()) {
                String name = CouncilNames.shown(cell);
                String under = CouncilId.of(name).value() + "-";
                if (candidates.keySet().stream().anyMatch(other -> other.startsWith(under))) {
                    return; // its fire district, over two lines
                }
                support(name, SET_APART, candidates);
            }
        }
    }

    private static void support(String name, double points, Map<String, Candidate> candidates) {
        Candidate candidate =
                candidates.computeIfAbsent(CouncilId.of(name).value(), key -> new Candidate());
        candidate.score += points;
        if (candidate.shown.isEmpty()) {
            candidate.shown = name;
        }
    }

    /** "… of the Planning Committee of Nether Harfield" and below it "District Council". */
    private static void overTwoLines(
            String above, String below, Map<String, Candidate> candidates) {
        String both = above + " " + below;
        for (CouncilNames.Name name : CouncilNames.in(both)) {
            if (name.start() < above.length() && name.end() > above.length() + 1) {
                support(name.text(), SET_APART * name.tier(), candidates);
            }
        }
    }

    private static void mentions(
            String text,
            double weight,
            Map<String, Candidate> candidates,
            Map<String, Integer> bare) {
        List<CouncilNames.Name> names = CouncilNames.in(text);
        boolean affiliated = false;
        for (CouncilNames.Name name : names) {
            if (AFFILIATION.matcher(text).region(0, name.start()).matches()) {
                affiliated = true;
                continue;
            }
            Candidate candidate =
                    candidates.computeIfAbsent(
                            CouncilId.of(name.text()).value(), key -> new Candidate());
            double share = (double) (name.end() - name.start()) / text.length();
            double score = name.tier() * (weight + (weight > 2 && share > 0.6 ? 3 : 0));
            // Later mentions add less: a report may speak of another council all the time.
            candidate.score += candidate.score > 0 && weight < 2 ? Math.min(score, 0.8) : score;
            if (score > candidate.bestShown) {
                candidate.bestShown = score;
                candidate.shown = name.text();
            }
        }
        if (!affiliated && BARE_CUES.in(text)) {
            Matcher matcher = BARE.matcher(text);
            while (matcher.find()) {
                bare.merge(matcher.group().toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
    }

    /** Names in the addresses that the first pages print, without what says nothing of a place. */
    private List<String> hosts() {
        Map<String, Integer> hosts = new HashMap<>();
        for (Line line : matter.opening()) {
            count(line.text(), hosts);
        }
        for (Line line : matter.ending()) {
            count(line.text(), hosts);
        }
        return hosts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void count(String text, Map<String, Integer> hosts) {
        if (text.indexOf('.') < 0) {
            return;
        }
        Matcher matcher = ADDRESS.matcher(text);
        while (matcher.find()) {
            for (String part : matcher.group("host").toLowerCase(Locale.ROOT).split("\\.")) {
                if (part.length() > 3 && !NO_PLACE_IN_HOST.matcher(part).matches()) {
                    hosts.merge(part, 1, Integer::sum);
                }
            }
        }
    }

    /**
     * How much the text speaks of the place that a name names: a tenth for each line, up to one.
     */
    private double spoken(String name) {
        String place = CouncilId.of(name).value().replace("-", " ");
        int lines = 0;
        for (Line line : matter.opening()) {
            lines += line.text().toLowerCase(Locale.ROOT).contains(place) ? 1 : 0;
        }
        return Math.min(10, lines) / 10.0;
    }

    /**
     * "eastharfield" and "East Harfield" somewhere in the text and "City Council": its city
     * council.
     */
    private @Nullable String fromAddress(List<String> hosts, Map<String, Integer> bare) {
        for (String host : hosts) {
            String place = PART_OF_HOST.matcher(host).replaceAll("").replace("-", "");
            for (String wanted : List.of(host.replace("-", ""), place)) {
                String name = wanted.length() < 4 ? null : spelled(wanted);
                if (name != null) {
                    return name + " " + body(bare);
                }
            }
        }
        return null;
    }

    /** The words of the text that make this together: "East Harfield" for "eastharfield". */
    private @Nullable String spelled(String together) {
        for (Line line : matter.opening()) {
            String text = line.text();
            if (!letters(text).contains(together)) {
                continue;
            }
            String[] words = BETWEEN_WORDS.split(text);
            for (int from = 0; from < words.length; from++) {
                if (words[from].isEmpty() || !Character.isUpperCase(words[from].charAt(0))) {
                    continue;
                }
                StringBuilder joined = new StringBuilder();
                for (int to = from; to < Math.min(words.length, from + 6); to++) {
                    joined.append(letters(words[to]));
                    if (together.contentEquals(joined)) {
                        return CouncilNames.shown(
                                String.join(" ", List.of(words).subList(from, to + 1)));
                    }
                    if (!together.startsWith(joined.toString())) {
                        break;
                    }
                }
            }
        }
        return null;
    }

    private static String letters(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetterOrDigit(text.charAt(i))) {
                letters.append(Character.toLowerCase(text.charAt(i)));
            }
        }
        return letters.toString();
    }

    private @Nullable String fromHall(Map<String, Integer> bare) {
        if (bare.isEmpty()) {
            return null;
        }
        for (Line line : matter.head()) {
            Matcher matcher = HALL.matcher(line.text());
            if (matcher.find()) {
                return CouncilNames.shown(matcher.group("place")) + " " + body(bare);
            }
        }
        return null;
    }

    /** What the document most often calls its body: "City Council". */
    private static String body(Map<String, Integer> bare) {
        return bare.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> CouncilNames.shown(entry.getKey().toUpperCase(Locale.ROOT)))
                .orElse("Council");
    }
}
