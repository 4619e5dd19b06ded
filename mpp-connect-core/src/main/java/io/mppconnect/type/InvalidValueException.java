package io.mppconnect.type;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import org.jspecify.annotations.Nullable;

/**
 * One value cannot be written into a column, or read from it as the wished Java type. Whoever knows the row and the
 * column's name says them together with the {@link #reason()}.
 */
public final class InvalidValueException extends MppConnectException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason a clause without the value itself, such as {@code the value does not fit int2 (-32768 to 32767)} */
    public InvalidValueException(String reason) {
        this(reason, null);
    }

    InvalidValueException(String reason, @Nullable Throwable cause) {
        super(ErrorCode.BAD_DATA, "Invalid value: " + reason, cause);
        this.reason = reason;
    }

    /** Why, as a clause without the value itself. */
    public String reason() {
        return reason;
    }
}
