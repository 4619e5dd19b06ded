package io.mppconnect.test.segment;

import org.jspecify.annotations.Nullable;

/** What makes a segment fail its statement, in the words that the SQL user sees. */
public final class SegmentFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** The SQLSTATE of a failed connection. */
    public static final String CONNECTION_FAILURE = "08006";

    /** The SQLSTATE of what the database did not expect. */
    public static final String INTERNAL_ERROR = "XX000";

    private final String sqlState;
    private final @Nullable String detail;
    private final @Nullable String hint;
    private final @Nullable String context;

    SegmentFailure(String sqlState, String message) {
        this(sqlState, message, null, null, null);
    }

    SegmentFailure(
            String sqlState, String message, @Nullable String detail, @Nullable String hint, @Nullable String context) {
        super(message);
        this.sqlState = sqlState;
        this.detail = detail;
        this.hint = hint;
        this.context = context;
    }

    SegmentFailure withContext(String where) {
        return new SegmentFailure(sqlState, String.valueOf(getMessage()), detail, hint, where);
    }

    public String sqlState() {
        return sqlState;
    }

    public @Nullable String detail() {
        return detail;
    }

    public @Nullable String hint() {
        return hint;
    }

    public @Nullable String context() {
        return context;
    }
}
