package org.minutebook.contracts;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of a document's way through the services, as the header {@code traceparent} of a record
 * names it (W3C Trace Context).
 *
 * <p>There is one trace a document, and its id is the document's: who has the one has the other. A
 * step's id is a function of what went before, so a step that is repeated is the same step, and
 * nothing need be remembered between an upload and its announcement, which another instance may
 * make after a restart.
 *
 * @param traceId 32 lower-case hex digits
 * @param spanId 16 lower-case hex digits
 */
public record TraceContext(String traceId, String spanId) {

    /** Name of the header. */
    public static final String HEADER = "traceparent";

    private static final int SPAN_DIGITS = 16;
    private static final Pattern FORM =
            Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");

    /** The first step of a revision: what a person did. */
    public static TraceContext of(DocumentId document, Revision revision) {
        return new TraceContext(document.value(), hash(document + " " + revision));
    }

    /** The step that a header names; empty where it names none. */
    public static Optional<TraceContext> parse(String header) {
        Matcher form = FORM.matcher(header);
        return form.matches()
                ? Optional.of(new TraceContext(form.group(1), form.group(2)))
                : Optional.empty();
    }

    /** The step of this name that follows. */
    public TraceContext next(String name) {
        return new TraceContext(traceId, hash(traceId + spanId + name));
    }

    /** As the header says it, with the flag that the trace is recorded. */
    public String header() {
        return "00-" + traceId + "-" + spanId + "-01";
    }

    private static String hash(String text) {
        return HexFormat.of()
                .formatHex(ContentHash.newDigest().digest(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, SPAN_DIGITS);
    }
}
