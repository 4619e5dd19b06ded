package io.mppconnect.catalog;

import java.io.IOException;
import java.sql.SQLException;

/** Tells a connection that is gone from a statement that failed. */
public final class LostConnection {

    private LostConnection() {}

    /** Whether the connection ended: classes 08 and 57P of SQLSTATE, or the socket itself. */
    public static boolean in(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return state.startsWith("08") || state.startsWith("57P") || failure.getCause() instanceof IOException;
    }
}
