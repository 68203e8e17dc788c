package org.minutebook.extract.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Decision;

/**
 * What is read of one item besides its text.
 *
 * @param decisions what was decided, in order; empty in an agenda
 * @param attachments names of papers that it names as attached
 * @param interests declarations of interest elsewhere in the document that point to it
 * @param continuedElsewhere the mark that says that its text goes on in another document; null
 *     where there is none
 */
public record ItemFacts(
        List<Decision> decisions,
        List<String> attachments,
        List<String> interests,
        @Nullable String continuedElsewhere) {

    public ItemFacts {
        decisions = List.copyOf(decisions);
        attachments = List.copyOf(attachments);
        interests = List.copyOf(interests);
    }
}
