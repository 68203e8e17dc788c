package org.minutebook.contracts;

/**
 * Headers of a record on a dead letter topic, beside those it had. Key and value are as they were.
 * All are UTF-8 text.
 */
public final class DeadLetterHeaders {

    /** Topic that the record was read from; a replay sends it there again. */
    public static final String TOPIC = "dead-letter-topic";

    /** Partition that it was read from. */
    public static final String PARTITION = "dead-letter-partition";

    /** Its offset there. */
    public static final String OFFSET = "dead-letter-offset";

    /** The service that gave it up, as {@code /minutebook/extract-service}. */
    public static final String SERVICE = "dead-letter-service";

    /** One line: type and message of what went wrong. */
    public static final String CAUSE = "dead-letter-cause";

    /** Stack trace of what went wrong. */
    public static final String STACK_TRACE = "dead-letter-stack-trace";

    /** When it was given up, RFC 3339. */
    public static final String AT = "dead-letter-at";

    private DeadLetterHeaders() {}
}
