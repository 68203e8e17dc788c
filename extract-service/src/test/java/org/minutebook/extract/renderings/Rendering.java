package org.minutebook.extract.renderings;

import java.util.function.Function;

/**
 * A way to make a document of a meeting's text.
 *
 * @param name what is special about it, for the names of tests
 * @param ending of the file's name, without dot
 * @param scanned whether it is a picture that must be read by OCR
 * @param bytes makes the file
 */
public record Rendering(
        String name, String ending, boolean scanned, Function<MeetingText, byte[]> bytes) {

    static Rendering of(String name, String ending, Function<MeetingText, byte[]> bytes) {
        return new Rendering(name, ending, false, bytes);
    }

    static Rendering pdf(String name, PdfLook look) {
        return of(name, "pdf", text -> PdfRendering.render(text, look));
    }

    public byte[] of(MeetingText text) {
        return bytes.apply(text);
    }

    @Override
    public String toString() {
        return name;
    }
}
