package org.minutebook.extract.segmentation;

import java.util.Locale;
import java.util.regex.Pattern;
import org.minutebook.extract.text.Cues;
import org.minutebook.extract.text.Phrases;

/**
 * Words that meetings of councils share wherever they are: what their items are called, and what
 * stands on their papers without being one.
 */
final class Vocabulary {

    /** Headings of business, matched from the start of a heading. */
    private static final Phrases BUSINESS =
            new Phrases(
                    "apolog|welcome|introductions?|opening|prayer|invocation|call(?:ed)? to order|call meeting"
                            + "|meeting called|roll call|flag salute|salute (?:to|the)|quorum|pledge|moment of silence|moment of reflection"
                            + "|land acknowledge?ment|o canada|national anthem|recording|filming|housekeeping"
                            + "|attendance|absen(?:ce|t)|members.? (?:apologies|absent|interests)"
                            + "|declar|disclosures?|register(?: of|) |dispensation|interests|pecuniary|conflicts?"
                            + "|minutes|approv|adopt|confirm|accept|ratif|signing of|matters? arising|actions? (?:from|arising|log|tracker)"
                            + "|public (?:participation|comment|question|forum|speak|hearing|session|open|time|input|address|bodies|rights|appearance|presentation|deputation)"
                            + "|open (?:forum|public|session)|oral (?:comm|report|question)|citizen|community (?:input|comment|forum)|audience|residents"
                            + "|correspondence|communications?|letters|e-?mails|petition|case (?:no|number)\\b|(?:conditional|special) use permit|special permit|variances?\\b|rezoning|site plan|deputation|delegation|presentation|proclamation|recognition|ceremonial|special (?:presentation|order|recognition)|awards?"
                            + "|financ|accounts?|payments?|bills|invoices|bank|budget|precept|treasurer|audit|insurance|grants?|donation|expenditure|claims|warrants?|accounts payable|disbursement|consent"
                            + "|planning|highways?|footpath|street|lighting|traffic|parking|cemeter|allotment|playground|play area|recreation|open spaces?|village|hall|environment|waste|trees?|website|training|police|crime|housing|licen[sc]|health|roads?|drainage|sewer|water"
                            + "|reports?|(?:the )?(?:chair|mayor|clerk|county|district|ward|borough|councill?or|committee|staff|city|town|village|manager|administrator|supervisor|trustee|assessor|attorney|solicitor|leader|president|superintendent|director|officer|department|treasurer|portfolio|cabinet|board|commission|working|task)\\b.{0,40}\\b(?:reports?|updates?|announcements?|comments?|questions?|business|communications?|items|remarks|matters)"
                            + "|conference with|public employee|liability claims|announcement|any other|aob|a\\.o\\.b|urgent|other business|other matters|items? (?:for|called|pulled|removed|initiated|from|of|to|requiring)|late items"
                            + "|dates?(?: and times?)?(?: of|:| for)|next meeting|future|forward|work ?(?:plan|programme|program)|exclusion|closed|executive session|confidential|private|part (?:ii|2|b)\\b|in camera|recess|study session|work(?:shop| session)|regular (?:session|meeting|business|agenda|items)|special (?:session|meeting|business)"
                            + "|adjourn|close of|closing|closure|new business|old business|unfinished|general business|business arising|orders? of the day|additions?|deletions?|changes to|amendments? to|review of|agenda (?:approval|changes|review|items)"
                            + "|ordinances?|resolutions?|by-?laws?|notices? of|motions?|questions?|discussion|votes?|action items|informational|information items|items|policies|policy|standing orders|risk|asset|code of|complaints|elections?|election of|appoint|nomination|vacanc|co-?option|membership|terms of reference|constitution|scheme|strateg|update|performance|monitoring|scrutiny|task"
                            + "|in (?:the )?matter of|receive|note|consider|discuss|agree|elect|resolve|hear|report on|authori[sz]|award|introduc|conduct|waive|request",
                    "the ",
                    "to ");

    /** Labels of front matter and captions within items. */
    private static final Phrases NO_ITEM =
            new Phrases(
                    "none|nil|no reports?|nothing to report|there (?:was|were|is|are) (?:none|no|nothing)\\b.*|present|in attendance|in the chair(?:\\b.*)?|attend(?:ees|ing)|absent|staff(?: present)?|guests?|(?:council |board )?members(?: present)?|members of the (?:public|committee|council).*|(?:committee )?membership|quorum|councill?ors?(?: present)?|officers(?: present)?|public gallery|press|quorum present"
                            + "|venue|location|place|date|time|dates?/times?|where|when|tel(?:ephone)?|phone|fax|e-?mail|contact|enquiries|website|to|from|cc|subject|re|file(?: no)?"
                            + "|recommend(?:ation|ations|ed action|ed motion|ed)?(?:\\(s\\))?|attachments?(?:\\(s\\))?|presenters?|background|(?:purpose|type)(?: of (?:the )?report)?|summary|discussion points?|(?:staff|council|officer.?s.?) reports?|introduction|(?:previous|prior) (?:council|committee|board) (?:considerations?|decisions?|actions?|resolutions?)|submissions? in support.*|(?:financial|fiscal|legal|environmental|equality|resource|budget|risk).{0,20}(?:implications?|impacts?|determination|considerations?)|documents?|additional documents|supporting documents|enclosures?|appendi(?:x|ces)|report (?:author|by)|author|ward|applicant|proposal|decision|reasons?|options?|conclusions?|key issues"
                            + "|notices?|(?:public )?notice is (?:hereby )?given.*|(?:you|members|councillors) are (?:hereby )?summoned.*|.{0,60} hereby summon.*|.{0,60} notice|notice of meeting|notice and agenda|meeting information|meeting agenda|agenda and minutes|draft|draft minutes|special notice.*|public notice|notice to the public.*|please note.*|note|notes|nb|n\\.b\\.?|important.*|instructions.*|how to .*|accessib.*|americans? with disabilit.*"
                            + "|actions?|action by|action points?|resolved|resolution|it was resolved|committee resolved|agreed|(?:motion )?(?:carried|carries|lost|passed|passes|fails|failed|adopted|tabled|withdrawn)(?: unanimously)?|defeated|deferred|approved|rejected|signed|dated|(?:moved|proposed|seconded)(?: by\\b.*)?|(?:(?:officer|council|committee|staff|board)(?:'?s|s')? )?(?:recommendations?|decision|resolution)(?: ?/.*)?(?: no\\.?)?(?: [\\d/-]+)?|officer comments?|statutory environment|voting requirements?|(?:policy|strategic|social|climate|community) implications?|votes?|vote|ayes?|noes|nays?|yes|no|abstain(?:ed)?|result|motion|amendments?|decisions?|confirmed as a (?:true and )?(?:correct|accurate) record.*|motion (?:by|to|was|made)\\b.*|motion (?:no\\.? ?)?[\\d./-]+"
                            + "|end of (?:the )?(?:agenda|meeting|minutes|document|report|business).*|page|continued|copies|distribution|item|item no|no|subject|total|amount|organisation|project|whereas.*|now therefore.*|be it .*|and that.*|that .*|read a first.*|respectfully.*|prepared by|submitted by|[a-z.'’ -]{4,40}, (?:(?:acting|deputy|town|village|city|township|parish|municipal) )*(?:clerk|secretary|recorder)|posted|by order.*|yours .*|dear .*|sincerely",
                    "also ");

    /** What a document calls itself at its top. */
    private static final Pattern DOCUMENT =
            Pattern.compile(
                    "(?:draft |unapproved |final )?(?:agenda|minutes|(?:agenda|minutes) of(?: the)?|agenda and minutes|(?:order of|table of) (?:business|contents)|contents|(?:(?:proposed|regular|special|ordinary|annual|monthly|public|board|council) ){1,3}meeting (?:minutes|agenda))(?: - final| - draft)?");

    private static final Pattern AGENDA = Pattern.compile("(?:draft |final )?agenda");

    /** People by title or role: who speaks, not what about. */
    private static final Pattern PERSON =
            Pattern.compile(
                    "(?!.*\\b(?:communications?|reports?|comments?|announcements?|updates?|remarks|items|questions|business|matters|requests)\\b)(?:cllrs?|councill?ors?|mr|mrs|ms|miss|dr|sir|lord|lady|rev|mayor|deputy mayor|alderman|alderwoman|councilm[ae]n|councilmember|councilwoman|commissioner|vice mayor|mayor pro tem|chief|inspector|pc|pcso)\\.? [\\p{L}.'’ -]+");

    private static final Pattern DECISION =
            Pattern.compile(
                    "(?i)(?:(?:it was|the|this|motion|committee|council|board|members?|cabinet|councill?ors|unanimously|all)\\s+){0,4}(?:resolve[sd]?|agree[ds]?|recommends?|recommended|noted|decided|carried|approved)\\b(?!\\s+minutes)");

    private static final Pattern CONTACT =
            Pattern.compile(
                    "(?i).*(?:https?://|www\\.|[\\w.+-]+@[\\w-]+\\.\\w|\\btel\\b|telephone|\\bphone\\b|\\(?\\d{3}\\)?[ -]\\d{3}[ -]\\d{4}|\\b0\\d{3,4} ?\\d{5,6}\\b).*");

    private static final Cues CONTACT_CUES = new Cues("http", "www.", "@", "tel", "phone");

    /** Fewest figures of a number that can be called. */
    private static final int FIGURES_OF_PHONE = 9;

    private static final Pattern REPORTS =
            Pattern.compile(
                    "(?:.*\\b)?(?:reports?|updates?|announcements?|comments|communications?|committees?|activities|activity|officers?|departments?|liaisons?|staff)\\b.*");

    private static final Pattern NEXT_MEETING =
            Pattern.compile(
                    "(?:proposed )?dates?(?: and times?)?(?: and venues?)? (?:of|for) (?:the )?(?:next|future|forthcoming)(?: \\p{L}+){0,3} meetings?");

    private static final Pattern ABSENCE =
            Pattern.compile("(?:apolog(?:y|ies)|absen(?:t|ce|ces)|excused)\\b.*");

    private static final Pattern CLOSING =
            Pattern.compile(
                    "(?:motion to )?adjourn(?:ment|ed)?|close of (?:the )?meeting|closing|closure");

    private static final Pattern MOTION =
            Pattern.compile(
                    "(?i)(?:.{0,40}\\b(?:made a motion|(?:moved|motioned) (?:to|that|for))\\b|a motion (?:was|is)|motion (?:was|by|to|made)|it was (?:moved|proposed)|(?:moved|proposed) by|resolved\\b).*");

    private static final Pattern OPENING_ACT =
            Pattern.compile(
                    "(?:meeting )?call(?:ed)? to order|roll call|pledge(?: of allegiance)?.*|invocation.*|(?:opening )?prayer|flag salute|salute to .*|moment of silence");

    private static final Pattern DAY =
            Pattern.compile(
                    "(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b.{3,30}\\b(?:19|20)\\d{2}(?:\\b.{0,25})?");

    private static final Pattern ATTENDANCE =
            Pattern.compile(
                    ".{3,50} ?[-–—:] ?(?:present|absent|excused|here|late|yes|no|aye|nay|abstain(?:ed)?)");

    private static final Pattern STEP =
            Pattern.compile(
                    "(?:staff|applicant|developer|petitioner)(?:'s)? (?:report|presentation|statement)|(?:open |close |conduct )?(?:the )?public (?:hearing|comments?|input|testimony)|(?:board|council|commission|committee|trustees?) (?:action|discussion|deliberation|questions|decision|vote)|questions? .*|deliberation|discussion|action|motion|vote|presentation");

    private Vocabulary() {}

    /** A heading that calls several people or bodies to report in turn. */
    static boolean isReports(String heading) {
        return words(heading) <= 8 && REPORTS.matcher(folded(Texts.head(heading))).matches();
    }

    private static int words(String heading) {
        return Texts.words(Texts.head(heading));
    }

    static boolean isBusiness(String heading) {
        return BUSINESS.open(folded(heading));
    }

    /** Whether a line says that an agenda follows, and no more. */
    static boolean isAgenda(String text) {
        return text.length() < 20 && AGENDA.matcher(folded(text)).matches();
    }

    /** Whether a heading names the document, or a list of what is in it. */
    static boolean isDocument(String heading) {
        return DOCUMENT.matcher(folded(heading)).matches();
    }

    static boolean isNoItem(String heading) {
        return NO_ITEM.are(folded(heading));
    }

    private static final Pattern BUSINESS_AT_LARGE =
            Pattern.compile(
                    "(?:new|old|unfinished|other|any other|general|urgent|further) (?:urgent )?(?:business|matters|items)|matters arising.*|business arising.*|any other business.*|correspondence.*|planning.*|highways.*");

    /** Words that make a sentence of what else might name a subject. */
    private static final Pattern VERB =
            Pattern.compile(
                    "(?i)\\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|should|may|might|must|did|does|do|said|says|asked|asks|made|makes|gave|gives|met|went|told|felt|read|reported|reports that|stated|advised|noted|moved|thanked|agreed|resolved|received|confirmed|explained|spoke|raised|informed|mentioned|discussed|proposed|seconded|presented|carried|approved|expressed|attended|suggested|requested)\\b");

    /** A heading under which matters of all kinds are taken. */
    static boolean isBusinessAtLarge(String heading) {
        return BUSINESS_AT_LARGE.matcher(folded(Texts.head(heading))).matches();
    }

    /** Whether words make a sentence and name no subject. */
    static boolean isClause(String text) {
        return VERB.matcher(text).find();
    }

    /** A heading over the dates of meetings to come. */
    static boolean isNextMeeting(String heading) {
        return NEXT_MEETING.matcher(folded(heading)).matches();
    }

    /** Whether a paragraph opens with a motion, or says who moved it. */
    static boolean isMotion(String text) {
        return MOTION.matcher(text).matches();
    }

    /** What a meeting begins with before its business. */
    static boolean isOpeningAct(String heading) {
        return OPENING_ACT.matcher(folded(heading)).matches();
    }

    /** A day with its year, and perhaps the hour: of the meeting, not of its business. */
    static boolean isDay(String text) {
        return DAY.matcher(folded(text)).matches();
    }

    /** "Councilwoman Green - present": a line of a roll call or of a vote. */
    static boolean isAttendance(String text) {
        return ATTENDANCE.matcher(folded(text)).matches();
    }

    /** "Staff report", "Public hearing", "Board action": how a subject is taken. */
    static boolean isStep(String heading) {
        return STEP.matcher(folded(heading)).matches();
    }

    /** Who is away, as a line of the attendance and not as an item. */
    static boolean isAbsence(String heading) {
        return ABSENCE.matcher(folded(heading)).matches();
    }

    /** A deciding clause set like a heading: "Committee resolved to note the report". */
    static boolean isDecision(String text) {
        return DECISION.matcher(text).lookingAt();
    }

    static boolean isPerson(String heading) {
        return PERSON.matcher(folded(heading)).matches();
    }

    static boolean isContact(String text) {
        return (CONTACT_CUES.in(text) || Cues.digits(text) >= FIGURES_OF_PHONE)
                && CONTACT.matcher(text).matches();
    }

    private static final Pattern FIELD = Pattern.compile("dates?|time|location|venue|place");

    /** "Date: 3 May": says when and where, at the head of a paper. */
    static boolean isField(String head) {
        return head.length() < 10 && FIELD.matcher(folded(head)).matches();
    }

    private static final Pattern BODY =
            Pattern.compile(
                    ".*\\b(?:council|committee|sub-?committee|board|commission|cabinet|panel|trustees|supervisors|selectmen|commissioners|forum)");

    /** Whether a line says no more than who meets. */
    static boolean isBody(String text) {
        return text.length() < 80 && BODY.matcher(folded(text)).matches();
    }

    private static final Pattern PAPER_TITLE =
            Pattern.compile(
                    "(?:draft |unapproved )?(?:minutes? of|agenda for) (?:the |a |an )?(?!.*\\b(?:last|previous|preceding)\\b)(?:[\\w'’-]+ ){0,5}meeting\\b.*");

    /** The opening sentence of minutes: "Minutes of the Meeting of the Committee, held on". */
    static boolean isPaperTitle(String text) {
        return PAPER_TITLE.matcher(folded(text)).matches();
    }

    /** A heading over entries that are taken by one motion. */
    static boolean isConsent(String heading) {
        return folded(heading).startsWith("consent");
    }

    static boolean isClosing(String heading) {
        return CLOSING.matcher(folded(heading)).matches();
    }

    /** Lower case, without what stands around the words. */
    static String folded(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && !Character.isLetterOrDigit(text.charAt(from))) {
            from++;
        }
        while (to > from
                && !Character.isLetterOrDigit(text.charAt(to - 1))
                && text.charAt(to - 1) != ')') {
            to--;
        }
        return text.substring(from, to).replace('’', '\'').toLowerCase(Locale.ROOT);
    }
}
