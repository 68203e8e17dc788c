package org.minutebook.search.pictures;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.minutebook.contracts.Box;
import org.minutebook.contracts.ContentHash;
import org.minutebook.contracts.DocumentId;

/**
 * A part of a page that has something marked on it. Its key is a function of what is to be seen, so
 * a picture never has to be drawn anew while the document and the place stay the same.
 *
 * @param document that the page is of
 * @param page from 1
 * @param boxes what is marked; all on this page, one or more
 */
public record MarkedPart(DocumentId document, int page, List<Box> boxes) {

    /** To be raised when pictures are drawn differently, so that old ones are not served. */
    private static final int DRAWING = 1;

    /** Width of every picture, in dots; the whole width of the page. */
    public static final int WIDTH = 800;

    /** Height of every picture, in dots; a page of A4 upright has about twice that. */
    public static final int HEIGHT = 560;

    private static final int KEY_DIGITS = 24;

    /** Everything that is drawn of one document, in the store. */
    private static final String FOLDER = "pictures/";

    public MarkedPart {
        boxes = List.copyOf(boxes);
        if (boxes.isEmpty()) {
            throw new IllegalArgumentException("no boxes, expected 1 or more");
        }
    }

    /** Where the picture is kept in the store; all of it goes with the document. */
    String key() {
        return folder(document) + "/" + name();
    }

    /** Names what is to be seen. */
    public String name() {
        byte[] all = "%d %d %s".formatted(DRAWING, page, places()).getBytes(StandardCharsets.UTF_8);
        return ContentHash.of(all).hex().substring(0, KEY_DIGITS);
    }

    static String folder(DocumentId document) {
        return FOLDER + document;
    }

    /** Left, top, width and height of each box, as the program that draws is told. */
    String places() {
        return boxes.stream()
                .map(box ->
                        String.format(
                                Locale.ROOT,
                                "%.1f,%.1f,%.1f,%.1f",
                                box.x(),
                                box.y(),
                                box.width(),
                                box.height()))
                .collect(Collectors.joining(";"));
    }
}
