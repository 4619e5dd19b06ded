package io.mppconnect.format;

import org.jspecify.annotations.Nullable;

/**
 * A record whose bytes are not what its format asks for, or a row that no such record can be made of. The next one may be
 * good.
 */
public final class BadRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    /** How much is told of a place. */
    private static final int LONGEST = 200;

    /** Where in the record it is, from the outside inwards; empty for the record itself. */
    private final String place;

    /**
     * Tells what is wrong.
     *
     * @param reason what is wrong and where in the record, without its values, such as {@code no JSON at byte 17: a
     *     comma is missing}
     */
    public BadRecordException(String reason) {
        super(reason);
        place = "";
    }

    /** With what the library that read the record threw. */
    public BadRecordException(String reason, Throwable cause) {
        super(reason, cause);
        place = "";
    }

    /** Without a stack trace, for there is one for each of the things that are around it. */
    private BadRecordException(String reason, String place, @Nullable Throwable cause) {
        super(reason, cause, true, false);
        this.place = place;
    }

    /** The same, told to be within something of this name, such as a field of the record; the outermost is added last. */
    public BadRecordException within(String name) {
        String inner = place.isEmpty() ? name : name + "." + place;
        String told = inner.length() <= LONGEST ? inner : inner.substring(0, LONGEST) + "...";
        return new BadRecordException(reason(), told, getCause());
    }

    private String reason() {
        return String.valueOf(super.getMessage());
    }

    @Override
    public String getMessage() {
        return place.isEmpty() ? reason() : reason() + ", in " + place;
    }
}
