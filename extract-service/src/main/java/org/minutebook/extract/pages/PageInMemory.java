package org.minutebook.extract.pages;

import java.io.IOException;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.jspecify.annotations.Nullable;

/**
 * A page whose drawing instructions, where they are stored without compression, are taken into
 * memory before they are read: they are read letter by letter, and PDFBox seeks in the file for
 * each letter.
 */
final class PageInMemory extends PDPage {

    /** Instructions of more bytes, as of maps and plans, stay where they are. */
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private final PDPage page;

    PageInMemory(PDPage page) {
        super(page.getCOSObject());
        this.page = page;
    }

    /** With what the document has read of them already. */
    @Override
    public @Nullable PDResources getResources() {
        return page.getResources();
    }

    @Override
    public RandomAccessRead getContentsForStreamParsing() throws IOException {
        RandomAccessRead stored = page.getContentsForStreamParsing();
        // What is unpacked on the way is in memory, and does not know its length.
        if (!(stored instanceof RandomAccessReadView) || stored.length() > MOST_BYTES) {
            return stored;
        }
        try (stored) {
            byte[] bytes = new byte[Math.toIntExact(stored.length())];
            stored.readFully(bytes);
            return new RandomAccessReadBuffer(bytes);
        }
    }
}
