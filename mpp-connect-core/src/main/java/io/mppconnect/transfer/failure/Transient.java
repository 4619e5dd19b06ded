package io.mppconnect.transfer.failure;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.LostConnection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells failures that pass by themselves from those that come again. */
final class Transient {

    /** What is found out here, and mended by connecting and planning anew. */
    private static final Set<ErrorCode> CODES = Set.of(ErrorCode.CONNECTION, ErrorCode.TABLE_ALTERED);

    /** Serialisation failures, deadlocks, locks not had in time. */
    private static final Set<String> STATES = Set.of("40001", "40P01", "55P03");

    /** Resources run out; the system around the database, of which lost segments are a part. */
    private static final List<String> CLASSES = List.of("53", "58");

    /** What segments going away look like where the database has no state of its own for it. */
    private static final List<String> LOST_SEGMENTS = List.of(
            "FTS detected connection lost",
            "Connection lost when receiving from",
            "gang was lost due to cluster reconfiguration",
            "writer gang of current global transaction is lost",
            "failed to acquire resources on one or more segments",
            "Error on receive from seg",
            "Unexpected end of session",
            "terminating connection",
            "the database system is",
            "Interconnect",
            "interconnect");

    private static final String NO_SUCH_RELATION = "42P01";

    /** A session that has lost its segments goes on without the temporary tables it had: ours. */
    private static final Pattern LOST_TABLE = Pattern.compile("relation \"mpp_connect_[0-9a-f]{16}\" does not exist");

    private Transient() {}

    static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return is(sql);
            }
        }
        return failure instanceof MppConnectException known && CODES.contains(known.code());
    }

    private static boolean is(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (STATES.contains(state) || CLASSES.stream().anyMatch(state::startsWith) || LostConnection.in(failure)) {
            return true;
        }
        String message = String.valueOf(failure.getMessage());
        if (state.equals(NO_SUCH_RELATION)) {
            return LOST_TABLE.matcher(message).find();
        }
        return state.equals("XX000") && LOST_SEGMENTS.stream().anyMatch(message::contains);
    }
}
