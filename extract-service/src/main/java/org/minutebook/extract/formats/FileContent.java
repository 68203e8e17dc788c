package org.minutebook.extract.formats;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.RefusalReason;
import org.minutebook.extract.pages.Bookmark;
import org.minutebook.extract.pages.Page;

/** What became of a file that was to be read. */
public sealed interface FileContent {

    /**
     * It was read.
     *
     * @param mediaType what it is, judged by its bytes
     * @param title title that the file carries beside its pages; null where it has none
     * @param pages in order, at least one
     * @param bookmarks outline that the file carries beside its pages; empty where it has none
     */
    record Readable(
            String mediaType, @Nullable String title, List<Page> pages, List<Bookmark> bookmarks)
            implements FileContent {
        public Readable {
            bookmarks = List.copyOf(bookmarks);
            pages = List.copyOf(pages);
            if (pages.isEmpty()) {
                throw new IllegalArgumentException("no pages, expected one or more");
            }
        }

        /** Numbers of the pages that wait for OCR, ascending. */
        public List<Integer> scanned() {
            return pages.stream()
                    .filter(page -> page.reading() == Page.Reading.SCANNED)
                    .map(Page::number)
                    .toList();
        }
    }

    /**
     * The file itself is the reason why it cannot be read; whoever tries again gets the same.
     *
     * @param reason code that people and scripts see
     * @param detail a sentence or two for a clerk: what is wrong with this file and what to do
     */
    record Refused(RefusalReason reason, String detail) implements FileContent {}
}
