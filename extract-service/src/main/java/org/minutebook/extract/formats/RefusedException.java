package org.minutebook.extract.formats;

import org.apache.tika.exception.TikaException;
import org.minutebook.contracts.RefusalReason;

/** Carries a refusal through the parsers; {@link DocumentReader} turns it into its outcome. */
final class RefusedException extends TikaException {

    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;
    private final String detail;

    RefusedException(RefusalReason reason, String detail) {
        super(detail);
        this.reason = reason;
        this.detail = detail;
    }

    RefusalReason reason() {
        return reason;
    }

    String detail() {
        return detail;
    }
}
