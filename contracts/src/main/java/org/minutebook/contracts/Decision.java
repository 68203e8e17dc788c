package org.minutebook.contracts;

import org.jspecify.annotations.Nullable;

/**
 * What a meeting decided on an item, as recorded.
 *
 * <pre>{@code
 * {"text": "Resolved: That the minutes be agreed as a true record.", "outcome": "resolved",
 *  "mover": "Cllr Hall", "seconder": "Cllr Reed", "votes": {"votesFor": 5, "against": 1, "abstained": 0}}
 * }</pre>
 *
 * @param text the deciding clause as printed, white space folded
 * @param outcome what became of the matter
 * @param mover who moved it, as printed; null where the minutes do not say
 * @param seconder who seconded it, as printed; null where the minutes do not say
 * @param votes the count of votes; null where none is printed
 */
public record Decision(
        String text,
        Outcome outcome,
        @Nullable String mover,
        @Nullable String seconder,
        @Nullable Votes votes) {

    /**
     * A count of votes as printed; null where a number is not printed.
     *
     * @param votesFor votes for the motion
     * @param against votes against it
     * @param abstained abstentions
     */
    public record Votes(
            @Nullable Integer votesFor, @Nullable Integer against, @Nullable Integer abstained) {}
}
