package io.mppconnect.format;

import org.jspecify.annotations.Nullable;

/** A record whose bytes are not what its format asks for. The next one may be good. */
public final class BadRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Where in the record it is, from the outside inwards; empty for the record itself. */
    private final String place;

    /**
     * Tells what is wrong.
     *
     * @param reason what is wrong and where in the record, without its values, such as {@code no JSON at byte 17: a
     *     comma is missing}
     */
    public BadRecordException(String reason) {
        this(reason, "", null);
    }

    public BadRecordException(String reason, Throwable cause) {
        this(reason, "", cause);
    }

    private BadRecordException(String reason, String place, @Nullable Throwable cause) {
        super(reason, cause);
        this.place = place;
    }

    /** The same, when what is bad lies within something of this name. */
    BadRecordException within(String name) {
        String inner = place.isEmpty() ? name : name + "." + place;
        return new BadRecordException(reason(), inner, getCause());
    }

    private String reason() {
        return String.valueOf(super.getMessage());
    }

    @Override
    public String getMessage() {
        return place.isEmpty() ? reason() : reason() + ", in " + place;
    }
}
