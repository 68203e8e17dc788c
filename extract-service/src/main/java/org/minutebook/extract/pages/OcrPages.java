package org.minutebook.extract.pages;

import java.util.Optional;

/** Pages of one document that OCR has read already; a page comes back the same every time. */
@FunctionalInterface
public interface OcrPages {

    /** None was read. */
    OcrPages NONE = number -> Optional.empty();

    /**
     * A page as OCR read it, {@link Page.Reading#OCR} or {@link Page.Reading#UNREAD}; empty where
     * it was not read yet.
     *
     * @param number from 1
     */
    Optional<Page> page(int number);
}
