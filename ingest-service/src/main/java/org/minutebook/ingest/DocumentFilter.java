package org.minutebook.ingest;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.CouncilId;
import org.minutebook.contracts.DocumentState;

/**
 * Which documents are listed.
 *
 * @param states in one of these states; all but DELETED where the set is empty
 * @param council of this council; null for all
 * @param batch that came in this batch; null for all
 */
public record DocumentFilter(
        Set<DocumentState> states, @Nullable CouncilId council, @Nullable String batch) {

    public DocumentFilter {
        states = Set.copyOf(states);
    }
}
