package io.mppconnect.format;

/** A record whose bytes are not what its format asks for. The next one may be good. */
public final class BadRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Tells what is wrong.
     *
     * @param reason what is wrong and where in the record, without its values, such as {@code no JSON at byte 17: a
     *     comma is missing}
     */
    public BadRecordException(String reason) {
        super(reason);
    }

    /** With what the library that read the record threw. */
    public BadRecordException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
