package org.minutebook.traces;

import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.DocumentId;
import org.slf4j.MDC;

/**
 * While it is open, what this thread logs names a document, and with it its trace, which has the
 * same id: {@code "trace.id"} and {@code "minutebook.document"} of a structured log line.
 *
 * <pre>{@code
 * try (AboutDocument _ = AboutDocument.of(record.key())) {
 *     log.error("…");
 * }
 * }</pre>
 */
public final class AboutDocument implements AutoCloseable {

    private static final String TRACE = "trace.id";

    private AboutDocument() {}

    /** Lines are about this document. */
    public static AboutDocument of(DocumentId document) {
        return of(document.value());
    }

    /**
     * Lines are about the document with this id.
     *
     * @param key of a record; what is no document's id is not named
     */
    public static AboutDocument of(@Nullable String key) {
        if (key != null && DocumentId.isValid(key)) {
            MDC.put(TRACE, key);
            MDC.put(Traces.DOCUMENT, key);
        }
        return new AboutDocument();
    }

    @Override
    public void close() {
        MDC.remove(TRACE);
        MDC.remove(Traces.DOCUMENT);
    }
}
