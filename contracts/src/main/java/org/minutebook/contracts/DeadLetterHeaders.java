package org.minutebook.contracts;

import java.util.Set;

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

    /**
     * On a record without a value: offset, in the same partition, of the dead letter that an
     * operator has dealt with.
     */
    public static final String HANDLED = "dead-letter-handled";

    /** Beside {@link #HANDLED}: what the operator did, {@code replayed} or {@code discarded}. */
    public static final String ACTION = "dead-letter-action";

    /** Those that a dead letter has and the record that it was had not. */
    public static final Set<String> ALL =
            Set.of(TOPIC, PARTITION, OFFSET, SERVICE, CAUSE, STACK_TRACE, AT);

    private DeadLetterHeaders() {}
}
