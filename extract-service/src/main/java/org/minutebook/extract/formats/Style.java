package org.minutebook.extract.formats;

/**
 * How a stretch of text is printed.
 *
 * @param size of the letters in points
 * @param font its name; empty where the file does not say
 */
record Style(double size, boolean bold, boolean italic, String font) {

    /** What a file means that says nothing. */
    static final Style PLAIN = new Style(11, false, false, "");

    Style bolder() {
        return bold ? this : new Style(size, true, italic, font);
    }

    Style slanted() {
        return italic ? this : new Style(size, bold, true, font);
    }

    Style sized(double points) {
        return new Style(points, bold, italic, font);
    }
}
