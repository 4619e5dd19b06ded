package io.mppconnect.catalog;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the database says of a failure, without what the driver adds to it. */
public final class ServerWords {

    private ServerWords() {}

    /** The message alone; the driver's own when the failure is not the database's. */
    public static String of(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String message = server != null && server.getMessage() != null ? server.getMessage() : failure.getMessage();
        return message == null ? failure.toString() : message.strip();
    }
}
