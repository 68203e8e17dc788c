package org.minutebook.extract.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Decision;
import org.minutebook.contracts.Outcome;
import org.minutebook.extract.metadata.Clauses.Clause;
import org.minutebook.extract.metadata.Sentences.Sentence;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.segmentation.Entry;
import org.minutebook.extract.text.Cues;
import org.minutebook.extract.text.Paragraphs;
import org.minutebook.extract.text.Paragraphs.Paragraph;

/**
 * Reads the decisions of an item of minutes. Two manners are in use. In one a clause decides by
 * itself ("It was resolved to …", "RESOLVED: That …"), and each numbered limb of it is a decision.
 * In the other a motion is put, moved and seconded, perhaps debated, and a result follows
 * ("Carried.", "All in favour"): both are one decision, and a motion without result is none.
 */
final class Decisions {

    /** A line without any of these has no part in a decision. */
    private static final Cues STEMS =
            new Cues(
                    "resol", "agree", "approv", "carried", "carries", "accept", "decid", "move",
                    "motion", "passe", "adopt", "defer", "lost", "defeat", "vote", "favo", "reject",
                    "second", "endors", "authori", "grant", "ratif", "refus", "declin", "unanim");

    private static final Pattern MOTION =
            Pattern.compile(
                    "(?i)\\bmotion (?:was |were |is )?(?:duly )?(?:made|moved|to|that|by|of|from|put forward|for|#|no)\\b|\\bmotion\\s*\\(|\\b(?:made|makes|offered|put forward) (?:a|the) motion\\b|\\bmoved (?:to|that|for|the|approval|adoption|by|and seconded|an? (?:amendment|motion)|its)\\b|^\\W*(?:moved|it was moved|motion)\\b(?! carried|\\s?[:–-])|\\bwas (?:duly )?(?:moved|proposed)\\b|\\bmoves? to\\b|\\bmoved and [^,;]{2,50}? seconded\\b|^(?:it was )?proposed\\b|\\bproposed (?:that|by|an? amendment)\\b|\\bon (?:a |the )?motion\\b|\\bon the proposal of\\b");

    /** A sentence without any of these is no motion and names no movers. */
    private static final Cues MOTION_CUES = new Cues("motion", "move", "propos", "second");

    private static final Pattern NO_MOTION =
            Pattern.compile(
                    "(?i).*\\b(?:notices? of motions?|motions? (?:on|with) notice|the motion (?:was|is) (?:put|withdrawn|carried|lost|passed|defeated|seconded))\\b.*");

    private static final Pattern MOVERS_ONLY =
            Pattern.compile(
                    "(?i)^[(\\W]*(?:(?:it was )?(?:(?:moved|proposed|seconded|second|mover|seconder)\\b[\\s:(]*(?:by)?\\b|motion(?: was)?(?: made)? by\\b|motion:).{0,80}|.{0,60}\\bseconded(?: the (?:motion|amendment))?(?: by .{0,50})?[.)]?|the (?:motion|amendment) was seconded.{0,60})[.:)]*$");

    private static final Pattern SAYS_WHAT =
            Pattern.compile(
                    "(?i)\\bmotion (?:was )?(?:made )?(?:to|that|for)\\b|\\b(?:moved|moves|proposed) (?:to|that|for|an?|the)\\b|\\b(?:to|that) \\w+ ");

    private static final Pattern PUT_OFF =
            Pattern.compile(
                    "(?i)\\W*(?:(?:item|motion|resolution|by-?law) )?(?:was )?(?:deferred|tabled|postponed)\\b.{0,60}");

    /** "Deferred to December 8, per Administration." */
    private static final Pattern PUT_OFF_ALONE =
            Pattern.compile(
                    "(?:(?i:action): )?(?:Deferred|DEFERRED|Tabled|TABLED|Postponed|POSTPONED) (?:to|until|till|for)\\b.{2,80}");

    /** Paragraphs after a motion that are no part of it: who said what. */
    private static final Pattern DEBATE =
            Pattern.compile(
                    "(?i)(?:cllrs?|councill?ors?|crs?|mrs?|ms|dr|mayor|deputy mayor|trustees?|commissioners?|aldermen|alderman|council ?members?|members|residents|discussion|debate|there (?:was|were|being)|in (?:response|reply|answer)|a (?:question|member|resident|lengthy|brief|short)|questions|the (?:clerk|mayor|chair\\w*|director|head|officer|manager|chief|town|city|deputy|principal|applicant|motion|proposal|amendment|leader)|staff|speaking)\\b.*");

    private static final String RESULT_WORD =
            "(?:deferred|tabled|postponed|carried|carries|passed|passes|lost|defeated|failed|fails|adopted|approved|agreed|accepted|died|rejected)";

    private static final Pattern RESULT =
            Pattern.compile(
                    "(?i)^\\W*(?:"
                            + "(?:the |this |a |substantive |main |amended |original )*(?:motion|amendment|resolution|by-?law|vote|question|proposal|recommendation|ordinance|measure|item|it|adjournment)?(?: as amended)?(?: (?:was|is|has|were|being put(?: to the vote)?|put))*(?: (?:then|duly|put and|declared|put to the vote and))*\\W*(?:unanimously )?"
                            + RESULT_WORD
                            + "\\b(?!\\W{1,3}(?:to|that|the|a|as follows)\\b).{0,90}"
                            + "|(?:the )?motion (?:was )?(?:unanimous|prevailed).{0,60}"
                            + "|(?:all|everyone|members|council|those)\\b.{0,30}\\b(?:in favou?r|voted (?:in favou?r|aye|yes)|(?:said|responded|voting) (?:aye|yes)|agreed(?! (?:this|that|to|the|a|with|on)\\b)|in agreement|ayes?|were in agreement)\\b.{0,70}"
                            + "|(?:a )?(?:roll[- ]?call|ayes?|yeas?|nays?|noes|votes?|voting|for|against|in favou?r|abstain(?:ed|ing)?|abstentions?|yes|no|absent|voice vote|recused|opposed)(?: votes?| was taken.{0,40})?\\s*[:–—=-].*"
                            + "|(?:on a |by a |upon )?(?:unanimous|roll call|voice|recorded) vote\\b.{0,120}"
                            + "|unanimous(?:ly)?(?: (?:carried|approved|agreed))?"
                            + "|.{0,40}\\b(?:trustee|councill?or|councilmember|commissioner|mayor)\\b[^.]{0,30}[–—-] (?:yes|aye|no|nay)\\b.*"
                            + ")[.)\\]]*$");

    private static final Pattern RESULT_WITHIN =
            Pattern.compile(
                    "(?i)\\b(?:motion|amendment|resolution|ordinance|by-?law|vote|bills?|minutes|adjournment|question|proposal|measure|agenda|report)\\b.{0,50}\\b(?:carried|carries|passed|passes|lost|defeated|failed|fails|stands? (?:approved|adopted|adjourned)|died|prevailed|(?:is|are) (?:approved|adopted))\\b");

    private static final Cues RESULT_CUES =
            new Cues(
                    "carri",
                    "passe",
                    "lost",
                    "defeat",
                    "fail",
                    "stand",
                    "died",
                    "prevailed",
                    "approved",
                    "adopted");

    private static final Pattern ENDS_IN_RESULT =
            Pattern.compile(
                    "(?:\\b(?i:carried|defeated|motion lost|motion passed)|\\bLOST|\\bPASSED)(?i: unanimously| as amended)?\\W*(?:\\(?\\d.{0,30})?$");

    /** "On motion of Mr Reed, seconded by Mr Hall, and carried, the Board adjourned." */
    private static final Pattern CARRIED_WITHIN =
            Pattern.compile(
                    "(?i)\\bseconded\\b.*\\b(?:and|was|were|being)\\s+(?:unanimously |duly )?(?:carried|passed)\\b");

    private static final Pattern NUMBERED =
            Pattern.compile("(?s)\\(?(?:[a-zA-Z]|[ivxIVX]{1,5}|\\d{1,2})[.)]\\s.*");

    private static final Pattern FORMAL =
            Pattern.compile(
                    "^\\W*(?:(?i:be it (?:hereby |therefore )?(?:resolved|enacted|ordained)|now,? therefore|therefore,? be it|(?:that) (?:the|this|we|council|cabinet|it|a|an|\\p{L}|£|\\$|\\d)|that:|to (?:approve|adopt|accept|authori[sz]e))).*");

    private static final Pattern FORMAL_GOES_ON =
            Pattern.compile(
                    "(?i)^\\W*(?:\\(?\\w{1,3}[.)] )?(?:and(?: be it)?(?: further)?(?: resolved)?,? that|and,? be it|be it further|further,? that|and further|and that|whereas|and whereas)\\b.*");

    private static final Pattern WHEREAS = Pattern.compile("(?i)^\\W*(?:and )?whereas\\b.*");

    private static final Pattern DEFERRED =
            Pattern.compile(
                    "(?i).*\\b(?:item|matter|application|motion|report|discussion|decision|consideration|this|it|agenda)\\b.{0,60}\\b(?:was|were|has been|have been|be|is) (?:deferred|postponed|tabled (?:to|until)|held over|adjourned (?:to|until))\\b.*");

    private static final Pattern HAD_BEEN_DEFERRED =
            Pattern.compile("(?i).*\\b(?:had|to) (?:been|be) (?:deferred|postponed).*");

    private static final Pattern BE_IT_RESOLVED = Pattern.compile("(?is)\\W*be it.*resolved.*");

    private static final Pattern WITHDRAWN =
            Pattern.compile("(?is).*\\b(?:withdrew|withdrawn)\\b.*");

    private static final Pattern LOST =
            Pattern.compile(
                    "(?is).*\\b(?:lost|defeated|failed|fails|died|rejected|not carried)\\b.*");

    private static final Pattern SAYS_RESULT =
            Pattern.compile(
                    "(?is).*\\b(?:deferred|tabled|postponed|carried|carries|passed|passes|lost|defeated|failed|fails|agreed|in favou?r|adopted|approved|accepted|unanimous(?:ly)?|rejected)\\b.*");

    private static final Pattern MOVED_BEFORE =
            Pattern.compile("(?is).*\\b(?:seconded|proposal of|proposed|moved)\\b.*");

    private static final Pattern FOLLOWS =
            Pattern.compile("(?is)(?:after|following|on|having|upon|accordingly)\\b.*");

    private static final Pattern NAMED = Pattern.compile("(?i)(?:the|this) [^,.;:]{0,60}");

    /** The deciding word over what was decided: "Resolved" on a line of its own. */
    private static final String BARE_WORD =
            "(?is)(?:(?:it was |was )?(?:unanimously )?(?:resolved|agreed|decided)|(?:council |committee )?(?:decision|resolution))\\W*";

    private static final Pattern BARE = Pattern.compile(BARE_WORD);

    /** Who moved it and that it was agreed, over what was: "Seconded by … AND AGREED". */
    private static final Pattern MOVED_AND_AGREED =
            Pattern.compile(
                    "(?is)(?:(?:it was )?(?:proposed|moved) by .{2,60}?\\W+)?(?:and )?seconded by .{2,60}? and (?:it was )?(?:unanimously )?(?:agreed|resolved)\\W*");

    private static final Pattern OPENS_LIMBS =
            Pattern.compile(
                    "(?is).*(?::|\\b(?:that|to)|\\b(?:agreed|resolved|decided)\\s*[–—-])\\W*$|"
                            + BARE_WORD);

    private static final Pattern LIMB_WITHIN =
            Pattern.compile("(?is).*(?::|\\b(?:that|to))\\W*\\s\\(?(?:1|a|i)[.)]\\s.*");

    /** "Accounts – Motion to pay …": the heading that runs into the motion. */
    private static final Pattern RUN_IN_HEADING =
            Pattern.compile("(?i)^.{3,80}?[–—:-]\\s+(?=(?:a |the )?motion\\b)");

    /** "FEHR: That the agenda be adopted", "124/24 LUND/COTE: That a culvert be bought" */
    private static final Pattern PUT_BY =
            Pattern.compile(
                    "(?:\\d{1,4}/\\d{2,4}\\s+)?(?!(?:RESOLVED|RESOLUTION|AGREED|NOTED|ORDERED|MOTION|MOVED|PROPOSED|RECOMMEND\\w*|DECISION|DECIDED|APPROVED|ACTION|VOTE)\\b)(?<mover>\\p{Lu}{2,}(?:[-’'. ]\\p{Lu}{2,})*)(?:\\s?/\\s?(?<seconder>\\p{Lu}{2,}(?:[-’']\\p{Lu}+)*))?\\s?:\\s+(?=That\\b|THAT\\b)");

    /** "Naera/Kupa" above or below a motion. */
    private static final Pattern PUT_BY_BELOW =
            Pattern.compile(
                    "(?<mover>\\p{Lu}[\\p{L}’'-]+)\\s?/\\s?(?<seconder>\\p{Lu}[\\p{L}’'-]+)(?<result>\\s+(?:CARRIED|Carried|LOST|Lost|DEFEATED|Defeated))?");

    /** "Council Resolution" below the officer's recommendation. */
    private static final Pattern CAPTION =
            Pattern.compile(
                    "(?i)(?:council|committee|board|cabinet)(?:['’]s)? (?:resolution|decision)s?:?");

    /** A cell beside a motion that says which it is: "RC22/24", "Resolution". */
    private static final Pattern MARK =
            Pattern.compile("(?:[A-Z]{1,4}\\s?)?\\d{1,4}/\\d{2,4}|Resolutions?:?");

    /** Says who moved what stands below: "the following resolution was adopted". */
    private static final Pattern ANNOUNCES =
            Pattern.compile(
                    "(?i)\\bthe following (?:resolution|motion|order|ordinance) (?:was|is|were) (?:then |duly |unanimously )*(?:offered|introduced|adopted|passed|approved|carried|moved)\\b");

    private static final Pattern SAYS_RESOLVED = Pattern.compile("\\bRESOLVED,? (?i:that)\\b");

    /** "VOTE: Upon a motion duly made and seconded, the Board voted 5-0 to adjourn." */
    private static final Pattern VOTE =
            Pattern.compile("(?i)vote\\s?:\\s+(?=.*\\bvoted\\b.{0,30}?\\b(?:to|that)\\b)");

    /** A sentence that says by itself that something was decided. */
    private static final Pattern DECIDES =
            Pattern.compile(
                    "(?:(?i:it was )(?:unanimously )?(?i:resolved|agreed|decided)|(?:Unanimously )?(?:R(?i:esolved)|A(?i:greed)|D(?i:ecided)))\\b");

    private static final Pattern RUNNING_HEAD =
            Pattern.compile(
                    "(?i)(?=.{1,110}$)(?=.*\\b(?:minutes|meeting|council|committee|board)\\b).*\\b(?:19|20)\\d\\d\\W*(?:page\\b.*)?");

    private final Clauses clauses;

    Decisions(Clauses clauses) {
        this.clauses = clauses;
    }

    /** A decision while its sentences come in. */
    private static final class Draft {
        final StringBuilder text = new StringBuilder();
        boolean decided;
        boolean formal;
        boolean limbs;
        int paragraph;
        @Nullable Outcome outcome;
        Movers movers = Movers.NONE;

        /** All that may print a count of votes: a roll call goes on over sentences. */
        final StringBuilder votes = new StringBuilder();

        Draft(int paragraph) {
            this.paragraph = paragraph;
        }

        void append(String part, boolean apart) {
            if (!text.isEmpty()) {
                text.append(apart ? " … " : " ");
            }
            text.append(part);
        }

        void learn(String part) {
            movers = movers.orElse(Movers.in(part));
            votes.append(part).append(' ');
        }
    }

    /** Reads one entry. */
    private final class Reading {
        final List<Decision> found = new ArrayList<>();
        final Movers headed;
        @Nullable Draft open;

        /** Who put the motion that comes next, where that stands above it; else null. */
        @Nullable Movers coming;

        /** Sentences of the paragraph that is read which are part of no decision yet. */
        final StringBuilder loose = new StringBuilder();

        int looseParagraph = -1;

        /** The sentence before, in its paragraph or the one before. */
        int previousParagraph = -1;

        Reading(Movers headed) {
            this.headed = headed;
        }

        void take(Sentence sentence) {
            if (sentence.paragraph() != looseParagraph) {
                loose.setLength(0);
                looseParagraph = sentence.paragraph();
            }
            String text = sentence.text();
            Draft draft = open;
            if (isPut(sentence, draft)) {
                previousParagraph = sentence.paragraph();
                return;
            }
            if (draft != null && isUnder(sentence, draft) && !sentence.listed()) {
                // "Resolved" over what the Panel noted
                draft.append(text, false);
                draft.learn(text);
                draft.paragraph = sentence.paragraph();
                draft.limbs = OPENS_LIMBS.matcher(text).matches();
                previousParagraph = sentence.paragraph();
                return;
            }
            Matcher vote = VOTE.matcher(text);
            if (vote.lookingAt()) {
                close();
                Draft next = open(sentence);
                next.append(text.substring(vote.end()), false);
                next.learn(text);
                decide(next, text);
                previousParagraph = sentence.paragraph();
                return;
            }
            boolean idle = draft == null || draft.decided && !draft.limbs && !draft.formal;
            if (idle && !STEMS.in(text) && !FORMAL.matcher(text).matches()) {
                loosen(text);
                return;
            }
            boolean near = draft != null && sentence.paragraph() - draft.paragraph <= 1;
            boolean same = draft != null && sentence.paragraph() == draft.paragraph;
            if (draft != null && draft.limbs && NUMBERED.matcher(text).matches()) {
                limb(draft, sentence);
            } else if (draft != null && draft.formal && FORMAL_GOES_ON.matcher(text).matches()) {
                goOn(draft, sentence);
            } else if (ANNOUNCES.matcher(text).find()) {
                close();
                Draft next = open(sentence);
                next.append(text, false);
                next.learn(text);
                next.outcome = says(text) ? Outcome.CARRIED : null; // where nothing follows
            } else if (RESULT.matcher(text).matches()
                    || text.length() < 180
                            && RESULT_CUES.in(text)
                            && RESULT_WITHIN.matcher(text).find()
                            && !isMotion(text)) {
                result(draft, sentence, near);
            } else if (WHEREAS.matcher(text).matches() && !SAYS_RESOLVED.matcher(text).find()) {
                if (draft != null && ANNOUNCES.matcher(draft.text).find()) {
                    draft.paragraph = sentence.paragraph();
                } else {
                    close();
                }
            } else if (FORMAL.matcher(text).matches()
                    && !(same && draft != null && draft.decided)) {
                formal(draft, sentence);
            } else {
                plain(draft, sentence, near, same);
            }
            previousParagraph = sentence.paragraph();
        }

        private void plain(@Nullable Draft draft, Sentence sentence, boolean near, boolean same) {
            String text = sentence.text();
            String unmarked = sentence.unmarked();
            boolean motion = isMotion(text);
            List<Clause> decided = clauses.in(unmarked);
            if (!decided.isEmpty()) {
                boolean result =
                        draft != null
                                && !draft.decided
                                && near
                                && !motion
                                && draft.text.length() > 25
                                && decided.getFirst().start() < 12;
                if (result) {
                    result(draft, sentence, true);
                } else {
                    clauses(sentence, unmarked, decided, draft, near);
                }
            } else if (motion && !isMoversOnly(text)) {
                close();
                Draft next = open(sentence);
                next.append(RUN_IN_HEADING.matcher(text).replaceFirst(""), false);
                next.learn(text);
                if (ENDS_IN_RESULT.matcher(text).find() || CARRIED_WITHIN.matcher(text).find()) {
                    decide(next, text);
                }
            } else if (isMoversOnly(text)) {
                movers(draft, sentence, near);
            } else if (PUT_OFF_ALONE.matcher(text).matches()
                    && (draft == null || draft.decided || !near)) {
                close();
                Draft next = open(sentence);
                next.append(unmarked, false);
                next.outcome = Outcome.DEFERRED;
                next.decided = true;
            } else if (DEFERRED.matcher(text).matches()
                    && !HAD_BEEN_DEFERRED.matcher(text).matches()) {
                if (draft == null || draft.decided || !near) {
                    close();
                    Draft next = open(sentence);
                    next.append(unmarked, false);
                    next.outcome = Outcome.DEFERRED;
                    next.decided = true;
                } else {
                    draft.append(unmarked, false);
                    draft.outcome = Outcome.DEFERRED;
                    draft.decided = true;
                }
            } else if (draft != null
                    && !draft.decided
                    && (same
                            || draft.formal
                                    && (near || sentence.listed())
                                    && !DEBATE.matcher(text).matches())) {
                goOn(draft, sentence);
            } else {
                loosen(text);
            }
        }

        /** Takes in a motion with who put it before it, or who put the one above. */
        private boolean isPut(Sentence sentence, @Nullable Draft draft) {
            String text = sentence.text();
            Matcher put = PUT_BY.matcher(text);
            if (put.lookingAt()) {
                close();
                Draft next = open(sentence);
                next.append(text.substring(put.end()), false);
                next.learn(text.substring(put.end()));
                next.formal = true;
                next.movers = new Movers(put.group("mover"), put.group("seconder"));
                if (ENDS_IN_RESULT.matcher(text).find()) {
                    decide(next, text);
                }
                return true;
            }
            if (CAPTION.matcher(text).matches()) {
                close(); // what stands above it is what was recommended
                return true;
            }
            Matcher names = PUT_BY_BELOW.matcher(text);
            if (!names.matches()) {
                return false;
            }
            Movers both = new Movers(names.group("mover"), names.group("seconder"));
            if (draft == null || draft.decided) {
                coming = both;
                return true;
            }
            draft.movers = both;
            draft.paragraph = sentence.paragraph();
            if (names.group("result") != null) {
                result(
                        draft,
                        new Sentence(names.group("result").strip(), sentence.paragraph(), false),
                        true);
            }
            return true;
        }

        /** Whether a sentence stands right below a deciding word that stands alone. */
        private static boolean isUnder(Sentence sentence, Draft draft) {
            return draft.decided
                    && sentence.paragraph() - draft.paragraph <= 1
                    && (BARE.matcher(draft.text).matches()
                            || MOVED_AND_AGREED.matcher(draft.text).matches());
        }

        private void loosen(String text) {
            loose.append(loose.isEmpty() ? "" : " ").append(text);
        }

        private Draft open(Sentence sentence) {
            Draft draft = new Draft(sentence.paragraph());
            draft.movers = coming != null ? coming : found.isEmpty() ? headed : Movers.NONE;
            coming = null;
            open = draft;
            loose.setLength(0);
            return draft;
        }

        private void goOn(Draft draft, Sentence sentence) {
            draft.append(sentence.text(), false);
            draft.learn(sentence.text());
            draft.paragraph = sentence.paragraph();
            if (ENDS_IN_RESULT.matcher(sentence.text()).find()) {
                decide(draft, sentence.text());
            }
        }

        private void limb(Draft draft, Sentence sentence) {
            if (OPENS_LIMBS.matcher(draft.text).matches()) {
                draft.append(sentence.text(), false);
                draft.paragraph = sentence.paragraph();
                return;
            }
            Movers movers = draft.movers;
            String votes = draft.votes.toString();
            Outcome outcome = draft.outcome;
            close();
            Draft next = open(sentence);
            next.append(sentence.text(), false);
            next.decided = true;
            next.limbs = true;
            next.movers = movers;
            next.votes.append(votes);
            next.outcome = outcome;
        }

        private void formal(@Nullable Draft draft, Sentence sentence) {
            String text = sentence.text();
            boolean wanted =
                    draft != null
                            && !draft.decided
                            && !draft.formal
                            && draft.movers != headed
                            && draft.text.length() < 140;
            Draft next;
            if (wanted && draft != null) {
                next = draft;
                next.append(text, false);
                next.paragraph = sentence.paragraph();
            } else {
                close();
                next = open(sentence);
                next.append(text, false);
            }
            next.formal = true;
            next.learn(text);
            if (ENDS_IN_RESULT.matcher(text).find()) {
                decide(next, text);
            } else if (BE_IT_RESOLVED.matcher(text).matches()) {
                next.outcome = Outcome.RESOLVED;
            }
        }

        private void result(@Nullable Draft draft, Sentence sentence, boolean near) {
            String text = sentence.text();
            if (draft != null && !draft.decided) {
                draft.append(text, sentence.paragraph() - draft.paragraph > 1);
                draft.learn(text);
                draft.paragraph = sentence.paragraph();
                decide(draft, text);
            } else if (draft != null && near) {
                draft.learn(text);
                draft.paragraph = sentence.paragraph();
                if (draft.outcome == null || isLost(text)) {
                    decide(draft, text);
                }
            } else if (loose.isEmpty() && (draft != null || !found.isEmpty())) {
                // "Carried" again below the list of who voted how.
                loosen(text);
            } else if (says(text)) {
                String before = loose.toString();
                close();
                Draft next = open(sentence);
                if (!before.isEmpty()) {
                    next.append(before, false);
                    next.learn(before);
                }
                next.append(text, false);
                next.learn(text);
                decide(next, text);
            } else {
                loosen(text);
            }
        }

        private void movers(@Nullable Draft draft, Sentence sentence, boolean near) {
            String text = sentence.text();
            if (draft != null && near) {
                if (!draft.decided) {
                    draft.append(text, false);
                }
                draft.learn(text);
                draft.paragraph = sentence.paragraph();
                return;
            }
            String before = loose.toString();
            close();
            Draft next = open(sentence);
            if (!before.isEmpty()) {
                next.append(before, false);
            }
            next.append(text, false);
            next.learn(text);
        }

        private void clauses(
                Sentence sentence,
                String text,
                List<Clause> decided,
                @Nullable Draft draft,
                boolean near) {
            Movers movers = Movers.in(text.substring(0, decided.getFirst().start()));
            if (movers.equals(Movers.NONE) && draft != null && !draft.decided && near) {
                movers = draft.movers;
            }
            // What was moved is what is resolved here.
            if (draft != null && !draft.decided) {
                open = null;
            }
            close();
            for (int i = 0; i < decided.size(); i++) {
                Clause clause = decided.get(i);
                int end = i + 1 < decided.size() ? decided.get(i + 1).start() : text.length();
                if (i > 0) {
                    close();
                }
                Draft next = open(sentence);
                int start = i == 0 ? start(text, clause.start()) : clause.start();
                String part = text.substring(start, end).strip();
                next.append(part, false);
                next.learn(part);
                next.movers = movers.orElse(next.movers);
                next.decided = true;
                next.outcome = clause.outcome();
                // What is approved is a list of things; what is resolved is a list of decisions.
                next.limbs =
                        clause.outcome() != Outcome.APPROVED
                                && (OPENS_LIMBS.matcher(part).matches()
                                        || LIMB_WITHIN.matcher(part).matches());
            }
        }

        private void decide(Draft draft, String result) {
            draft.decided = true;
            if (isLost(result)) {
                draft.outcome = Outcome.LOST;
            } else if (PUT_OFF.matcher(result).matches()) {
                draft.outcome = Outcome.DEFERRED;
            } else if (draft.outcome == null || draft.formal) {
                draft.outcome = Outcome.CARRIED;
            }
        }

        void close() {
            Draft draft = open;
            open = null;
            if (draft == null) {
                return;
            }
            boolean seconded = draft.movers.both() && draft.movers != headed;
            if (!draft.decided && !seconded && draft.outcome == null) {
                return;
            }
            String text = draft.text.toString().strip();
            if (!draft.decided && WITHDRAWN.matcher(text).matches()) {
                return;
            }
            Outcome outcome = draft.outcome == null ? Outcome.CARRIED : draft.outcome;
            found.add(
                    new Decision(
                            text,
                            Outcomes.refine(outcome, text),
                            draft.movers.mover(),
                            draft.movers.seconder(),
                            VoteCount.in(draft.votes.toString())));
        }
    }

    List<Decision> in(Entry entry) {
        if (!mayDecide(entry.heading()) && !mayDecide(entry.body())) {
            return List.of();
        }
        OutcomeColumn table = OutcomeColumn.of(entry.body());
        List<Line> heading = entry.apart() ? entry.runOn() : entry.heading();
        List<Line> body = withoutMarks(withoutRunningHeads(table.rest()));
        // "4 Minutes" and right below it "Resolved: to approve them": the title is no part of it
        boolean below =
                entry.runOn().isEmpty()
                        && !body.isEmpty()
                        && DECIDES.matcher(body.getFirst().text()).lookingAt();
        Movers headed = Movers.inHeading(entry.heading().getFirst().text());
        Reading reading = new Reading(headed);
        List<Paragraph> paragraphs = new ArrayList<>();
        if (below) {
            paragraphs.addAll(Paragraphs.of(withoutMarks(heading)));
            paragraphs.addAll(Paragraphs.of(body));
        } else {
            List<Line> lines = new ArrayList<>(heading);
            lines.addAll(table.rest());
            paragraphs.addAll(Paragraphs.of(withoutMarks(withoutRunningHeads(lines))));
        }
        for (Sentence sentence : Sentences.of(paragraphs)) {
            reading.take(sentence);
        }
        reading.close();
        List<Decision> decisions = new ArrayList<>();
        for (String cell : table.cells()) {
            decisions.add(
                    new Decision(cell, Outcomes.ofCell(cell), null, null, VoteCount.in(cell)));
        }
        decisions.addAll(reading.found);
        return decisions;
    }

    /** Without the cells beside a motion that say which it is and are no part of its words. */
    private static List<Line> withoutMarks(List<Line> lines) {
        return lines.stream()
                .map(line ->
                        line.spans().size() > 1
                                        && line.spans().get(1).gapBefore()
                                        && MARK.matcher(line.spans().getFirst().text()).matches()
                                ? line.from(1)
                                : line)
                .toList();
    }

    /**
     * Without a running header that is printed on one page only, as on the second of two pages: it
     * would part a sentence.
     */
    private static List<Line> withoutRunningHeads(List<Line> lines) {
        List<Line> kept = new ArrayList<>();
        int page = lines.isEmpty() ? 0 : lines.getFirst().page();
        for (Line line : lines) {
            boolean head = line.page() != page && RUNNING_HEAD.matcher(line.text()).matches();
            page = line.page();
            if (!head) {
                kept.add(line);
            }
        }
        return kept;
    }

    private static boolean mayDecide(List<Line> lines) {
        for (Line line : lines) {
            if (STEMS.in(line.text())) {
                return true;
            }
        }
        return false;
    }

    /** Where a decision starts: with who moved it, or with what it follows, if that is short. */
    private static int start(String text, int clause) {
        String before = text.substring(0, clause);
        boolean moved = MOVED_BEFORE.matcher(before).matches();
        boolean follows = clause <= 60 && FOLLOWS.matcher(before).matches();
        // "The Harbour Area Committee agreed": its name stands before the word that it is one.
        boolean named = NAMED.matcher(before).matches();
        return moved && clause <= 200 || follows || named ? 0 : clause;
    }

    private static boolean isMotion(String text) {
        return MOTION_CUES.in(text)
                && MOTION.matcher(text).find()
                && !NO_MOTION.matcher(text).matches();
    }

    private static boolean isMoversOnly(String text) {
        return text.length() < 130
                && MOTION_CUES.in(text)
                && MOVERS_ONLY.matcher(text).matches()
                && !SAYS_WHAT.matcher(text).find();
    }

    private static boolean isLost(String result) {
        return LOST.matcher(result).matches();
    }

    /** Whether a result stands for a decision by itself: a list of votes does not. */
    private static boolean says(String result) {
        return SAYS_RESULT.matcher(result).matches();
    }
}
