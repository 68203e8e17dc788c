package org.minutebook.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The record that lies beside a document's bytes: what was said when it was handed in, and what was
 * done with it since. With the bytes it is all that is needed to rebuild everything else.
 *
 * @param id names the document
 * @param sha256 hash of its bytes
 * @param size bytes
 * @param revision grows with every change
 * @param given metadata given at upload or corrected since; wins over what is read
 * @param names file names under which it was handed in, oldest first
 * @param batches ids of the batches it came in
 * @param uploadedAt when it first came in
 * @param replaces the document that this one corrects; null where it corrects none
 * @param deleted whether it was deleted: the bytes are gone, the record stays
 * @param hidden items that must not be shown
 */
public record StoredDocument(
        DocumentId id,
        ContentHash sha256,
        long size,
        Revision revision,
        Metadata given,
        List<String> names,
        List<String> batches,
        Instant uploadedAt,
        @Nullable DocumentId replaces,
        boolean deleted,
        Set<ItemId> hidden) {

    public StoredDocument {
        names = Lists.copy(names);
        batches = Lists.copy(batches);
        hidden = hidden == null ? Set.of() : Set.copyOf(hidden);
    }

    /** Ending of the id of a batch about which nobody is alerted, as of a bulk of old minutes. */
    public static final String ALERTS_OFF = ".alerts-off";

    /** Whether nobody is alerted about it: the batch it came in last says so. */
    public boolean alertsOff() {
        return !batches.isEmpty() && batches.getLast().endsWith(ALERTS_OFF);
    }

    /** The newest name, or the id where it came without one. */
    public String name() {
        return names.isEmpty() ? id.value() : names.getLast();
    }
}
