package io.mppconnect.transfer.failure;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.LostConnection;
import io.mppconnect.catalog.ServerWords;
import io.mppconnect.transfer.job.AttemptRows;
import io.mppconnect.transfer.job.TransferJob;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says what an error means for a transfer, without the row's values that the database puts into its messages. */
public final class FailureReport {

    /**
     * {@code External table x8, line 3 of gpfdist://host:port/path, column c}, or {@code COPY mpp_connect_x, line 3, column
     * c}; both with {@code : "raw row"} at their end.
     */
    private static final Pattern LINE = Pattern.compile("(?:External table \\S+, line (\\d+) of [^\\s,]+"
            + "|COPY mpp_connect_\\w+, line (\\d+))(?:, column ([^:\\n]+))?");

    /** {@code (seg1 slice1 10.0.0.7:15434 pid=23946)} at the end of what a segment says. */
    public static final Pattern SEGMENT = Pattern.compile("\\s*\\(seg(\\d+)\\b[^()]*pid=\\d+\\)\\s*$");

    /** The value at the end of {@code invalid input syntax for integer: "x"} and its like. */
    private static final Pattern LAST_VALUE = Pattern.compile(": (\".*\"|0x[0-9a-f x]*)$", Pattern.DOTALL);

    /** The value at the start of {@code value "99999" is out of range for type smallint}, with or without the word. */
    private static final Pattern FIRST_VALUE = Pattern.compile("^(value )?\".*\" (?=is )", Pattern.DOTALL);

    /** The value in {@code invalid value "x" for "YYYY"} and {@code time zone "x" not recognized}. */
    private static final Pattern MIDDLE_VALUE =
            Pattern.compile(" (value|zone) \".*\"(?= (for|not|is) )", Pattern.DOTALL);

    /** {@code , column b} at the end of what the error log says. */
    private static final Pattern COLUMN = Pattern.compile(", column [^,]*$", Pattern.DOTALL);

    private static final String NO_PRIVILEGE = "42501";
    private static final String BAD_VALUE = "22";
    private static final String CONSTRAINT = "23";

    private final TransferJob job;
    private final LongFunction<String> places;

    /** @param places what people call a line that the database complains of */
    public FailureReport(TransferJob job, LongFunction<String> places) {
        this.job = job;
        this.places = places;
    }

    public MppConnectException of(Throwable failure) {
        if (failure instanceof MppConnectException known) {
            return known;
        }
        if (failure instanceof SQLException sql) {
            return of(sql);
        }
        if (failure instanceof InterruptedException) {
            return new MppConnectException(ErrorCode.CANCELLED, "Cannot finish " + job + ": it was cancelled", failure);
        }
        ErrorCode code = job instanceof TransferJob.Load ? ErrorCode.SOURCE_FAILED : ErrorCode.TARGET_FAILED;
        return new MppConnectException(code, "Cannot transfer " + job + ": " + ForeignFailure.text(failure), failure);
    }

    private MppConnectException of(SQLException failure) {
        String said = ServerWords.of(failure);
        if (LostConnection.in(failure) && !said.contains("gpfdist")) {
            return new MppConnectException(
                    ErrorCode.CONNECTION,
                    "Cannot transfer " + job + ": the coordinator went away (" + said + "); " + job.consequence(),
                    failure);
        }
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        Matcher segment = SEGMENT.matcher(said);
        String message = segment.replaceAll("");
        if (state.startsWith(BAD_VALUE)) {
            message = withoutValues(message);
        }
        return new MppConnectException(
                code(state),
                "Cannot transfer " + job + ": " + message + place(failure, segment) + advice(state),
                failure);
    }

    /** What the database does not tell, and this library can find out. */
    private String advice(String state) {
        if (!state.startsWith(CONSTRAINT) || !(job instanceof TransferJob.Load load) || !mayTryInParts(load)) {
            return "";
        }
        List<String> first = new ArrayList<>();
        if (load.options().route() == Route.COORDINATOR) {
            first.add("by Route.SEGMENTS");
        }
        if (load.delivery().isStream(load.source())) {
            first.add("loaded by one commit");
        }
        String where = first.isEmpty() ? "" : String.join(" and ", first) + ", ";
        return "; " + where + "rejecting(Rejects.rows(n).findingViolations()) finds such rows";
    }

    /** Only rows of one JVM that are appended to one table can be. */
    private static boolean mayTryInParts(TransferJob.Load load) {
        return load.tables().size() == 1
                && load.tables().get(0).mode().kind() == WriteMode.Kind.APPEND
                && !(load.source() instanceof AttemptRows);
    }

    /** What the database says, without which segment said it. */
    public static String said(SQLException failure) {
        return SEGMENT.matcher(ServerWords.of(failure)).replaceAll("");
    }

    /** What the database says of a bad value, without the value. */
    public static String withoutValues(String said) {
        Matcher column = COLUMN.matcher(said);
        int end = column.find() ? column.start() : said.length();
        String message = LAST_VALUE.matcher(said.substring(0, end)).replaceAll("");
        message = FIRST_VALUE.matcher(message).replaceAll("a value ");
        return MIDDLE_VALUE.matcher(message).replaceAll(" $1") + said.substring(end);
    }

    private static ErrorCode code(String state) {
        if (state.startsWith(BAD_VALUE)) {
            return ErrorCode.BAD_DATA;
        }
        return switch (state) {
            case NO_PRIVILEGE -> ErrorCode.PRIVILEGE_MISSING;
            default -> ErrorCode.STATEMENT_FAILED;
        };
    }

    private static @Nullable ServerErrorMessage server(SQLException failure) {
        return failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }

    /** Where it happened: the line, by the name its block had, and the segment. */
    private String place(SQLException failure, Matcher segment) {
        List<String> where = new ArrayList<>();
        ServerErrorMessage server = server(failure);
        if (server != null && server.getWhere() != null) {
            Matcher line = LINE.matcher(server.getWhere());
            if (line.find()) {
                where.add(places.apply(Long.parseLong(line.group(1) == null ? line.group(2) : line.group(1))));
                if (line.group(3) != null) {
                    where.add("column " + line.group(3));
                }
            }
        }
        if (segment.reset().find()) {
            where.add("segment " + segment.group(1));
        }
        return where.isEmpty() ? "" : " (" + String.join(", ", where) + ")";
    }
}
