package org.minutebook.extract;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.minutebook.extract.segmentation.Entry;

/** Tells under which section each entry stands, asked in the order of the document. */
final class Sections {

    /** Sections that are open, the innermost first. */
    private final Deque<Entry> open = new ArrayDeque<>();

    /** Title of the section that an entry stands under; null where it stands under none. */
    @Nullable String of(Entry entry) {
        while (!open.isEmpty() && open.getFirst().level() >= entry.level()) {
            open.removeFirst();
        }
        String title = open.isEmpty() ? null : open.getFirst().title();
        if (entry.grouping()) {
            open.addFirst(entry);
        }
        return title;
    }
}
