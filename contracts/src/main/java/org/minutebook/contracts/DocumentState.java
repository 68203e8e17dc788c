package org.minutebook.contracts;

/**
 * State of a document as a person sees it. Within one revision a state replaces only states before
 * it in this order, so that events may arrive late or twice.
 */
public enum DocumentState {
    /** Stored; waits to be read. */
    UPLOADED,
    /** Scanned pages wait for OCR. */
    OCR_QUEUED,
    /** Read and cut into agenda items; waits to be indexed. */
    EXTRACTED,
    /**
     * A service could not handle it for a reason that is ours; listed among the dead letters, can
     * be replayed.
     */
    FAILED,
    /** Searchable. */
    INDEXED,
    /** The document itself is the reason why it cannot be read; see the reason code. */
    REFUSED,
    /** Deleted on request. */
    DELETED;

    /** Whether nothing more happens without being asked. */
    public boolean isFinal() {
        return compareTo(FAILED) >= 0;
    }
}
