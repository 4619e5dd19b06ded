package io.mppconnect.test.jdbc;

import io.mppconnect.test.segment.Scan;
import io.mppconnect.test.segment.Segment;
import io.mppconnect.test.segment.TransferPlan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.postgresql.copy.CopyManager;

/** Fills the table that stands in for a readable external one: all segments read, their rows are copied into it. */
final class Load {

    private final Session session;
    private final Operation operation;
    private final ExternalRelation relation;
    private final StatementSettings settings;
    private final long rowsNeeded;

    /** @param rowsNeeded with how many rows the statement is done: segments are cut off then, wherever they are */
    Load(Session session, Operation operation, ExternalRelation relation, StatementSettings settings, long rowsNeeded) {
        this.session = session;
        this.operation = operation;
        this.relation = relation;
        this.settings = settings;
        this.rowsNeeded = rowsNeeded;
    }

    /** Fills the table; how many rows were rejected. */
    int into(String scanTable, boolean distributed) throws SQLException {
        TransferPlan plan = new TransferPlan(
                relation.name(),
                relation.locations(),
                relation.columns(),
                relation.format(),
                session.identity(settings, distributed, session.nextScan()),
                settings.retryTimeout(),
                settings.readTimeout(),
                session.tls(settings),
                session.faults().segments());
        RowSink sink = sink(scanTable);
        try (Scan scan = new Scan(plan, readers())) {
            move(scan, sink);
        } catch (SQLException e) {
            throw aborted(sink, e);
        } catch (RuntimeException | Error e) {
            // A COPY that stays open holds the connection: whoever ends the transaction would wait for it for good.
            e.addSuppressed(aborted(sink, new SQLException("The statement was broken off")));
            throw e;
        }
        return sink.rejected();
    }

    private void move(Scan scan, RowSink sink) throws SQLException {
        session.killAt(KillPoint.BEFORE_DATA);
        try (Patience patience = new Patience(session, operation)) {
            long taken = 0;
            while (taken - sink.rejected() < rowsNeeded) {
                Scan.Event event =
                        patience.until(scan::next, Optional::isPresent).orElseThrow();
                if (event instanceof Scan.Event.Rows rows) {
                    sink.accept(rows.batch());
                    taken += rows.batch().rows();
                    session.killAt(KillPoint.WHILE_DATA_MOVES);
                } else if (event instanceof Scan.Event.Failed failed) {
                    throw SqlErrors.error(failed.failure(), failed.segment().readingSuffix());
                } else {
                    break;
                }
            }
            sink.finish();
        }
    }

    private static SQLException aborted(RowSink sink, SQLException failure) {
        try {
            sink.abort();
        } catch (SQLException e) {
            return Session.worse(failure, e);
        }
        return failure;
    }

    private RowSink sink(String scanTable) throws SQLException {
        String sql = "copy " + scanTable + " from stdin with (format text, encoding '" + relation.encoding() + "')";
        CopyManager manager = session.connection().getCopyAPI();
        return relation.rejectLimit() == 0
                ? new StrictSink(manager, sql, relation.name())
                : new RejectingSink(session, manager, sql, relation, settings);
    }

    /** The segments that read: not more per location than allowed, whichever. */
    private List<Segment> readers() {
        long most = (long) settings.segmentsPerLocation() * relation.locations().size();
        List<Segment> readers = new ArrayList<>(session.segments());
        if (readers.size() > most) {
            Collections.shuffle(readers);
        }
        return readers.stream()
                .limit(most)
                .sorted(Comparator.comparing(Segment::content))
                .toList();
    }
}
