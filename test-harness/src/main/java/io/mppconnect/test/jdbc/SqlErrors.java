package io.mppconnect.test.jdbc;

import io.mppconnect.test.segment.SegmentFailure;
import io.mppconnect.test.sql.SqlProblem;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Errors and notices as the server would send them. */
final class SqlErrors {

    static final String CANCELED = "57014";
    static final String REJECT_LIMIT = "40M00";

    private SqlErrors() {}

    static SQLException error(String sqlState, String message) {
        return error(sqlState, message, null, null, null);
    }

    static SQLException error(
            String sqlState, String message, @Nullable String detail, @Nullable String hint, @Nullable String context) {
        return new PSQLException(message("ERROR", sqlState, message, detail, hint, context));
    }

    static SQLException error(SqlProblem problem) {
        return error(problem.sqlState(), String.valueOf(problem.getMessage()), null, problem.hint(), null);
    }

    /** @param suffix which segment it was, as the database words it */
    static SQLException error(SegmentFailure failure, String suffix) {
        return error(
                failure.sqlState(), failure.getMessage() + suffix, failure.detail(), failure.hint(), failure.context());
    }

    /** The same error without the context of the emulation's own functions. */
    static SQLException withoutOwnContext(SQLException problem) {
        if (!(problem instanceof PSQLException exception)) {
            return problem;
        }
        ServerErrorMessage server = exception.getServerErrorMessage();
        if (server == null || server.getWhere() == null || !server.getWhere().contains("function mpp_")) {
            return problem;
        }
        return error(
                String.valueOf(server.getSQLState()),
                String.valueOf(server.getMessage()),
                server.getDetail(),
                server.getHint(),
                null);
    }

    static SQLException canceled() {
        return error(CANCELED, "canceling statement due to user request");
    }

    static SQLException notEmulated(String what) {
        return error("0A000", what + " is not emulated by the embedded cluster");
    }

    static SQLWarning notice(String message) {
        return new PSQLWarning(message("NOTICE", "00000", message, null, null, null));
    }

    private static ServerErrorMessage message(
            String severity,
            String sqlState,
            String message,
            @Nullable String detail,
            @Nullable String hint,
            @Nullable String context) {
        StringBuilder fields = new StringBuilder();
        field(fields, 'S', severity);
        field(fields, 'C', sqlState);
        field(fields, 'M', message);
        field(fields, 'D', detail);
        field(fields, 'H', hint);
        field(fields, 'W', context);
        return new ServerErrorMessage(fields.toString());
    }

    private static void field(StringBuilder fields, char name, @Nullable String value) {
        if (value != null) {
            fields.append(name).append(value.replace('\0', ' ')).append('\0');
        }
    }
}
