package org.minutebook.extract.segmentation;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.text.Cues;

/** What a document is, as far as cutting it depends on it. */
enum Paper {
    /** Names what a meeting will take: an entry is its heading. */
    AGENDA,
    /** Records what a meeting took: text follows a heading, often in the same line. */
    MINUTES,
    /** Neither. */
    OTHER;

    /** Rows at the start that say what the document is. */
    private static final int TITLE_ROWS = 30;

    private static final Pattern SAYS_MINUTES =
            Pattern.compile(
                    "(?i)^(?:draft |unapproved |approved |official )?(?:minutes\\b.{0,60}|.{0,60}\\bminutes)$");

    /** Words without one of which a row neither names the paper nor a meeting. */
    private static final Cues NAMING_CUES =
            new Cues("minutes", "agenda", "notice of", "summon", "meeting", "dear");

    private static final Pattern SAYS_AGENDA =
            Pattern.compile(
                    "(?i)(?:(?!.*\\bconsent agenda\\b).*\\bagenda\\b.{0,40}|.*notice (?:of (?:a )?|is (?:hereby )?given\\b).{0,40}meeting.*|.*\\bsummon(?:s|ed)\\b.*|.*meeting to be held.*)");

    private static final Pattern PAST =
            Pattern.compile(
                    "(?i)\\b(?:resolved|carried|seconded|was called to order|were present|(?:meeting|chair(?:man)?) (?:closed|ended|adjourned|brought)|reported that|was (?:agreed|noted|approved|proposed)|were (?:approved|agreed|received)|apologies (?:were|had been)|none received|(?:it was|all) agreed|advised that|stated that|thanked)\\b");

    private static final Cues PAST_CUES =
            new Cues(
                    "resolved",
                    "carried",
                    "seconded",
                    "was ",
                    "were ",
                    "meeting ",
                    "chair",
                    "ed that",
                    "apologies ",
                    "none received",
                    "agreed",
                    "thanked");

    private static final Pattern FUTURE =
            Pattern.compile(
                    "(?i)(?:[\\W\\d]*)(?:to (?:receive|approve|note|consider|discuss|confirm|agree|elect|adopt|resolve|register|hear|review)\\b|recommend(?:ation|ed action))");

    /** Fields at the head of a memorandum or of a report to a committee. */
    private static final Pattern FIELD =
            Pattern.compile(
                    "(?i)^(to|from|subject|re|cc|title|report (?:to|of|by|from|author)|author|prepared by|submitted by|reviewed by|lead officer|responsible officer|contact officer|portfolio holder|wards?(?:\\(s\\)| affected)?|key decision|classification)\\s*:.*");

    /** What a single paper calls itself. */
    private static final Pattern SAYS_REPORT =
            Pattern.compile(
                    "(?i)(?:.{0,40}\\b)?(?:staff|agenda|agenda item|officer'?s?|council|information) (?:report|memorandum|transmittal)|memorandum|report|(?:draft )?(?:resolution|ordinance|by-?law) (?:no\\.?|number) ?[\\w/-]+|press release|newsletter");

    /** What a paper for residents says of itself at its top, in whichever column. */
    private static final Pattern SAYS_NEWS =
            Pattern.compile(
                    "(?i).{0,60}\\b(?:newsletter|bulletin|magazine|news from|issue (?:no\\.? ?)?\\d{1,3})\\b.{0,60}");

    private static final Cues REPORT_CUES =
            new Cues(
                    "report",
                    "memorandum",
                    "transmittal",
                    "resolution",
                    "ordinance",
                    "bylaw",
                    "by-law",
                    "press release",
                    "newsletter");

    private static final Cues NEWS_CUES =
            new Cues("newsletter", "bulletin", "magazine", "news from", "issue ");

    /** Height of the head of a page, in points. */
    private static final double HEAD = 200;

    private static final Pattern MEETING = Pattern.compile("(?i).*\\bmeetings?\\b.*");

    private static final Pattern SALUTATION = Pattern.compile("(?i)dear\\b.{0,60}");

    /** Distinct fields from which a head is that of a memorandum. */
    static final int FIELDS_OF_MEMO = 3;

    static Paper of(Layout layout) {
        double minutes = 0;
        double agenda = 0;
        boolean named = false;
        boolean meeting = false;
        boolean letter = false;
        boolean news = false;
        boolean begun = false;
        boolean titled = false;
        Set<String> memo = new HashSet<>();
        int size = layout.rows().size();
        for (Row row : layout.rows()) {
            begun |= row.labelled() && row.labels.getFirst().closed() && row.business();
            if (row.index < TITLE_ROWS && row.text.length() < 100) {
                if (NAMING_CUES.in(row.text)) {
                    // Below "AGENDA", and in its entries, minutes are what will be approved.
                    boolean saysMinutes =
                            !begun
                                    && !titled
                                    && !row.labelled()
                                    && SAYS_MINUTES.matcher(row.text).matches();
                    titled |= Vocabulary.isAgenda(row.text);
                    boolean saysAgenda = SAYS_AGENDA.matcher(row.text).matches();
                    minutes += saysMinutes ? 3 : 0;
                    agenda += saysAgenda && !begun && !row.labelled() ? 3 : 0;
                    named |= saysMinutes || saysAgenda;
                    meeting |= MEETING.matcher(row.text).matches();
                    letter |= SALUTATION.matcher(row.text).matches();
                }
                // On a later page they are those of a report bound behind a short agenda.
                if (row.page() == 1) {
                    memo.addAll(memoFields(row));
                }
            }
            news |=
                    row.page() == 1
                            && row.line.y() < HEAD
                            && row.line.y() > 0
                            && NEWS_CUES.in(row.text)
                            && SAYS_NEWS.matcher(row.text).matches();
            // The tail may name papers appended to an agenda.
            boolean past = PAST_CUES.in(row.text) && PAST.matcher(row.text).find();
            minutes += past ? 20.0 / Math.max(60, size) : 0;
            agenda += FUTURE.matcher(row.text).lookingAt() ? 20.0 / Math.max(60, size) : 0;
        }
        boolean silent = !named && !meeting && minutes < 1 && agenda < 1;
        if (memo.size() >= FIELDS_OF_MEMO || (letter || news) && !named || silent) {
            return OTHER;
        }
        return minutes > agenda ? MINUTES : AGENDA;
    }

    /** What a row says that stands at the head of a memorandum or report. */
    static Set<String> memoFields(Row row) {
        if (row.text.indexOf(':') < 0 && row.text.length() > 60) {
            return Set.of();
        }
        Set<String> fields = new HashSet<>();
        if (REPORT_CUES.in(row.text) && SAYS_REPORT.matcher(row.text).matches()) {
            fields.add("report");
            fields.add("its title");
        }
        for (Line.Span span : row.line.spans()) {
            if (span.text().indexOf(':') >= 0) {
                Matcher field = FIELD.matcher(span.text());
                if (field.matches()) {
                    fields.add(field.group(1).toLowerCase(Locale.ROOT));
                }
            }
        }
        return fields;
    }
}
