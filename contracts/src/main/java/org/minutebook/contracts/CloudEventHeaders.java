package org.minutebook.contracts;

/**
 * Kafka headers of a CloudEvent in binary mode. Source: CloudEvents 1.0, Kafka protocol binding,
 * section 3.2.
 */
public final class CloudEventHeaders {

    /** Always {@value #SPEC_VERSION_1}. */
    public static final String SPEC_VERSION = "ce_specversion";

    /** Unique with the source; the same for a repeat of the same event. */
    public static final String ID = "ce_id";

    /** The service that says it, as {@code /minutebook/extract-service}. */
    public static final String SOURCE = "ce_source";

    /** {@link Topic#eventType()}. */
    public static final String TYPE = "ce_type";

    /** When it happened, RFC 3339. */
    public static final String TIME = "ce_time";

    /**
     * An extension of ours: there where an event repeats, from the store alone, what was said
     * before, and on all that follows from it. It is no news to anybody.
     */
    public static final String REBUILT = "ce_rebuilt";

    /** Value of {@link #REBUILT}. */
    public static final String YES = "true";

    /**
     * An extension of ours, on {@code documents.scanned}: partition of {@code documents.uploaded}
     * that the document came from and goes back to, so that all that is said of it there keeps its
     * order.
     */
    public static final String UPLOADED_PARTITION = "ce_uploadedpartition";

    /** Media type of the value. */
    public static final String CONTENT_TYPE = "content-type";

    /** Value of {@link #SPEC_VERSION}. */
    public static final String SPEC_VERSION_1 = "1.0";

    /** Value of {@link #CONTENT_TYPE}. */
    public static final String JSON = "application/json";

    private CloudEventHeaders() {}
}
