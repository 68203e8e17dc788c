package org.minutebook.chaos;

import java.time.Duration;
import java.util.Map;

/**
 * Something that a clerk does.
 *
 * @param at when, from the start of the run; later where what comes before it takes longer
 * @param act what
 * @param paper number of the paper
 * @param metadata the correction; empty for everything else
 */
record Step(Duration at, Act act, int paper, Map<String, String> metadata) {

    /** What is done. */
    enum Act {
        /** Hands it in. */
        UPLOAD,
        /** Hands the same bytes in once more. */
        REPEAT,
        /** Corrects its metadata. */
        CORRECT,
        /** Has it read again. */
        REPROCESS,
        /** Deletes it. */
        DELETE,
        /** Hands it in that was deleted. */
        RESTORE,
        /** Hands the paper in whose number follows, as a correction of it. */
        REPLACE
    }
}
