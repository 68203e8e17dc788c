package org.minutebook.local.client;

/** A service understood the request and will not do it, however often it is asked. */
public final class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    RejectedException(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    /** Status of the HTTP answer. */
    public int status() {
        return status;
    }

    /** The reason, for scripts. */
    public String code() {
        return code;
    }

    /** The reason, for a person. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
