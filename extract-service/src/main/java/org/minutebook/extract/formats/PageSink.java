package org.minutebook.extract.formats;

import java.util.ArrayList;
import java.util.List;
import org.apache.tika.parser.ParseContext;
import org.minutebook.extract.pages.Bookmark;
import org.minutebook.extract.pages.Line;
import org.minutebook.extract.pages.OcrPages;
import org.minutebook.extract.pages.Page;

/**
 * Where parsers put the pages that they read, handed to them in Tika's {@link ParseContext}: SAX
 * events, Tika's own way, have no place for positions.
 */
final class PageSink {

    private final Budget budget;
    private final OcrPages ocr;
    private final List<Page> pages = new ArrayList<>();
    private List<Bookmark> bookmarks = List.of();

    PageSink(Budget budget, OcrPages ocr) {
        this.budget = budget;
        this.ocr = ocr;
    }

    static PageSink of(ParseContext context) {
        PageSink sink = context.get(PageSink.class);
        if (sink == null) {
            throw new IllegalStateException("no PageSink in the parse context");
        }
        return sink;
    }

    Budget budget() {
        return budget;
    }

    OcrPages ocr() {
        return ocr;
    }

    /** Takes a page and counts it against the limits. */
    void put(Page page) throws RefusedException {
        for (Line line : page.lines()) {
            for (Line.Span span : line.spans()) {
                budget.takeText(span.text().length());
            }
        }
        pages.add(page);
        budget.pageRead();
    }

    /** Takes the outline that the file carries. */
    void putBookmarks(List<Bookmark> outline) {
        bookmarks = outline;
    }

    List<Bookmark> bookmarks() {
        return bookmarks;
    }

    List<Page> pages() {
        return pages;
    }
}
