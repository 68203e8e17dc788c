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

    private final @Nullable String documentBefore;

    private AboutDocument(@Nullable String documentBefore) {
        this.documentBefore = documentBefore;
    }

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
        AboutDocument opened = new AboutDocument(MDC.get(Traces.DOCUMENT));
        if (key != null && DocumentId.isValid(key)) {
            name(key);
        }
        return opened;
    }

    private static void name(String document) {
        MDC.put(TRACE, document);
        MDC.put(Traces.DOCUMENT, document);
    }

    /** Lines are about what they were about before. */
    @Override
    public void close() {
        if (documentBefore == null) {
            MDC.remove(TRACE);
            MDC.remove(Traces.DOCUMENT);
        } else {
            name(documentBefore);
        }
    }
}
