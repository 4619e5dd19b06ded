package io.mppconnect;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws on purpose: what happened, where, and what to do about it.
 *
 * <p>The message never holds a row's values. A failed transfer carries the first cause, whichever side saw it; what
 * failed because of it is {@linkplain Throwable#getSuppressed() suppressed}.
 */
public class MppConnectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** Without another failure as its cause. */
    public MppConnectException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** With the failure that caused it, if there was one. */
    public MppConnectException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What has failed, for programs. */
    public ErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The SQLSTATE of the database error behind this one, when there is one. */
    public Optional<String> sqlState() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.ofNullable(sql.getSQLState());
            }
        }
        return Optional.empty();
    }
}
