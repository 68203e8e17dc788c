package org.minutebook.ingest.web;

import org.minutebook.contracts.DocumentState;

/** States in words and colours, for pages. */
final class StateWords {

    private StateWords() {}

    /** As people say it. */
    static String of(DocumentState state) {
        return switch (state) {
            case UPLOADED -> "Waiting";
            case OCR_QUEUED -> "Waiting for OCR";
            case EXTRACTED -> "Read";
            case FAILED -> "Failed";
            case INDEXED -> "Searchable";
            case REFUSED -> "Refused";
            case DELETED -> "Deleted";
        };
    }

    /** Class of the tag; colours only repeat what the words say. */
    static String colourOf(DocumentState state) {
        return switch (state) {
            case UPLOADED, OCR_QUEUED -> "govuk-tag--blue";
            case EXTRACTED -> "govuk-tag--light-blue";
            case FAILED -> "govuk-tag--red";
            case INDEXED -> "govuk-tag--green";
            case REFUSED -> "govuk-tag--orange";
            case DELETED -> "govuk-tag--grey";
        };
    }
}
