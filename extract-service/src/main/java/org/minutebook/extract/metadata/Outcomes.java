package org.minutebook.extract.metadata;

import java.util.regex.Pattern;
import org.minutebook.contracts.Outcome;

/** What became of a matter, by the words of the decision. */
final class Outcomes {

    private static final Pattern DEFERS =
            Pattern.compile(
                    "(?is).{0,160}?\\b(?:to (?:defer|postpone|table|adjourn consideration)|(?:be|is|was|were|been) (?:deferred|postponed|held over|referred (?:back )?to)|defer(?:red)?\\b.{0,40}\\b(?:until|to|pending)).*");

    private static final Pattern NOTES =
            Pattern.compile(
                    "(?is)^.{0,200}?\\b(?:to note|be noted|was noted|were noted|noted|that .{0,60}\\bnotes?|note)\\b.*");

    /** What makes a resolution more than taking note. */
    private static final Pattern DECIDES_MORE =
            Pattern.compile(
                    "(?is).*\\b(?:approv|endors|adopt|request|grant|pay|appoint|authori[sz]|accept|recommend(?:ed|s)? (?:that|to|the)|confirm|instruct|ask(?:ed)?|refus|sign(?:ed)?|write|support)\\w*.*");

    private Outcomes() {}

    /** The outcome that a deciding word says, unless what was decided is to put off or to note. */
    static Outcome refine(Outcome said, String text) {
        if (said == Outcome.LOST || said == Outcome.DEFERRED) {
            return said;
        }
        if (DEFERS.matcher(text).matches()) {
            return Outcome.DEFERRED;
        }
        if (NOTES.matcher(text).matches() && !DECIDES_MORE.matcher(text).matches()) {
            return Outcome.NOTED;
        }
        return said;
    }

    /** The outcome of a cell of a table that opens with it. */
    static Outcome ofCell(String cell) {
        String folded = cell.toLowerCase(java.util.Locale.ROOT);
        if (folded.startsWith("reject")
                || folded.startsWith("refus")
                || folded.startsWith("declin")
                || folded.startsWith("not ")) {
            return Outcome.LOST;
        }
        if (folded.startsWith("defer")) {
            return Outcome.DEFERRED;
        }
        if (folded.startsWith("agreed")
                || folded.startsWith("recommend")
                || folded.contains("agreed that")) {
            return Outcome.AGREED;
        }
        return Outcome.APPROVED;
    }
}
