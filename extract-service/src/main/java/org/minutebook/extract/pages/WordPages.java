package org.minutebook.extract.pages;

import java.util.ArrayList;
import java.util.List;

/** Puts words that were read off a picture together as the text of a page is put together. */
public final class WordPages {

    private static final Glyph.Style PLAIN = new Glyph.Style("", false, false);
    private static final Glyph.Style BOLD = new Glyph.Style("", true, false);

    private WordPages() {}

    /**
     * A page with these words.
     *
     * @param number from 1
     * @param width in points, in the frame in which the words are read
     * @param height in points, in the frame in which the words are read
     * @param words in any order
     */
    public static Page page(int number, double width, double height, List<Word> words) {
        List<Glyph> glyphs = new ArrayList<>(words.size());
        for (Word word : words) {
            glyphs.add(
                    new Glyph(
                            word.text(),
                            (float) word.x(),
                            (float) word.baseline(),
                            (float) word.width(),
                            (float) word.size(),
                            word.bold() ? BOLD : PLAIN,
                            true,
                            (float) word.confidence()));
        }
        GlyphReader.Drawn drawn =
                new GlyphReader.Drawn((float) width, (float) height, glyphs, 0, 1, 0);
        return new Page(number, width, height, LineBuilder.lines(number, drawn), Page.Reading.OCR);
    }
}
