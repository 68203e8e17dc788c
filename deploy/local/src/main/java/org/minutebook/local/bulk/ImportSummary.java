package org.minutebook.local.bulk;

import org.jspecify.annotations.Nullable;

/**
 * What became of an import: the last line of {@code import --json}. Each file counts once among the
 * states it can end in; without waiting most are in none of them yet.
 *
 * @param files files looked at
 * @param uploaded documents that were not there before
 * @param known files whose bytes were there before, or came twice
 * @param indexed files whose document is searchable
 * @param ocrQueued files whose document waits for OCR
 * @param refused files that are themselves the reason why they cannot be read
 * @param failed files that could not be handed in, or whose document failed for a reason of ours
 * @param unfinished files whose document was waited for in vain; they count in its state, too
 * @param otherDetails files whose document is there with other details than were given now
 * @param seconds duration
 * @param batch id of the batch of the documents uploaded; null where there was nothing to upload
 */
public record ImportSummary(
        int files,
        int uploaded,
        int known,
        int indexed,
        int ocrQueued,
        int refused,
        int failed,
        int unfinished,
        int otherDetails,
        double seconds,
        @Nullable String batch) {

    /** Whether all was done; documents that are refused are no failure of the import. */
    public boolean succeeded() {
        return failed == 0 && unfinished == 0;
    }
}
