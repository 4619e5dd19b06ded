package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says what the database's errors mean for a transfer, without the row's values that the database puts into them. */
final class FailureReport {

    /** {@code External table x8, line 3 of gpfdist://host:port/path [NAME]: "raw row"}. */
    private static final Pattern PLACE =
            Pattern.compile("External table \\S+, line (\\d+) of \\S+(?: \\[(.*?)\\])?(?=:|,|$)", Pattern.DOTALL);

    private static final Pattern QUOTED_VALUE = Pattern.compile(":? \".*\"", Pattern.DOTALL);

    private FailureReport() {}

    static MppConnectException of(TransferJob job, Throwable failure) {
        if (failure instanceof MppConnectException known) {
            return known;
        }
        if (failure instanceof SQLException sql) {
            return of(job, sql);
        }
        if (failure instanceof InterruptedException) {
            return new MppConnectException(ErrorCode.CANCELLED, "Cannot finish " + job + ": it was cancelled", failure);
        }
        ErrorCode code = job instanceof TransferJob.Load ? ErrorCode.SOURCE_FAILED : ErrorCode.TARGET_FAILED;
        return new MppConnectException(code, "Cannot transfer " + job + ": " + failure, failure);
    }

    private static MppConnectException of(TransferJob job, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String message = text(failure);
        if (isConnectionLost(failure)) {
            return new MppConnectException(
                    ErrorCode.CONNECTION,
                    "Cannot transfer " + job + ": the coordinator went away (" + message
                            + "); nothing was committed, run it again",
                    failure);
        }
        if (state.equals("42501")) {
            return new MppConnectException(
                    ErrorCode.PRIVILEGE_MISSING, "Cannot transfer " + job + ": " + message, failure);
        }
        if (state.startsWith("22")) {
            return new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot transfer " + job + ": " + QUOTED_VALUE.matcher(message).replaceAll("") + place(failure),
                    failure);
        }
        return new MppConnectException(
                ErrorCode.STATEMENT_FAILED, "Cannot transfer " + job + ": " + message + place(failure), failure);
    }

    /** Whether the connection is gone, so that nobody knows what became of a commit under way. */
    static boolean isConnectionLost(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return state.startsWith("08")
                || state.startsWith("57P")
                || failure.getCause() instanceof IOException;
    }

    private static String text(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String message = server != null && server.getMessage() != null ? server.getMessage() : failure.getMessage();
        return message == null ? failure.toString() : message.strip();
    }

    /** Where the row came from, as the block it travelled in said. */
    private static String place(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (server == null || server.getWhere() == null) {
            return "";
        }
        Matcher place = PLACE.matcher(server.getWhere());
        if (!place.find()) {
            return "";
        }
        String origin = place.group(2) == null ? "" : " of " + place.group(2);
        return String.format(Locale.ROOT, " (line %s%s)", place.group(1), origin);
    }
}
