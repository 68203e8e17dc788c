package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Attendance;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.text.Paragraphs;

/** Reads who was there from the labels of the head and from the item on apologies. */
final class Attendances {

    private enum Group {
        PRESENT,
        APOLOGIES,
        IN_ATTENDANCE,
        NONE
    }

    /** Lines that one label may go on for. */
    private static final int LONGEST_LIST = 40;

    private static final String END = "(?<stop>\\s*[:–—-]+\\s*|\\s*$)(?<rest>.*)";

    private static final Pattern PRESENT =
            Pattern.compile(
                    "(?i)^(?:(?:members|councill?ors|cllrs|board members|council members|trustees|commissioners|those|committee members|directors|elected members)\\s+)?(?:present(?: were)?|attendees|attendance)"
                            + END);

    private static final Pattern PRESENT_SENTENCE =
            Pattern.compile(
                    "(?i)^(?:board members|members|council members|councill?ors|trustees|commissioners|those|the following(?: members)?) (?:who were |were )?present(?: were|:| are)? (?<rest>.*)");

    private static final Pattern APOLOGIES =
            Pattern.compile(
                    "(?i)^(?:(?:members|councill?ors|cllrs)\\s+)?(?:apologies(?: for absence)?(?: received)?(?: from)?|absent|absences|regrets|excused|members absent|not present)(?: with apologies| were)?"
                            + END);

    private static final Pattern IN_ATTENDANCE =
            Pattern.compile(
                    "(?i)^(?:in attendance|also (?:present|in attendance|attending)|(?:town |city |council |township |municipal )?staff(?: present| in attendance)?|officers?(?: present| in attendance)?|others? (?:present|in attendance)|guests?(?: present)?|attending|by invitation|clerk)"
                            + END);

    private static final Pattern OTHER_LABEL =
            Pattern.compile(
                    "(?i)^(?:public|press|members of the public|public gallery|quorum|date|time|venue|location|chair(?:man|person)?|minutes|declarations?|meeting|the meeting|under|also|agenda|call(?:ed)? to order|the chair\\w*|notes?|before|prior|welcome|item|no\\.).*");

    private static final Pattern RECEIVED_FROM =
            Pattern.compile(
                    "(?i).*\\b(?:apolog(?:y|ies)|regrets)\\b.*?\\b(?:from|by|of)\\s+(?<rest>.*?)(?:\\.(?:\\s.*)?|$|\\bwh(?:o|ich)\\b.*|\\band (?:were |was )?(?:accepted|noted|approved)\\b.*)");

    private static final Pattern NO_NAME =
            Pattern.compile(
                    "(?i)(?:councill?ors?|cllrs?|members|trustees)|.*\\b(?:none|nil|no apologies|there were|received|meeting|resolved|item|agenda|www|members? of the public|public|o['’]clock|am|pm|minutes|council|committee|apologies|report)\\b.*|.*\\d{2,}.*|.*[:@].*");

    private static final Pattern TITLES =
            Pattern.compile(
                    "(?i)^(?:and |the )?(?:councill?ors|cllrs|crs|messrs|members|trustees|commissioners)\\.?:? ");

    private static final Pattern DOUBLE_COMMA = Pattern.compile("[,;]\\s*,");

    private static final Pattern VERB =
            Pattern.compile(".*\\b(?:was|were|is|are|will|had|has|advised|declared)\\b.*");

    private static final Pattern UPPER = Pattern.compile("(?:[\\dA-Z][\\d.]*)?\\s*\\p{Lu}.*");

    private static final Pattern NUMBERED =
            Pattern.compile("\\d{1,3}(?:[./]\\d+)*\\.?\\s+\\p{L}.*");

    private Attendances() {}

    static Attendance of(Matter matter) {
        List<String> present = new ArrayList<>();
        List<String> apologies = new ArrayList<>();
        List<String> inAttendance = new ArrayList<>();
        List<Line> lines = new ArrayList<>(matter.head());
        Set<Line> headings = Collections.newSetFromMap(new IdentityHashMap<>());
        // Labels may be taken for headings: the first entries are looked at too.
        for (Entry entry : matter.entries().subList(0, Math.min(3, matter.entries().size()))) {
            lines.addAll(entry.heading());
            headings.addAll(entry.heading());
            lines.addAll(entry.body().subList(0, Math.min(6, entry.body().size())));
        }
        Group group = Group.NONE;
        StringBuilder list = new StringBuilder();
        int count = 0;
        double right = 0;
        for (Line line : lines) {
            right = Math.max(right, line.x() + line.width());
        }
        Line above = null;
        for (Line line : lines) {
            String text = cells(line);
            Group next = group(text);
            String rest = rest(text, next);
            boolean ended =
                    next == Group.NONE
                            && (headings.contains(line)
                                    || isOther(line, text)
                                    || ++count > LONGEST_LIST);
            if (next != Group.NONE || ended) {
                add(group, list, present, apologies, inAttendance);
                list.setLength(0);
                group = next;
                count = 0;
            }
            if (group != Group.NONE) {
                append(list, next == Group.NONE ? text : rest, above, line, right);
            }
            above = line;
        }
        add(group, list, present, apologies, inAttendance);
        if (apologies.isEmpty()) {
            fromItem(matter.entries(), apologies);
        }
        return new Attendance(present, apologies, inAttendance);
    }

    /** The text of a line; cells that stand apart are persons apart, unless one is a label. */
    private static String cells(Line line) {
        StringBuilder text = new StringBuilder();
        for (Line.Span span : line.spans()) {
            if (!text.isEmpty()) {
                boolean apart =
                        span.gapBefore()
                                && group(text.toString()) == Group.NONE
                                && text.length() > 6;
                text.append(apart ? ", " : " ");
            }
            text.append(span.text());
        }
        return DOUBLE_COMMA.matcher(text).replaceAll(",");
    }

    /** A list goes on where its line ends in a comma; else the next line is the next person. */
    private static void append(
            StringBuilder list, String text, @Nullable Line above, Line line, double right) {
        if (!list.isEmpty()) {
            char last = list.charAt(list.length() - 1);
            boolean lower = !text.isEmpty() && Character.isLowerCase(text.charAt(0));
            boolean open = count(list, '(') > count(list, ')');
            String word = text.substring(0, (text + " ").indexOf(' '));
            double wordWidth = line.width() * (word.length() + 2) / Math.max(1, text.length());
            boolean filled = above != null && above.x() + above.width() + wordWidth >= right;
            boolean goesOn =
                    filled
                            || last == ','
                            || last == ';'
                            || last == '-'
                            || lower
                            || open
                            || WORD_GOES_ON.matcher(list).find();
            list.append(goesOn ? " " : last == '.' ? "; " : "\n");
        }
        list.append(text);
    }

    private static final Pattern WORD_GOES_ON =
            Pattern.compile(
                    "(?i)(?:\\band|&|/|\\bof|\\bthe|councill?ors?|cllrs?|\\bmr|\\bmrs|\\bms|(?-i:\\b\\p{Lu}\\.?))$");

    private static int count(StringBuilder text, char wanted) {
        return (int) text.chars().filter(c -> c == wanted).count();
    }

    private static Group group(String text) {
        if (IN_ATTENDANCE.matcher(text).matches()) {
            return Group.IN_ATTENDANCE;
        }
        if (APOLOGIES.matcher(text).matches()) {
            return Group.APOLOGIES;
        }
        return PRESENT.matcher(text).matches() || PRESENT_SENTENCE.matcher(text).matches()
                ? Group.PRESENT
                : Group.NONE;
    }

    private static String rest(String text, Group group) {
        List<Pattern> patterns =
                switch (group) {
                    case PRESENT -> List.of(PRESENT, PRESENT_SENTENCE);
                    case APOLOGIES -> List.of(APOLOGIES);
                    case IN_ATTENDANCE -> List.of(IN_ATTENDANCE);
                    case NONE -> List.<Pattern>of();
                };
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                return matcher.group("rest").strip();
            }
        }
        return "";
    }

    private static boolean isOther(Line line, String text) {
        boolean sentence = text.split(" ").length > 6 && VERB.matcher(text).matches();
        boolean heading =
                line.spans().getFirst().bold()
                        && !text.contains(",")
                        && UPPER.matcher(text).matches()
                        && text.split(" ").length < 8
                        && line.spans().stream().allMatch(Line.Span::bold);
        boolean numbered = NUMBERED.matcher(text).matches();
        return sentence || heading || numbered || OTHER_LABEL.matcher(text).matches();
    }

    private static void add(
            Group group,
            StringBuilder list,
            List<String> present,
            List<String> apologies,
            List<String> inAttendance) {
        List<String> into =
                switch (group) {
                    case PRESENT -> present;
                    case APOLOGIES -> apologies;
                    case IN_ATTENDANCE -> inAttendance;
                    case NONE -> new ArrayList<>();
                };
        for (String name : names(list.toString())) {
            if (!into.contains(name)) {
                into.add(name);
            }
        }
    }

    private static void fromItem(List<Entry> entries, List<String> apologies) {
        for (Entry entry : entries) {
            if (!entry.title().matches("(?i).*\\b(?:apolog|absen|regrets).*")
                    || entry.body().isEmpty()) {
                continue;
            }
            List<Line> body = entry.body().subList(0, Math.min(8, entry.body().size()));
            String text = Paragraphs.of(body).getFirst().text();
            Matcher received = RECEIVED_FROM.matcher(text);
            String rest =
                    received.matches()
                            ? received.group("rest")
                            : text.matches(
                                                    "(?i)(?:councill?ors?|cllrs?|crs?|mrs?|ms|dr)\\b.{3,160}")
                                            && !text.matches(
                                                    "(?i).*\\b(?:was|were|had|sent|asked|said)\\b.*")
                                    ? text
                                    : "";
            apologies.addAll(names(rest));
            return;
        }
    }

    /** The persons that a list names. */
    static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        String between =
                list.indexOf(';') >= 0
                        ? "\\s*(?:;|\\n)\\s*(?:and )?|,? and (?=\\p{Lu})"
                        : "\\s*(?:,(?![^(]*\\))|\\n)\\s*(?:and |& )?|(?<!\\() and (?=\\p{Lu})(?![^(]*\\))| & (?=\\p{Lu}[\\p{L}.'’-]*(?: \\p{Lu}[\\p{L}.'’-]*){0,2}\\s*(?:$|[,\\n(]))";
        for (String part : list.split(between)) {
            Matcher titles = TITLES.matcher(part.strip());
            if (list.indexOf(';') >= 0 && titles.lookingAt()) {
                // "the Mayor, Tom Reed; and Councillors Hall, Moss and Pike"
                names.addAll(names(part.strip().substring(titles.end())));
                continue;
            }
            String name = titles.replaceFirst("").strip();
            name = name.replaceAll("^(?:and|&)\\s+|[\\s.,;:]+$", "").strip();
            boolean person =
                    name.length() >= 3
                            && name.length() <= 80
                            && name.chars().anyMatch(Character::isUpperCase)
                            && name.split(" ").length <= 10
                            && !NO_NAME.matcher(name).matches();
            if (person) {
                names.add(name);
            }
        }
        return names;
    }
}
