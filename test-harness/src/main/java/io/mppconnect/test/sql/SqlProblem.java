package io.mppconnect.test.sql;

import org.jspecify.annotations.Nullable;

/** A statement that the database refuses, as the database words it. */
public final class SqlProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final @Nullable String hint;

    public SqlProblem(String sqlState, String message) {
        this(sqlState, message, null);
    }

    public SqlProblem(String sqlState, String message, @Nullable String hint) {
        super(message);
        this.sqlState = sqlState;
        this.hint = hint;
    }

    public String sqlState() {
        return sqlState;
    }

    public @Nullable String hint() {
        return hint;
    }

    static SqlProblem syntax(String near) {
        return new SqlProblem(
                "42601", near.isEmpty() ? "syntax error at end of input" : "syntax error at or near \"" + near + "\"");
    }
}
