package org.minutebook.contracts;

/**
 * Why a document cannot be read, whoever tries. The names are the reason codes that people and
 * scripts see.
 */
public enum RefusalReason {
    /** No bytes at all. */
    EMPTY("The file is empty."),
    /** Needs a password. */
    ENCRYPTED("The document is encrypted. Upload a copy without a password."),
    /** The content is not what the name says, as a text named .pdf. */
    WRONG_TYPE("The file is not of the type that its name says."),
    /** A type that is not read. */
    UNSUPPORTED_TYPE(
            "Files of this type are not read. PDF, DOCX, ODT, RTF, HTML and plain text are."),
    /** Truncated or broken beyond repair. */
    DAMAGED("The file is damaged or incomplete. Upload it again from its source."),
    /** A document without a page. */
    NO_PAGES("The document has no pages."),
    /** Over the limit on bytes or pages. */
    TOO_LARGE("The document is larger than the limit."),
    /** Reading it took longer than the limit. */
    TOO_SLOW("Reading the document took longer than the limit."),
    /**
     * Reading it took more memory or output than the limit, or crashed the process that read it.
     */
    TOO_DEMANDING("Reading the document took more than the limits allow.");

    private final String explanation;

    RefusalReason(String explanation) {
        this.explanation = explanation;
    }

    /** One or two sentences for a person: what is wrong and what to do. */
    public String explanation() {
        return explanation;
    }
}
