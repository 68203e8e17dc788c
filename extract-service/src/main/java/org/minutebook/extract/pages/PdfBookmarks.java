package org.minutebook.extract.pages;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the outline of a PDF. One that is broken, or leads in circles, is read as far as it goes.
 */
public final class PdfBookmarks {

    private static final Logger log = LoggerFactory.getLogger(PdfBookmarks.class);

    /** Entries after which the rest is left: a pack of a thousand pages has a few hundred. */
    private static final int MOST = 2000;

    private PdfBookmarks() {}

    private record Open(PDOutlineItem item, int level) {}

    /**
     * The entries in order that have a title and lead to a page; none where there is no outline.
     */
    public static List<Bookmark> of(PDDocument document) {
        List<Bookmark> bookmarks = new ArrayList<>();
        try {
            PDOutlineNode root = document.getDocumentCatalog().getDocumentOutline();
            if (root != null && root.getFirstChild() != null) {
                read(document, root.getFirstChild(), bookmarks);
            }
        } catch (IOException | RuntimeException e) {
            // The pages say what the document says; the outline only helps.
            log.info("outline cannot be read to its end", e);
        }
        return bookmarks;
    }

    private static void read(PDDocument document, PDOutlineItem first, List<Bookmark> bookmarks)
            throws IOException {
        Map<COSDictionary, Integer> pages = new IdentityHashMap<>();
        for (PDPage page : document.getPages()) {
            pages.put(page.getCOSObject(), pages.size() + 1);
        }
        Set<COSDictionary> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(first, 1));
        while (!open.isEmpty() && seen.size() < MOST) {
            Open next = open.pop();
            PDOutlineItem item = next.item();
            if (!seen.add(item.getCOSObject())) {
                continue;
            }
            PDOutlineItem sibling = item.getNextSibling();
            if (sibling != null) {
                open.push(new Open(sibling, next.level()));
            }
            PDOutlineItem child = item.getFirstChild();
            if (child != null) {
                open.push(new Open(child, next.level() + 1));
            }
            String title = item.getTitle();
            PDPage page = item.findDestinationPage(document);
            Integer number = page == null ? null : pages.get(page.getCOSObject());
            if (title != null && !title.isBlank() && number != null) {
                bookmarks.add(new Bookmark(title.strip(), number, next.level()));
            }
        }
    }
}
