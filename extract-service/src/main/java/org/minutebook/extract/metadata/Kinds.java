package org.minutebook.extract.metadata;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.minutebook.contracts.DocumentKind;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.text.Cues;

/**
 * Tells agenda from minutes from anything else: by what the head calls it, and by whether its
 * entries speak of what is to be done or of what was.
 */
final class Kinds {

    /** Lines of the head that name the document. */
    private static final int TITLE_LINES = 30;

    /** Lines of entries that are looked at; a pack of reports is not read to its end for this. */
    private static final int BODY_LINES = 150;

    private static final Pattern SAYS_MINUTES =
            Pattern.compile(
                    "(?i)(?:(?:draft|unapproved|unconfirmed|approved|confirmed|official|summary|action|public)\\s+)*(?:minutes|m i n u t e s)\\b.{0,90}|.{0,80}\\bminutes(?:\\W.{0,40})?");

    private static final Pattern SAYS_AGENDA =
            Pattern.compile(
                    "(?i)(?!.*\\bconsent agenda\\b).*\\b(?:agenda|a g e n d a)\\b.{0,60}|.*\\bnotice of (?:a |an |the )?.{0,50}meeting.*|.*\\bsummon(?:s|ed)\\b.*|.*\\bmeeting (?:to|will) be held.*|.*\\border of business\\b.*");

    /** Opens an agenda where entries follow, and the notice of a single matter where none do. */
    private static final Pattern GIVES_NOTICE =
            Pattern.compile("(?i).*\\bnotice is (?:hereby )?given\\b.{0,80}\\bmeeting.*");

    private static final Cues TITLE_CUES =
            new Cues(
                    "minutes",
                    "m i n u t e s",
                    "agenda",
                    "a g e n d a",
                    "notice of ",
                    "notice is ",
                    "summon",
                    "meeting ",
                    "order of business");

    /** Lines that speak of minutes or agenda as of other papers. */
    private static final Pattern OTHER_PAPER =
            Pattern.compile(
                    "(?i).*(?:\\b(?:approv|confirm|sign|receiv|accept|adopt|previous|last|copies|copy|view|webs|email|post|publish|publication|public(?! meeting minutes)|item|packet|available|access|council agenda:|subject|every|will be)).*");

    private static final Pattern PAST =
            Pattern.compile(
                    "(?i)\\b(?:resolved|carried|seconded|called to order|were present|(?:meeting|chair(?:man|person)?|mayor) (?:closed|ended|adjourned|brought|declared)|(?:reported|advised|stated|noted|explained|asked|confirmed) (?:that|if|whether)|was (?:agreed|noted|approved|proposed)|were (?:approved|agreed|received|no)|apologies (?:were|had been)|none received|(?:it was|all|councillors) agreed|thanked|ayes?:|in favou?r)\\b");

    private static final Pattern FUTURE =
            Pattern.compile(
                    "(?i)^(?:[\\W\\d]*)(?:to (?:receive|approve|note|consider|discuss|confirm|agree|elect|adopt|resolve|register|hear|review|sign)\\b|recommend(?:ation|ed action)|staff recommends)|\\bwill (?:be|present|report)\\b");

    private static final Pattern MEMO =
            Pattern.compile(
                    "(?i)^(?:to|from|subject|re|cc|title|report (?:to|by|of|title|author))\\s*:.*");

    private static final Pattern LETTER =
            Pattern.compile("(?i)^(?:dear\\b.*|yours (?:sincerely|faithfully|truly)\\b.*)");

    private static final Pattern NEWSLETTER =
            Pattern.compile(
                    "(?i).{0,60}\\b(?:newsletter|bulletin|magazine|news from|annual report|press release|job description|application form)\\b.{0,60}");

    private static final Cues NEWSLETTER_CUES =
            new Cues(
                    "newsletter",
                    "bulletin",
                    "magazine",
                    "news from",
                    "annual report",
                    "press release",
                    "job description",
                    "application form");

    /** Signs in a hundred lines of an untitled document below which it is neither. */
    private static final double LEAST_EVIDENCE = 1;

    private static final Cues PAST_CUES =
            new Cues(
                    "resolved",
                    "carried",
                    "seconded",
                    "called to order",
                    "present",
                    " closed",
                    " ended",
                    "adjourned",
                    "brought",
                    "declared",
                    "ed that",
                    "ed if",
                    "ed whether",
                    "asked",
                    "was ",
                    "were ",
                    "received",
                    "agreed",
                    "thanked",
                    "aye",
                    "favo");

    private static final Pattern MEETING =
            Pattern.compile("(?i)(?!.*\\bminutes\\b).*\\bmeeting\\b.*");

    /** Entries that only meetings have. */
    private static final Pattern STANDING =
            Pattern.compile(
                    "(?i)(?:(?:meeting )?call(?:ed)? to order|roll call|pledge|invocation|apologies|declarations? of|adjourn|appro(?:ve|val of)(?: the)? (?:agenda|minutes)|minutes of|matters arising|(?:new|old|unfinished|any other) business|consent agenda|public comment|date of next meeting).*");

    private static final int LEAST_STANDING = 3;

    /** Titles that say what it is so plainly that the entries need not be read. */
    private static final double CLEAR = 4;

    private Kinds() {}

    /** Whether the head names a meeting and the entries are those that meetings have. */
    private static boolean isOrderOfMeeting(Matter matter) {
        return matter.head().stream()
                        .limit(Matter.LEAST_HEAD)
                        .anyMatch(line -> MEETING.matcher(line.text()).matches())
                && matter.entries().stream()
                                .filter(entry -> STANDING.matcher(entry.title()).matches())
                                .count()
                        >= LEAST_STANDING;
    }

    /** Whether a line says a subject and not what the paper is. */
    private static boolean isNumbered(Line line, List<Entry> entries) {
        return entries.stream()
                .limit(Matter.LEAST_HEAD)
                .filter(entry -> entry.number() != null)
                .map(entry -> entry.heading().getFirst())
                .anyMatch(first -> first.page() == line.page() && first.y() == line.y());
    }

    static DocumentKind of(Matter matter) {
        double minutes = 0;
        double agenda = 0;
        boolean letter = false;
        boolean newsletter = false;
        Set<String> memo = new HashSet<>();
        List<Line> head = matter.head();
        for (int i = 0; i < Math.min(TITLE_LINES, head.size()); i++) {
            String text = head.get(i).text();
            letter |= LETTER.matcher(text).matches();
            newsletter |= NEWSLETTER_CUES.in(text) && NEWSLETTER.matcher(text).matches();
            if (text.length() > 120) {
                continue;
            }
            for (Line.Span span : head.get(i).spans()) {
                if (MEMO.matcher(span.text()).matches()) {
                    memo.add(
                            span.text()
                                    .substring(0, span.text().indexOf(':'))
                                    .toLowerCase(Locale.ROOT));
                }
            }
            if (!TITLE_CUES.in(text)
                    || OTHER_PAPER.matcher(text).matches()
                    || isNumbered(head.get(i), matter.entries())) {
                continue;
            }
            double weight = i < 8 ? 4 : 2;
            minutes += SAYS_MINUTES.matcher(text).matches() ? weight : 0;
            agenda += SAYS_AGENDA.matcher(text).matches() ? weight : 0;
            agenda +=
                    !matter.entries().isEmpty() && GIVES_NOTICE.matcher(text).matches()
                            ? weight
                            : 0;
        }
        for (Line line : matter.ending()) {
            letter |= LETTER.matcher(line.text()).matches();
        }
        boolean titled = minutes + agenda > 0;
        if (newsletter && !titled) {
            return DocumentKind.OTHER;
        }
        if (matter.entries().isEmpty()) {
            if (!titled || memo.size() >= 3 || letter) {
                return DocumentKind.OTHER;
            }
        } else if ((memo.size() >= 3 || letter) && !titled) {
            return DocumentKind.OTHER;
        }
        String title =
                matter.fileTitle() == null ? "" : matter.fileTitle().toLowerCase(Locale.ROOT);
        minutes += title.contains("minutes") ? 1 : 0;
        agenda += title.contains("agenda") ? 1 : 0;
        if (Math.abs(minutes - agenda) >= CLEAR) {
            return minutes > agenda ? DocumentKind.MINUTES : DocumentKind.AGENDA;
        }
        int past = 0;
        int future = 0;
        int read = 0;
        for (Entry entry : matter.entries()) {
            for (List<Line> lines : List.of(entry.heading(), entry.body())) {
                for (Line line : lines) {
                    if (read++ < BODY_LINES) {
                        String text = line.text();
                        past += PAST_CUES.in(text) && PAST.matcher(text).find() ? 1 : 0;
                        future += FUTURE.matcher(text).find() ? 1 : 0;
                    }
                }
            }
        }
        double lines = Math.max(40, Math.min(read, BODY_LINES));
        minutes += 40 * past / lines;
        agenda += 40 * future / lines;
        if (!titled && minutes + agenda < LEAST_EVIDENCE && !isOrderOfMeeting(matter)) {
            return DocumentKind.OTHER;
        }
        return minutes > agenda ? DocumentKind.MINUTES : DocumentKind.AGENDA;
    }
}
