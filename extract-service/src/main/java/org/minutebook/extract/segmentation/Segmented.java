package org.minutebook.extract.segmentation;

import java.util.List;
import org.minutebook.extract.pages.Line;

/**
 * A document cut into its entries.
 *
 * @param front lines before the first entry: title, venue, who was present
 * @param entries in order; empty for a document that is neither agenda nor minutes
 */
public record Segmented(List<Line> front, List<Entry> entries) {

    public Segmented {
        front = List.copyOf(front);
        entries = List.copyOf(entries);
    }
}
