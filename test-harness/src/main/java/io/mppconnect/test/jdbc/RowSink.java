package io.mppconnect.test.jdbc;

import io.mppconnect.test.segment.RowBatch;
import java.sql.SQLException;

/** Where the rows of a scan go. */
interface RowSink {

    void accept(RowBatch batch) throws SQLException;

    /** How many rows were left out so far. */
    int rejected();

    /** Takes note that all rows have come. */
    void finish() throws SQLException;

    /** Gives up: leaves the connection able to take the next command, the transaction aborted. */
    void abort() throws SQLException;
}
