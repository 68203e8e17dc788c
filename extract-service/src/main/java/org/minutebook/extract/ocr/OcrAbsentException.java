package org.minutebook.extract.ocr;

/** There is no Tesseract, or not with the languages asked for. Its message says what to do. */
public final class OcrAbsentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OcrAbsentException(String message) {
        super(message);
    }
}
