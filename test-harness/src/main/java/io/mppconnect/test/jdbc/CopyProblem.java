package io.mppconnect.test.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What COPY complained about.
 *
 * @param line counted from 1 within that COPY
 * @param column null when the row as a whole is wrong
 * @param message in the words of a Greenplum segment
 * @param showsRow whether the row could be read so far that it can be shown
 */
record CopyProblem(long line, @Nullable String column, String sqlState, String message, boolean showsRow) {

    private static final Pattern CONTEXT =
            Pattern.compile("COPY [^,]+, line (\\d+)(?:, column (\"(?:[^\"]|\"\")*\"|[^:]*))?(:.*)?", Pattern.DOTALL);
    private static final Pattern INTEGER_TYPE =
            Pattern.compile("invalid input syntax for type (?:smallint|integer|bigint):");

    /** Nothing when the problem is not one of a row. */
    static Optional<CopyProblem> of(SQLException problem) {
        if (!(problem instanceof PSQLException exception)) {
            return Optional.empty();
        }
        ServerErrorMessage server = exception.getServerErrorMessage();
        if (server == null || server.getWhere() == null || server.getSQLState() == null) {
            return Optional.empty();
        }
        Matcher context = CONTEXT.matcher(server.getWhere());
        if (!context.lookingAt()) {
            return Optional.empty();
        }
        String column = context.group(2);
        boolean showsRow = column != null || context.group(3) != null;
        return Optional.of(new CopyProblem(
                Long.parseLong(context.group(1)),
                column,
                server.getSQLState(),
                greenplumWords(String.valueOf(server.getMessage())),
                showsRow));
    }

    /** PostgreSQL 12 names the integer types apart, Greenplum 6 does not. */
    private static String greenplumWords(String message) {
        return INTEGER_TYPE.matcher(message).replaceFirst("invalid input syntax for integer:");
    }

    boolean isDataError() {
        return sqlState.startsWith("22");
    }

    /** The message as error logs and reject limits show it. */
    String messageWithColumn() {
        return column == null ? message : message + ", column " + column;
    }
}
