package org.minutebook.search.pictures;

/** As many pictures are being drawn as may be; this one can be asked for again soon. */
public final class PicturesBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PicturesBusyException() {
        super("as many pictures are being drawn as may be at once");
    }
}
