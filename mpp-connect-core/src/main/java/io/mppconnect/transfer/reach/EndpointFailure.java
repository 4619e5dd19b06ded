package io.mppconnect.transfer.reach;

import io.mppconnect.catalog.LostConnection;
import io.mppconnect.catalog.ServerWords;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A segment's failure to fetch rows from one of several servers. */
public final class EndpointFailure {

    /** The server that a segment could not read from. */
    private static final Pattern SERVER = Pattern.compile("gpfdists?://[^/\\s\"']+");

    private EndpointFailure() {}

    /** Whether it is one: a segment's failed call has the SQLSTATE of a lost connection, too. */
    public static boolean is(SQLException failure) {
        return LostConnection.in(failure)
                && SERVER.matcher(ServerWords.of(failure)).find();
    }

    /**
     * Says which segment could not fetch rows from where, why, and what to do.
     *
     * @param limit how long segments were to try
     */
    public static String describe(SQLException failure, Duration limit) {
        ReachFailure why = ReachFailure.of(failure, limit);
        Matcher server = SERVER.matcher(ServerWords.of(failure));
        String segment = why.segment().isPresent() ? "segment " + why.segment().getAsInt() : "a segment";
        return segment + " cannot fetch rows from " + (server.find() ? server.group() : "a JVM") + ": " + why.reason()
                + "; if it never can, " + ReachProbe.advice(why.outcome()) + ", in the JVM that is there";
    }
}
