package io.mppconnect.transfer.session;

import io.mppconnect.spi.Block;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** The COPY statements of a session, which JDBC has no words for. Used by the transfer's own thread. */
public final class CopyStatements {

    private final Connection connection;
    private final Cancellation cancellation;

    CopyStatements(Connection connection, Cancellation cancellation) {
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /** Takes the rows of a COPY, one or more at a time. */
    @FunctionalInterface
    public interface Data {
        void take(byte[] bytes) throws Exception;
    }

    /** Gives the blocks of a COPY, one after the other; null when there are no more. */
    @FunctionalInterface
    public interface Blocks {
        @Nullable
        Block next() throws InterruptedException;
    }

    long out(String sql, Data data) throws Exception {
        BaseConnection postgres = connection.unwrap(BaseConnection.class);
        cancellation.begins(postgres::cancelQuery);
        try {
            CopyOut copy = postgres.getCopyAPI().copyOut(sql);
            try {
                for (byte[] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                    data.take(bytes);
                }
                return copy.getHandledRowCount();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } finally {
            cancellation.ended();
        }
    }

    long in(String sql, Blocks blocks) throws SQLException, InterruptedException {
        BaseConnection postgres = connection.unwrap(BaseConnection.class);
        cancellation.begins(postgres::cancelQuery);
        try {
            CopyIn copy = postgres.getCopyAPI().copyIn(sql);
            try {
                for (Block block = blocks.next(); block != null; block = blocks.next()) {
                    try {
                        copy.writeToCopy(block.bytes(), 0, block.length());
                    } finally {
                        block.release();
                    }
                }
                return copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } finally {
            cancellation.ended();
        }
    }
}
