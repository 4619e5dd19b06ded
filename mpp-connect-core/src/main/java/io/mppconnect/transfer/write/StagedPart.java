package io.mppconnect.transfer.write;

import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.List;

/** The writing of one batch's staged rows into one target. */
interface StagedPart {

    StagedTarget target();

    /** The mode that the target is locked in before it is written. */
    String lock();

    /** Creates what lasts as long as the connection, beside the staging table. */
    void prepare(Session session) throws SQLException;

    /** The tables that {@link #prepare} creates, by their names in SQL. */
    List<String> created();

    /** Looks at the staged rows, before any lock is held. */
    void examine(Session session) throws SQLException;

    /** Writes the rows that were looked at. */
    TablePart write(Session session) throws SQLException;
}
